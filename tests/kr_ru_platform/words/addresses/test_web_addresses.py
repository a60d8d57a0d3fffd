import pytest
from django.core.exceptions import ValidationError

from kr_ru_platform.words.addresses.web_addresses import validate_web_address


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.com\\@example.org",
        "https://example.org\\x",
        "https://example.org@evil.com/",
        "https://example.org:pass@evil.com",
        "https:///x",
        "https://[x",
        "https://[x]/",
        *(f"https://samsung.com{slash}login.example.com/x" for slash in "⁄∕⧸╱‿〳꞉ノ丿⟋"),
        "https://samsung.com。example.com/x",
        "https://samsung.com．example.com/x",
        "https://samsung.com\u2024example.com/x",
        "https://ѕаmsung.com/",
        "https://xn--comlogin-634g.example.com/",
        "https://a%2fb.example.com/",
    ],
)
def test_address_that_leads_elsewhere_than_it_seems_is_refused(address):
    with pytest.raises(ValidationError):
        validate_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/wire?a=b@c#d",
        "http://пример.рф:8080/x",
        "https://xn--e1afmkfd.xn--p1ai/",
        "https://삼성tv.한국/안내",
        "https://müller.example.de/a⁄b",
        "https://[::1]/",
    ],
)
def test_plain_address_is_taken(address):
    validate_web_address(address)
