"""A change of language in the middle of a form, in a browser without scripts: what was typed goes along.

The buttons of the language switch stand in the head of the page, outside of its forms. Where one form is typed in, they
are made to send that form (to `kept_language`, which keeps it and brings it back). Where there are several, no button
can send them all: the other language opens in a new tab, and everything stays where it was typed.
js/kept-language.js takes this away and does better.
"""

import hashlib
import json
import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string

from kr_ru_platform.web.kept import kept_posts

FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
TYPED_IN = re.compile(
    r"<textarea|<input\b[^>]*\btype=\"(?!hidden|checkbox|radio|submit|button|search|reset|image)", re.IGNORECASE
)
SWITCH = '<form class="language-switch"'
BUTTON = '<button type="submit" name="language"'
FORM_ID = "kept-form"
DIGEST_LENGTH = 16


def with_language_that_keeps(page: str, address: str) -> str:
    start, main = page.find(SWITCH), page.find("<main")
    if start < 0 or main < start:
        return page
    forms = [found for found in FORM.finditer(page, main) if _is_typed_in(found[0])]
    if not forms:
        return page
    if len(forms) > 1:
        return page.replace(SWITCH, f'{SWITCH} target="_blank" data-no-script', 1)
    return _with_buttons_of(forms[0], page, start, address)


def _is_typed_in(form: str) -> bool:
    is_kept = 'name="form_token"' in form and 'data-kept="off"' not in form and 'type="password"' not in form
    return is_kept and TYPED_IN.search(form) is not None


def _with_buttons_of(found: re.Match[str], page: str, start: int, address: str) -> str:
    form = BeautifulSoup(found[0], "html.parser").form
    if form is None:
        return page
    own_id = form.get("id")
    context = {"form": own_id or FORM_ID, "address": address, "untouched": digest_of(_as_sent(form))}
    end = page.index("</form>", start)
    switch = page[start:end].replace(BUTTON, render_to_string("kept/_language_button.html", context).strip())
    # Enter in a field presses the first button of the form in the page, which must not be one of the switch.
    first = form.find(lambda tag: tag.name == "button" and tag.get("type", "submit") == "submit")
    pressed = context | {"button": first.attrs if first else {}}
    before = render_to_string("kept/_first_button.html", pressed).strip()
    opened = found[0] if own_id else found[0].replace("<form", f'<form id="{FORM_ID}" data-no-script', 1)
    return page[:start] + before + switch + page[end : found.start()] + opened + page[found.end() :]


def digest_of(fields: Iterable[tuple[str, str]]) -> str:
    """Tells a form that nobody has touched: there is nothing in it to be kept."""
    typed = sorted((name, " ".join(value.split())) for name, value in fields if kept_posts.is_typed(name))
    text = json.dumps([field for field in typed if field[1]], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:DIGEST_LENGTH]


def _as_sent(form: Tag) -> list[tuple[str, str]]:
    """The fields with their values, as a browser sends them."""
    return [
        (str(element["name"]), value)
        for element in form.find_all(["input", "textarea", "select"])
        if element.get("name") and not element.has_attr("disabled")
        for value in _values(element)
    ]


def _values(element: Tag) -> list[str]:
    kind = str(element.get("type", "text"))
    if element.name == "textarea":
        return [element.get_text()]
    if element.name == "select":
        options = element.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")]
        is_many = element.has_attr("multiple")
        shown = chosen if is_many else (chosen[-1:] or options[:1])
        return [str(option.get("value", option.get_text())) for option in shown]
    if kind in ("checkbox", "radio"):
        return [str(element.get("value", "on"))] if element.has_attr("checked") else []
    return [] if kind in ("file", "submit", "button", "image", "reset") else [str(element.get("value", ""))]
