import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from accounts.models import Organisation
from kr_ru_platform.saving.errors import StaleRevisionError
from kr_ru_platform.saving.revisions import (
    delete_signed,
    locked_pair,
    locked_row,
    refuse_stale,
    save_revision,
    save_signed,
)
from projects.models import BudgetLine, Programme
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def test_locked_row_is_the_row_as_it_is_now():
    seen = OrganisationFactory(name_en="As seen")
    Organisation.objects.filter(pk=seen.pk).update(name_en="As it is", revision=2)
    locked = locked_row(seen)
    assert (locked.name_en, seen.name_en) == ("As it is", "As seen")
    assert locked_row(Organisation.objects.filter(pk=seen.pk), 2) == locked


def test_locked_row_of_whoever_is_logged_in():
    person = UserFactory()
    assert locked_row(SimpleLazyObject(lambda: person)) == person


@pytest.mark.parametrize(("no_key", "clause"), [(False, "FOR UPDATE"), (True, "FOR NO KEY UPDATE")])
def test_locked_row_locks_the_row_alone(no_key, clause):
    line = BudgetLineFactory()
    joined = BudgetLine.objects.filter(pk=line.pk).select_related("research_task")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert locked_row(joined, no_key=no_key) == line
    (query,) = queries
    assert query["sql"].endswith(f'{clause} OF "projects_budgetline"')


def test_locked_row_at_another_revision_is_refused_with_the_row():
    row = OrganisationFactory(revision=2)
    with pytest.raises(StaleRevisionError) as refused:
        locked_row(row, 1)
    assert refused.value.row == row
    assert locked_row(row, None) == locked_row(row, 2) == row


def test_locked_row_that_is_gone_does_not_exist():
    row = OrganisationFactory()
    Organisation.objects.filter(pk=row.pk).delete()
    with pytest.raises(Organisation.DoesNotExist):
        locked_row(row)


@pytest.mark.django_db(transaction=True)
def test_locked_row_outside_of_a_transaction_is_a_mistake():
    row = OrganisationFactory()
    with pytest.raises(TransactionManagementError):
        locked_row(row)
    with transaction.atomic():
        assert locked_row(row) == row


def test_locked_pair_keeps_who_stays_and_who_goes():
    first, second = OrganisationFactory(), OrganisationFactory(revision=3)
    assert locked_pair(second, first) == (second, first)
    assert locked_pair(second, first, (3, 1)) == (second, first)


def test_locked_pair_of_which_one_was_changed_or_is_gone_is_refused():
    stays, goes = OrganisationFactory(), OrganisationFactory(revision=2)
    with pytest.raises(StaleRevisionError) as refused:
        locked_pair(stays, goes, (1, 1))
    assert refused.value.row == stays
    Organisation.objects.filter(pk=goes.pk).delete()
    with pytest.raises(StaleRevisionError) as refused:
        locked_pair(stays, goes)
    assert refused.value.row == stays


def test_refuse_stale_lets_any_revision_pass_when_none_was_seen():
    row = Organisation(revision=0)
    refuse_stale(row, None)
    refuse_stale(row, 0)
    with pytest.raises(StaleRevisionError):
        refuse_stale(row, 1)


def test_save_revision_counts_one_more_and_the_history_says_who():
    row, person = OrganisationFactory(), UserFactory()
    row.city = "대전"
    save_revision(row, by=person)
    row.refresh_from_db()
    last = row.history.latest()
    assert (row.city, row.revision, last.revision, last.history_user) == ("대전", 2, 2, person)


def test_save_revision_of_a_row_without_history():
    row = ProgrammeFactory()
    save_revision(row, by=UserFactory())
    assert Programme.objects.get().revision == 2


@pytest.mark.parametrize("is_known", [True, False])
def test_save_signed_leaves_the_revision_and_says_who_or_nobody(is_known):
    row, person = OrganisationFactory(), UserFactory() if is_known else None
    save_signed(row, by=person)
    assert (row.revision, row.history.latest().history_user) == (1, person)


def test_delete_signed_leaves_who_in_the_history():
    line, person = BudgetLineFactory(), UserFactory()
    delete_signed(line, by=person)
    last = BudgetLine.history.latest()
    assert (BudgetLine.objects.exists(), last.history_type, last.history_user) == (False, "-", person)
