"""How rare a term is, who shares it, and what of a technology may be compared for whom."""

from math import log

import numpy as np
import pytest
from django.db import connection

from matching.domain.finding.candidates import (
    BY_WORDS,
    NO_TERMS,
    Closest,
    SharedTerms,
    are_for_all,
    best_by_words,
    columns_of,
    is_distinctive,
    placed_texts,
    rarities,
    rarity,
    term_weight,
    terms_shared_with_all,
)
from matching.domain.index.distances import distance
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.enums import Audience, TechnologyState
from matching.models import IndexRecord, Technology
from matching.models.text_index import LEXEME_COLUMNS
from matching.scoring.language.notions import PREFIX
from tests.factories.catalogue import make_technologies
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep


@pytest.mark.parametrize(
    ("lexeme", "expected"),
    [("x:12", False), ("x:1.5", False), ("x:1,500", False), ("x:tio2", True), ("r:сплав", True), ("k:12", True)],
)
def test_bare_numbers_are_shared_by_chance(lexeme, expected):
    assert is_distinctive(lexeme) == expected


@pytest.mark.parametrize(
    ("lexemes", "expected"),
    [
        (["e:wire"], True),
        (["x:tio2"], True),
        (["r:сплав", "n:alloy"], True),
        (["x:12"], False),
        (["r:сплав", "k:철심"], False),
        ([], False),
    ],
)
def test_terms_of_every_script(lexemes, expected):
    assert are_for_all(lexemes) == expected


def test_words_in_a_tenth_of_all_texts_say_nothing():
    assert rarity(1, 990) == pytest.approx(log(1000 / 1.5) - log(10))
    assert rarity(99, 990) == pytest.approx(log(1000 / 99.5) - log(10))
    assert [rarity(100, 990), rarity(990, 990), rarity(1, 0)] == [0, 0, 0]


def test_half_a_word_weighs_half_and_a_common_notion_still_something():
    word, rarest = log(1010 / 3.5) - log(10), log(1 + 999.5 / 1.5)
    assert term_weight("r:сплав", 3, 1000) == round(6 * word / rarest, 4)
    assert term_weight("k:철심", 3, 1000) == round(6 * word / 2 / rarest, 4)
    assert term_weight(f"{PREFIX}alloy", 3, 1000) == round(6 * log(1 + 997.5 / 3.5) / rarest, 4)
    assert term_weight(f"{PREFIX}alloy", 1000, 1000) == round(6 * log(1 + 0.5 / 1000.5) / rarest, 4) > 0


@pytest.mark.parametrize("total", [20, 350, 360_000])
def test_the_rarest_notion_weighs_the_same_in_every_catalogue(total):
    assert term_weight(f"{PREFIX}alloy", 1, total) == 6


def test_among_a_few_technologies_none_is_told_to_be_rare():
    """As among twenty: of two, what one has is not more telling than of twenty what one has."""
    assert term_weight(f"{PREFIX}alloy", 1, 2) == 6
    assert term_weight(f"{PREFIX}alloy", 2, 2) == term_weight(f"{PREFIX}alloy", 2, 20)


def test_term_that_no_text_has_weighs_as_if_one_had_it():
    for lexeme in ("r:сплав", f"{PREFIX}alloy"):
        assert term_weight(lexeme, 0, 50) == term_weight(lexeme, 1, 50)
    # More than are counted now: somebody has taken one away meanwhile.
    assert term_weight(f"{PREFIX}alloy", 7, 5) > 0


def test_best_by_words_are_the_heaviest_then_the_first():
    weights = dict.fromkeys(range(2 * BY_WORDS), 1.0) | {500: 2.0, 400: 2.0}
    assert best_by_words(SharedTerms(weights, {})) == [400, 500, *range(BY_WORDS - 2)]
    assert best_by_words(NO_TERMS) == []


def make(title: str, **fields: object) -> Technology:
    return TechnologyFactory(text__title=title, text__summary="", text__description="", **fields)


