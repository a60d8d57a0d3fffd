import json

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.domain.memberships import ask_to_join
from accounts.domain.people.closing import Hindrances, close_account, hindrances_of
from accounts.domain.people.people import assign_groups
from accounts.enums import MembershipRole
from accounts.errors import LastOwnerError, LastProgrammeAdminError
from accounts.models import ClosedAccount, Invitation, Membership, User
from kr_ru_platform.models import KeptPost, Mail, MailState, SentForm
from kr_ru_platform.running.mail.letters import send_letter
from kr_ru_platform.web.kept import kept_files
from kr_ru_platform.web.kept.form_tokens import new_token
from kr_ru_platform.web.sessions import SessionStore
from matching.domain.requests.match_requests import take
from matching.domain.technologies.publication import record
from matching.enums import MatchRequestState, PublicationKind, RequestEventKind
from matching.models import RequestEvent
from tests.factories.demand import DemandFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import PASSWORD, UserFactory, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db
EMAIL, NAME, PHONE = "Hong.Gildong@company.example", "홍길동", "010-7777-1234"


@pytest.fixture
def person():
    user = UserFactory(email=EMAIL.lower(), full_name=NAME, phone=PHONE)
    user.emailaddress_set.create(email=EMAIL.lower(), verified=True, primary=True)
    user.emailaddress_set.create(email="second@company.example", verified=False)
    MembershipFactory(user=user)
    return user


def places_with(*words):
    """Every column of every table in which one of these stands."""
    found = set()
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            if any(word.lower() in str(row).lower() for word in words):
                found.add(model._meta.label)
    return found


def test_nothing_of_the_person_stays_but_the_name_in_its_own_place(person, client):
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert client.get("/my/session/").json()["is_logged_in"]
    assign_groups(user=person, groups={"evaluator"}, by=create_programme_admin())
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    TOTP.activate(person, "A" * 32)
    Invitation.objects.create(organisation=MembershipFactory().organisation, email="second@company.example")
    Invitation.objects.create(
        organisation=person.memberships.get().organisation, email="new@company.example", invited_by=person
    )
    Mail.objects.create(
        receiver=EMAIL.lower(), sender="x@y.org", subject="s", body="b", message_id="1", due_at="2026-01-01T00:00Z"
    )
    record(TechnologyFactory(), PublicationKind.REVIEW, authors={person.pk}, by=create_staff())
    assert len(places_with(EMAIL, NAME, PHONE)) > 3
    closed = close_account(user=person, by=person)
    assert places_with(EMAIL, "second@company.example", PHONE) == set()
    assert places_with(NAME) == {"accounts.ClosedAccount"}
    assert (closed.is_active, closed.has_usable_password(), str(closed)) == (False, False, "탈퇴한 회원")
    assert closed.name_in_history == "홍길동 (탈퇴한 회원)"
    assert not client.get("/my/session/").json()["is_logged_in"]
    assert [entry.change_message for entry in LogEntry.objects.all()] == ["closed", "+evaluator"]
    assert not Invitation.objects.exists() and not Membership.objects.filter(user=person).exists()


def test_what_others_were_told_of_the_person_goes_but_not_what_is_still_to_arrive(person):
    def mail(number, state, **texts):
        words = {"subject": "s", "body": "b", **texts}
        due = "2026-01-01T00:00Z"
        return Mail.objects.create(
            receiver="x@y.org", sender="c@y.org", message_id=number, due_at=due, state=state, **words
        )

    mail("1", MailState.SENT, mentions=[person.pk, 7])
    mail("2", MailState.SENT, body=f"… ({EMAIL.lower()}).")
    kept = [
        mail("3", MailState.WAITING, mentions=[person.pk]),
        mail("4", MailState.FAILED, mentions=[person.pk], body=EMAIL.lower()),
        mail("5", MailState.SENT, body=f"my-{EMAIL.lower()} {EMAIL.lower()}.kr x.{EMAIL.lower()}"),
        mail("6", MailState.SENT, subject=f"{NAME} in a title", body=NAME),
    ]
    close_account(user=person, by=person)
    assert list(Mail.objects.order_by("pk")) == kept


