import pytest
from django.contrib.auth import hashers
from django.urls import reverse

from tests.factories.user import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "form"),
    [
        (
            "account_signup",
            {"password1": PASSWORD, "password2": PASSWORD, "full_name": "홍길동", "has_consented": "on"},
        ),
        ("account_reset_password", {}),
        ("account_login", {"password": "wrong-horse-7"}),
    ],
)
def test_nobody_learns_by_answer_or_time_who_has_an_account(client, monkeypatch, name, form):
    """What takes time is the hashing of a password: as often for a known address as for a stranger's."""
    known = UserFactory(email="known@example.org")
    known.emailaddress_set.create(email=known.email, verified=True, primary=True)
    hashings = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", lambda *a, **k: hashings.append(1) or encode(*a, **k))

    def answer_to(email):
        # Whoever has signed up is led to the page for the code, whatever they ask for next.
        client.logout()
        hashings.clear()
        answer = client.post(reverse(name), {"email": email, "login": email, **form})
        return answer.status_code, answer.headers.get("Location"), len(hashings)

    assert answer_to("known@example.org") == answer_to("stranger@example.org")