@pytest.mark.django_db
def test_everybody_who_shares_a_term_is_found_with_the_weight_of_all_they_share(fake_embedder):
    one, both = make("никелит провод"), make("никелит сорбент")
    make("плазма")
    make("никелит", state=TechnologyState.ON_HOLD)
    make_technologies(40)
    sweep()
    terms = [lexeme for record in IndexRecord.objects.filter(technology=both) for lexeme in lexemes_of(record)]
    shared = terms_shared_with_all(terms)
    nickel = [lexeme for lexeme in lexemes_of(IndexRecord.objects.get(technology=one)) if lexeme in terms]
    assert shared.weights[both.pk] == pytest.approx(sum(shared.of_need.values()))
    assert shared.weights[one.pk] == pytest.approx(sum(shared.of_need[lexeme] for lexeme in nickel))
    assert Technology.objects.get(state=TechnologyState.ON_HOLD).pk not in shared.weights
    assert terms_shared_with_all(["x:12"]) == NO_TERMS


def lexemes_of(record: IndexRecord) -> list[str]:
    with connection.cursor() as cursor:
        column = LEXEME_COLUMNS[Audience.MEMBERS]
        cursor.execute(f"SELECT tsvector_to_array({column}) FROM matching_indexrecord WHERE id = %s", [record.pk])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_rarities_are_of_terms_that_some_technology_has(fake_embedder):
    technology = make("жаропрочный")
    make_technologies(40)
    sweep()
    terms = lexemes_of(IndexRecord.objects.get(technology=technology))
    found = rarities([*terms, "r:нетникого"], audience=Audience.MEMBERS)
    assert found == {term: term_weight(term, 1, 41) for term in terms}
    assert rarities([], audience=Audience.MEMBERS) == {}


@pytest.mark.django_db
def test_columns_are_of_what_is_published_and_indexed_by_id(fake_embedder):
    ids = make_technologies(4)
    unindexed = make("провод")
    Technology.objects.filter(pk=ids[1]).update(state=TechnologyState.ON_HOLD)
    space = current_space(index_encoder())
    columns = columns_of([*reversed(ids), unindexed.pk], space=space, shared=SharedTerms({ids[3]: 2.5}, {}))
    chosen = [ids[0], ids[2], ids[3]]
    rows = [Technology.objects.get(pk=pk) for pk in chosen]
    assert (columns.ids.tolist(), columns.term_weights.tolist()) == (chosen, [0, 0, 2.5])
    assert [*columns.fields] == [row.field for row in rows]
    assert [*columns.trls] == [row.trl for row in rows]
    assert [*columns.transfer_modes] == [frozenset(row.transfer_modes) for row in rows]
    assert [*columns.languages] == [frozenset(text.language for text in row.texts.all()) for row in rows]
    assert (len(columns.wholes), sorted(columns.whole_rows.tolist())) == (
        len(columns.whole_rows),
        columns.whole_rows.tolist(),
    )
    assert (set(columns.whole_rows), set(columns.passage_rows)) == ({0, 1, 2}, {0, 1, 2})
    assert np.linalg.norm(columns.wholes, axis=1) == pytest.approx(np.ones(len(columns.wholes)), abs=1e-3)


@pytest.mark.django_db
def test_columns_of_the_closest_passages_alone(fake_embedder):
    # Each about as long as a passage.
    text = "Сорбент никеля и меди. " * 15 + "Лазер для резки стали. " * 15 + "Сварка труб под водой. " * 15
    technology = TechnologyFactory(source_language="ru", text__summary="", text__description=text)
    sweep()
    space = current_space(index_encoder())
    options = {"space": space, "shared": NO_TERMS, "audience": Audience.CENTRE}
    everything = columns_of([technology.pk], **options)
    placed = everything.passages[2]
    near = distance(space, placed, "passage")
    order = np.argsort(-(everything.passages @ placed), kind="stable")
    for each in (1, 2):
        found = columns_of([technology.pk], **options, closest=Closest(near, each))
        assert set(found.passage_ids.tolist()) == set(everything.passage_ids[order[:each]].tolist())
        assert found.whole_rows.tolist() == everything.whole_rows.tolist()


@pytest.mark.django_db
def test_columns_of_nothing_are_as_wide_as_the_space(fake_embedder):
    make_technologies(1)
    space = current_space(index_encoder())
    columns = columns_of([], space=space, shared=NO_TERMS)
    assert (len(columns), columns.wholes.shape) == (0, (0, fake_embedder.dimension))
    assert placed_texts([], kind="whole", space=space, audience=Audience.PUBLIC)[0] == []
