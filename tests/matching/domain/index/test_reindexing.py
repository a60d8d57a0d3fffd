"""Another encoder: its index grows beside the old one, which answers until the new one is complete."""

import logging

import pytest
from django.db.models import F

from matching import embedding
from matching.domain import sweeping
from matching.domain.finding import search
from matching.domain.finding.search import search_technologies
from matching.domain.index import embedding_spaces, indexing, reindexing
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import configured_encoder, index_encoder
from matching.domain.matches.matchmaking import scorer_version
from matching.domain.runs.scoring_progress import scoring_state
from matching.embedding import EncoderUnavailableError
from matching.enums import Audience
from matching.models import (
    Demand,
    EmbeddingSpace,
    IndexRecord,
    IndexState,
    Match,
    Passage,
    ScoringRecord,
    Technology,
    WholeText,
)
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.listing import list_from
from tests.matching.worker import sweep, sweep_needs

pytestmark = pytest.mark.django_db

EIGHT, TWELVE = "sentence-transformers:eight", "sentence-transformers:twelve"
OLD, NEW = "st:eight/i1.a", "st:twelve/i1.a"


class Encoders(dict[str, FakeEmbedder]):
    """The encoders that can be loaded, by setting."""

    def load(self, setting: str) -> FakeEmbedder:
        if setting not in self:
            raise EncoderUnavailableError(f"EMBEDDER={setting} cannot be loaded: no such model")
        return self[setting]


def fake(dimension: int) -> FakeEmbedder:
    embedder = FakeEmbedder()
    embedder.dimension = dimension
    return embedder


@pytest.fixture(autouse=True)
def encoders(monkeypatch: pytest.MonkeyPatch, settings: object) -> Encoders:
    """Everything is indexed and scored with the old one."""
    found = Encoders({EIGHT: fake(8), TWELVE: fake(12)})
    monkeypatch.setattr(embedding, "_load", found.load)
    monkeypatch.setattr(indexing, "CUTTING_VERSION", "i1")
    monkeypatch.setattr(indexing, "list_version", lambda: "a")
    monkeypatch.setattr(indexing, "examples_version", lambda: "")
    list_from(monkeypatch, 0.0)
    monkeypatch.setattr(search, "LEAST_MEANING", 0.0)
    monkeypatch.setattr(sweeping, "TECHNOLOGIES_AT_ONCE", 2)
    monkeypatch.setattr(embedding_spaces, "ENOUGH_TEXTS", 1_000)
    settings.EMBEDDER = EIGHT  # type: ignore[attr-defined]
    for words in ("сорбент никель", "лазер резка", "печь сплав", "мост бетон", "зерно сорт"):
        TechnologyFactory(text__title=words, text__summary="", text__description="", text__advantages="")
    DemandFactory(title="сорбент никель", problem="нужен сорбент", wanted_result="")
    CompanyProfileFactory()
    sweep()
    return found


def answers() -> tuple[list[tuple[int, float, str]], list[tuple[int, float]]]:
    """What people see: the stored matches, and what a search finds."""
    matches = Match.objects.order_by("demand", "profile", "technology")
    hits = search_technologies(
        query="сорбент для воды", audience=Audience.PUBLIC, within=Technology.objects.published()
    )
    return (
        list(matches.values_list("technology_id", "score", "scorer_version")),
        [(hit.technology_id, hit.score) for hit in hits],
    )


def indexed_with(encoder: str) -> int:
    return IndexRecord.objects.filter(encoder=encoder, technology__isnull=False, revision__gt=0).count()


def sizes() -> dict[str, set[int]]:
    """The length of the vectors in each index."""
    found: dict[str, set[int]] = {}
    for model in (Passage, WholeText):
        for encoder, vector in model.objects.values_list("record__encoder", "vector"):
            found.setdefault(encoder, set()).add(len(vector))
    return found


def test_a_fresh_installation_answers_with_the_configured_encoder() -> None:
    IndexState.objects.all().delete()
    assert index_encoder() == configured_encoder() == OLD


