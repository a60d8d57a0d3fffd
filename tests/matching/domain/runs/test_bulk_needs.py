"""Needs by the thousand are read as they are read one by one."""

import numpy as np
import pytest

from matching.domain.index.indexing import index_encoder, term_id
from matching.domain.matches.matchmaking import add_missing_records
from matching.domain.runs.bulk_needs import (
    NeedRow,
    NeedTerms,
    Vocabulary,
    kept_by,
    lexemes_of,
    need_rows,
    terms_of_weights,
    vocabulary_of,
)
from matching.enums import Verdict
from matching.models import ScoringRecord
from matching.scoring.weights import SCORERS, WEIGHTS, preferences_mark, weights_for
from tests.factories.catalogue import make_needs, make_technologies
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.match import record_scoring
from tests.factories.technology import TechnologyFactory

BENT = {"readiness": "more"}


def need(**changes: object) -> NeedRow:
    fields = {"record_id": 1, "demand_id": 2, "profile_id": None, "revision": 1, "field": "", "minimum_trl": None}
    return NeedRow(**{**fields, "transfer_modes": (), "preferences": {}, **changes})  # type: ignore[arg-type]


def told(terms: NeedTerms) -> tuple[list[tuple[int, float]], bool]:
    return sorted(zip(terms.ids.tolist(), terms.weights.tolist(), strict=True)), terms.are_for_all


def test_preferences_bend_the_weights_and_mark_the_version() -> None:
    usual = WEIGHTS["v3"]
    assert (need().weights(usual), need().scored_with("v3-a/i1-b")) == (usual, "v3-a/i1-b")
    bent = need(preferences=BENT)
    assert (bent.weights(usual), bent.scored_with("v3-a/i1-b")) == (
        weights_for(BENT, usual),
        f"v3-a/i1-b{preferences_mark(BENT)}",
    )


@pytest.mark.django_db
def test_rows_are_of_needs_of_both_kinds_in_the_order_of_their_records() -> None:
    demand = DemandFactory(
        field="it", minimum_trl=4, transfer_modes=["licence", "contract_research"], preferences=BENT, revision=3
    )
    profile = CompanyProfileFactory(field="metals", revision=2)
    of_profile, of_demand = record_scoring(profile=profile), record_scoring(demand=demand)
    of_technology = record_scoring(demand=DemandFactory())
    ScoringRecord.objects.filter(pk=of_technology.pk).update(demand=None, technology=TechnologyFactory())
    assert need_rows([of_demand.pk, of_technology.pk, of_profile.pk, 0]) == [
        NeedRow(of_profile.pk, None, profile.pk, 2, "metals", None, (), {}),
        NeedRow(of_demand.pk, demand.pk, None, 3, "it", 4, ("contract_research", "licence"), BENT),
    ]


@pytest.mark.django_db
def test_list_is_longer_by_what_is_marked_in_it() -> None:
    mark, back = FeedbackFactory(), FeedbackFactory()
    FeedbackFactory(demand=mark.demand)
    FeedbackFactory(demand=back.demand, verdict=Verdict.PUT_BACK, takes_back=back)
    profile = CompanyProfileFactory()
    FeedbackFactory(demand=None, profile=profile, organisation=profile.organisation)
    rows = [
        need(demand_id=mark.demand_id),
        need(demand_id=back.demand_id),
        need(demand_id=None, profile_id=profile.pk),
        # The same number, of the other kind.
        need(demand_id=None, profile_id=mark.demand_id + 10**6),
    ]
    assert kept_by(rows, 7).tolist() == [9, 7, 8, 7]
    assert kept_by([], 7).tolist() == []


def test_stored_weights_are_terms_but_for_those_that_weigh_nothing() -> None:
    assert told(terms_of_weights({"wire": 1.5, "metal": 0.0})) == ([(term_id("wire"), 1.5)], False)
    assert told(terms_of_weights({})) == ([], False)


@pytest.mark.django_db
def test_vocabulary_gives_each_need_its_own_terms(fake_embedder) -> None:
    make_technologies(30)
    make_needs(6, profiles=2)
    add_missing_records()
    encoder = index_encoder()
    records = list(ScoringRecord.objects.filter(technology=None).values_list("pk", flat=True))
    lexemes = lexemes_of(records, encoder=encoder)
    vocabulary = vocabulary_of(records, encoder=encoder, scorer=SCORERS["v3"])
    assert set(vocabulary.weights) <= {lexeme for found in lexemes.values() for lexeme in found}
    assert (len(lexemes), any(weight > 0 for weight in vocabulary.weights.values())) == (8, True)
    terms = vocabulary.terms_of(records, encoder=encoder)
    wanted = {
        record: sorted(
            (term_id(lexeme), float(np.float32(vocabulary.weights[lexeme])))
            for lexeme in found
            if vocabulary.weights.get(lexeme, 0) > 0
        )
        for record, found in lexemes.items()
    }
    assert {record: told(found)[0] for record, found in terms.items()} == wanted


@pytest.mark.django_db
def test_vocabulary_of_no_needs_is_empty(fake_embedder) -> None:
    make_technologies(3)
    encoder = index_encoder()
    assert vocabulary_of([], encoder=encoder, scorer=SCORERS["v3"]).weights == {}
    assert Vocabulary({}).terms_of([], encoder=encoder) == {}
