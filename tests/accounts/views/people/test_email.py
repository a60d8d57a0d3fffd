"""An address is confirmed by whoever has both: the browser that gave it, and the mailbox."""

from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.never_verified import delete_never_verified
from accounts.domain.people.closing import close_account
from accounts.forms.limited_forms import ConfirmEmailVerificationCodeForm
from accounts.models import Invitation, User
from kr_ru_platform.web.requests.throttling import LIMITS
from tests.factories.codes import code_in, type_code
from tests.factories.membership import MembershipFactory
from tests.factories.user import PASSWORD, UserFactory, create_programme_admin

pytestmark = pytest.mark.django_db

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
VICTIM = "victim@example.org"
STRANGERS = "wrong-horse-7"


def sign_up(client, password=PASSWORD, email=VICTIM, name="박하나"):
    form = {"email": email, "password1": password, "password2": password, "full_name": name, "has_consented": "on"}
    return client.post(reverse("account_signup"), form, headers={"accept-language": "ko"})


def log_in(client, password, email=VICTIM):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_logged_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def stranger() -> Client:
    """Has signed up with somebody else's address."""
    client = Client()
    sign_up(client, STRANGERS, name="모르는 사람")
    return client


def test_code_asked_for_by_a_stranger_counts_in_no_other_browser(client, stranger):
    response = type_code(client, code_in(mail.outbox[-1]))
    assert response.url == reverse("account_login")
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_no_link_in_a_mail_confirms_an_address(client, stranger):
    assert "confirm-email" not in mail.outbox[-1].body
    assert client.get("/accounts/confirm-email/MQ:1abc:def/").status_code == 404


def test_owner_who_signs_up_later_has_the_account_and_the_stranger_has_nothing(client, stranger):
    owner = MembershipFactory()
    sign_up(client)
    Client().force_login(owner.user)
    Invitation.objects.create(organisation=owner.organisation, email=VICTIM, invited_by=owner.user)
    log_in(stranger, STRANGERS)
    assert type_code(client, code_in(mail.outbox[-1])).url == reverse("workspace")
    user = User.objects.get(email=VICTIM)
    assert (user.full_name, user.check_password(PASSWORD), is_logged_in(client)) == ("박하나", True, True)
    again = Client()
    log_in(again, STRANGERS)
    assert not is_logged_in(again) and not is_logged_in(stranger)


def test_reset_of_the_password_leads_the_owner_to_the_sign_up_and_not_into_the_account_of_a_stranger(client, stranger):
    client.post(reverse("account_reset_password"), {"email": VICTIM})
    assert reverse("account_signup") in mail.outbox[-1].body and "/password/reset/key/" not in mail.outbox[-1].body


def test_whoever_mistyped_the_address_signs_up_with_another(client):
    sign_up(client)
    assert client.get(reverse("account_signup")).url == reverse("account_email_verification_sent")
    page = client.get(reverse("account_email_verification_sent")).content.decode()
    assert reverse("account_logout") in page
    answer = client.post(reverse("account_logout"), {"next": reverse("account_signup")})
    assert answer.url == reverse("account_signup") and client.get(answer.url).status_code == 200


def test_stranger_who_signs_up_later_confirms_nothing_with_the_code_of_the_owner(client):
    sign_up(client)
    code = code_in(mail.outbox[-1])
    stranger = Client()
    sign_up(stranger, STRANGERS)
    assert type_code(client, code).url == reverse("account_login")
    assert not EmailAddress.objects.filter(verified=True).exists()
    sign_up(client)
    assert type_code(client, code_in(mail.outbox[-1])).url == reverse("workspace")
    assert type_code(stranger, code).url == reverse("account_login")


def test_page_for_the_code_of_an_account_that_is_gone_leads_to_the_log_in(client, stranger):
    User.objects.all().delete()
    assert stranger.get(reverse("account_email_verification_sent")).url == reverse("account_login")
    assert stranger.get(reverse("account_login")).status_code == 200


def test_later_log_in_brings_another_code_that_confirms(client):
    sign_up(client)
    client = Client()
    assert log_in(client, PASSWORD).url == reverse("account_email_verification_sent")
    assert len(mail.outbox) == 2
    assert type_code(client, code_in(mail.outbox[-1])).url == reverse("workspace")
    assert is_logged_in(client)


def test_wrong_codes_are_refused_and_the_third_ends_the_attempt(client):
    sign_up(client)
    code = code_in(mail.outbox[-1])
    wrong = "0" * 8 if code != "0" * 8 else "1" * 8
    answers = [type_code(client, wrong).status_code for _time in range(3)]
    assert answers == [200, 200, 302]
    assert type_code(client, code).url == reverse("account_login")
    assert not EmailAddress.objects.get().verified


def test_address_that_a_stranger_adds_belongs_to_nobody_until_the_code_is_typed_there(client):
    stranger = UserFactory(email="stranger@example.org")
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
    other = Client()
    other.force_login(stranger)
    other.post(reverse("account_email"), {"action_add": "", "email": VICTIM})
    assert [message.to for message in mail.outbox] == [[VICTIM]]
    assert not EmailAddress.objects.filter(email=VICTIM).exists()
    sign_up(client)
    assert type_code(client, code_in(mail.outbox[-1])).url == reverse("workspace")
    assert EmailAddress.objects.get(email=VICTIM).user == User.objects.get(email=VICTIM)
    type_code(other, code_in(mail.outbox[0]))
    assert EmailAddress.objects.get(email=VICTIM).user == User.objects.get(email=VICTIM)


