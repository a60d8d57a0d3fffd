"""A text that is kept back is in no number, order or list that a company sees; the centre still finds its partner."""

from typing import Any

import pytest

from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import matchmaking
from matching.domain.runs import kept_back, scoring_runs
from matching.domain.technologies.curation import update_technology
from matching.domain.technologies.similar import similar_technologies
from matching.enums import Audience, DisclosureLevel
from matching.models import Demand, Match, ScoringRecord, Technology, TechnologyText
from matching.scoring.scale import shown_points
from matching.scoring.weights import CURRENT
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.listing import list_from
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db

SECRETS = ("Zirkonat.", "Порошок zirkonat получают при 1375 °C.", "")
FIELDS = ("description", "advantages", "sought")


@pytest.fixture
def catalogue(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> Technology:
    """One technology keeps most of its text back, fifteen others are everybody's."""
    list_from(monkeypatch, 0.0)
    for number in range(15):
        TechnologyFactory(text__title=f"Насос {number}", text__summary="", text__description="", text__advantages="")
    technology = TechnologyFactory(disclosure=DisclosureLevel.NDA, text__title="Xenolit", text__summary="Материал")
    DemandFactory(title="zirkonat", problem="zirkonat", wanted_result="")
    DemandFactory(title="xenolit 1375", problem="xenolit 1375", wanted_result="")
    CompanyProfileFactory(products="zirkonat", capabilities="", interests="xenolit")
    write(technology, "")
    refresh_space(encoder=index_encoder())
    return technology


def write(technology: Technology, secret: str) -> None:
    TechnologyText.objects.filter(technology=technology).update(**dict.fromkeys(FIELDS, secret))
    technology = Technology.objects.get(pk=technology.pk)
    Technology.objects.filter(pk=technology.pk).update(revision=technology.revision + 1)


def told() -> Any:
    """Everything that a score tells: lists, numbers, parts, weights of words, how many were looked at."""
    matches = Match.objects.order_by("demand_id", "profile_id", "technology_id")
    records = ScoringRecord.objects.filter(technology=None).order_by("pk")
    return (
        list(matches.values_list("demand_id", "profile_id", "technology_id", "score", "components")),
        list(records.values_list("pk", "term_weights", "candidates")),
    )


def scored_one_by_one() -> Any:
    sweep()
    ScoringRecord.objects.filter(technology=None).update(scorer_version="", revision=0)
    sweep()
    return told()


def scored_together() -> Any:
    sweep()
    scoring_runs.start_run(anew=True)
    while scoring_runs.continue_run():
        pass
    return told()


def scored_as_it_changes() -> Any:
    sweep()
    return told()


@pytest.mark.parametrize("score", [scored_one_by_one, scored_together, scored_as_it_changes])
def test_text_that_is_kept_back_changes_nothing_that_is_stored(catalogue: Technology, score: Any) -> None:
    score()
    found = []
    for secret in SECRETS:
        write(catalogue, secret)
        found.append(score())
    assert found[1:] == found[:-1]
    assert found[0][0]


def test_text_that_members_may_read_counts(catalogue: Technology) -> None:
    write(catalogue, SECRETS[0])
    sweep()
    demand = Demand.objects.get(title="zirkonat")
    before = Match.objects.get(demand=demand, technology=catalogue).score
    Technology.objects.filter(pk=catalogue.pk).update(disclosure=DisclosureLevel.MEMBERS)
    write(catalogue, SECRETS[0])
    sweep()
    opened = Match.objects.get(demand=demand, technology=catalogue).score
    Technology.objects.filter(pk=catalogue.pk).update(disclosure=DisclosureLevel.NDA)
    write(catalogue, SECRETS[0])
    sweep()
    assert (opened > before + 0.03, Match.objects.get(demand=demand, technology=catalogue).score) == (True, before)


def test_centre_finds_the_best_partner_for_what_is_kept_back(catalogue: Technology) -> None:
    write(catalogue, SECRETS[0])
    sweep()
    demand = Demand.objects.get(title="zirkonat")
    listed = Match.objects.get(demand=demand, technology=catalogue)
    of_technology = {fit.need: (fit.score, fit.listed) for fit in kept_back.needs_for(catalogue)}
    of_demand = [(fit.technology, fit.score, fit.listed) for fit in kept_back.technologies_for(demand)]
    assert of_demand == [(catalogue, pytest.approx(of_technology[demand][0], abs=2e-5), listed)]
    assert of_demand[0][1] > listed.score + 0.03
    assert Match.objects.get(demand=demand, technology=catalogue).score == listed.score
    (fit,) = kept_back.technologies_for(demand)
    assert (fit.points, fit.listed_points) == (shown_points(fit.score, CURRENT), listed.points)


def test_similar_ones_are_found_without_what_is_kept_back(catalogue: Technology) -> None:
    other = TechnologyFactory(disclosure="public", text__title="Zirkonat", text__summary="Zirkonat, zirkonat")
    found = []
    for secret in SECRETS:
        write(catalogue, secret)
        sweep()
        row = Technology.objects.with_texts().get(pk=other.pk)
        alike = similar_technologies(technology=row, audience=Audience.MEMBERS)
        found.append([(one.technology.pk, one.terms) for one in alike])
    assert found[1:] == found[:-1]


def test_lists_follow_a_changed_disclosure_level(catalogue: Technology) -> None:
    write(catalogue, SECRETS[0])
    sweep()
    row = Technology.objects.get(pk=catalogue.pk)
    Technology.objects.filter(pk=row.pk).update(state="draft")
    update_technology(technology=row, by=create_staff(), data={"disclosure": DisclosureLevel.MEMBERS})
    Technology.objects.filter(pk=row.pk).update(state="published")
    assert list(matchmaking.unscored_technologies()) == []
    sweep()
    assert ScoringRecord.objects.get(technology=row).revision == Technology.objects.get(pk=row.pk).revision
