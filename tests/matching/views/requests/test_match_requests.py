import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.domain.organisations.confirmation import withdraw_confirmation
from matching.domain.requests import match_requests as domain
from matching.enums import MatchRequestState, TechnologyState
from matching.models import Match, MatchRequest, Technology
from tests.factories.demand import DemandFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match import MatchFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def create_url(technology):
    return reverse("match_request_create", args=[technology.pk])


def test_create_sends_the_request(client):
    member, technology = create_member(), TechnologyFactory()
    client.force_login(member)

    response = client.post(
        create_url(technology),
        {"organisation": member.memberships.get().organisation_id, "message": "시제품을 원합니다."},
    )

    made = MatchRequest.objects.get()
    assert response.url == reverse("match_request_detail", args=[made.pk])
    assert made.requested_by == member


@pytest.mark.django_db(transaction=True)
def test_create_while_the_worker_drops_the_match_sends_the_request(client, monkeypatch):
    match = MatchFactory()
    client.force_login(create_member(organisation=match.demand.organisation))
    request_introduction = domain.request_introduction

    def just_too_late(**data):
        Match.objects.all().delete()
        return request_introduction(**data)

    monkeypatch.setattr(domain, "request_introduction", just_too_late)
    response = client.post(
        f"{create_url(match.technology)}?match={match.pk}",
        {"organisation": match.demand.organisation_id, "message": "시제품을 원합니다."},
    )

    made = MatchRequest.objects.get()
    assert (response.status_code, made.message, made.match) == (302, "시제품을 원합니다.", None)


def test_create_for_withdrawn_technology_keeps_what_was_typed(client):
    member = create_member()
    organisation = member.memberships.get().organisation
    technology = TechnologyFactory(holder=organisation, state=TechnologyState.ARCHIVED)
    client.force_login(member)

    response = client.post(create_url(technology), {"organisation": organisation.pk, "message": "지워지면 안 되는 글"})

    assert response.status_code == 200
    assert "지워지면 안 되는 글" in response.content.decode()
    assert not MatchRequest.objects.exists()


def test_create_refuses_a_demand_of_another_company(client):
    member, foreign = create_member(), DemandFactory()
    client.force_login(member)

    response = client.post(
        create_url(TechnologyFactory()),
        {
            "organisation": member.memberships.get().organisation_id,
            "message": "x",
            "demand": foreign.pk,
        },
    )

    assert (response.status_code, MatchRequest.objects.count()) == (200, 0)
    assert "demand" in response.context["form"].errors


def test_create_sends_a_person_without_company_to_registration(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("new@example.com", "x"))

    response = client.get(create_url(TechnologyFactory()))

    assert response.url == reverse("my_organisation")


