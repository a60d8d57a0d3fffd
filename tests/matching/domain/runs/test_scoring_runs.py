"""Scoring many needs together gives what scoring them one by one gives."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from matching.domain import sweeping
from matching.domain.finding import candidates, nearest
from matching.domain.index import indexing
from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import matchmaking, one_need
from matching.domain.runs import bulk_needs, changed_technologies, run_parts, scoring_runs
from matching.models import (
    Demand,
    IndexRecord,
    Match,
    ScoringPart,
    ScoringRecord,
    ScoringResult,
    ScoringRun,
    Technology,
)
from matching.scoring.bulk import comparing
from matching.tasks import sweep_scoring
from tests.factories.catalogue import make_needs, make_technologies
from tests.factories.match_request import MatchRequestFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.worker import sweep_needs, sweep_technologies

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_world(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Short lists, small tiles, blocks and parts, so that there are several of each."""
    monkeypatch.setattr(one_need, "KEPT", 7)
    monkeypatch.setattr(candidates, "BY_WORDS", 1_000)
    for name in ("BY_WHOLE", "BY_PASSAGE"):
        monkeypatch.setattr(nearest, name, 1_000)
    monkeypatch.setattr(comparing, "NEEDS_AT_ONCE", 5)
    monkeypatch.setattr(run_parts, "TECHNOLOGIES_AT_ONCE", 20)
    monkeypatch.setattr(scoring_runs, "TECHNOLOGIES_PER_PART", 50)
    monkeypatch.setattr(scoring_runs, "NEEDS_PER_PART", 6)
    yield
    run_parts.work_of.cache_clear()


def make_world() -> None:
    make_technologies(120)
    make_needs(15, profiles=3)
    matchmaking.add_missing_records()
    refresh_space(encoder=index_encoder())


def run_to_its_end() -> None:
    while scoring_runs.continue_run():
        pass


def forget() -> None:
    Match.objects.all().delete()
    ScoringRecord.objects.filter(technology=None).update(scorer_version="", term_weights={})


def stored() -> list[tuple[Any, ...]]:
    """Every list in its order: scores and values of the parts, and what stands for them."""
    return [
        (
            match.demand_id or -match.profile_id,
            match.technology_id,
            match.scorer_version,
            [(part["code"], part["weight"], part["evidence"]) for part in match.components],
            [match.score, *(part["value"] for part in match.components)],
        )
        for match in Match.objects.order_by("demand_id", "profile_id", "-score", "technology_id")
    ]


