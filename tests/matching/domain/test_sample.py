"""The sample catalogue and what the demo company has written."""

import pytest

from accounts.models import Organisation
from matching.domain.sample import (
    load_demo_company,
    load_demo_partner,
    load_sample_organisations,
    load_sample_technologies,
)
from matching.models import CompanyProfile, Demand, MatchRequest, Publication, Technology, TechnologyText
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import InstituteFactory

pytestmark = pytest.mark.django_db
WRITTEN = (Organisation, Technology, TechnologyText, Publication, CompanyProfile, Demand, MatchRequest)


def rows() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in WRITTEN]


def test_loading_again_changes_nothing() -> None:
    membership, partner = MembershipFactory(), InstituteFactory()
    found = []
    for _ in range(2):
        load_sample_technologies()
        load_demo_company(organisation=membership.organisation, member=membership.user)
        load_demo_partner(organisation=partner)
        found.append(rows())
    assert (found[0] == found[1], all(found[0])) == (True, True)


def test_what_was_changed_since_is_kept() -> None:
    technology = next(iter(load_sample_technologies().values()))
    technology.trl = 1
    technology.save()
    technology.texts.filter(language="en").update(title="Corrected")
    load_sample_technologies()
    technology.refresh_from_db()
    assert (technology.trl, technology.texts.get(language="en").title) == (1, "Corrected")


def test_every_sample_technology_is_published_in_three_languages_with_its_record() -> None:
    found = load_sample_technologies().values()
    assert {technology.state for technology in found} == {"published"}
    texts = {tuple(each.texts.order_by("language").values_list("language", "provenance")) for each in found}
    assert texts == {(("en", "human"), ("ko", "source"), ("ru", "human"))}
    assert set(Publication.objects.values_list("technology", flat=True)) == {each.pk for each in found}


def test_organisations_of_the_sample_are_known_to_the_centre() -> None:
    found = load_sample_organisations()
    assert {each.external_id for each in found.values()} == {f"sample-{key}" for key in found}
    assert {each.is_confirmed for each in found.values()} == {True}
