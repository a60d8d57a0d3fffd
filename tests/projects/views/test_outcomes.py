import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from projects.models import Outcome
from tests.factories.membership import create_member
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 test"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def form_data(**fields):
    return {
        "kind": "exports",
        "value": "66만",
        "currency": "USD",
        "country": "RU",
        "period_start": "2019-07-01",
        "period_end": "2019-12-31",
        "evidence": "해외 매출 66만불",
    } | fields


def post_new(client, **fields):
    task = ResearchTaskFactory()
    client.force_login(create_staff())
    return client.post(reverse("outcome_create", args=[task.pk]), form_data(**fields))


def test_outcome_create_stores_a_claim_with_its_file(client):
    file = SimpleUploadedFile("수출신고.pdf", PDF)
    response = post_new(client, evidence_file=file)
    outcome = Outcome.objects.get()
    assert response.url == reverse("research_task_detail", args=[outcome.research_task_id])
    assert (outcome.value, outcome.currency, outcome.status) == (660_000, "USD", "claimed")
    assert outcome.evidence_file.read() == PDF


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"currency": ""}, "currency"),
        ({"kind": "jobs", "value": "3", "country": ""}, "currency"),
        ({"kind": "jobs", "value": "3.5", "currency": "", "country": ""}, "value"),
        ({"kind": "domestic_sales", "currency": "KRW"}, "country"),
        ({"value": "많이"}, "value"),
        ({"value": "-1"}, "value"),
        ({"period_end": "2019-06-30"}, "period_end"),
        ({"evidence": " "}, "evidence"),
        ({"evidence_file": SimpleUploadedFile("a.exe", b"MZ")}, "evidence_file"),
        ({"evidence_file": SimpleUploadedFile("a.pdf", b"<script>")}, "evidence_file"),
    ],
)
def test_outcome_create_with_bad_input_says_where(client, fields, wrong):
    response = post_new(client, **fields)
    assert response.context["form"].errors.keys() == {wrong}
    assert Outcome.objects.count() == 0


def test_outcome_create_with_too_large_a_file_says_so(client, settings):
    settings.ATTACHMENT_MAX_BYTES = 10
    response = post_new(client, evidence_file=SimpleUploadedFile("a.pdf", PDF))
    assert response.context["form"].errors.keys() == {"evidence_file"}


def test_outcome_create_of_an_impossible_figure_asks_until_confirmed(client):
    response = post_new(client, value="66억")
    assert len(response.context["questions"]) == 1
    assert 'value="66억"' in response.content.decode()
    assert Outcome.objects.count() == 0
    post_new(client, value="66억", is_confirmed="on")
    assert Outcome.objects.get().value == 6_600_000_000


def test_outcome_create_by_the_company_itself(client):
    partner = TaskPartnerFactory()
    client.force_login(create_member(organisation=partner.organisation))
    client.post(reverse("outcome_create", args=[partner.research_task.pk]), form_data())
    assert Outcome.objects.get().status == "claimed"


def test_outcome_verify_by_another_person_and_dispute_with_a_note(client):
    outcome = OutcomeFactory(reported_by=create_staff())
    client.force_login(create_programme_admin())
    client.post(reverse("outcome_verify", args=[outcome.pk]), {"note": "", "expected_revision": 1})
    assert Outcome.objects.get().status == "verified"
    client.post(reverse("outcome_dispute", args=[outcome.pk]), {"note": "", "expected_revision": 2})
    assert Outcome.objects.get().status == "verified"
    client.post(reverse("outcome_dispute", args=[outcome.pk]), {"note": "단위", "expected_revision": 2})
    assert Outcome.objects.get().status == "disputed"


def test_outcome_verify_is_refused_to_its_reporter_and_to_staff(client):
    admin = create_programme_admin()
    outcome = OutcomeFactory(reported_by=admin)
    statuses = []
    for user in [admin, create_staff(), create_evaluator()]:
        client.force_login(user)
        statuses.append(client.post(reverse("outcome_verify", args=[outcome.pk])).status_code)
    assert statuses == [403, 403, 403]
    assert Outcome.objects.get().status == "claimed"


def test_outcome_edit_of_a_verified_figure_is_refused(client):
    outcome = OutcomeFactory(verified=True)
    client.force_login(create_programme_admin())
    assert client.get(reverse("outcome_edit", args=[outcome.pk])).status_code == 403


def test_outcome_edit_on_an_older_revision_keeps_what_was_typed(client):
    outcome = OutcomeFactory(revision=2)
    client.force_login(create_staff())
    url = reverse("outcome_edit", args=[outcome.pk])
    response = client.post(url, form_data(value="70만", expected_revision="1"))
    assert 'value="70만"' in response.content.decode()
    assert Outcome.objects.get().value == 660_000
    client.post(url, form_data(value="70만", expected_revision="2"))
    assert Outcome.objects.get().value == 700_000


def test_outcome_file_is_handed_only_to_those_who_see_the_task(client):
    outcome = OutcomeFactory(evidence_file=SimpleUploadedFile("a.pdf", PDF))
    partner = TaskPartnerFactory(research_task=outcome.research_task)
    url = reverse("outcome_file", args=[outcome.pk])
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    client.force_login(create_member(organisation=partner.organisation))
    response = client.get(url)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")


def test_outcome_file_that_is_gone_is_not_found(client):
    outcome = OutcomeFactory(evidence_file="outcomes/gone.pdf")
    client.force_login(create_staff())
    assert client.get(reverse("outcome_file", args=[outcome.pk])).status_code == 404


def kept_tokens(response):
    return re.findall(r'name="kept_file" value="([^"]+)"', response.content.decode())


def test_outcome_create_keeps_the_file_while_it_asks(client, tmp_path):
    response = post_new(client, value="66억", evidence_file=SimpleUploadedFile("수출신고.pdf", PDF))
    [token] = kept_tokens(response)
    assert "수출신고.pdf" in response.content.decode()
    data = form_data(value="66억", is_confirmed="on", kept_file=token)
    client.post(response.request["PATH_INFO"], data)
    outcome = Outcome.objects.get()
    assert outcome.evidence_file.read() == PDF
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []


def test_outcome_create_keeps_the_file_when_another_field_is_wrong(client):
    response = post_new(client, value="많이", evidence_file=SimpleUploadedFile("a.pdf", PDF))
    assert "a.pdf" in response.content.decode()
    assert len(kept_tokens(response)) == 1


def test_outcome_create_takes_no_kept_file_of_somebody_else(client):
    response = post_new(client, value="66억", evidence_file=SimpleUploadedFile("a.pdf", PDF))
    [token] = kept_tokens(response)
    for wrong in (token, token + "x"):
        post_new(client, kept_file=wrong, period_end=f"2020-01-0{1 + (wrong != token)}")
    assert [outcome.evidence_file.name for outcome in Outcome.objects.all()] == ["", ""]


def test_outcome_verify_of_a_figure_changed_since_it_was_seen_asks_again(client):
    outcome = OutcomeFactory(reported_by=create_staff())
    client.force_login(create_programme_admin())
    url = reverse("outcome_verify", args=[outcome.pk])
    data = {"note": "확인", "expected_revision": client.get(url).context["form"]["expected_revision"].value()}
    Outcome.objects.update(value=6_600_000_000, revision=2)
    response = client.post(url, data)
    assert Outcome.objects.get().status == "claimed"
    assert "6,600,000,000" in response.content.decode()
    assert response.context["form"]["note"].value() == "확인"
    client.post(url, {**data, "expected_revision": response.context["form"]["expected_revision"].value()})
    assert Outcome.objects.get().status == "verified"
