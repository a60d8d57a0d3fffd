"""Places that apps above fill."""

from kr_ru_platform.web.registered import page_parts
from kr_ru_platform.web.registered.page_parts import PagePart, parts_at, register_part


def test_parts_of_a_place_stand_in_the_order_of_their_registration_and_once(monkeypatch):
    monkeypatch.setattr(page_parts, "_registered", {})
    register_part("here", "a.html", len, heading="A")
    register_part("here", "b.html")
    register_part("here", "a.html", len, heading="A")
    register_part("elsewhere", "c.html")
    assert parts_at("here", "xyz") == [PagePart("a.html", 3, "A"), PagePart("b.html", "xyz")]
    assert parts_at("nowhere", "xyz") == []