def but_for_last_digits(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """A run calculates with shorter numbers, and in another order."""
    return [(*told, pytest.approx(numbers, abs=2e-5)) for *told, numbers in rows]


def records() -> list[tuple[Any, ...]]:
    rows = ScoringRecord.objects.filter(technology=None).order_by("pk")
    return list(rows.values_list("pk", "revision", "scorer_version", "term_weights"))


def versions_of_rows() -> list[tuple[Any, ...]]:
    """Where each row lies and which transaction wrote it: both change when it is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'match', id, ctid::text, xmin::text, xmax::text FROM matching_match ORDER BY id")
        matches = cursor.fetchall()
        cursor.execute("SELECT 'record', id, ctid::text, xmin::text FROM matching_scoringrecord ORDER BY id")
        return matches + cursor.fetchall()


def test_run_finds_what_scoring_one_by_one_finds() -> None:
    make_world()
    sweep_needs()
    one_by_one, seen = stored(), records()
    assert len(one_by_one) > 100
    assert any(weight for row in seen for weight in row[3].values())
    forget()
    assert scoring_runs.start_run()
    run_to_its_end()
    assert (stored(), records()) == (but_for_last_digits(one_by_one), seen)
    assert (ScoringResult.objects.count(), ScoringRun.objects.get().state) == (0, "finished")
    assert not matchmaking.unscored_technologies().exists()


def test_killed_run_is_taken_up_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world()
    scoring_runs.start_run()
    run_to_its_end()
    whole = stored()
    forget()
    scoring_runs.start_run(anew=True)
    scoring_runs.continue_run()
    for step in ("_pairs_worth_keeping", "write_notes"):
        with monkeypatch.context() as killed:
            killed.setattr(run_parts, step, lambda *args: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                run_to_its_end()
        assert scoring_runs.running_run()
    run_to_its_end()
    assert stored() == whole


def test_part_that_was_done_but_not_stored_keeps_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world()
    scoring_runs.start_run()
    run_to_its_end()
    whole = stored()
    forget()
    scoring_runs.start_run(anew=True)
    with monkeypatch.context() as lost:
        lost.setattr(scoring_runs, "do_part", lambda part: run_parts.do_part(part) or 1 / 0)
        assert scoring_runs.continue_run() == 1
    run_to_its_end()
    assert (ScoringPart.objects.filter(failures=1).count(), stored()) == (1, whole)


def test_list_of_ended_runs_reads_no_long_columns() -> None:
    make_world()
    scoring_runs.start_run()
    run_to_its_end()
    assert scoring_runs.ended_runs().get().get_deferred_fields() == {"needs", "technologies", "vocabulary"}


def test_second_run_writes_nothing() -> None:
    make_world()
    scoring_runs.start_run()
    run_to_its_end()
    before = versions_of_rows()
    assert scoring_runs.start_run() is None
    again = scoring_runs.start_run(anew=True)
    run_to_its_end()
    again.refresh_from_db()
    assert (versions_of_rows(), again.changed_count, again.state) == (before, 0, "finished")


def test_run_corrects_what_differs_and_lets_go_of_what_is_no_match() -> None:
    make_world()
    scoring_runs.start_run()
    run_to_its_end()
    whole = stored()
    wrong, other = Match.objects.order_by("pk")[:2]
    Match.objects.filter(pk=wrong.pk).update(score=0.99)
    outside = Technology.objects.exclude(matches__demand=other.demand_id).first()
    Match.objects.filter(pk=other.pk).update(technology=outside)
    request = MatchRequestFactory(technology=outside, demand=other.demand, match=other)
    run = scoring_runs.start_run(anew=True)
    run_to_its_end()
    run.refresh_from_db()
    request.refresh_from_db()
    assert (stored(), run.changed_count, request.match) == (whole, 3, None)


def test_need_that_changes_meanwhile_is_left_to_be_scored_by_itself() -> None:
    make_world()
    scoring_runs.start_run()
    scoring_runs.continue_run()
    demand = Demand.objects.first()
    Demand.objects.filter(pk=demand.pk).update(revision=demand.revision + 1)
    run_to_its_end()
    assert list(matchmaking.stale_needs().values_list("demand", flat=True)) == [demand.pk]
    assert not demand.matches.exists()
    # Up to date with the others, but not compared with all needs.
    sweep_needs()
    assert demand.matches.count() == one_need.KEPT


def test_technology_withdrawn_meanwhile_is_in_no_list() -> None:
    make_world()
    scoring_runs.start_run()
    for _ in range(3):
        scoring_runs.continue_run()
    best = Technology.objects.first()
    Technology.objects.filter(pk=best.pk).update(state="archived")
    run_to_its_end()
    assert not Match.objects.filter(technology=best).exists()


def test_one_run_at_a_time_with_parts_that_nobody_else_has() -> None:
    make_world()
    first = scoring_runs.start_run()
    assert scoring_runs.start_run() is None
    assert list(first.parts.order_by("step", "first").values_list("step", flat=True)) == ["compare"] * 3 + ["write"] * 3


def test_run_of_another_scorer_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world()
    run = scoring_runs.start_run()
    monkeypatch.setattr(scoring_runs, "scorer_version", lambda space, scorer=None: "another")
    assert scoring_runs.continue_run() == 0
    run.refresh_from_db()
    assert (run.state, Match.objects.count()) == ("stopped", 0)


def test_part_that_fails_again_and_again_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world()
    monkeypatch.setattr(run_parts, "read_block", lambda *args, **kwargs: 1 / 0)
    scoring_runs.start_run()
    tries = 0
    while scoring_runs.continue_run():
        tries += 1
    assert (tries, ScoringRun.objects.get().state, scoring_runs.may_start()) == (3, "stopped", False)


def test_tiles_and_blocks_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What bounds the memory of a worker, however many needs and technologies there are."""
    make_world()
    shapes = []
    scores = comparing._Tile.scores
    monkeypatch.setattr(
        comparing._Tile, "scores", lambda tile, usual: shapes.append(tile.similarity.shape) or scores(tile, usual)
    )
    scoring_runs.start_run()
    run_to_its_end()
    assert (max(rows for rows, _ in shapes), max(columns for _, columns in shapes)) == (5, 20)


def test_many_stale_needs_are_scored_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "MANY_NEEDS", 5)
    make_world()
    newest = matchmaking.stale_needs().first()
    assert sweeping.sweep_needs()
    newest.refresh_from_db()
    # Whoever is waiting does not wait for the others.
    assert newest.scorer_version
    assert (ScoringRun.objects.get().needs_count, scoring_runs.running_run() is not None) == (17, True)
    assert sweeping.sweep_needs() is False
    while scoring_runs.running_run():
        sweep_scoring.apply()
    assert not matchmaking.stale_needs().exists()


