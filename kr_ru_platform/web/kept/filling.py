"""Kept text goes back into the very form it was typed in, on the server: it needs no script."""

from bs4 import BeautifulSoup, Tag
from django.http import QueryDict
from django.template.loader import render_to_string

from kr_ru_platform.models import KeptPost
from kr_ru_platform.web.kept import kept_files, kept_posts, sent_forms

OWN = {"csrfmiddlewaretoken", "form_token", "form_attempt", kept_posts.KEPT_FIELD}


def filled(page: str, kept: KeptPost) -> str:
    """The page with the kept values in its form; the page as it was where there is no such form."""
    soup = BeautifulSoup(page, "html.parser")
    names = {name for name, _value in kept.fields} - OWN
    names |= {file.field for file in files_of(kept)}
    form = max(soup.find_all("form"), key=lambda form: len(names & _names_in(form)), default=None)
    if form is None or not names & _names_in(form):
        return _shown_beside(soup, kept)
    values: dict[str, list[str]] = {}
    for name, value in kept.fields:
        values.setdefault(name, []).append(value)
    values.pop(kept_files.FIELD, None)
    known = _names_in(form)
    for element in form.find_all(["input", "textarea", "select"]):
        _fill(element, values)
    for name in set(values) - known - OWN:
        for value in values[name]:
            form.append(soup.new_tag("input", attrs={"type": "hidden", "name": name, "value": value}))
    _put_files(form, files_of(kept))
    form.insert(0, _part("kept/_filled.html", {"kept": kept}))
    return str(soup)


def _shown_beside(soup: BeautifulSoup, kept: KeptPost) -> str:
    """The form is gone (the request was closed meanwhile): what was typed can still be read and copied."""
    return _above(soup, "kept/_beside.html", kept)


def told(page: str, kept: KeptPost) -> str:
    """A page that says no, and that what was typed can be read all the same."""
    return _above(BeautifulSoup(page, "html.parser"), "kept/_told.html", kept)


def _above(soup: BeautifulSoup, template: str, kept: KeptPost) -> str:
    if (main := soup.find("main")) is not None:
        main.insert(0, _part(template, {"kept": kept, "typed": typed_texts(kept), "files": files_of(kept)}))
    return str(soup)


def typed_texts(kept: KeptPost) -> list[str]:
    """What a person would want to copy, the longest first; no keys of rows and codes of choices among sentences."""
    values = [
        value.strip()
        for name, value in kept.fields
        if name not in OWN and name != kept_files.FIELD and not sent_forms.is_revision(name)
    ]
    texts = dict.fromkeys(value for value in values if value)
    written = [value for value in texts if kept_posts.is_written(value) or len(value) >= kept_posts.SHORTEST_TEXT]
    return sorted(written or texts, key=len, reverse=True)


def has_form_for(page: str, sent: QueryDict) -> bool:
    """Whether the page still has a form with the fields that were sent."""
    names = set(sent) - OWN
    return any(names <= _names_in(form) for form in BeautifulSoup(page, "html.parser").find_all("form"))


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


def files_of(kept: KeptPost) -> list[kept_files.KeptFile]:
    tokens = [value for name, value in kept.fields if name == kept_files.FIELD]
    return [file for token in tokens if (file := kept_files.find(token, account=kept.account))]


def _put_files(form: Tag, files: list[kept_files.KeptFile]) -> None:
    for element in form.find_all("input", type="file"):
        of_this = [kept for kept in files if kept.field == element.get("name")]
        if of_this:
            element.insert_before(_part("kept/_files.html", {"files": of_this}))


def _part(template: str, context: dict[str, object]) -> BeautifulSoup:
    return BeautifulSoup(render_to_string(template, context), "html.parser")
