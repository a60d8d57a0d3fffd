"""Kept text goes back into the very form it was typed in, on the server: it needs no script."""

from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string

from kr_ru_platform.models import KeptPost
from kr_ru_platform.web.kept import kept_files, kept_posts, sent_forms, shown_forms

OWN = {"csrfmiddlewaretoken", "form_token", "form_attempt", kept_posts.KEPT_FIELD}


def filled(page: str, kept: KeptPost) -> str:
    """The page with the kept values in its form; the page as it was where there is no such form."""
    soup = BeautifulSoup(page, "html.parser")
    names = {name for name, _value in kept.fields} - OWN
    names |= {file.field for file in files_of(kept)}
    form = max(soup.find_all("form"), key=lambda form: len(names & shown_forms.names_in(form)), default=None)
    if form is None or not names & shown_forms.names_in(form):
        return _shown_beside(soup, kept)
    values: dict[str, list[str]] = {}
    for name, value in kept.fields:
        values.setdefault(name, []).append(value)
    values.pop(kept_files.FIELD, None)
    missing = set(values) - shown_forms.names_in(form) - OWN
    for element in shown_forms.fields_of(form):
        _fill(element, values)
    rows = sorted(name for name in missing if shown_forms.is_row_of(form, name))
    for name in rows:
        for value in values[name]:
            form.append(soup.new_tag("input", attrs={"type": "hidden", "name": name, "value": value}))
    _put_files(form, files_of(kept))
    left = [value for name in sorted(missing.difference(rows)) for value in values[name] if kept_posts.is_text(value)]
    form.insert(0, _part("kept/_filled.html", {"kept": kept, "typed": left}))
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
    written = [value for value in texts if kept_posts.is_text(value)]
    return sorted(written or texts, key=len, reverse=True)


def _fill(element: Tag, values: dict[str, list[str]]) -> None:
    name, kind = str(element.get("name", "")), str(element.get("type", ""))
    if not name or name in OWN or kind in ("file", "password"):
        return
    if kind == "hidden" and not _says_over_what(name):
        # Nobody has typed it: it is what the page itself asks or says now.
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


def _says_over_what(name: str) -> bool:
    """Over which version, over which draft, and in how many lines it was written."""
    return sent_forms.is_revision(name) or name == "draft_token" or name.endswith(shown_forms.COUNT_OF_ROWS)


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
            # A field for one file takes the last one.
            of_this = of_this if element.has_attr("multiple") else of_this[-1:]
            element.insert_before(_part("kept/_files.html", {"files": of_this}))


def _part(template: str, context: dict[str, object]) -> BeautifulSoup:
    return BeautifulSoup(render_to_string(template, context), "html.parser")