def test_the_old_index_answers_until_the_new_one_is_complete(settings: object) -> None:
    before = answers()
    settings.EMBEDDER = TWELVE  # type: ignore[attr-defined]
    seen = []
    while index_encoder() == OLD:
        seen.append((indexed_with(NEW), answers() == before))
        assert sweeping.sweep_technologies() is True
    # Two at a time, the needs after the technologies, the switch last.
    assert seen == [(0, True), (2, True), (4, True), (5, True), (5, True), (5, True)]
    assert (index_encoder(), {row[2] for row in answers()[0]}) == (NEW, {before[0][0][2]})
    sweep()
    version = scorer_version(current_space(NEW))
    assert {row[2] for row in answers()[0]} == {version}
    assert ([row[:2] for row in answers()[0]] == [row[:2] for row in before[0]], len(answers()[0])) == (False, 10)
    assert (sizes(), IndexRecord.objects.exclude(encoder=NEW).count()) == ({NEW: {12}}, 0)
    assert sweeping.sweep_technologies() is False


def test_vectors_of_two_encoders_never_meet(settings: object) -> None:
    settings.EMBEDDER = TWELVE  # type: ignore[attr-defined]
    sweeping.sweep_technologies()
    demand = Demand.objects.get()
    Demand.objects.update(revision=F("revision") + 1, problem="нужен лазер")
    assert sizes() == {OLD: {8}, NEW: {12}}
    sweep_needs()
    assert sizes() == {OLD: {8}, NEW: {12}}
    # The changed demand was read and scored with the old one, which is still complete.
    assert set(IndexRecord.objects.filter(demand=demand, revision=demand.revision + 1).values_list("encoder")) == {
        (OLD,)
    }
    assert Match.objects.filter(demand=demand, scorer_version=scorer_version(current_space(OLD))).count() == 5


def test_a_new_technology_enters_the_old_answers_too(settings: object) -> None:
    settings.EMBEDDER = TWELVE  # type: ignore[attr-defined]
    sweeping.sweep_technologies()
    new = TechnologyFactory(text__title="никель порошок", text__summary="", text__description="")
    for _ in range(2):
        sweeping.sweep_technologies()
    assert (index_encoder(), Match.objects.filter(technology=new).count()) == (OLD, 2)


