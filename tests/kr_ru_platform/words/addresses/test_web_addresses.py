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
    ],
)
def test_address_that_leads_elsewhere_than_it_seems_is_refused(address):
    with pytest.raises(ValidationError):
        validate_web_address(address)


@pytest.mark.parametrize("address", ["https://example.org/wire?a=b@c#d", "http://пример.рф:8080/x", "https://[::1]/"])
def test_plain_address_is_taken(address):
    validate_web_address(address)
