"""Stored component codes → sentences in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kr_ru_platform.words.reading.folding import fold
from matching.enums import Audience, Field, TransferMode
from matching.models import Match
from matching.scoring.language.marked_texts import marked
from matching.scoring.scale import Band

Text = str | Promise
LISTED_TERMS = 8


@dataclass(frozen=True)
class MetTerm:
    """A term as the need writes it and, where that is another word, as the technology does."""

    need: str
    offer: str = ""
    offer_lang: str = ""

    def __str__(self) -> str:
        return self.need


def _met(term: Mapping[str, Any]) -> MetTerm:
    offer = term.get("offer", "")
    return (
        MetTerm(term["term"])
        if not offer or fold(offer) == fold(term["term"])
        else MetTerm(term["term"], offer, term["offer_lang"])
    )


@dataclass(frozen=True)
class ExplainedComponent:
    """One component of a score. `points` of all components add up to the score shown out of 100, `most` to 100."""

    code: str
    label: Text
    sentence: Text
    value: float
    weight: float
    contribution: float
    points: int
    # What it gives and what it kept back, in points: with the others' 100.
    most: int
    evidence: dict[str, Any]
    is_missing: bool

    @property
    def words(self) -> list["MetTerm"]:
        """What `sentence` speaks of, in the words of both texts: stored text, to be shown as of its language."""
        return [] if self.is_missing else self.evidence.get("met", [])[:LISTED_TERMS]

    @property
    def shown_value(self) -> float:
        """How full its bar is: not at all where there is nothing to compare."""
        return 0.0 if self.is_missing else self.value

    @property
    def points_not_given(self) -> int:
        """What this component kept back from the score, or leaves open where a side says nothing."""
        return max(0, self.most - self.points)


BANDS: dict[Band, Text] = {
    Band.STRONG: _("Fits well"),
    Band.LIKELY: _("Likely to fit"),
    Band.POSSIBLE: _("May fit: to be checked"),
    Band.WEAK: _("Weakly related"),
}
LABELS: dict[str, Text] = {
    "meaning": _("Meaning of the texts"),
    "shared_terms": _("Shared terms"),
    "field": _("Field"),
    "readiness": _("Readiness (TRL)"),
    "transfer_modes": _("Transfer modes"),
}


def explain(
    match: Match, *, audience: Audience = Audience.CENTRE, found: Mapping[str, Mapping[str, Any]] | None = None
) -> list[ExplainedComponent]:
    """The components of a match's score, largest weight first; what `audience` may not read is left out.

    `found` has more evidence by the code of a component: what was read from the texts for this page.
    """
    most, points = _points(match)
    components = []
    for component, limit, point in zip(match.components, most, points, strict=True):
        code = component["code"]
        evidence = _readable({**component["evidence"], **(found or {}).get(code, {})}, audience)
        components.append(
            ExplainedComponent(
                code=code,
                label=LABELS.get(code, code),
                sentence=_sentence(code, component["value"], evidence),
                value=component["value"],
                weight=component["weight"],
                contribution=component["contribution"],
                points=point,
                most=limit,
                evidence=evidence,
                is_missing=bool(evidence.get("missing")),
            )
        )
    return components


def mark_shared(pairs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The pairs of sentences with their texts in pieces: what both name is marked. Unreadable texts stay empty."""
    found = []
    for pair in pairs:
        own, offered = marked(pair["need_text"], pair["offer_text"])
        found.append({**pair, "need_pieces": own, "offer_pieces": offered})
    return found


def _points(match: Match) -> tuple[list[int], list[int]]:
    """What each component could give and what it gave."""
    given, could_give = match.shown_parts
    most = whole_points(could_give, total=fsum(could_give))
    return most, whole_points(given, total=match.shown, most=most)


