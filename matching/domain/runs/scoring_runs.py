"""Many needs scored anew together: when that is worth it, its parts, how far it is.

A run keeps what it was begun with; any worker takes the next part, whole or not at all. A worker
that is killed leaves its part to the next one. Comparing comes first, then writing.
"""

import hashlib
import logging
import time
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from kr_ru_platform.running.lock_numbers import SCORING_LANES
from kr_ru_platform.running.locks import take_lock
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches.matchmaking import open_needs, scorer_version, stale_needs
from matching.domain.matches.scorers import active_scorer
from matching.domain.runs.bulk_needs import vocabulary_of
from matching.domain.runs.match_lists import note_technologies
from matching.domain.runs.run_parts import do_part, packed_numbers, work_of
from matching.enums import PartStep, RunState
from matching.models import Feedback, IndexRecord, ScoringPart, ScoringResult, ScoringRun

logger = logging.getLogger(__name__)

# So many that a part takes some seconds: whoever waits for a need of their own waits no longer.
TECHNOLOGIES_PER_PART = 4_000
NEEDS_PER_PART = 500
MOST_FAILURES = 3
RUNS_KEPT = 20
# A run in which nothing has happened for so long has lost its workers, or their messages.
SILENCE = timedelta(seconds=60)
# One for each process of a worker: not more parts at a time than this, on all machines together.
LANES = settings.SCORING_LANES
# Whoever finds no part free looks again after so many seconds.
PAUSE = 0.1


def start_run(*, by: User | None = None, records: Sequence[int] | None = None, anew: bool = False) -> ScoringRun | None:
    """For these needs, or all that are indexed. None when a run is under way or nothing has changed.

    With `anew`, also what is known to come out the same is calculated once more.
    """
    space, scorer = current_space(index_encoder()), active_scorer()
    needs = _indexed_needs(records, space.encoder)
    technologies = _indexed_technologies(space.encoder)
    version = scorer_version(space, scorer=scorer)
    fingerprint = _fingerprint(version, needs, technologies, [(Feedback.objects.count(), 0)])
    if not needs or (not anew and _is_known(fingerprint) and not _is_any_stale(records)):
        return None
    run = ScoringRun(
        encoder=space.encoder,
        scorer_version=version,
        fingerprint=fingerprint,
        needs=_packed(needs),
        technologies=_packed(technologies),
        needs_count=len(needs),
        technologies_count=len(technologies),
        vocabulary=vocabulary_of([record for record, _ in needs], encoder=space.encoder, scorer=scorer).weights,
        started_by=by,
    )
    technology_ids, record_ids = [i for i, _ in technologies], [i for i, _ in needs]
    return run if _has_begun(run, technology_ids, record_ids) else None


def _has_begun(run: ScoringRun, technology_ids: list[int], record_ids: list[int]) -> bool:
    """Unless another one has been started in this moment."""
    try:
        with transaction.atomic():
            run.save()
            _add_parts(run, technology_ids, TECHNOLOGIES_PER_PART, PartStep.COMPARE)
            _add_parts(run, record_ids, NEEDS_PER_PART, PartStep.WRITE)
    except IntegrityError:
        return False
    return True


def _is_known(fingerprint: str) -> bool:
    """The last run came to its end with exactly this."""
    last = ended_runs().first()
    return last is not None and last.state == RunState.FINISHED and last.fingerprint == fingerprint


def may_start() -> bool:
    """Not again at once where a run with the same scorer has failed."""
    last = ScoringRun.objects.first()
    if last is None or last.state != RunState.STOPPED:
        return True
    return last.scorer_version != scorer_version(current_space(index_encoder()))


def needs_in_hand() -> list[int]:
    """Scoring records of the stale needs that the run is about to write."""
    run = running_run()
    if run is None:
        return []
    seen = dict(packed_numbers(run.needs).tolist())
    revision = Coalesce("demand__revision", "profile__revision")
    stale = stale_needs().annotate(row_revision=revision).values_list("pk", "row_revision")
    return [pk for pk, row_revision in stale if seen.get(pk) == row_revision]


def _indexed_needs(records: Sequence[int] | None, encoder: str) -> list[tuple[int, int]]:
    """Scoring records and revisions of the open needs whose texts are indexed as they are now."""
    indexed = IndexRecord.objects.filter(encoder=encoder)
    is_indexed = Q(demand__in=indexed.filter(demand__revision=F("revision")).values("demand")) | Q(
        profile__in=indexed.filter(profile__revision=F("revision")).values("profile")
    )
    needs = open_needs().filter(is_indexed)
    if records is not None:
        needs = needs.filter(pk__in=list(records))
    rows = needs.order_by("pk").values_list("pk", "demand__revision", "profile__revision")
    return [(pk, demand or profile) for pk, demand, profile in rows]


def _indexed_technologies(encoder: str) -> list[tuple[int, int]]:
    records = IndexRecord.objects.of_published().filter(encoder=encoder)
    return list(records.order_by("technology_id").values_list("technology_id", "revision"))


def _fingerprint(version: str, *states: list[tuple[int, int]]) -> str:
    digest = hashlib.sha256(version.encode())
    for state in states:
        digest.update(_packed(state) + b"|")
    return digest.hexdigest()


