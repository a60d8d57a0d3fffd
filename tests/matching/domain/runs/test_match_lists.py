"""Lists written at once: what is stored becomes what is wanted, and nothing else is touched."""

import json
from typing import Any

import pytest

from matching.domain.runs.bulk_needs import NeedRow, need_rows
from matching.domain.runs.match_lists import (
    ListedMatch,
    NeedList,
    ScoringNote,
    note_technologies,
    write_lists,
    write_notes,
)
from matching.enums import TechnologyState
from matching.models import Match, ScoringRecord, Technology
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory, record_scoring
from tests.factories.match_request import MatchRequestFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db
# What COPY has to be told about: a backslash, a tab, a new line.
EVIDENCE = {"said": 'a\\b\tc\nd "e"'}


def row_of(**owner: Any) -> NeedRow:
    (row,) = need_rows([record_scoring(**owner).pk])
    return row


def listed(technology: Technology, score: float, **evidence: str) -> ListedMatch:
    components = [{"code": "meaning", "value": score, "weight": 1, "contribution": score, "evidence": evidence}]
    return ListedMatch(technology.pk, score, json.dumps(components))


def stored(**owner: Any) -> list[tuple[int, float, str]]:
    return list(Match.objects.filter(**owner).ranked().values_list("technology_id", "score", "scorer_version"))


def test_list_becomes_that_of_its_need_alone() -> None:
    demand, profile, other = DemandFactory(), CompanyProfileFactory(), MatchFactory()
    gone = MatchFactory(demand=demand)
    one, two = TechnologyFactory.create_batch(2)
    written = write_lists(
        [
            NeedList(row_of(demand=demand), [listed(one, 0.5, **EVIDENCE), listed(two, 0.25)], "v3-x"),
            NeedList(row_of(profile=profile), [listed(two, 0.75)], "v3-y"),
        ]
    )
    assert written == 4
    assert stored(demand=demand) == [(one.pk, 0.5, "v3-x"), (two.pk, 0.25, "v3-x")]
    assert stored(profile=profile) == [(two.pk, 0.75, "v3-y")]
    assert set(Match.objects.filter(pk__in=[gone.pk, other.pk])) == {other}
    assert Match.objects.get(demand=demand, technology=one).components[0]["evidence"] == EVIDENCE


@pytest.mark.parametrize(
    ("score", "evidence", "version", "changed"),
    [
        (0.5, {"a": "1"}, "v3", 0),
        # As far apart as the last digits of rounded parts.
        (0.500001, {"a": "1"}, "v3", 0),
        (0.50001, {"a": "1"}, "v3", 1),
        (0.5, {"a": "2"}, "v3", 1),
        (0.5, {"a": "1"}, "v4", 1),
    ],
)
def test_only_what_differs_is_written(score: float, evidence: dict[str, str], version: str, changed: int) -> None:
    technology = TechnologyFactory()
    need = row_of(demand=DemandFactory())
    write_lists([NeedList(need, [listed(technology, 0.5, a="1")], "v3")])
    before = Match.objects.get()
    assert write_lists([NeedList(need, [listed(technology, score, **evidence)], version)]) == changed
    after = Match.objects.get()
    assert (after.pk, after.score, after.scorer_version) == (
        (before.pk, score, version) if changed else (before.pk, 0.5, "v3")
    )


def test_match_without_components_stays_as_it_is_stored() -> None:
    match = MatchFactory(score=0.625, scorer_version="v1")
    assert write_lists([NeedList(row_of(demand=match.demand), [ListedMatch(match.technology_id)], "v3")]) == 0
    assert stored(demand=match.demand) == [(match.technology_id, 0.625, "v1")]


def test_what_left_the_public_meanwhile_enters_no_list() -> None:
    technology = TechnologyFactory(state=TechnologyState.ON_HOLD)
    assert write_lists([NeedList(row_of(demand=DemandFactory()), [listed(technology, 0.5)], "v3")]) == 0
    assert not Match.objects.exists()


def test_request_outlives_its_match() -> None:
    match = MatchFactory()
    request = MatchRequestFactory(technology=match.technology, match=match, score_when_requested=0.6)
    write_lists([NeedList(row_of(demand=match.demand), [], "v3")])
    request.refresh_from_db()
    assert (request.match, request.score_when_requested, Match.objects.count()) == (None, 0.6, 0)


def test_no_lists_are_nothing() -> None:
    MatchFactory()
    assert (write_lists([]), Match.objects.count()) == (0, 1)


def noted() -> list[tuple[int, str, int, dict[str, float]]]:
    return list(ScoringRecord.objects.values_list("revision", "scorer_version", "candidates", "term_weights"))


def test_record_notes_what_the_scoring_saw_and_is_left_alone_when_it_knew() -> None:
    note = ScoringNote(record_scoring(demand=DemandFactory()).pk, 7, "v3-x", 120, {"сплав": 1.5})
    assert (write_notes([note]), noted()) == (1, [(7, "v3-x", 120, {"сплав": 1.5})])
    assert (write_notes([note]), write_notes([])) == (0, 0)


def test_technologies_count_as_compared_at_the_revision_that_was_seen() -> None:
    seen, changed, hidden = TechnologyFactory(), TechnologyFactory(revision=2), TechnologyFactory(state="on_hold")
    note_technologies(seen={seen.pk: 1, changed.pk: 1, hidden.pk: 1, 0: 1}, scorer_version="v3", candidates=5)
    note_technologies(seen={seen.pk: 1}, scorer_version="v4", candidates=6)
    # The same revision has been noted already.
    assert list(ScoringRecord.objects.values_list("technology_id", "revision", "scorer_version", "candidates")) == [
        (seen.pk, 1, "v3", 5)
    ]
    Technology.objects.filter(pk=seen.pk).update(revision=2)
    note_technologies(seen={seen.pk: 2}, scorer_version="v4", candidates=6)
    assert noted() == [(2, "v4", 6, {})]
