"""Pages of the centre with what fits by texts that are kept back."""

import pytest
from django.urls import reverse

from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import index_encoder
from matching.enums import DisclosureLevel
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.matching.listing import list_from
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(fake_embedder, monkeypatch):
    """A technology that keeps its description back, and a company that looks for it twice: pages by name."""
    list_from(monkeypatch, 0.0)
    technology = TechnologyFactory(disclosure=DisclosureLevel.NDA, text__description="Zirkonat.")
    demand = DemandFactory(title="zirkonat", problem="zirkonat", wanted_result="")
    profile = CompanyProfileFactory(organisation=demand.organisation, products="zirkonat", interests="")
    refresh_space(encoder=index_encoder())
    sweep()
    keys = {
        "technology_kept_back": technology.pk,
        "demand_kept_back": demand.pk,
        "profile_kept_back": demand.organisation_id,
    }
    return technology, demand, profile, {name: reverse(name, args=[key]) for name, key in keys.items()}


def test_each_page_lists_what_fits(client, staff, world):
    technology, demand, profile, pages = world
    found = {
        name: {(fit.technology, fit.need) for fit in client.get(page).context["fits"]} for name, page in pages.items()
    }
    assert found == {
        "technology_kept_back": {(technology, demand), (technology, profile)},
        "demand_kept_back": {(technology, demand)},
        "profile_kept_back": {(technology, profile)},
    }


def test_neither_company_nor_holder_reads_them(client, world):
    technology, demand, _profile, pages = world
    for organisation in (demand.organisation, technology.holder):
        client.force_login(create_member(organisation=organisation))
        assert [client.get(page).status_code for page in pages.values()] == [403, 403, 403]


def test_pages_open_while_the_encoder_cannot_be_had(client, staff, settings):
    settings.EMBEDDER = "none"
    technology, demand, profile = TechnologyFactory(), DemandFactory(), CompanyProfileFactory()
    pages = {
        "technology_kept_back": technology.pk,
        "demand_kept_back": demand.pk,
        "profile_kept_back": profile.organisation_id,
    }
    told = [client.get(reverse(name, args=[key])).context for name, key in pages.items()]
    assert [(context["fits"], context["is_unavailable"]) for context in told] == [([], True)] * 3
