import pytest

from matching.domain.requests.request_lists import thread_for, with_request_texts
from matching.enums import RequestEventKind
from matching.models import MatchRequest, RequestEvent
from tests.factories.match_request import MatchRequestFactory

pytestmark = pytest.mark.django_db


def test_what_is_for_the_centre_only_is_in_no_thread_of_a_company():
    request = MatchRequestFactory()
    entry = {"match_request": request, "kind": RequestEventKind.MESSAGE, "actor": request.requested_by}
    public = RequestEvent.objects.create(**entry, body="a")
    internal = RequestEvent.objects.create(**entry, body="b", is_internal=True)
    RequestEvent.objects.create(**entry | {"match_request": MatchRequestFactory()})
    assert list(thread_for(request, is_staff=True)) == [public, internal]
    assert list(thread_for(request, is_staff=False)) == [public]


def test_list_takes_the_same_number_of_queries_however_long_it_is(django_assert_num_queries):
    MatchRequestFactory.create_batch(3)
    with django_assert_num_queries(2):
        for row in with_request_texts(MatchRequest.objects.all()):
            assert all((row.technology.title, str(row.technology.holder), str(row), str(row.requested_by)))
