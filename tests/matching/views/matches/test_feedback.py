import pytest
from django.urls import reverse

from matching.models import Feedback, Match
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.match import MatchFactory, record_scoring
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def match():
    found = MatchFactory()
    record_scoring(demand=found.demand)
    return found


@pytest.fixture
def member(client, match):
    user = create_member(organisation=match.demand.organisation)
    client.force_login(user)
    return user


def question(match):
    return reverse("match_not_relevant", args=[match.pk])


def list_of(match):
    return reverse("demand_detail", args=[match.demand_id])


def test_question_is_a_page_and_a_part_of_the_list(client, match, member):
    page = client.get(question(match)).content.decode()
    part = client.get(question(match), **HTMX).content.decode()
    form = f'<form class="form panel panel--gray" id="not-relevant-{match.pk}" method="post"'
    assert (form in page, form in part, "<html" in page, "<html" in part) == (True, True, True, False)


def test_marking_takes_the_technology_out_of_the_list(client, match, member):
    staying = MatchFactory(demand=match.demand)
    answer = client.post(question(match), {"reason": "known", "text": "이미 압니다."}, follow=True)
    assert answer.redirect_chain == [(list_of(match), 302)]
    results = answer.context["results"]
    assert [row.match for row in results.rows] == [staying]
    assert [(mark.technology, mark.reason, mark.text, mark.decided_by) for mark in results.marks] == [
        (match.technology, "known", "이미 압니다.", member)
    ]
    page = answer.content.decode()
    assert f'action="{reverse("feedback_put_back", args=[results.marks[0].pk])}"' in page
    assert '<span class="pre-line" lang="ko">이미 압니다.</span>' in page


def test_marking_inside_the_list_answers_with_the_list(client, match, member):
    answer = client.post(question(match), {"page": "1"}, follow=True, **HTMX)
    assert answer.redirect_chain == [(f"{list_of(match)}?page=1", 302)]
    part = answer.content.decode()
    assert ("<html" in part, f'id="match-{match.pk}"' in part, 'id="marked"' in part) == (False, False, True)
    assert "autofocus" in part


def test_marking_twice_keeps_one_row(client, match, member):
    for _click in range(2):
        assert client.post(question(match)).status_code == 302
    assert Feedback.objects.count() == 1


def test_unknown_reason_is_asked_again(client, match, member):
    answer = client.post(question(match), {"reason": "ugly", "text": "말"}, **HTMX)
    assert (answer.status_code, Feedback.objects.count()) == (200, 0)
    assert list(answer.context["form"].errors) == ["reason"]


@pytest.mark.parametrize(
    ("make_user", "status"), [(create_member, 404), (create_evaluator, 404), (UserFactory, 404), (create_staff, 403)]
)
def test_only_the_company_judges(client, match, make_user, status):
    mark = FeedbackFactory(demand=match.demand, technology=match.technology)
    client.force_login(make_user())
    addresses = [question(match), reverse("feedback_put_back", args=[mark.pk])]
    assert [client.post(address).status_code for address in addresses] == [status, status]
    assert Feedback.objects.count() == 1


def test_holder_of_the_technology_does_not_judge(client, match):
    client.force_login(create_member(organisation=match.technology.holder))
    assert client.post(question(match)).status_code == 404


def test_put_back_brings_it_into_the_list_again(client, match, member):
    client.post(question(match))
    address = reverse("feedback_put_back", args=[Feedback.objects.get().pk])
    for _click in range(2):
        answer = client.post(address, follow=True, **HTMX)
    assert [row.match for row in answer.context["results"].rows] == [match]
    assert list(Feedback.objects.order_by("id").values_list("verdict", flat=True)) == ["not_relevant", "put_back"]


def test_put_back_needs_a_post_and_a_mark(client, match, member):
    mark = FeedbackFactory(demand=match.demand, technology=match.technology)
    request = MatchRequestFactory(organisation=match.demand.organisation)
    step = FeedbackFactory(demand=match.demand, match_request=request, verdict="accepted")
    statuses = [
        client.get(reverse("feedback_put_back", args=[mark.pk])).status_code,
        client.post(reverse("feedback_put_back", args=[step.pk])).status_code,
    ]
    assert statuses == [405, 404]


def test_match_page_shows_the_mark_and_takes_it_back(client, match, member):
    page = reverse("match_detail", args=[match.pk])
    assert question(match) in client.get(page).content.decode()
    client.post(question(match))
    answer = client.get(page)
    assert (answer.context["mark"].technology, question(match) in answer.content.decode()) == (match.technology, False)
    back = reverse("feedback_put_back", args=[answer.context["mark"].pk])
    answer = client.post(back, {"match": match.pk}, follow=True)
    assert (answer.redirect_chain, answer.context["mark"]) == ([(page, 302)], None)


def test_pending_request_and_a_mark_exclude_each_other(client, match, member):
    MatchRequestFactory(technology=match.technology, organisation=match.demand.organisation)
    pages = [list_of(match), reverse("match_detail", args=[match.pk])]
    assert [question(match) in client.get(page).content.decode() for page in pages] == [False, False]


def test_profile_has_marks_of_its_own(client):
    profile = CompanyProfileFactory()
    match = MatchFactory(demand=None, profile=profile)
    client.force_login(create_member(organisation=profile.organisation))
    answer = client.post(question(match), follow=True)
    assert answer.redirect_chain == [(reverse("company_profile_for", args=[profile.organisation_id]), 302)]
    assert (answer.context["results"].rows, len(answer.context["results"].marks)) == ([], 1)


def test_counts_leave_out_what_is_marked(client, match, member):
    MatchFactory(demand=match.demand)
    client.post(question(match))
    (row,) = client.get(reverse("demand_list")).context["page"]
    assert row.match_count == 1


def test_centre_sees_the_decisions_where_it_works(client, match):
    FeedbackFactory(demand=match.demand, technology=match.technology, reason="too_early", text="아직 이릅니다.")
    request = MatchRequestFactory(technology=match.technology)
    client.force_login(create_staff())
    seen = []
    for name, row in [
        ("demand_detail", match.demand),
        ("technology_detail", match.technology),
        ("technology_matches", match.technology),
        ("match_request_detail", request),
    ]:
        page = client.get(reverse(name, args=[row.pk])).content.decode()
        seen.append(("아직 이릅니다." in page, 'id="decisions"' in page))
    assert seen == [(True, True)] * 4
    (fit,) = client.get(reverse("technology_matches", args=[match.technology_id])).context["fits"]
    assert fit.mark.text == "아직 이릅니다."


def test_company_sees_no_decisions_of_the_centre(client, match, member):
    FeedbackFactory(technology=match.technology)
    request = MatchRequestFactory(technology=match.technology, organisation=match.demand.organisation)
    addresses = [
        list_of(match),
        reverse("technology_detail", args=[match.technology_id]),
        reverse("match_request_detail", args=[request.pk]),
    ]
    assert ['id="decisions"' in client.get(address).content.decode() for address in addresses] == [False] * 3


@pytest.mark.parametrize("rows", [1, 3])
def test_decisions_take_a_fixed_number_of_queries(client, django_assert_num_queries, rows):
    demand = DemandFactory()
    for _number in range(rows):
        FeedbackFactory(demand=demand)
    record_scoring(demand=demand)
    client.force_login(create_staff())
    client.get(list_of(Match(demand=demand)))
    with django_assert_num_queries(16):
        client.get(list_of(Match(demand=demand)))