def test_short_name_takes_nobody_elses_mail_along(settings):
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
    person = UserFactory(full_name="이")
    about = MembershipFactory().organisation
    for by in (person, UserFactory(full_name="다른이")):
        ask_to_join(organisation=about, by=by)
    Mail.objects.update(state=MailState.SENT)
    told = Mail.objects.get(mentions__contains=[person.pk])
    assert "이" in told.body
    others = list(Mail.objects.exclude(pk=told.pk))
    assert others and all("이" in mail.body for mail in others)
    close_account(user=person, by=person)
    assert list(Mail.objects.all()) == others


def test_whoever_took_a_request_is_named_in_no_entry_of_its_thread():
    staff = create_staff(full_name=NAME)
    row = MatchRequestFactory(owner=create_staff(), state=MatchRequestState.IN_REVIEW)
    take(match_request=row, by=staff)
    RequestEvent.objects.create(match_request=row, kind=RequestEventKind.OWNER, actor=staff, body=NAME)
    close_account(user=staff, by=staff)
    assert places_with(NAME) == {"accounts.ClosedAccount"}


def test_every_text_column_of_a_person_is_emptied(person):
    """A new column of the user is not finished before closing knows it."""
    known = {"email", "full_name", "phone", "password", "language"}
    columns = {f.name for f in User._meta.get_fields() if isinstance(f, models.CharField | models.TextField)}
    assert columns == known


def test_the_address_is_free_for_a_new_account(person, client):
    close_account(user=person, by=person)
    form = {"password1": PASSWORD, "password2": PASSWORD, "full_name": "홍길동", "has_consented": "on"}
    client.post("/accounts/signup/", {"email": EMAIL, **form})
    new = User.objects.get(email=EMAIL.lower())
    assert (new.pk != person.pk, new.organisation_ids, new.group_names) == (True, frozenset(), frozenset())


def test_threads_show_no_name_and_histories_do(person):
    row = MatchRequestFactory(requested_by=person, state=MatchRequestState.INTRODUCED, demand=DemandFactory())
    RequestEvent.objects.create(match_request=row, kind=RequestEventKind.MESSAGE, actor=person, body="견적 문의")
    row.demand.title = "새 제목"
    row.demand._history_user = person
    row.demand.save()
    close_account(user=person, by=person)
    client = Client()
    client.force_login(create_staff())
    thread = client.get(reverse("match_request_detail", args=[row.pk])).content.decode()
    assert (NAME in thread, "탈퇴한 회원" in thread, "견적 문의" in thread) == (False, True, True)
    history = client.get(reverse("demand_history", args=[row.demand.pk])).content.decode()
    assert f"{NAME} (탈퇴한 회원)" in history


def test_history_of_a_technology_names_the_closed_account_and_tells_no_address():
    named, nameless = create_staff(full_name=NAME), create_staff(email=EMAIL.lower(), full_name="")
    technology = TechnologyFactory()
    record(technology, PublicationKind.REVIEW, authors={named.pk, nameless.pk}, by=create_staff())
    for user in (named, nameless):
        close_account(user=user, by=user)
    assert technology.publications.get().proposed_by == f"{NAME} (탈퇴한 회원), 탈퇴한 회원"
    client = Client()
    client.force_login(create_staff())
    page = client.get(reverse("technology_history", args=[technology.pk])).content.decode()
    assert (f"{NAME} (탈퇴한 회원), 탈퇴한 회원" in page, EMAIL.lower() in page) == (True, False)
    assert places_with(EMAIL) == set()


def test_work_waits_for_somebody_else():
    staff = create_staff()
    technology = TechnologyFactory(owner=staff)
    row = MatchRequestFactory(owner=staff)
    task = ResearchTaskFactory(manager=staff)
    close_account(user=staff, by=create_programme_admin())
    for one in (technology, row, task):
        one.refresh_from_db()
    assert (technology.owner, row.owner, task.manager) == (None, None, None)
    client = Client()
    client.force_login(create_staff())
    assert 'id="ownerless"' in client.get("/workspace/").content.decode()


def test_last_owner_hands_over_first(person):
    membership = person.memberships.get()
    assert hindrances_of(person) == Hindrances([], False, [membership.organisation])
    colleague = MembershipFactory(organisation=membership.organisation, role=MembershipRole.MEMBER)
    assert hindrances_of(person) == Hindrances([membership.organisation], False, [])
    with pytest.raises(LastOwnerError):
        close_account(user=person, by=person)
    assert not ClosedAccount.objects.exists()
    colleague.role = MembershipRole.OWNER
    colleague.save()
    assert close_account(user=person, by=person).is_closed


