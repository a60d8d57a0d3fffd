import pytest
from django.db import IntegrityError, transaction

from accounts.models import OrganisationMerge
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def merged(old_id, **fields):
    return OrganisationMerge.objects.create(
        old_id=old_id, **{"organisation": OrganisationFactory(name_ko="㈜한결"), "old_name": "㈜한결정밀", **fields}
    )


def test_merge_tells_what_became_what():
    assert str(merged(7)) == "㈜한결정밀 → ㈜한결"


def test_old_address_leads_to_one_organisation_only():
    row = merged(7)
    with pytest.raises(IntegrityError), transaction.atomic():
        merged(7)
    assert list(OrganisationMerge.objects.all()) == [row]


def test_merge_stays_where_the_account_of_who_decided_is_deleted():
    staff = create_staff()
    row = merged(7, merged_by=staff)
    staff.delete()
    row.refresh_from_db()
    assert row.merged_by is None


def test_merges_of_an_organisation_stand_newest_first():
    organisation = OrganisationFactory()
    rows = [merged(old_id, organisation=organisation) for old_id in (9, 7, 8)]
    assert list(organisation.merges.all()) == rows[::-1]
