import pytest
from django.http import Http404

from accounts.domain.organisations.merging import merge_organisations
from accounts.models import Organisation
from accounts.views.merged_redirects import HasMovedError, found_or_moved
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged():
    """The organisation that stayed, and the key of the one that became it."""
    stays, goes = OrganisationFactory(), OrganisationFactory()
    old = goes.pk
    merge_organisations(stays=stays, goes=goes, by=create_staff())
    return stays, old


def test_organisation_is_found_as_long_as_it_is_there(merged):
    stays, _old = merged
    assert found_or_moved(Organisation.objects.all(), stays.pk) == stays


def test_merged_organisation_has_moved_to_the_one_that_stayed(merged):
    stays, old = merged
    with pytest.raises(HasMovedError) as moved:
        found_or_moved(Organisation.objects.all(), old)
    assert moved.value.args == (stays.pk,)


def test_nothing_is_told_of_a_merge_to_whoever_may_not_see_the_one_that_stayed(merged):
    stays, old = merged
    for rows, pk in ((Organisation.objects.exclude(pk=stays.pk), old), (Organisation.objects.all(), old + 10**6)):
        with pytest.raises(Http404):
            found_or_moved(rows, pk)


@pytest.mark.parametrize("page", ["", "edit/"])
def test_page_of_a_merged_organisation_leads_to_the_same_page_of_the_other(client, merged, page):
    stays, old = merged
    client.force_login(create_staff())
    answer = client.get(f"/curation/organisations/{old}/{page}")
    assert (answer.status_code, answer.url) == (302, f"/curation/organisations/{stays.pk}/{page}")


def test_what_was_posted_to_a_merged_organisation_changes_nothing(client, merged):
    stays, old = merged
    client.force_login(create_staff())
    typed = {"name_ko": "㈜새이름", "kind": "company", "country": "KR", "expected_revision": stays.revision}
    answer = client.post(f"/curation/organisations/{old}/edit/", typed)
    assert answer.url.startswith(f"/curation/organisations/{stays.pk}/edit/")
    assert not Organisation.objects.filter(name_ko="㈜새이름").exists()
