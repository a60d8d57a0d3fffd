import pytest

from accounts.domain.organisations.identity import (
    Candidate,
    Clue,
    FoundBy,
    Identified,
    Why,
    find_organisation,
    find_organisations,
)
from accounts.models import OrganisationAlias, OrganisationNumber
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

INN, OTHER_INN = "7707083893", "7728168971"


def institute(name="Институт металлов", **fields):
    return InstituteFactory(name_ru=name, **fields)


def test_find_organisation_by_id_then_number_then_name():
    by_id, by_name = institute("Первый", external_id="ru-1"), institute("Второй")
    by_number = institute("Третий")
    OrganisationNumber.objects.create(organisation=by_number, kind="ru_inn", value=INN)
    also = (Candidate(by_name, Why.NAME_OF_ANOTHER),)

    assert find_organisation(external_id="ru-1", numbers=[INN], name="Второй") == Identified(
        by_id, FoundBy.EXTERNAL_ID, also
    )
    by_digits = {"external_id": "unknown", "numbers": ["77 0708-3893"], "name": "второй"}
    assert find_organisation(**by_digits, country="RU") == Identified(by_number, FoundBy.NUMBER, also)
    assert find_organisation(name=" ВТОРОЙ ") == Identified(by_name, FoundBy.NAME)
    assert find_organisation(name="Четвёртый") == Identified()
    assert find_organisation() == Identified()


def test_find_organisation_by_the_business_number_it_registered_with():
    company = OrganisationFactory(registration_number="124-81-00998")
    assert find_organisation(numbers=["１２４８１００９９８"]) == Identified(company, FoundBy.NUMBER)


def test_find_organisation_by_a_confirmed_alias_in_another_script():
    known = institute()
    OrganisationAlias.objects.create(organisation=known, name="Institute of Metals")
    assert find_organisation(name="INSTITUTE OF METALS") == Identified(known, FoundBy.ALIAS)


def test_find_organisation_takes_no_name_that_somebody_gave_themselves():
    claimed = institute(is_new=True)
    create_member(organisation=claimed)
    assert find_organisation(name="Институт металлов") == Identified(candidates=(Candidate(claimed, Why.UNCONFIRMED),))

    real = institute()
    assert find_organisation(name="Институт металлов") == Identified(
        real, FoundBy.NAME, (Candidate(claimed, Why.UNCONFIRMED),)
    )


def test_find_organisation_takes_no_number_of_one_that_nobody_confirmed():
    claimed = OrganisationFactory(registration_number="124-81-00998", is_new=True)
    OrganisationFactory(name_ko="㈜한결")
    assert find_organisation(numbers=["124-81-00998"], name="㈜한결") == Identified(
        candidates=(Candidate(claimed, Why.UNCONFIRMED),)
    )


def test_find_organisation_decides_nothing_between_two_of_one_name_but_their_country():
    russian, belarusian = institute(), institute(country="BY")
    assert find_organisation(name="Институт металлов") == Identified(
        candidates=(Candidate(russian, Why.AMBIGUOUS), Candidate(belarusian, Why.AMBIGUOUS))
    )
    assert find_organisation(name="Институт металлов", country="BY") == Identified(
        belarusian, FoundBy.NAME, (Candidate(russian, Why.OTHER_COUNTRY),)
    )
    assert find_organisation(name="Институт металлов", country="KZ").organisation is None


def test_find_organisation_believes_a_number_more_than_the_name():
    namesake = institute()
    OrganisationNumber.objects.create(organisation=namesake, kind="ru_inn", value=INN)
    assert find_organisation(name="Институт металлов", numbers=[OTHER_INN]) == Identified(
        candidates=(Candidate(namesake, Why.OTHER_NUMBER),)
    )


