import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
OTHER_ENCODING = (b"a=b", "application/x-www-form-urlencoded; charset=utf-16")


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/matches/1/not-relevant/"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        OTHER_ENCODING,
        (b"&".join(b"a%d=1" % number for number in range(2_000)), "application/x-www-form-urlencoded"),
        (b"--x", "multipart/form-data"),
        (b"a=" + b"x" * 6_000_000, "application/x-www-form-urlencoded"),
    ],
)
def test_what_cannot_be_read_is_a_bad_request(address: str, body: bytes, kind: str) -> None:
    assert is_refused(address, body, kind)


def test_what_cannot_be_read_and_leads_nowhere_is_one_too() -> None:
    assert is_refused("/nothing/", *OTHER_ENCODING)


def is_refused(address: str, body: bytes, kind: str) -> bool:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    # Who has no cookie is refused before anything is read.
    client.get("/accounts/login/")
    response = client.post(address, body, content_type=kind)
    return response.status_code == 400 and "요청을 처리할 수 없습니다" in response.content.decode()
