"""What is read again when somebody asks why."""

import pytest

from matching.domain.index.indexing import index_encoder, index_technologies
from matching.domain.matches.evidence import met_passages, shared_words
from matching.models import Match, Technology, TechnologyText
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.listing import list_from
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> Match:
    """One word is everybody's, the other only for those who have signed."""
    list_from(monkeypatch, 0.0)
    for number in range(15):
        TechnologyFactory(text__title=f"Насос {number}", text__summary="", text__description="", text__advantages="")
    technology = TechnologyFactory(
        disclosure="nda", text__title="Xenolit", text__summary="", text__description="Zirkonat.", text__advantages=""
    )
    DemandFactory(title="xenolit", problem="zirkonat 소재", wanted_result="")
    sweep()
    return Match.objects.get(technology=technology)


def test_shared_words_are_those_that_the_score_rests_on(match: Match) -> None:
    """Nothing from the text that is kept back, whoever asks."""
    terms = shared_words([match])[match.pk]["shared_terms"]["terms"]
    assert [(term["term"], term["audience"]) for term in terms] == [("xenolit", 0)]


def test_passages_that_met_are_those_that_the_score_rests_on(match: Match) -> None:
    met = met_passages(match)
    pairs = {(pair["need_text"], pair["offer_text"], pair["offer_audience"]) for pair in met.pairs}
    assert (("xenolit", "Xenolit", 0) in pairs, {audience for *_, audience in pairs} == {0}) == (True, True)
    assert met.has_changed is False


def test_text_that_has_changed_since_is_told(match: Match) -> None:
    TechnologyText.objects.filter(technology=match.technology_id).update(description="Гафний.")
    Technology.objects.filter(pk=match.technology_id).update(revision=2)
    index_technologies(technology_ids=[match.technology_id], encoder=index_encoder())
    terms = shared_words([match])[match.pk]["shared_terms"]["terms"]
    assert (met_passages(match).has_changed, [term["term"] for term in terms]) == (True, ["xenolit"])


def test_text_taken_out_is_not_told_from_an_index_that_is_behind(match: Match) -> None:
    TechnologyText.objects.filter(technology=match.technology_id).update(title="Гафний", description="")
    Technology.objects.filter(pk=match.technology_id).update(revision=2)
    match = Match.objects.get(pk=match.pk)
    met, terms = met_passages(match), shared_words([match])[match.pk]["shared_terms"]["terms"]
    assert (met.pairs, met.has_changed, terms) == ([], True, [])


def test_text_withheld_meanwhile_is_withheld_at_once(match: Match) -> None:
    """What was everybody's when it was read is now for those who have signed."""
    TechnologyText.objects.filter(technology=match.technology_id).update(title="Гафний", description="Xenolit")
    Technology.objects.filter(pk=match.technology_id).update(revision=2)
    match = Match.objects.get(pk=match.pk)
    terms = shared_words([match])[match.pk]["shared_terms"]["terms"]
    assert {(pair["offer_text"], pair["offer_audience"]) for pair in met_passages(match).pairs} == {("Xenolit", 2)}
    assert terms == []


def test_match_of_an_encoder_that_answers_no_more_has_no_passages(match: Match) -> None:
    match.scorer_version = "v1-another/i1-00000000"
    assert met_passages(match).pairs == []
