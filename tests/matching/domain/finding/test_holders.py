"""The name of a holder, in whatever script, finds its technologies, for those who may know the name."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import OrganisationAlias, OrganisationNumber
from matching.domain.finding.holders import holders_of, named_holders
from matching.domain.technologies import catalogue
from matching.enums import Audience, TechnologyState
from matching.models import Technology
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


@pytest.fixture
def institute():
    holder = OrganisationFactory(
        name_ko="한빛 소재 연구원(주)",
        name_ru="ООО «Институт лучистых материалов»",
        name_en="Hanbit Radiant Materials Co., Ltd.",
        short_name="HRM",
        registration_number="124-81-00998",
        external_id="INST-0042",
        is_name_masked=False,
    )
    OrganisationAlias.objects.create(organisation=holder, name="НИИ Луч", language="ru")
    OrganisationNumber.objects.create(organisation=holder, kind="ru_inn", value="7707083893")
    TechnologyFactory(holder=holder)
    return holder


@pytest.mark.parametrize(
    "query",
    [
        "한빛소재연구원",
        "한빛 소재 연구원",
        "㈜한빛소재연구원",
        "주식회사 한빛소재연구원",
        "институт лучистых материалов",
        'ООО "ИНСТИТУТ ЛУЧИСТЫХ МАТЕРИАЛОВ"',
        "Hanbit Radiant Materials",
        "hanbit radiant materials co., ltd",
        "ＨＲＭ",
        "нии луч",
        "124-81-00998",
        "１２４８１００９９８",
        "7707083893",
        "inst 0042",
    ],
)
def test_holder_is_named_in_every_script_and_by_its_numbers(institute, query):
    assert named_holders(query, user=STRANGER).whole == (institute.pk,)


@pytest.mark.parametrize("query", ["소재연구원", "лучистых", "Radiant materials", "hanbi"])
def test_holder_is_named_by_a_part_of_its_name(institute, query):
    assert named_holders(query, user=STRANGER).partly == (institute.pk,)


@pytest.mark.parametrize("query", ["", "Co., Ltd", "㈜", "ООО", "лазер", "a", "1", "diant", "42"])
def test_what_is_no_name_names_nobody(institute, query):
    assert not named_holders(query, user=STRANGER)


def test_a_holder_that_nobody_has_confirmed_is_found_only_by_those_who_may_know_it(institute):
    """Its name is masked on pages, whatever it chose itself."""
    institute.confirmation = "unconfirmed"
    institute.save()
    technologies = Technology.objects.published()
    for reader, is_found in [(STRANGER, False), (create_member(), False), (create_staff(), True)]:
        assert bool(named_holders("HRM", user=reader)) == is_found
        assert bool(holders_of(technologies, user=reader)) == is_found
        assert bool(holders_of(technologies, user=reader, chosen=[institute.pk])) == is_found


def test_a_masked_holder_is_found_only_by_those_who_may_know_it(institute):
    institute.is_name_masked = True
    institute.save()
    readers = {"stranger": STRANGER, "member": create_member(), "own": create_member(organisation=institute)}
    readers["staff"] = create_staff()
    for query in ("한빛소재연구원", "лучистых", "124-81-00998", "нии луч"):
        found = {name: bool(named_holders(query, user=reader)) for name, reader in readers.items()}
        assert found == {"stranger": False, "member": False, "own": True, "staff": True}


def test_a_holder_without_anything_published_is_not_named(institute):
    Technology.objects.update(state=TechnologyState.DRAFT, published_at=None)
    assert not named_holders("한빛소재연구원", user=create_staff())


def test_small_words_of_a_name_count_when_they_stand_in_it():
    holder = OrganisationFactory(name_ko="", name_en="Università degli Studi di Camerino", is_name_masked=False)
    TechnologyFactory(holder=holder)
    assert named_holders("universita di camerino", user=STRANGER).partly == (holder.pk,)
    assert not named_holders("universita da camerino", user=STRANGER)


def test_what_many_have_in_their_names_names_nobody():
    for number in range(14):
        TechnologyFactory(holder=OrganisationFactory(name_ko=f"한국연구원{number}", is_name_masked=False))
    assert not named_holders("연구원", user=STRANGER)
    assert named_holders("한국연구원3", user=STRANGER).whole != ()


def test_technologies_of_the_named_holder_come_first(institute, fake_embedder):
    other = TechnologyFactory(text__title="HRM HRM")
    found = catalogue.find(query="HRM", audience=Audience.PUBLIC, user=STRANGER)
    own = institute.technologies.get().pk
    assert [(pk, hit.found_by) for pk, hit in found.hits.items()][:1] == [(own, "holder")]
    assert (found.holders, other.pk != own) == ((institute.pk,), True)


def test_holders_are_listed_with_the_most_technologies_first(institute):
    second = OrganisationFactory(is_name_masked=False)
    TechnologyFactory.create_batch(2, holder=second)
    TechnologyFactory(holder=OrganisationFactory(is_name_masked=True))
    counted = holders_of(Technology.objects.published(), user=STRANGER)
    assert [(holder.pk, count) for holder, count in counted] == [(second.pk, 2), (institute.pk, 1)]
