import pytest
from django.test import RequestFactory

from kr_ru_platform.web.requests.visitors import visitor_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "203.0.113.9", "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (1, "not an address", "10.0.0.1", "10.0.0.1"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (0, "", "", "unknown"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (0, "", "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_visitors_address_is_what_our_own_proxies_wrote(settings, proxies, forwarded, remote, address) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert visitor_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) == address