def test_with_the_old_encoder_gone_changed_needs_wait_and_old_answers_stay(
    encoders: Encoders, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    matches = answers()[0]
    del encoders[EIGHT]
    settings.EMBEDDER = TWELVE  # type: ignore[attr-defined]
    Demand.objects.update(revision=F("revision") + 1, problem="нужен лазер")
    with caplog.at_level(logging.WARNING), pytest.raises(EncoderUnavailableError):
        sweep_needs()
    assert (answers()[0], scoring_state(Demand.objects.get())) == (matches, "waiting")
    # Nothing of the old index can be compared with a new query: words have to do.
    hits = search_technologies(query="сорбент", audience=Audience.PUBLIC, within=Technology.objects.published())
    assert [hit.found_by for hit in hits] == ["words"]
    sweep()
    assert (index_encoder(), scoring_state(Demand.objects.get()), sizes()) == (NEW, "ready", {NEW: {12}})


def test_an_encoder_that_cannot_be_loaded_changes_nothing_but_the_note(encoders: Encoders, settings: object) -> None:
    before = answers()
    settings.EMBEDDER = "sentence-transformers:gone"  # type: ignore[attr-defined]
    with pytest.raises(EncoderUnavailableError):
        sweep()
    state = IndexState.objects.get()
    assert (state.encoder, state.building) == (OLD, "st:gone/i1.a")
    assert state.problem == "EMBEDDER=sentence-transformers:gone cannot be loaded: no such model"
    new = TechnologyFactory(text__title="никель порошок", text__summary="", text__description="")
    with pytest.raises(EncoderUnavailableError):
        sweep()
    assert (Match.objects.filter(technology=new).count(), len(answers()[0])) == (2, len(before[0]) + 2)
    settings.EMBEDDER = EIGHT  # type: ignore[attr-defined]
    sweep()
    state.refresh_from_db()
    assert (state.encoder, state.building, state.problem) == (OLD, "", "")


def test_work_cut_off_in_the_middle_goes_on_where_it_was(
    encoders: Encoders, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBEDDER = TWELVE  # type: ignore[attr-defined]
    sweeping.sweep_technologies()
    encode, calls = encoders[TWELVE].encode, 0

    def killed(texts: list[str]) -> embedding.Vectors:
        nonlocal calls
        calls += 1
        # Whole texts and passages of the first batch have been encoded.
        if calls == 3:
            raise KeyboardInterrupt
        return encode(texts)

    monkeypatch.setattr(encoders[TWELVE], "encode", killed)
    with pytest.raises(KeyboardInterrupt):
        sweep()
    assert (index_encoder(), indexed_with(NEW)) == (OLD, 4)
    encoders[TWELVE].encoded.clear()
    sweep()
    read_again = [text for text in encoders[TWELVE].encoded if text.startswith("лазер резка")]
    assert (index_encoder(), indexed_with(NEW), read_again) == (NEW, 5, [])


def test_a_text_that_cannot_be_read_does_not_keep_the_new_index_from_answering(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBEDDER = TWELVE  # type: ignore[attr-defined]
    bad = Technology.objects.order_by("id").first()
    index = indexing.index_technologies

    def fail_for_bad(*, technology_ids: list[int], encoder: str) -> None:
        if bad.id in technology_ids:
            raise ValueError("a text that nobody thought of")
        index(technology_ids=technology_ids, encoder=encoder)

    monkeypatch.setattr(indexing, "index_technologies", fail_for_bad)
    sweep()
    assert (index_encoder(), indexed_with(NEW)) == (NEW, 4)


def test_a_model_replaced_under_its_name_is_another_encoder(encoders: Encoders) -> None:
    before = [row[:2] for row in answers()[0]]
    encoders[EIGHT] = fake(12)
    assert sweeping.sweep_technologies() is True
    aside = index_encoder()
    assert (aside.startswith("st:eight|8|"), configured_encoder()) == (True, OLD)
    assert (sizes()[aside], [row[:2] for row in answers()[0]]) == ({8}, before)
    sweep()
    assert (index_encoder(), sizes()) == (OLD, {OLD: {12}})


def test_a_model_replaced_together_with_the_list_of_terms_takes_none_of_the_old_vectors(
    encoders: Encoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoders[EIGHT] = fake(12)
    monkeypatch.setattr(indexing, "list_version", lambda: "b")
    sweeping.sweep_technologies()
    aside = index_encoder()
    assert (aside.startswith("st:eight|8|"), sizes()[aside]) == (True, {8})
    sweep()
    assert (index_encoder(), sizes()) == ("st:eight/i1.b", {"st:eight/i1.b": {12}})


def test_a_query_of_another_dimension_is_answered_by_words(encoders: Encoders) -> None:
    encoders[EIGHT] = fake(12)
    hits = search_technologies(query="сорбент", audience=Audience.PUBLIC, within=Technology.objects.published())
    assert [hit.found_by for hit in hits] == ["words"]


def test_another_way_of_cutting_is_another_index(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    before = answers()
    monkeypatch.setattr(indexing, "CUTTING_VERSION", "i2")
    sweeping.sweep_technologies()
    assert (index_encoder(), answers()) == (OLD, before)
    sweep()
    assert (index_encoder(), set(sizes()), ScoringRecord.objects.filter(demand__isnull=False).count()) == (
        "st:eight/i2.a",
        {"st:eight/i2.a"},
        1,
    )


def test_changing_back_before_the_end_leaves_the_old_index_as_it_was(settings: object) -> None:
    before = answers()
    settings.EMBEDDER = TWELVE  # type: ignore[attr-defined]
    sweeping.sweep_technologies()
    settings.EMBEDDER = EIGHT  # type: ignore[attr-defined]
    sweep()
    assert (answers(), sizes(), IndexState.objects.get().building) == (before, {OLD: {8}}, "")
    assert list(EmbeddingSpace.objects.values_list("encoder", flat=True)) == [OLD]


def test_taking_stock_twice_changes_nothing() -> None:
    before = list(IndexState.objects.values())
    reindexing.take_stock()
    assert list(IndexState.objects.values()) == before


def test_another_list_of_terms_makes_a_new_index_and_encodes_nothing(
    encoders: Encoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vectors() -> list[object]:
        return sorted((text, list(vector)) for text, vector in Passage.objects.values_list("text", "vector"))

    before = vectors()
    encoders[EIGHT].encoded.clear()
    monkeypatch.setattr(indexing, "list_version", lambda: "b")
    monkeypatch.setattr(indexing, "all_lexemes", lambda text: ["n:found by the new list"])
    sweep()
    lexemes = {tuple(ids) for ids in IndexRecord.objects.of_published().values_list("term_ids", flat=True)}
    assert (index_encoder(), encoders[EIGHT].encoded) == ("st:eight/i1.b", [])
    assert lexemes == {(indexing.term_id("n:found by the new list"),)}
    assert vectors() == before
    assert {*Match.objects.values_list("scorer_version", flat=True)} == {scorer_version(current_space(index_encoder()))}
