import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.translation import override

from kr_ru_platform.templatetags.portal import percent


@pytest.mark.parametrize(
    ("value", "of", "shown"),
    [(0.634, None, "63.4"), (640, 1671, "38.3"), (None, None, "0.0"), (3, 2, "100.0"), (-1, "", "0.0")],
)
def test_percent_is_a_plain_number_between_0_and_100(value, of, shown):
    with override("ru"):
        assert percent(value, of) == shown


def render_pages(rf, count, current):
    page = Paginator(range(count), 20).page(current)
    context = Context({"page_obj": page, "request": rf.get("/x/", {"q": "내열", "page": current})})
    html = Template("{% load portal %}{% pagination page_obj %}").render(context)
    return BeautifulSoup(html, "html.parser")


def test_pagination_keeps_the_rest_of_the_address(rf):
    with override("en"):
        links = render_pages(rf, 45, 2).select("a")
    assert [(link.get_text(" ", strip=True), link["href"]) for link in links] == [
        ("Previous", "?q=%EB%82%B4%EC%97%B4&page=1"),
        ("Page 1", "?q=%EB%82%B4%EC%97%B4&page=1"),
        ("Page 3", "?q=%EB%82%B4%EC%97%B4&page=3"),
        ("Next", "?q=%EB%82%B4%EC%97%B4&page=3"),
    ]


def test_pagination_of_a_single_page_is_empty(rf):
    assert render_pages(rf, 20, 1).get_text(strip=True) == ""
