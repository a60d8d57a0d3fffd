"""The page of one technology: what each reader may read of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.domain.index.indexing import index_technologies
from matching.domain.technologies import catalogue
from matching.enums import DisclosureLevel, Provenance, TechnologyState
from matching.models import Introduction, Technology
from projects.domain.overview.lineage import WorkFigures
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db

SECRET = "Скорость охлаждения"


def detail(technology):
    return reverse("technology_detail", args=[technology.pk])


def give_agreement(technology):
    """A member whose company has signed a non-disclosure agreement for the technology."""
    request = MatchRequestFactory(technology=technology)
    Introduction.objects.create(
        match_request=request,
        introduced_on=timezone.localdate(),
        introduced_by=create_staff(),
        nda_signed_on=timezone.localdate(),
        signed_with=technology.holder,
    )
    return request.requested_by


@pytest.mark.parametrize(("days", "is_read"), [(None, True), (1, True), (0, True), (-1, False)])
def test_protected_part_is_read_until_the_last_day_of_the_agreement(client, days, is_read):
    technology = TechnologyFactory(disclosure=DisclosureLevel.NDA, text__description="Protected recipe.")
    client.force_login(give_agreement(technology))
    today = timezone.localdate()
    ends_on = None if days is None else today + timedelta(days=days)
    Introduction.objects.update(nda_signed_on=today - timedelta(days=9), nda_ends_on=ends_on)
    assert ("Protected recipe." in client.get(detail(technology)).content.decode()) == is_read


@pytest.mark.parametrize(
    ("disclosure", "readers"),
    [
        (
            DisclosureLevel.PUBLIC,
            {"visitor", "loner", "member", "signed", "holder", "staff"},
        ),
        (DisclosureLevel.MEMBERS, {"loner", "member", "signed", "holder", "staff"}),
        (DisclosureLevel.NDA, {"signed", "holder", "staff"}),
    ],
)
def test_detail_shows_the_full_profile_only_to_its_audience(client, disclosure, readers):
    technology = TechnologyFactory(disclosure=disclosure)
    people = {
        "visitor": None,
        "loner": UserFactory(),
        "member": create_member(),
        "signed": give_agreement(technology),
        "holder": create_member(organisation=technology.holder),
        "staff": create_staff(),
    }
    reading = set()
    for name, user in people.items():
        client.logout()
        if user:
            client.force_login(user)
        content = client.get(detail(technology)).content.decode()
        assert ('id="locked"' in content) is (SECRET not in content)
        if SECRET in content:
            reading.add(name)

    assert reading == readers


@pytest.mark.parametrize("state", [state for state in TechnologyState if state != TechnologyState.PUBLISHED])
def test_detail_of_unpublished_is_for_the_centre_and_the_holder(client, state):
    technology = TechnologyFactory(state=state)
    statuses = []
    for user in (
        None,
        create_member(),
        create_member(organisation=technology.holder),
        create_staff(),
    ):
        client.logout()
        if user:
            client.force_login(user)
        statuses.append(client.get(detail(technology)).status_code)

    assert statuses == [404, 404, 200, 200]


def test_detail_of_unpublished_offers_no_request(client):
    technology = TechnologyFactory(state=TechnologyState.ON_HOLD)
    client.force_login(create_member(organisation=technology.holder))

    assert reverse("match_request_create", args=[technology.pk]) not in client.get(detail(technology)).content.decode()


@pytest.mark.parametrize("pk", [1, 2**63, 10**30])
def test_detail_of_nothing_is_404(client, pk):
    assert client.get(f"/technologies/{pk}/").status_code == 404


def test_detail_shows_the_text_in_the_chosen_language(client):
    technology = TechnologyFactory(text__title="Провод")
    TechnologyTextFactory(
        technology=technology,
        language="ko",
        provenance=Provenance.MACHINE,
        title="전선",
    )

    korean = client.get(detail(technology)).content.decode()
    russian = client.get(detail(technology), {"text": "ru"}).content.decode()
    assert '<h1 lang="ko">전선</h1>' in korean
    assert '<h1 lang="ru">Провод</h1>' in russian
    assert '<h1 lang="ko">' in client.get(detail(technology), {"text": "xx"}).content.decode()


def test_detail_hands_the_match_on_to_the_request(client):
    technology = TechnologyFactory()
    client.force_login(create_member())
    url = reverse("match_request_create", args=[technology.pk])

    assert f'href="{url}?match=7"' in client.get(detail(technology), {"match": "7"}).content.decode()
    assert f'href="{url}"' in client.get(detail(technology), {"match": '"><b>'}).content.decode()


def test_detail_shows_a_company_its_own_request_only(client):
    request = MatchRequestFactory()
    url = reverse("match_request_detail", args=[request.pk])

    client.force_login(request.requested_by)
    assert f'href="{url}"' in client.get(detail(request.technology)).content.decode()
    client.force_login(create_member())
    assert f'href="{url}"' not in client.get(detail(request.technology)).content.decode()


def test_detail_tells_staff_and_holder_what_happened(client):
    technology = TechnologyFactory()
    requests = [MatchRequestFactory(technology=technology) for _ in range(2)]
    expected = catalogue.Lineage(request_count=2, introduction_count=0)

    client.force_login(create_staff())
    response = client.get(detail(technology))
    assert response.context["lineage"] == expected
    assert all(f'id="match-request-{request.pk}"' in response.content.decode() for request in requests)

    client.force_login(create_member(organisation=technology.holder))
    response = client.get(detail(technology))
    assert response.context["lineage"] == expected
    # The holder learns how many, the centre tells who.
    assert requests[0].organisation.name_ko not in response.content.decode()

    client.force_login(create_member())
    assert client.get(detail(technology)).context["lineage"] is None


def test_detail_tells_staff_the_research_tasks_and_the_holder_how_many(client):
    technology = TechnologyFactory()
    task = ResearchTaskFactory(technology=technology)
    OutcomeFactory(research_task=task)
    url, figures = reverse("research_task_detail", args=[task.pk]), WorkFigures(task_count=1, outcome_count=1)

    for user, is_listed in ((create_staff(), True), (create_member(organisation=technology.holder), False)):
        client.force_login(user)
        response = client.get(detail(technology))
        assert [part.content for part in response.context["later_figures"]] == [figures]
        assert (f'href="{url}"' in response.content.decode()) == is_listed

    client.force_login(create_member())
    response = client.get(detail(technology))
    assert (response.context["later_figures"], response.context["later_work"]) == ([], [])


def test_holder_that_is_not_confirmed_any_more_reads_no_lineage(client):
    technology = TechnologyFactory()
    member = create_member(organisation=technology.holder)
    type(technology.holder).objects.update(confirmation="withdrawn")
    client.force_login(member)
    response = client.get(detail(technology))
    told = [response.context[name] for name in ("lineage", "later_figures", "is_holder")]
    assert told == [None, [], True]


@pytest.mark.parametrize("count", [1, 3])
def test_detail_for_staff_loads_in_a_fixed_number_of_queries(client, count, django_assert_max_num_queries):
    technology = TechnologyFactory()
    for _ in range(count):
        MatchRequestFactory(technology=technology)
    client.force_login(create_staff())

    with django_assert_max_num_queries(13):
        client.get(detail(technology))


def test_detail_shows_similar_ones_that_are_published(client):
    one, other = TechnologyFactory(), TechnologyFactory()
    drafts = [TechnologyFactory(state="draft"), TechnologyFactory(state="on_hold")]
    for title in ("Закваска для йогурта", "Датчик водорода", "Обработка семян плазмой"):
        TechnologyFactory(text__title=title, text__summary=title, text__description="", text__advantages="")
    index_technologies(technology_ids=list(Technology.objects.values_list("id", flat=True)))
    seen = []
    for user in (None, create_member(), create_staff()):
        if user:
            client.force_login(user)
        answer = client.get(detail(one))
        shown = [entry.technology for entry in answer.context["similar"]]
        seen.append((shown, any(draft.title in answer.content.decode() for draft in drafts)))
    assert seen == [([other], False)] * 3
    assert client.get(detail(drafts[0])).context["similar"] == []
