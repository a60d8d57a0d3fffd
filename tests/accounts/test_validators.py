import pytest
from django.core.exceptions import ValidationError

from accounts.validators import (
    normalise_business_number,
    validate_business_number,
    validate_name,
    validate_plain_email,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1248100998", "124-81-00998"),
        ("124-81-00998", "124-81-00998"),
        (" 124 81 00998 ", "124-81-00998"),
        ("124‑81‑00998", "124-81-00998"),
        ("12481", "12481"),
        ("abc", "abc"),
    ],
)
def test_normalise_business_number(typed, stored):
    assert normalise_business_number(typed) == stored


@pytest.mark.parametrize(
    ("number", "code"),
    [("124-81-00998", None), ("124-81-00997", "check_digit"), ("000-00-00000", "check_digit"), ("12", "format")],
)
def test_validate_business_number(number, code):
    if code is None:
        validate_business_number(number)
        return
    with pytest.raises(ValidationError) as refusal:
        validate_business_number(number)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["ООО «НПП «Вега»", "㈜가나다.라", "St. Petersburg Univ.", "Ltd.", "주식회사 3.0"])
def test_real_names_are_names(name):
    validate_name(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("win.example/x", "link"),
        ("t.me/x", "link"),
        ("a＠b", "link"),
        ("금융감독원, 즉시 02-1234-5678로 전화", "call"),
        ("a\nb", "unseen"),
        ("a\u202eb", "unseen"),
        ("a\u200bb", "unseen"),
        ("a\u2028b", "unseen"),
    ],
)
def test_names_that_lead_somewhere_or_hide_something_are_none(name, code):
    with pytest.raises(ValidationError) as refused:
        validate_name(name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "email",
    [
        '"Win at t.me, x@y.org,"@example.org',
        "victim9+'www.evil.com/prize'@gmail.com",
        "www.evil.com/gift?for=owner@company.co.kr",
        "www.evil.com@gmail.com",
        "x+http.evil@gmail.com",
        "{{7}}{%lorem%}@example.org",
        "root@localhost",
        "postmaster@[10.0.0.5]",
        "x@[::1]",
        "x@10.0.0.55",
        "user%internal.host@example.org",
        "host!user@example.org",
        "|cat@example.org",
        "x@printer.local",
        "x@db.internal",
        "closed-52@closed.invalid",
        "a..b@example.org",
        "-x@example.org",
        "kım@example.org",
        "kİm@example.org",
        "kim@samsung.com⁄login.example.com",
        "kim@samsung.com╱login.example.com",
        "kim@straße.de",
        "kim@ѕаmsung.com",
        f"{'a' * 65}@example.org",
    ],
)
def test_address_that_is_a_sentence_a_command_or_a_machine_is_refused(email):
    with pytest.raises(ValidationError):
        validate_plain_email(email)


@pytest.mark.parametrize(
    "email",
    [
        "kim@example.org",
        "o'neill@company.co.kr",
        "research&development@company.com",
        "lee.info+portal_2@company.io",
        "79161234567@mail.ru",
        "ivanov@пример.рф",
        "ivanov@xn--e1afmkfd.xn--p1ai",
        "sme@demo.example",
    ],
)
def test_addresses_of_people_are_taken(email):
    validate_plain_email(email)