def test_find_organisation_tells_equal_digits_of_two_registers_apart():
    """7707083893 is a correct number in Russia and in Korea."""
    korean = OrganisationFactory(registration_number="770-70-83893")
    assert find_organisation(numbers=[("ru_inn", INN)]) == Identified()
    assert find_organisation(numbers=[INN], country="RU") == Identified(
        candidates=(Candidate(korean, Why.OTHER_COUNTRY),)
    )
    assert find_organisation(numbers=[("kr_business", INN)]) == Identified(korean, FoundBy.NUMBER)
    unsure = Identified(candidates=(Candidate(korean, Why.OTHER_REGISTER),))
    for name in ("", "Сибирский институт"):
        assert find_organisation(numbers=[INN], name=name) == unsure
    assert find_organisation(numbers=[INN], name=korean.name_ko) == Identified(korean, FoundBy.NUMBER)
    assert find_organisation(numbers=[INN], name=korean.name_ko, country="RU").organisation is None


def test_find_organisation_decides_nothing_between_two_numbers():
    one, other = institute("Первый"), institute("Второй")
    OrganisationNumber.objects.create(organisation=one, kind="ru_inn", value=INN)
    OrganisationNumber.objects.create(organisation=other, kind="ru_ogrn", value="1027700132195")
    assert find_organisation(numbers=[INN, "1027700132195"], name="Первый") == Identified(
        candidates=(Candidate(one, Why.AMBIGUOUS), Candidate(other, Why.AMBIGUOUS))
    )


def test_find_organisation_of_another_legal_form_is_only_like_it():
    known = OrganisationFactory(name_ko="", name_ru="АО «Сплав»")
    assert find_organisation(name="ООО «Сплав»") == Identified(candidates=(Candidate(known, Why.LIKE),))


def test_find_organisation_forgets_a_name_that_was_changed():
    row = institute("Старое имя")
    row.name_ru = "Новое имя"
    row.save()
    assert find_organisation(name="Старое имя") == Identified()


@pytest.mark.parametrize("count", [1, 3])
def test_find_organisations_asks_as_often_for_many_as_for_one(count, django_assert_num_queries):
    rows = [institute(f"Институт {n}", external_id=f"i-{n}") for n in range(count)]
    clues = [Clue(name=row.name_ru) for row in rows] + [Clue(external_id=row.external_id) for row in rows]
    with django_assert_num_queries(3):
        found = find_organisations(clues)
    assert [(one.organisation, one.found_by) for one in found] == [
        *((row, FoundBy.NAME) for row in rows),
        *((row, FoundBy.EXTERNAL_ID) for row in rows),
    ]


def test_digits_that_a_stranger_registers_do_not_hide_whose_number_they_are():
    """A Korean and a Russian number may have the same digits; whom nobody has confirmed spoils nothing."""
    institute = InstituteFactory()
    institute.numbers.create(kind="ru_inn", value="7700020051")
    OrganisationFactory(is_new=True, registration_number="770-00-20051")
    for said in ({"numbers": ["7700020051"], "country": "RU"}, {"numbers": [("ru_inn", "7700020051")]}):
        found = find_organisation(**said)
        assert (found.organisation, found.found_by) == (institute, FoundBy.NUMBER)


def test_find_organisation_takes_no_name_when_a_number_is_given_that_nobody_is_known_by():
    """Two institutes may bear one name, and a stranger may have taken an institute's."""
    namesake = institute()
    assert find_organisation(name="Институт металлов", numbers=[OTHER_INN]) == Identified(
        candidates=(Candidate(namesake, Why.OTHER_NUMBER),)
    )
    company = OrganisationFactory(name_ru="НИИ керамики", registration_number="124-81-00998")
    assert find_organisation(name="НИИ керамики", numbers=["1027700132195"]) == Identified(
        candidates=(Candidate(company, Why.OTHER_NUMBER),)
    )
    assert find_organisation(name="НИИ керамики", country="RU") == Identified(
        candidates=(Candidate(company, Why.OTHER_COUNTRY),)
    )


def test_find_organisation_by_a_number_of_one_register_whatever_the_country_of_the_technology():
    company = OrganisationFactory(registration_number="124-81-00998")
    assert find_organisation(numbers=["124-81-00998"], country="RU") == Identified(company, FoundBy.NUMBER)