def test_owner_adds_an_address_on_which_a_stranger_opened_an_account(client, stranger):
    owner = UserFactory(email="owner@example.org")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    client.force_login(owner)
    client.post(reverse("account_email"), {"action_add": "", "email": VICTIM})
    type_code(client, code_in(mail.outbox[-1]))
    assert EmailAddress.objects.get(email=VICTIM, verified=True).user == owner
    assert not User.objects.filter(email=VICTIM).exists()


def test_invitation_to_an_address_that_nobody_confirmed_leads_to_the_sign_up(client, stranger):
    owner = MembershipFactory()
    client.force_login(owner.user)
    url = reverse("invitation_create", args=[owner.organisation_id])
    client.post(url, {"email": VICTIM, "role": "member"})
    assert reverse("account_signup") in mail.outbox[-1].body


def test_log_in_to_an_address_that_waits_for_its_code_does_not_flood_the_mailbox():
    """One mailbox has as many addresses as one likes; however they are spelt, together they get no more."""
    spelt = [f"victim+{number}@example.org" for number in range(8)]
    for email in spelt:
        sign_up(Client(), STRANGERS, email=email)
    answers = [log_in(Client(), STRANGERS, email=email).status_code for email in spelt * 2]
    assert len(mail.outbox) == LIMITS["sign-up"]["receiver"][0] + LIMITS["verification"]["receiver"][0]
    assert 429 in answers


def test_codes_sent_again_are_counted_alike_for_a_known_and_a_new_address(client):
    user = UserFactory(email="known@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    def answers(email):
        found = []
        for _time in range(3):
            browser = Client()
            sign_up(browser, email=email)
            again = [browser.post(reverse("account_email_verification_sent"), {"action": "resend"}) for _ in range(3)]
            found += [answer.status_code for answer in again]
        return found

    new = answers("new@example.org")
    assert new == answers("known@example.org")
    assert new.count(302) == LIMITS["verification"]["receiver"][0]


def test_page_for_the_code_is_the_same_for_a_known_and_a_new_address():
    user = UserFactory(email="known@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    pages = []
    for email in ("known@example.org", "other@example.org"):
        browser = Client()
        sign_up(browser, email=email)
        page = browser.get(reverse("account_email_verification_sent"), headers={"accept-language": "ko"})
        assert page.status_code == 200
        lines = [line.replace(email, "") for line in page.content.decode().splitlines()]
        pages.append([line for line in lines if "token" not in line.lower()])
    assert pages[0] == pages[1]


def test_address_of_a_mail_is_not_quoted_in_it(client):
    """It may be a sentence of a stranger's."""
    email = "win-100-euro-at-evil-shop@example.org"
    client.post(reverse("account_reset_password"), {"email": email})
    sign_up(client, email=email, name="당첨 안내")
    user = UserFactory(email="call-me-now@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    sign_up(Client(), email=user.email)
    assert len(mail.outbox) == 3
    texts = "".join(sent.subject + sent.body for sent in mail.outbox)
    assert [part for part in (email, user.email, "당첨") if part in texts] == []


def test_never_verified_accounts_are_deleted_after_some_days(client, settings, stranger):
    def opened(days):
        User.objects.filter(email=VICTIM).update(date_joined=timezone.now() - timedelta(days=days))
        return delete_never_verified(), User.objects.filter(email=VICTIM).exists()

    assert opened(settings.NEVER_VERIFIED_DAYS - 1) == (0, True)
    assert opened(settings.NEVER_VERIFIED_DAYS + 1) == (1, False)


def test_code_typed_after_the_account_was_closed_gives_it_no_address(client):
    sign_up(client)
    code = code_in(mail.outbox[-1])
    user = User.objects.get(email=VICTIM)
    close_account(user=user, by=create_programme_admin())
    assert type_code(client, code).url == reverse("account_login")
    user.refresh_from_db()
    assert (user.is_closed, user.email) == (True, f"closed-{user.pk}@closed.invalid")
    assert not EmailAddress.objects.exists()
    sign_up(client)
    assert type_code(client, code_in(mail.outbox[-1])).url == reverse("workspace")


def test_no_way_of_confirming_gives_a_closed_account_an_address(rf):
    user = UserFactory(email=VICTIM)
    address = EmailAddress(user=user, email=VICTIM)
    close_account(user=user, by=user)
    form = ConfirmEmailVerificationCodeForm({"code": "12345678"}, code="12345678", user=user, email=VICTIM)
    user.refresh_from_db()
    assert "code" in form.errors
    assert get_adapter().confirm_email(rf.get("/"), address) is False
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=user.pk).update(email=VICTIM)


@pytest.mark.parametrize("written", [lambda code: code.translate(WIDE), lambda code: f"{code[:4]} ㅡ {code[4:]}"])
def test_code_is_read_however_its_digits_are_typed(client, written):
    sign_up(client)
    assert type_code(client, written(code_in(mail.outbox[-1]))).url == reverse("workspace")


def test_stranger_with_an_address_that_looks_alike_deletes_no_sign_up(client):
    sign_up(client, email="kim.minji@naver.example")
    for alike in ("kım.minji@naver.example", "kİm.minji@naver.example", "kim.minji@naver.exampľe"):
        sign_up(Client(), STRANGERS, email=alike)
    assert type_code(client, code_in(mail.outbox[0])).url == reverse("workspace")
