import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils.http import urlencode

from kr_ru_platform.web.kept.shown_forms import is_row_of, names_in, shows

PAGE = """
<form method="post"><input name="q"></form>
<input type="checkbox" name="is_new" form="long">
<form method="post" id="long"><input name="title" value="제목 하나"><textarea name="body">\n첫 줄\r\n둘째 줄</textarea>
<select name="field"><option value="a">A</option></select><input type="submit" name="old" value="1">
<input type="hidden" name="line-TOTAL_FORMS"><input name="line-0-what">
<button name="decision" value="approve"></button></form>
"""


def test_fields_of_a_form_are_those_that_name_it_too_and_no_buttons() -> None:
    forms = BeautifulSoup(PAGE, "html.parser").find_all("form")
    long = {"is_new", "title", "body", "field", "line-TOTAL_FORMS", "line-0-what"}
    assert [names_in(form) for form in forms] == [{"q"}, long]


@pytest.mark.parametrize(
    ("name", "is_row"),
    [
        ("line-7-what", True),
        ("line-7-remove", False),
        ("line-what", False),
        ("other-7-what", False),
        ("decision", False),
    ],
)
def test_row_is_a_line_that_the_form_counts(name: str, is_row: bool) -> None:
    assert is_row_of(BeautifulSoup(PAGE, "html.parser").find(id="long"), name) is is_row


@pytest.mark.parametrize(
    ("sent", "is_shown"),
    [
        ({"title": " 제목  하나", "body": "첫 줄\n둘째 줄"}, True),
        ({"title": "제목 하나", "decision": "approve", "field": "a", "revision": "3", "form_token": "x" * 40}, True),
        ({"title": "제목 하나", "pressed_and_gone": "1"}, True),
        ({"title": "다른 제목", "field": "a"}, False),
        ({"title": "제목 하나", "q": "여러 낱말"}, False),
        ({"field": "a", "decision": "approve"}, True),
        ({"field": "a", "q": "b"}, False),
        ({"elsewhere": "a"}, False),
    ],
    ids=[
        "as typed",
        "with its button",
        "button that is gone",
        "another text stands there",
        "two forms",
        "choices",
        "choices of two forms",
        "another form",
    ],
)
def test_page_shows_a_form_again_only_with_what_was_written(sent: dict[str, str], is_shown: bool) -> None:
    assert shows(PAGE, QueryDict(urlencode(sent))) is is_shown


@pytest.mark.parametrize("sent", ["", "body=%EA%B8%80"])
def test_page_without_a_form_shows_nothing_again(sent: str) -> None:
    assert shows("<main>기관</main>", QueryDict(sent)) is False