def test_changed_technologies_change_the_lists_as_scoring_all_again_would(monkeypatch: pytest.MonkeyPatch) -> None:
    # A need keeps the weights that its words had when it was scored; here they are the same for ever.
    for module in (candidates, bulk_needs):
        monkeypatch.setattr(module, "term_weight", lambda lexeme, count, total: 2.0)
    monkeypatch.setattr(changed_technologies, "NEEDS_AT_ONCE", 4)
    monkeypatch.setattr(sweeping, "MANY_UNSCORED", 20)
    make_world()
    scoring_runs.start_run()
    run_to_its_end()
    before = stored()
    listed = list(Match.objects.order_by("pk").values_list("technology", flat=True)[:5])
    Technology.objects.filter(pk__in=listed).update(field="other", trl=1, revision=2)
    make_technologies(30, seed=3)
    sweep_technologies()
    assert len(matchmaking.stale_needs()) < 18
    sweep_needs()
    after = stored()
    forget()
    scoring_runs.start_run(anew=True)
    run_to_its_end()
    assert (after == before, after) == (False, but_for_last_digits(stored()))


def test_technologies_wait_for_the_end_of_a_run() -> None:
    make_world()
    scoring_runs.start_run()
    (late,) = make_technologies(1, seed=9)
    sweep_technologies()
    assert late in matchmaking.unscored_technologies().values_list("pk", flat=True)
    run_to_its_end()
    sweep_technologies()
    assert not matchmaking.unscored_technologies().exists()
    assert ScoringPart.objects.filter(done_at=None).count() == 0


def test_run_that_nobody_is_at_is_taken_up_again() -> None:
    make_world()
    run = scoring_runs.start_run()
    seen = [scoring_runs.is_forsaken()]
    ScoringRun.objects.filter(pk=run.pk).update(started_at=run.started_at - 2 * scoring_runs.SILENCE)
    seen.append(scoring_runs.is_forsaken())
    scoring_runs.continue_run()
    assert [*seen, scoring_runs.is_forsaken()] == [False, True, False]


def test_needs_that_cannot_be_indexed_keep_nobody_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "MANY_NEEDS", 2)
    make_technologies(5)
    make_needs(4)
    matchmaking.add_missing_records()
    IndexRecord.objects.filter(technology=None).delete()
    monkeypatch.setattr(indexing, "index_demands", lambda **_: 1 / 0)
    sweeps = 0
    while sweeping.sweep_needs() and sweeps < 10:
        sweeps += 1
    assert (sweeps < 10, ScoringRun.objects.count()) == (True, 0)