def _packed(pairs: list[tuple[int, int]]) -> bytes:
    return np.array(pairs, dtype="<i8").tobytes()


def _is_any_stale(records: Sequence[int] | None) -> bool:
    stale = stale_needs()
    return (stale if records is None else stale.filter(pk__in=list(records))).exists()


def _add_parts(run: ScoringRun, ids: list[int], size: int, step: PartStep) -> None:
    ScoringPart.objects.bulk_create(
        ScoringPart(run=run, step=step, first=own[0], last=own[-1])
        for own in (ids[start : start + size] for start in range(0, len(ids), size))
    )


def running_run() -> ScoringRun | None:
    return ScoringRun.objects.filter(state=RunState.RUNNING).first()


def continue_run() -> int:
    """Do one part of the run, if one is free. For how many workers there is work now."""
    run = running_run()
    if run is None:
        return 0
    if run.scorer_version != scorer_version(current_space(index_encoder())):
        stop_run(run=run)
        return 0
    part = None
    try:
        with transaction.atomic():
            part = _take_part(run)
            if part is None:
                return 0
            _do(part)
    except Exception:
        if part is None:
            raise
        # Not stored, even if it was done: what it found must not keep anything out of later parts.
        work_of.cache_clear()
        logger.exception("A part of the scoring failed: %s.", part)
        _note_failure(run, part)
        return 1
    _finish(run)
    return _workers_wanted(part)


def work_until_ended() -> None:
    """What a process does that is there for the run alone."""
    while running_run():
        if not continue_run():
            # The others have the last parts in hand.
            time.sleep(PAUSE)


def _do(part: ScoringPart) -> None:
    started = time.monotonic()
    changed = do_part(part)
    ScoringPart.objects.filter(pk=part.pk).update(seconds=time.monotonic() - started, done_at=timezone.now())
    if changed:
        ScoringRun.objects.filter(pk=part.run_id).update(changed_count=F("changed_count") + changed)


def _workers_wanted(done: ScoringPart) -> int:
    """After the last comparison all may write; who waited for it has gone."""
    waiting = ScoringPart.objects.filter(run=done.run_id, run__state=RunState.RUNNING, done_at=None)
    if not waiting.exists():
        return 0
    has_compared = done.step == PartStep.COMPARE and not waiting.filter(step=PartStep.COMPARE).exists()
    return LANES if has_compared else 1


def _take_part(run: ScoringRun) -> ScoringPart | None:
    """The next one that no other worker has in hand. Writing begins when everything has been compared."""
    if not any(take_lock(SCORING_LANES + number) for number in range(LANES)):
        return None
    waiting = run.parts.filter(done_at=None)
    step = PartStep.COMPARE if waiting.filter(step=PartStep.COMPARE).exists() else PartStep.WRITE
    return waiting.filter(step=step).order_by("first").select_for_update(skip_locked=True).first()


def is_forsaken() -> bool:
    """A run goes on, but nobody is at it."""
    run, since = running_run(), timezone.now() - SILENCE
    if run is None or run.started_at > since or run.parts.filter(done_at__gt=since).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(_LANES_HELD, [SCORING_LANES, SCORING_LANES + LANES - 1])
        return not cursor.fetchone()[0]


_LANES_HELD = """
SELECT count(*) FROM pg_locks
 WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid BETWEEN %s AND %s
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def _note_failure(run: ScoringRun, part: ScoringPart) -> None:
    """Tried again, but not without end: the needs stay as they are and are scored one by one."""
    ScoringPart.objects.filter(pk=part.pk).update(failures=F("failures") + 1)
    if part.failures + 1 >= MOST_FAILURES:
        stop_run(run=run)


@transaction.atomic
def stop_run(*, run: ScoringRun) -> None:
    ScoringRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(state=RunState.STOPPED, ended_at=timezone.now())
    ScoringResult.objects.filter(part__run=run).delete()


@transaction.atomic
def _finish(run: ScoringRun) -> None:
    """After its last part: what the technologies were compared with, and the rest can go."""
    held = ScoringRun.objects.select_for_update().filter(pk=run.pk, state=RunState.RUNNING).first()
    if held is None or held.parts.filter(done_at=None).exists():
        return
    held.state, held.ended_at = RunState.FINISHED, timezone.now()
    held.save(update_fields=["state", "ended_at"])
    ScoringResult.objects.filter(part__run=run).delete()
    ScoringRun.objects.filter(pk__in=list(ended_runs().values_list("pk", flat=True)[RUNS_KEPT:])).delete()
    seen = packed_numbers(held.needs)[:, 0].tolist()
    stale = stale_needs().values("pk")
    # Needs that are up to date but were not in the run have still to be compared with what is new.
    if not open_needs().exclude(pk__in=stale).exclude(pk__in=seen).exists():
        seen_technologies = dict(packed_numbers(held.technologies).tolist())
        note_technologies(seen=seen_technologies, scorer_version=held.scorer_version, candidates=held.needs_count)


def ended_runs() -> QuerySet[ScoringRun]:
    """Without what they were made of, which is long."""
    ended = ScoringRun.objects.exclude(state=RunState.RUNNING).select_related("started_by")
    return ended.defer("needs", "technologies", "vocabulary")
