import pytest

from accounts.enums import NumberKind
from accounts.names.registry import (
    NumberCheck,
    RegistryEntry,
    RegistryUnavailableError,
    check_numbers,
    is_in_registry,
    numbers_of,
)
from tests.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db
KNOWN, SILENT, WRONG = "1248100998", "2208162517", "1248100997"


class Register:
    """A register that knows one number and does not answer about another."""

    is_connected = True

    def look_up(self, number: str) -> RegistryEntry | None:
        if number == SILENT:
            raise RegistryUnavailableError
        return RegistryEntry(number, "삼성전자(주)", "계속사업자") if number in {KNOWN, WRONG} else None


@pytest.fixture
def connected(settings):
    settings.ORGANISATION_REGISTRY = f"{__name__}.Register"


def with_number(number):
    return OrganisationFactory(registration_number=number)


def test_register_that_is_not_connected_answers_about_nothing():
    row = with_number("124-81-00998")
    assert check_numbers(row) == [NumberCheck(NumberKind.KR_BUSINESS, "124-81-00998", True, is_answered=False)]
    assert not is_in_registry(row)


def test_register_that_knows_the_number_gives_its_entry(connected):
    row, entry = with_number("124-81-00998"), RegistryEntry(KNOWN, "삼성전자(주)", "계속사업자")
    assert check_numbers(row) == [
        NumberCheck(NumberKind.KR_BUSINESS, "124-81-00998", True, is_answered=True, entry=entry)
    ]
    assert is_in_registry(row)


@pytest.mark.parametrize(
    ("number", "check"),
    [
        ("120-81-47521", NumberCheck(NumberKind.KR_BUSINESS, "120-81-47521", True, is_answered=True)),
        ("220-81-62517", NumberCheck(NumberKind.KR_BUSINESS, "220-81-62517", True, is_answered=False)),
        # Nobody asks about a number that cannot be.
        ("124-81-00997", NumberCheck(NumberKind.KR_BUSINESS, "124-81-00997", False, is_answered=False)),
    ],
)
def test_number_unknown_or_unanswered_or_wrong_has_no_entry(connected, number, check):
    row = with_number(number)
    assert (check_numbers(row), is_in_registry(row)) == ([check], False)


def test_numbers_of_an_organisation_are_its_own_first_and_not_the_ids_of_files():
    row = with_number("124-81-00998")
    row.numbers.create(kind="ru_inn", value="7707083893")
    row.numbers.create(kind="external", value="row-17")
    assert numbers_of(row) == [(NumberKind.KR_BUSINESS, KNOWN), (NumberKind.RU_INN, "7707083893")]
    assert numbers_of(with_number("")) == []


def test_one_number_in_the_register_is_enough(connected):
    row = with_number("220-81-62517")
    assert not is_in_registry(row)
    row.numbers.create(kind="kr_business", value=KNOWN)
    assert is_in_registry(row)
