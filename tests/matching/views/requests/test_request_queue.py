import datetime

import pytest
from django.urls import reverse

from matching.enums import MatchRequestState
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def test_queue_shows_pending_ones_of_all_companies_the_most_urgent_first(client):
    later = MatchRequestFactory(due_on=datetime.date(2099, 2, 1))
    sooner = MatchRequestFactory(due_on=datetime.date(2099, 1, 1))
    MatchRequestFactory(state=MatchRequestState.WITHDRAWN, due_on=datetime.date(2099, 1, 1))
    client.force_login(create_staff())

    response = client.get(reverse("match_request_queue"))

    assert list(response.context["page"].object_list) == [sooner, later]


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_queries_do_not_grow(client, django_assert_max_num_queries, rows):
    MatchRequestFactory.create_batch(rows)
    client.force_login(create_staff())

    with django_assert_max_num_queries(16):
        response = client.get(reverse("match_request_queue"))

    assert len(response.context["page"].object_list) == rows


def test_queue_finds_by_title_and_state(client):
    wanted = MatchRequestFactory(state=MatchRequestState.DECLINED, decline_reason="other")
    MatchRequestFactory()
    client.force_login(create_staff())

    response = client.get(reverse("match_request_queue"), {"state": "declined", "q": wanted.technology.title})

    assert list(response.context["page"].object_list) == [wanted]


def test_introduction_edit_on_an_older_form_keeps_what_was_typed_and_saves_on_purpose(client):
    introduction = IntroductionFactory()
    client.force_login(create_staff())
    url = reverse("introduction_edit", args=[introduction.pk])
    seen = client.get(url).context["form"]["expected_revision"].value()
    first, second = ({"introduced_on": "2019-06-21", "note": note, "expected_revision": seen} for note in ("갑", "을"))
    client.post(url, first)
    response = client.post(url, second)
    introduction.refresh_from_db()
    assert (introduction.note, response.context["form"]["note"].value()) == ("갑", "을")
    assert 'target="_blank" rel="noopener"' in response.content.decode()
    client.post(url, {**second, "expected_revision": response.context["form"]["expected_revision"].value()})
    introduction.refresh_from_db()
    assert introduction.note == "을"


def test_taking_one_gives_it_to_the_reader_unless_it_is_closed(client):
    waiting, closed = MatchRequestFactory(), MatchRequestFactory(state=MatchRequestState.WITHDRAWN)
    staff = create_staff()
    client.force_login(staff)

    for row in (waiting, closed):
        answer = client.post(reverse("match_request_take", args=[row.pk]))
        assert answer.url == reverse("match_request_detail", args=[row.pk])
        row.refresh_from_db()

    assert [(row.state, row.owner) for row in (waiting, closed)] == [("in_review", staff), ("withdrawn", None)]


def test_due_date_is_changed_unless_it_is_no_date_or_the_request_is_closed(client):
    waiting, closed = MatchRequestFactory(), MatchRequestFactory(state=MatchRequestState.WITHDRAWN)
    before, after = waiting.due_on, datetime.date(2099, 3, 1)
    client.force_login(create_staff())
    seen = []
    for row, typed in ((waiting, "31 апреля"), (closed, "2099-03-01"), (waiting, "2099-03-01")):
        client.post(reverse("match_request_due", args=[row.pk]), {"due_on": typed})
        row.refresh_from_db()
        seen.append(row.due_on)
    assert seen == [before, before, after]


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("get", "match_request_queue"),
        ("get", "introduction_list"),
        ("get", "introduction_edit"),
        ("post", "match_request_take"),
        ("post", "match_request_due"),
    ],
)
def test_pages_are_for_the_centre_only(client, method, name):
    introduction = IntroductionFactory()
    keys = {"introduction_edit": introduction.pk, "match_request_take": introduction.match_request_id}
    keys["match_request_due"] = introduction.match_request_id
    client.force_login(introduction.match_request.requested_by)
    assert getattr(client, method)(reverse(name, args=[keys[name]] if name in keys else [])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_introductions_queries_do_not_grow(client, django_assert_max_num_queries, rows):
    introductions = IntroductionFactory.create_batch(rows)
    client.force_login(create_staff())

    with django_assert_max_num_queries(16):
        response = client.get(reverse("introduction_list"))

    assert set(response.context["page"].object_list) == set(introductions)
