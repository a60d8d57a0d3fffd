"""Kept text goes back into the very form it was typed in, on the server: it needs no script."""

from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string

from kr_ru_platform.models import KeptPost
from kr_ru_platform.web import kept_files

OWN = {"csrfmiddlewaretoken", "form_token", "form_attempt"}


def filled(page: str, kept: KeptPost) -> str:
    """The page with the kept values in its form; the page as it was where there is no such form."""
    soup = BeautifulSoup(page, "html.parser")
    names = {name for name, _value in kept.fields} - OWN
    form = max(soup.find_all("form"), key=lambda form: len(names & _names_in(form)), default=None)
    if form is None or not names & _names_in(form):
        return page
    values: dict[str, list[str]] = {}
    for name, value in kept.fields:
        values.setdefault(name, []).append(value)
    tokens = values.pop(kept_files.FIELD, [])
    known = _names_in(form)
    for element in form.find_all(["input", "textarea", "select"]):
        _fill(element, values)
    for name in set(values) - known - OWN:
        for value in values[name]:
            form.append(soup.new_tag("input", attrs={"type": "hidden", "name": name, "value": value}))
    _put_files(form, tokens, kept.account)
    form.insert(0, _part("kept/filled.html", {"kept": kept}))
    return str(soup)


def _names_in(form: Tag) -> set[str]:
    return {
        str(element.get("name")) for element in form.find_all(["input", "textarea", "select"]) if element.get("name")
    }


def _fill(element: Tag, values: dict[str, list[str]]) -> None:
    name, kind = str(element.get("name", "")), str(element.get("type", ""))
    if not name or name in OWN or kind in ("file", "submit", "password"):
        return
    given = values.get(name, [])
    if kind in ("checkbox", "radio"):
        _mark(element, "checked", str(element.get("value", "on")) in given)
    elif element.name == "select":
        for option in element.find_all("option"):
            _mark(option, "selected", str(option.get("value", option.get_text())) in given)
    elif given and element.name == "textarea":
        # A browser drops the first line break of a text box.
        element.string = "\n" + given.pop(0)
    elif given:
        element["value"] = given.pop(0)


def _mark(element: Tag, name: str, is_set: bool) -> None:
    if is_set:
        element[name] = ""
    elif element.has_attr(name):
        del element[name]


def _put_files(form: Tag, tokens: list[str], account: int) -> None:
    files = [kept for token in tokens if (kept := kept_files.find(token, account=account))]
    for element in form.find_all("input", type="file"):
        of_this = [kept for kept in files if kept.field == element.get("name")]
        if of_this:
            element.insert_before(_part("kept/files.html", {"files": of_this}))


def _part(template: str, context: dict[str, object]) -> BeautifulSoup:
    return BeautifulSoup(render_to_string(template, context), "html.parser")