def whole_points(contributions: Sequence[float], *, total: float, most: Sequence[int] = ()) -> list[int]:
    """Whole points out of 100 that add up to the rounded total: the largest remainders round up.

    First those that stay within `most`: nobody should read of 9 points out of 8.
    """
    exact = [100 * contribution for contribution in contributions]
    points = [int(value) for value in exact]
    is_full = [point >= limit for point, limit in zip(points, most, strict=True)] if most else [False] * len(exact)
    by_remainder = sorted(range(len(exact)), key=lambda i: (is_full[i], points[i] - exact[i], i))
    for i in by_remainder[: max(0, round(100 * total) - sum(points))]:
        points[i] += 1
    return points


def _readable(evidence: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
    readable = dict(evidence)
    if "pairs" in evidence:
        readable["pairs"] = [
            pair if pair["offer_audience"] <= audience else {**pair, "offer_text": ""} for pair in evidence["pairs"]
        ]
    if "terms" in evidence:
        told = [term for term in evidence["terms"] if term["audience"] <= audience]
        readable["terms"], readable["met"] = [term["term"] for term in told], list(map(_met, told))
    return readable


def _sentence(code: str, value: float, evidence: Mapping[str, Any]) -> Text:
    if missing := evidence.get("missing"):
        return _MISSING[missing]
    return SENTENCES[code](value, evidence) if code in SENTENCES else ""


_MISSING: dict[str, Text] = {
    "need": _("The need says nothing about this, so it neither helps nor hurts."),
    "offer": _("The technology says nothing about this, so it neither helps nor hurts."),
    "both": _("Neither side says anything about this, so it neither helps nor hurts."),
    "script": _("The texts are in different scripts, so no words could be compared."),
}


def _meaning(value: float, evidence: Mapping[str, Any]) -> Text:
    # Of the listed pairs on the development sets fit: from 0.6 on all, from 0.35 seven of ten, from 0.25 one in six.
    if value >= 0.6:
        return _("The texts speak of very nearly the same thing.")
    if value >= 0.35:
        return _("The texts are close in meaning.")
    if value >= 0.25:
        return _("The texts are related in part.")
    return _("The texts have little in common.")


def _shared_terms(value: float, evidence: Mapping[str, Any]) -> Text:
    terms = evidence.get("terms", ())
    if not terms and value > 0:
        return _("Both texts share only general words or parts of words.")
    if not terms:
        return _("No distinctive term occurs in both texts.")
    return ngettext_lazy("%d term occurs in both texts", "%d terms occur in both texts") % len(terms)


def _field(value: float, evidence: Mapping[str, Any]) -> Text:
    offered = Field(evidence["offer"]).label
    if evidence["need"] == evidence["offer"]:
        return format_lazy(_("Both are in the field “{field}”."), field=offered)
    return format_lazy(
        _("The need is in “{wanted}”, the technology in “{offered}”."),
        wanted=Field(evidence["need"]).label,
        offered=offered,
    )


def _readiness(value: float, evidence: Mapping[str, Any]) -> Text:
    wanted, offered = evidence["wanted"], evidence["offered"]
    if offered >= wanted:
        return format_lazy(_("Readiness {offered} meets the required {wanted}."), offered=offered, wanted=wanted)
    levels = ngettext_lazy("%d level", "%d levels") % (wanted - offered)
    return format_lazy(
        _("Readiness {offered} is {levels} below the required {wanted}."),
        offered=offered,
        levels=levels,
        wanted=wanted,
    )


def _transfer_modes(value: float, evidence: Mapping[str, Any]) -> Text:
    if not evidence["shared"]:
        return _("None of the preferred transfer modes is offered.")
    modes = _joined([TransferMode(code).label for code in evidence["shared"]])
    return format_lazy(_("Also offered: {modes}."), modes=modes)


def _joined(labels: list[Any]) -> Promise:
    return format_lazy(", ".join(["{}"] * len(labels)), *labels)


SENTENCES: dict[str, Callable[[float, Mapping[str, Any]], Text]] = {
    "meaning": _meaning,
    "shared_terms": _shared_terms,
    "field": _field,
    "readiness": _readiness,
    "transfer_modes": _transfer_modes,
}