def test_last_programme_manager_stays():
    manager = create_programme_admin()
    with pytest.raises(LastProgrammeAdminError):
        close_account(user=manager, by=manager)
    create_programme_admin()
    assert close_account(user=manager, by=manager).is_closed


def test_closing_twice_changes_nothing(person):
    close_account(user=person, by=person)
    close_account(user=person, by=create_programme_admin())
    assert ClosedAccount.objects.get().full_name == NAME


def test_nobody_writes_to_a_closed_account(person):
    closed = close_account(user=person, by=person)
    send_letter(closed, template="accounts/mail/invitation.txt", context=lambda: {"link": ""})
    assert not Mail.objects.exists()


def test_what_is_kept_of_the_persons_forms_goes_too_and_nobody_elses(person, django_capture_on_commit_callbacks):
    other = UserFactory()
    for account in (person.pk, other.pk):
        KeptPost.objects.create(token=f"kept-{account}", account=account, path="/x/", fields=[["message", NAME]])
        SentForm.objects.create(token=f"sent-{account}", account=account, path="/x/", digest="0", address="/y/")
        kept_files.keep(SimpleUploadedFile("plan.txt", b"plan"), account=account, field="files")
    with django_capture_on_commit_callbacks(execute=True):
        close_account(user=person, by=person)
    folders = default_storage.listdir(kept_files.FOLDER)[0]
    assert [row.account for row in (*KeptPost.objects.all(), *SentForm.objects.all())] == [other.pk, other.pk]
    assert (str(person.pk) in folders, str(other.pk) in folders) == (False, True)


def test_a_page_that_was_open_when_the_account_was_closed_keeps_nothing_for_it(person, client):
    token = new_token(person.pk)
    close_account(user=person, by=person)
    client.post("/demands/new/", {"form_token": token, "problem": "a text that nobody could ever fetch"})
    assert not KeptPost.objects.exists()


def test_sessions_that_wait_for_a_second_factor_or_a_code_keep_no_address(person):
    waiting, code, others = (SessionStore() for _number in range(3))
    waiting["account_login"] = {"user_pk": str(person.pk), "email": EMAIL, "signals": []}
    code["account_email_verification_code"] = {"email": "SECOND@company.example", "code": "1"}
    others["account_login"] = {"user_pk": "0", "email": f"x{EMAIL.lower()}"}
    for session in (waiting, code, others):
        session.save()
    close_account(user=person, by=person)
    assert [SessionStore().exists(session.session_key) for session in (waiting, code, others)] == [False, False, True]


def test_mail_to_an_address_that_was_never_confirmed_goes_with_the_account(person, client, settings):
    """The code went to an address that no table of addresses holds."""
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    client.post("/accounts/email/", {"email": "never@company.example", "action_add": ""})
    sent = Mail.objects.filter(receiver__contains="never@")
    assert set(sent.values_list("account", flat=True)) == {person.pk}
    close_account(user=person, by=person)
    assert places_with("never@company.example") == set()


def test_log_of_the_admin_names_nobody_in_entries_about_other_rows(person):
    staff = create_staff()
    address, company = person.emailaddress_set.first(), MembershipFactory().organisation
    about = {"user": staff, "action_flag": 2}
    kinds = {model: ContentType.objects.get_for_model(model) for model in (type(address), type(company))}
    LogEntry.objects.create(
        content_type=kinds[type(address)], object_id=address.pk, object_repr=str(address), change_message="[]", **about
    )
    said = json.dumps([{"added": {"name": "membership", "object": f"{NAME} – ㈜가나"}}])
    told = {"content_type": kinds[type(company)], "object_id": company.pk, "object_repr": "㈜가나"}
    LogEntry.objects.create(change_message=said, **told, **about)
    LogEntry.objects.create(change_message="[]", **told, **about)
    close_account(user=person, by=person)
    assert places_with(EMAIL, NAME, json.dumps(NAME)[1:-1]) == {"accounts.ClosedAccount"}
    kept = LogEntry.objects.filter(user=staff).order_by("pk").values_list("object_repr", "change_message")
    assert list(kept) == [(f"#{address.pk}", "[]"), ("㈜가나", ""), ("㈜가나", "[]")]
