"""What a form of a page takes, and whether it shows again what was sent: read from the page, no view has to know."""

import re

from bs4 import BeautifulSoup, Tag
from django.http import QueryDict

from kr_ru_platform.web.kept import kept_posts, sent_forms
from kr_ru_platform.web.kept.form_tokens import OWN_FIELDS

FIELDS = ["input", "textarea", "select"]
PRESSED = ("submit", "button", "image", "reset")
COUNT_OF_ROWS = "-TOTAL_FORMS"
ROW = re.compile(r"(?P<rows>.+)-\d+-(?P<field>[^-]+)")


def fields_of(form: Tag) -> list[Tag]:
    """What is typed and chosen in it, also where it stands elsewhere on the page and names the form; no buttons."""
    return [field for field in _controls(form, FIELDS) if field.get("type") not in PRESSED]


def names_in(form: Tag) -> set[str]:
    return {str(field["name"]) for field in fields_of(form) if field.get("name")}


def is_row_of(form: Tag, name: str) -> bool:
    """A line that the form counts and the page does not show: the only field that may be added to a form unseen.

    Anything else that was sent and is not there may have been a button, or a tick under a question. What was
    pressed or confirmed once must never be done by itself.
    """
    found, there = ROW.fullmatch(name), names_in(form)
    if found is None or found["rows"] + COUNT_OF_ROWS not in there:
        return False
    others = {row["field"] for other in there if (row := ROW.fullmatch(other)) and row["rows"] == found["rows"]}
    return not others or found["field"] in others


def shows(page: str, sent: QueryDict) -> bool:
    """Whether one form of the page holds all that was written. Of mere choices: whether it asks for them."""
    forms = BeautifulSoup(page, "html.parser").find_all("form")
    written = [(name, _plain(value)) for name, value in _typed(sent) if kept_posts.is_text(value)]
    if written:
        return any(set(written) <= _values(form) for form in forms)
    names = {name for name, _value in _typed(sent)}
    return any(names <= {str(field.get("name")) for field in _controls(form, [*FIELDS, "button"])} for form in forms)


def _controls(form: Tag, kinds: list[str]) -> list[Tag]:
    inside = [field for field in form.find_all(kinds) if field.get("form") in (None, form.get("id"))]
    page = form.find_parent()
    while page is not None and page.parent is not None:
        page = page.parent
    if page is None or not form.get("id"):
        return inside
    return inside + [field for field in page.find_all(kinds, form=form["id"]) if form not in field.parents]


def _typed(sent: QueryDict) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in sent.lists()
        if name not in OWN_FIELDS and kept_posts.is_typed(name) and not sent_forms.is_revision(name)
        for value in values
    ]


def _values(form: Tag) -> set[tuple[str, str]]:
    return {(str(field.get("name")), _plain(value)) for field in fields_of(form) for value in _standing_in(field)}


def _standing_in(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text()]
    if field.name == "select":
        return [str(option.get("value", option.get_text())) for option in field.find_all("option")]
    return [str(field.get("value", ""))]


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