def test_create_twice_leads_to_the_first(client):
    first = MatchRequestFactory()
    client.force_login(first.requested_by)

    response = client.post(create_url(first.technology), {"organisation": first.organisation_id, "message": "again"})

    assert response.url == reverse("match_request_detail", args=[first.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_list_queries_do_not_grow(client, django_assert_max_num_queries, rows):
    member = create_member()
    organisation = member.memberships.get().organisation
    MatchRequestFactory.create_batch(rows, organisation=organisation, requested_by=member)
    client.force_login(member)

    with django_assert_max_num_queries(12):
        response = client.get(reverse("match_request_list"))

    assert len(response.context["page"].object_list) == rows


def test_detail_of_another_company_does_not_exist(client):
    row = MatchRequestFactory()
    client.force_login(create_member())

    assert client.get(reverse("match_request_detail", args=[row.pk])).status_code == 404


def test_internal_note_and_its_file_are_hidden_from_the_company(client):
    row, staff = MatchRequestFactory(), create_staff()
    event = domain.post_message(
        match_request=row,
        by=staff,
        body="내부 메모",
        is_internal=True,
        files=[SimpleUploadedFile("n.pdf", b"%PDF")],
    )
    file_url = reverse("request_attachment", args=[event.attachments.get().pk])

    client.force_login(row.requested_by)
    page = client.get(reverse("match_request_detail", args=[row.pk]))
    as_company = client.get(file_url).status_code
    client.force_login(staff)
    as_staff = client.get(file_url)

    assert "내부 메모" not in page.content.decode()
    assert (as_company, as_staff.status_code, as_staff["Content-Disposition"]) == (
        404,
        200,
        'attachment; filename="n.pdf"',
    )


@pytest.mark.parametrize("action", ["ask", "accept", "decline", "introduce"])
def test_staff_actions_are_refused_to_the_company(client, action):
    row = MatchRequestFactory()
    client.force_login(row.requested_by)

    response = client.post(reverse("match_request_action", args=[row.pk, action]), {"body": "x"})

    row.refresh_from_db()
    assert (response.status_code, row.state) == (403, MatchRequestState.SUBMITTED)


def test_action_after_the_state_changed_keeps_what_was_typed(client):
    row = MatchRequestFactory(state=MatchRequestState.WITHDRAWN)
    client.force_login(create_staff())

    response = client.post(
        reverse("match_request_action", args=[row.pk, "decline"]),
        {"reason": "too_early", "body": "긴 설명"},
    )

    assert response.status_code == 200
    assert "긴 설명" in response.content.decode()


def test_decline_without_reason_is_refused(client):
    row = MatchRequestFactory()
    client.force_login(create_staff())

    response = client.post(reverse("match_request_action", args=[row.pk, "decline"]), {"reason": "", "body": "x"})

    row.refresh_from_db()
    assert (list(response.context["form"].errors), row.state) == (["reason"], MatchRequestState.SUBMITTED)


def test_script_in_a_message_is_shown_as_text(client):
    row = MatchRequestFactory()
    client.force_login(row.requested_by)

    response = client.post(
        reverse("match_request_detail", args=[row.pk]), {"body": "<script>alert(1)</script>"}, follow=True
    )

    html = response.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html


def test_attachment_of_a_forbidden_kind_is_refused_and_the_message_kept(client):
    row = MatchRequestFactory()
    client.force_login(row.requested_by)

    response = client.post(
        reverse("match_request_detail", args=[row.pk]),
        {"body": "보낸 글", "files": SimpleUploadedFile("a.exe", b"MZ")},
    )

    assert "보낸 글" in response.content.decode()
    assert row.events.count() == 0


def test_attachment_whose_file_is_lost_is_not_found(client):
    row = MatchRequestFactory()
    event = row.events.create(kind="message", actor=row.requested_by)
    attachment = event.attachments.create(file="requests/none.txt", name="none.txt", size=1)
    client.force_login(row.requested_by)
    assert client.get(reverse("request_attachment", args=[attachment.pk])).status_code == 404


def introduced():
    """A company that knows the name of one masked holder, and what was agreed with it."""
    holder = InstituteFactory(name_ru="Институт первый", is_name_masked=True)
    introduction = IntroductionFactory(
        match_request__technology__holder=holder, holder_contact="Контактов", note="Договорились о пробе"
    )
    return introduction, reverse("match_request_detail", args=[introduction.match_request_id])


def test_company_is_told_whom_it_was_introduced_to_and_no_later_holder(client):
    introduction, page = introduced()
    later = InstituteFactory(name_ru="Завод второй", is_name_masked=True)
    Technology.objects.filter(pk=introduction.match_request.technology_id).update(holder=later)
    client.force_login(introduction.match_request.requested_by)
    content = client.get(page).content.decode()
    assert ("Институт первый" in content, "Завод второй" in content) == (True, False)


def test_introduction_is_closed_while_the_centre_does_not_confirm_the_company(client):
    introduction, page = introduced()
    request, staff = introduction.match_request, create_staff()
    for kind, to_state in (("state", "introduced"), ("introduction", "")):
        request.events.create(kind=kind, to_state=to_state, actor=staff, body=f"Тайна {kind}")
    request.events.create(kind="message", actor=staff, body="Обычное письмо")
    told = ("Институт первый", "Контактов", "Договорились", "Тайна state", "Тайна introduction", "Обычное письмо")
    client.force_login(request.requested_by)
    open_page = client.get(page).content.decode()
    withdraw_confirmation(organisation=request.organisation, by=staff, note="…")
    closed_page = client.get(page).content.decode()
    client.force_login(staff)
    staff_page = client.get(page).content.decode()
    assert [[words in one for words in told] for one in (open_page, closed_page, staff_page)] == [
        [True] * 6,
        [False] * 5 + [True],
        [True] * 6,
    ]
