"""Stored codes → sentences."""

from itertools import product

import pytest
from django.utils.translation import override

from matching.enums import Audience
from matching.models import Match
from matching.scoring.weights import WEIGHTS, weights_for
from matching.wording.scores import explain, mark_shared, whole_points

PAIR = {
    "need_text": "니켈",
    "need_lang": "ko",
    "offer_text": "никель",
    "offer_lang": "ru",
    "offer_audience": Audience.NDA,
    "similarity": 0.8,
}


def part(code: str, value: float, weight: float, **evidence: object) -> dict[str, object]:
    return {"code": code, "value": value, "weight": weight, "contribution": value * weight, "evidence": evidence}


def make_match() -> Match:
    components = [
        part("meaning", 0.9, 0.6, pairs=[PAIR]),
        part("shared_terms", 0.3, 0.1, terms=[{"term": "CMP", "audience": 0}, {"term": "SiC", "audience": 2}]),
        part("field", 0.25, 0.1, need="metals", offer="it"),
        part("readiness", 0.5, 0.1, wanted=6, offered=4),
        part("transfer_modes", 0.5, 0.1, need=[], offer=["licence"], shared=[], missing="need"),
    ]
    return Match(score=sum(float(p["contribution"]) for p in components), components=components)


def test_explanations_say_each_part_in_words() -> None:
    with override("en"):
        parts = explain(make_match())
        assert [str(p.sentence) for p in parts] == [
            "The texts speak of very nearly the same thing.",
            "2 terms occur in both texts",
            "The need is in “Metals and materials”, the technology in “Information technology”.",
            "Readiness 4 is 2 levels below the required 6.",
            "The need says nothing about this, so it neither helps nor hurts.",
        ]
    assert [p.is_missing for p in parts] == [False, False, False, False, True]
    assert [list(map(str, p.words)) for p in parts] == [[], ["CMP", "SiC"], [], [], []]


def test_what_a_part_did_not_give_is_told_in_points() -> None:
    match = Match(score=0.5, components=[part("meaning", 0.8, 0.5), part("field", 0.5, 0.2, missing="need")])
    assert [(p.points, p.points_not_given) for p in explain(match)] == [(40, 10), (10, 10)]


@pytest.mark.parametrize("emphasis", list(product(["", "less", "more"], repeat=3)))
def test_points_given_and_not_given_add_up_to_a_hundred(emphasis: tuple[str, ...]) -> None:
    """Also where a company's preferences make weights that are no whole points."""
    weights = weights_for(dict(zip(["meaning", "field", "readiness"], emphasis, strict=True)), WEIGHTS["v2"])
    for value in (0.0, 0.137, 0.5, 0.94, 1.0):
        parts = [part(code, value, weight) for code, weight in weights.items() if code in ("meaning", "shared_terms")]
        parts += [part(code, 0.5, weight, missing="both") for code, weight in list(weights.items())[2:]]
        score = sum(float(p["contribution"]) for p in parts)
        explained = explain(Match(score=score, components=parts))
        assert sum(p.points for p in explained) == round(100 * score)
        assert sum(p.points + p.points_not_given for p in explained) == 100


def test_no_part_gives_more_than_it_could() -> None:
    """A weight of 9.6 may be shown as 9: its tenth point goes to another part."""
    assert whole_points([0.096, 0.09, 0.414], total=0.6, most=[9, 10, 42]) == [9, 9, 42]


def test_sentences_that_met_are_marked_where_they_name_the_same() -> None:
    pairs = [
        {"need_text": "내식성 소재", "offer_text": "коррозионная стойкость"},
        {"need_text": "로봇", "offer_text": ""},
    ]
    first, unreadable = mark_shared(pairs)
    assert (first["need_pieces"], first["offer_pieces"]) == (
        [("내식성", True), (" 소재", False)],
        [("коррозионная стойкость", True)],
    )
    assert (unreadable["need_pieces"], unreadable["offer_pieces"]) == ([("로봇", False)], [])


def test_what_a_reader_may_not_read_is_left_out() -> None:
    meaning, terms, *_ = explain(make_match(), audience=Audience.MEMBERS)
    assert (meaning.evidence["pairs"][0]["offer_text"], terms.evidence["terms"]) == ("", ["CMP"])


def test_points_add_up_to_the_score_shown() -> None:
    match = make_match()
    assert sum(p.points for p in explain(match)) == round(100 * match.score)


@pytest.mark.parametrize(
    ("contributions", "points"),
    [([0.333, 0.333, 0.334], [33, 33, 34]), ([0.005] * 3, [1, 1, 0]), ([0.0, 0.0], [0, 0]), ([0.6, 0.4], [60, 40])],
)
def test_whole_points_round_the_largest_remainders_up(contributions: list[float], points: list[int]) -> None:
    assert whole_points(contributions, total=sum(contributions)) == points


@pytest.mark.parametrize("emphasis", ["", "more", "less"])
def test_points_are_those_of_the_map_and_still_add_up(emphasis: str) -> None:
    weights = weights_for({"meaning": emphasis}, WEIGHTS["v4"])
    for value in (0.0, 0.137, 0.3, 0.5, 0.94, 1.0):
        values = {code: value if code == "meaning" else 0.5 for code in weights}
        parts = [part(f"another {code}", values[code], weight) for code, weight in weights.items()]
        match = Match(score=sum(float(p["contribution"]) for p in parts), components=parts, scorer_version="v4-use-9a")
        explained = explain(match)
        assert sum(p.points for p in explained) == match.points
        assert sum(p.points + p.points_not_given for p in explained) == 100


def test_a_part_of_another_version_is_still_shown() -> None:
    match = Match(score=0.5, components=[part("unheard_of", 0.5, 1.0)])
    assert [(p.code, str(p.sentence), p.points) for p in explain(match)] == [("unheard_of", "", 50)]
