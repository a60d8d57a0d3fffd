"""What our scripts ask by themselves keeps no session alive that nobody uses; a new request is thought about here."""

import re

from tests.house.messages import ROOT

SCRIPTS = ROOT / "static/js"
# Each with how many requests of its own it sends; "by itself" marks those with X-Background.
SENDS = {
    "autosave.js": (1, "two seconds after a key; sent again by itself, marked"),
    "kept-language.js": (1, "on a change of language, by a person"),
    "kept-session.js": (1, "looks by itself, marked; “stay logged in” is a click, or typing just now"),
}
MARKED = {"autosave.js": 1, "kept-session.js": 2, "portal.js": 1}


def counted(pattern: str) -> dict[str, int]:
    found = {path.name: len(re.findall(pattern, path.read_text())) for path in SCRIPTS.glob("*.js")}
    return {name: count for name, count in found.items() if count}


def test_scripts_that_ask_the_server_are_those_of_today() -> None:
    sends = r"\bfetch\(|XMLHttpRequest|sendBeacon|EventSource|WebSocket|htmx\.ajax"
    assert counted(sends) == {name: count for name, (count, _why) in SENDS.items()}


def test_what_they_ask_by_themselves_says_so() -> None:
    assert counted(r'"X-Background"') == MARKED


def test_pages_ask_by_themselves_only_in_ways_that_are_marked() -> None:
    """portal.js marks the triggers "every" and "load"; a page that reloads itself could not be told from a person."""
    pages = {path: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    assert [path.name for path, page in pages.items() if re.search(r'http-equiv="?refresh', page, re.I)] == []
    triggers = {found for page in pages.values() for found in re.findall(r'hx-trigger="([^"]*)"', page)}
    by_person = re.compile(r"^(every|load|toggle|change|input|submit|click)\b")
    assert [one for one in sorted(triggers) if not by_person.match(one)] == []
