"""What would move on the live catalogue if another version of the scorer counted. Reads only."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.db.models import F, Func, JSONField, Value

from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches.one_need import KEPT, job_of, score
from matching.domain.matches.scorers import all_scorers
from matching.models import Demand, Feedback, Match
from matching.models.feedback import listed
from matching.scoring.scale import share_that_fits
from matching.scoring.score import score_of
from matching.scoring.space import Space
from matching.scoring.weights import Scorer, ScorerStamp, weights_for

NEWEST = 200
# Where the formulas differ each need is scored for real, so fewer of them, and not for longer than this.
SAMPLE = 20
SECONDS = 8.0
FIRST = 10
MOVERS = 15

# Technology → what is shown of its score, best first.
Ranked = Mapping[int, float]


@dataclass(frozen=True)
class PlaceChange:
    """A technology that changes its place in a demand's list; a place is None outside of it."""

    demand_id: int
    technology_id: int
    before: int | None
    after: int | None
    score_before: float | None
    score_after: float | None

    @property
    def distance(self) -> int:
        """In places; entering or leaving counts from just behind the first fifty."""
        return abs((self.before or KEPT + 1) - (self.after or KEPT + 1))


@dataclass(frozen=True)
class ScorerComparison:
    demands_count: int
    # Open, but not yet scored with the formula that counts now, or with nothing in their list.
    left_out_count: int
    # Every list made for real, not from the values that are stored.
    is_scored: bool
    first_changed_count: int
    # Of the first ten of a list: the mean share that both have.
    overlap: float
    entered_count: int
    left_count: int
    # Matches that would no longer be listed, and such as are listed only then.
    dropped_count: int
    added_count: int
    score_change: float
    movers: Sequence[PlaceChange]

    @property
    def first_changed_percent(self) -> int:
        return round(100 * self.first_changed_count / self.demands_count) if self.demands_count else 0

    @property
    def overlap_percent(self) -> int:
        return round(100 * self.overlap)

    @property
    def points_change(self) -> float:
        return 100 * self.score_change


def compare_scorers(*, active: Scorer, other: Scorer) -> ScorerComparison:
    """Both orders of the newest open demands' lists."""
    is_scored = other.formula_name != active.formula_name
    demands = list(Demand.objects.open().order_by("-id")[: SAMPLE if is_scored else NEWEST])
    values = _stored_values([demand.id for demand in demands], active)
    lists: list[tuple[int, Ranked, Ranked]] = []
    deadline = time.monotonic() + SECONDS
    space = current_space(index_encoder()) if is_scored and values else None
    for demand in demands:
        stored = values.get(demand.id, {})
        if not stored or time.monotonic() > deadline:
            continue
        before = _from_values(stored, active, demand)
        after = _scored(demand, other, space) if space else _from_values(stored, other, demand)
        lists.append((demand.id, before, after))
    return summary(lists, left_out=len(demands) - len(lists), is_scored=is_scored)


def _stored_values(demand_ids: Sequence[int], scorer: Scorer) -> dict[int, dict[int, dict[str, float]]]:
    """Demand → technology → values of the parts, where they were made with this scorer's formula."""
    formulas = {name: known.formula_name for name, known in all_scorers().items()}
    found: dict[int, dict[int, dict[str, float]]] = {}
    rows = (
        Match.objects.filter(listed(), demand__in=demand_ids)
        .order_by()
        .annotate(codes=_each("code"), part_values=_each("value"))
        .values_list("demand_id", "technology_id", "scorer_version", "codes", "part_values")
    )
    for demand_id, technology_id, version, codes, values in rows:
        if formulas.get(ScorerStamp.read(version).scorer) == scorer.formula_name and {*codes} == scorer.weights.keys():
            found.setdefault(demand_id, {})[technology_id] = dict(zip(codes, values, strict=True))
    return found


def _each(name: str) -> Func:
    """That of every part, without the evidence, which is long."""
    return Func(F("components"), Value(f"$[*].{name}"), function="jsonb_path_query_array", output_field=JSONField())


def _from_values(stored: Mapping[int, Mapping[str, float]], scorer: Scorer, demand: Demand) -> Ranked:
    weights = weights_for(demand.preferences, scorer.weights)
    scores = {
        technology_id: share_that_fits(score_of(values, weights), scorer.formula)
        for technology_id, values in stored.items()
    }
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _scored(demand: Demand, scorer: Scorer, space: Space) -> Ranked:
    """As the worker would score it, but nothing is written, and without what is marked as not relevant."""
    job = job_of(demand, space, scorer)
    if job is None:
        return {}
    marked = set(Feedback.objects.in_force().of(demand).values_list("technology_id", flat=True))
    seen = [match for match in score(job, space).matches if match.technology_id not in marked]
    return {match.technology_id: share_that_fits(match.score, scorer.formula) for match in seen[:KEPT]}


def summary(lists: Sequence[tuple[int, Ranked, Ranked]], *, left_out: int, is_scored: bool) -> ScorerComparison:
    firsts = [([*before][:FIRST], [*after][:FIRST]) for _, before, after in lists]
    changes = [after[i] - before[i] for _, before, after in lists for i in before.keys() & after.keys()]
    return ScorerComparison(
        demands_count=len(lists),
        left_out_count=left_out,
        is_scored=is_scored,
        first_changed_count=sum(before[:1] != after[:1] for before, after in firsts),
        overlap=fmean(_overlap(before, after) for before, after in firsts) if firsts else 1.0,
        entered_count=sum(len({*after} - {*before}) for before, after in firsts),
        left_count=sum(len({*before} - {*after}) for before, after in firsts),
        dropped_count=sum(len(before.keys() - after.keys()) for _, before, after in lists),
        added_count=sum(len(after.keys() - before.keys()) for _, before, after in lists),
        score_change=fmean(changes) if changes else 0.0,
        movers=largest_moves(lists),
    )


def _overlap(before: Iterable[int], after: Iterable[int]) -> float:
    one, other = {*before}, {*after}
    return len(one & other) / max(len(one), len(other), 1)


def largest_moves(lists: Sequence[tuple[int, Ranked, Ranked]]) -> list[PlaceChange]:
    """The farthest ways into, out of and within the first ten."""
    moves = [move for demand_id, before, after in lists for move in _moves(demand_id, before, after)]
    moves.sort(key=lambda move: (-move.distance, -move.demand_id, move.technology_id))
    return moves[:MOVERS]


def _moves(demand_id: int, before: Ranked, after: Ranked) -> Iterable[PlaceChange]:
    was = {technology_id: place for place, technology_id in enumerate(before, start=1)}
    becomes = {technology_id: place for place, technology_id in enumerate(after, start=1)}
    for i in was.keys() | becomes.keys():
        place, new_place = was.get(i), becomes.get(i)
        if place != new_place and min(place or KEPT, new_place or KEPT) <= FIRST:
            yield PlaceChange(demand_id, i, place, new_place, before.get(i), after.get(i))
