"""Which technologies have which lexemes, for whom."""

import numpy as np
import pytest

from matching.domain.finding.lexeme_postings import are_known, postings, with_lexemes
from matching.domain.index.indexing import index_encoder
from matching.enums import Audience, TechnologyState
from matching.models import IndexRecord, Technology
from tests.factories.technology import TechnologyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_embedder")]


def having(public: str, members: str = "", *, encoder: str = "", **fields: object) -> Technology:
    """One with these lexemes, each between quotation marks."""
    technology = TechnologyFactory(**fields)
    IndexRecord.objects.create(
        technology=technology,
        revision=1,
        encoder=encoder or index_encoder(),
        public_lexemes=public,
        member_lexemes=f"{public} {members}",
        full_lexemes=f"{public} {members}",
    )
    return technology


def found(*lexemes: str, audience: Audience = Audience.PUBLIC, **options: object) -> list[list[int]]:
    settings = {"prefixes": {}, "most": 10, "among": None, **options}
    return [sorted(rows.tolist()) for rows in postings(lexemes, audience=audience, **settings)]


def test_postings_are_in_the_order_of_the_lexemes_with_empty_ones() -> None:
    one, two = having("'r:laser' 'r:beam'"), having("'r:laser'")
    assert found("r:beam", "r:none", "r:laser") == [[one.pk], [], [one.pk, two.pk]]


def test_postings_are_of_what_the_reader_may_read() -> None:
    one = having("'r:laser'", "'r:secret'")
    assert found("r:secret") == [[]]
    assert found("r:secret", audience=Audience.MEMBERS) == [[one.pk]]


def test_postings_leave_out_drafts_and_other_indexes() -> None:
    having("'r:laser'", state=TechnologyState.DRAFT, published_at=None)
    having("'r:laser'", encoder="another/i1-00000000")
    assert found("r:laser") == [[]]


def test_postings_are_at_most_so_many_and_only_among_these() -> None:
    made = [having("'r:laser'").pk for _ in range(3)]
    assert [len(rows) for rows in found("r:laser", most=2)] == [2]
    assert found("r:laser", among=np.array(made[1:])) == [made[1:]]


def test_a_prefix_finds_what_begins_so() -> None:
    one, two = having("'r:laser'"), having("'r:las'")
    assert found("r:las", prefixes={"r:las": "r:las"}) == [[one.pk, two.pk]]
    assert found("r:las") == [[two.pk]]


@pytest.mark.parametrize("lexeme", ["n:o'ring", "n:back\\slash", "n:two words", "n:a & b | !c:*"])
def test_any_character_of_a_lexeme_is_itself(lexeme: str) -> None:
    quoted = "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
    one = having(quoted)
    assert found(lexeme) == [[one.pk]]
    assert with_lexemes([lexeme], prefixes={}, audience=Audience.PUBLIC, technology_ids=[one.pk]) == {one.pk: {lexeme}}
    assert are_known([[[[lexeme]]]], audience=Audience.PUBLIC) == [True]


def test_with_lexemes_tells_those_that_each_one_has() -> None:
    one, two = having("'r:laser' 'r:beam'"), having("'r:beams'", "'r:laser'")
    having("'r:laser'")
    asked = {"prefixes": {"r:beam": "r:beam"}, "technology_ids": [one.pk, two.pk]}
    assert with_lexemes(["r:laser", "r:beam"], audience=Audience.PUBLIC, **asked) == {
        one.pk: {"r:laser", "r:beam"},
        two.pk: {"r:beam"},
    }


def test_a_phrase_is_known_where_one_technology_has_every_word_in_some_way() -> None:
    having("'r:laser' 'r:beam'", "'r:member'")
    having("'r:steel'")
    phrases = [
        [[["r:laser"]], [["r:none"], ["r:beam"]]],  # the second word by its second way
        [[["r:laser"]], [["r:steel"]]],  # not in one technology
        [[["r:laser", "r:none"]]],  # a way needs all of its lexemes
        [[["r:member"]]],  # not for this reader
    ]
    assert are_known(phrases, audience=Audience.PUBLIC) == [True, False, False, False]
