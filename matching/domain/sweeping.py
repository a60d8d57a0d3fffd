"""What is stale is derived from the rows; each step does a little of it and says whether more is left."""

import logging
import time

from django.db import transaction

from kr_ru_platform.running.lock_numbers import COMPARING_TECHNOLOGIES, SWEEPING_TECHNOLOGIES
from kr_ru_platform.running.locks import lock_for_a_while, take_lock
from kr_ru_platform.saving.errors import LASTING
from matching.domain.index import indexing, reindexing
from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import configured_encoder, index_encoder
from matching.domain.matches import matchmaking
from matching.domain.runs import changed_technologies, scoring_runs
from matching.embedding import EncoderUnavailableError
from matching.models import ScoringRecord

logger = logging.getLogger(__name__)

TECHNOLOGIES_AT_ONCE = 10
NEEDS_AT_ONCE = 50
# So many technologies are compared with all needs at a time.
MANY_UNSCORED = 2_000
# More stale needs than this are scored together: see docs/scoring.md.
MANY_NEEDS = 30
NEEDS = ("demand", "profile")
SECONDS = 5.0
# One worker indexes the catalogue and the others stay free for needs.


def sweep_needs() -> bool:
    """Index and score what companies wait for, newest changes first. True while work is left."""
    matchmaking.add_missing_records()
    deadline = time.monotonic() + SECONDS
    tried = scoring_runs.needs_in_hand()
    stale = _next_stale(tried)
    if not tried and len(stale) > MANY_NEEDS and scoring_runs.may_start():
        # The newest is somebody's who is waiting; the others are scored together.
        _score_if_stale(stale[0])
        if not _index_all_needs(deadline) or _start_run():
            return True
    while stale:
        for pk in stale:
            if not _score_until_current(pk, deadline):
                return True
        # Whoever saved another need meanwhile has asked for a sweep of their own.
        if len(stale) <= MANY_NEEDS:
            break
        tried += stale
        stale = _next_stale(tried)
    return False


def _next_stale(tried: list[int]) -> list[int]:
    """One more than is scored singly, if there are so many: finding them costs as much as scoring one."""
    return list(matchmaking.stale_needs().exclude(pk__in=tried).values_list("pk", flat=True)[: MANY_NEEDS + 1])


def _index_all_needs(deadline: float) -> bool:
    """False when the time was not enough."""
    encoder = index_encoder()
    indexing.add_missing_records(encoder=encoder, owners=NEEDS)
    for owner in NEEDS:
        while _index_needs(owner, encoder):
            if time.monotonic() > deadline:
                return False
    return True


def _start_run() -> bool:
    stale = list(matchmaking.stale_needs().values_list("pk", flat=True))
    return scoring_runs.start_run(records=stale) is not None


@transaction.atomic
def _index_needs(owner: str, encoder: str) -> list[int]:
    stale = indexing.stale(owner=owner, encoder=encoder).filter(failures=0)
    held = stale.select_for_update(skip_locked=True, of=("self",))
    return _indexed(owner, list(held.values_list(f"{owner}_id", flat=True)[:NEEDS_AT_ONCE]), encoder)


def _score_until_current(pk: int, deadline: float) -> bool:
    """Once more where it changed meanwhile: other sweeps pass by what we hold. False when the time was not enough."""
    while time.monotonic() <= deadline:
        if not _score_if_stale(pk):
            return True
    return False


@transaction.atomic
def _score_if_stale(pk: int) -> bool:
    """False when another worker has it in hand or has done it. One that cannot be scored holds up no other."""
    stale = matchmaking.stale_needs().filter(pk=pk)
    record = stale.select_for_update(skip_locked=True, of=("self",)).first()
    if record is None:
        return False
    try:
        with transaction.atomic():
            _score(record)
    except LASTING:
        logger.exception("Demand %s or profile %s cannot be scored.", record.demand_id, record.profile_id)
        return False
    return True


def _score(record: ScoringRecord) -> None:
    if record.demand_id:
        matchmaking.score_demand(demand_id=record.demand_id)
    elif record.profile_id:
        matchmaking.score_profile(profile_id=record.profile_id)


def sweep_technologies() -> bool:
    """Index a batch; with none left, bring the space and the scores up to date, then the index that is to come."""
    matchmaking.drop_withdrawn()
    reindexing.take_stock()
    answering, wanted = index_encoder(), configured_encoder()
    if answering == wanted:
        return _keep_up(answering) or indexing.delete_left_over(keep=[answering])
    # What cannot be read the old way any more waits for the new index.
    if _can_read(answering) and _keep_up(answering):
        return True
    return _build(wanted) or indexing.delete_left_over(keep=[answering, wanted])


def _can_read(encoder: str) -> bool:
    try:
        indexing.embedder_of(encoder)
    except EncoderUnavailableError:
        return False
    return True


def _keep_up(encoder: str) -> bool:
    """The index that answers, and the scores that were made from it."""
    indexing.add_missing_records(encoder=encoder)
    ids = _index_next("technology", encoder)
    if ids is None:
        return False
    unscored = matchmaking.unscored_technologies()
    if ids and unscored.count() < MANY_UNSCORED:
        return True
    refresh_space(encoder=encoder)
    return _compare_next() or bool(ids) or _read_unpublished(encoder)


@transaction.atomic
def _read_unpublished(encoder: str) -> bool:
    """Last of all: whoever writes a technology is told when another's draft says the same."""
    if not take_lock(SWEEPING_TECHNOLOGIES):
        return False
    ids = indexing.unpublished(encoder=encoder, at_most=TECHNOLOGIES_AT_ONCE)
    return bool(_indexed("technology", ids, encoder))


def _compare_next() -> bool:
    """Some of what is new or has changed, with all needs. While a run goes on it waits for the end of that."""
    if scoring_runs.running_run() is not None:
        return False
    # Not for a transaction but for the session: the lists are written in several.
    with lock_for_a_while(COMPARING_TECHNOLOGIES) as may_compare:
        ids = list(matchmaking.unscored_technologies().order_by("id").values_list("id", flat=True)[:MANY_UNSCORED])
        if not ids or not may_compare:
            return False
        changed_technologies.compare_changed(technology_ids=ids)
    return True


def _build(encoder: str) -> bool:
    """A batch of the index that is to come; once it is complete, it answers."""
    indexing.embedder_of(encoder)
    indexing.add_missing_records(encoder=encoder, owners=indexing.OWNERS)
    for owner in indexing.OWNERS:
        ids = _index_next(owner, encoder)
        if ids is None:
            return False
        if ids:
            return True
    if reindexing.is_complete(encoder):
        reindexing.switch(encoder=encoder)
    return True


@transaction.atomic
def _index_next(owner: str, encoder: str) -> list[int] | None:
    """What was indexed of the next batch; None when another worker is at it."""
    if not take_lock(SWEEPING_TECHNOLOGIES):
        return None
    stale = indexing.stale(owner=owner, encoder=encoder).select_for_update(skip_locked=True, of=("self",))
    return _indexed(owner, list(stale.values_list(f"{owner}_id", flat=True)[:TECHNOLOGIES_AT_ONCE]), encoder)


def _indexed(owner: str, ids: list[int], encoder: str) -> list[int]:
    """Those that could be indexed: together, or one by one when something is wrong with one of them."""
    if not ids:
        return []
    try:
        with transaction.atomic():
            _index(owner, ids, encoder)
        return ids
    except LASTING:
        if len(ids) > 1:
            return [one for each in ids for one in _indexed(owner, [each], encoder)]
        logger.exception("%s %s cannot be indexed.", owner.capitalize(), *ids)
        indexing.note_failure(owner=owner, row_id=ids[0], encoder=encoder)
        return []


def _index(owner: str, ids: list[int], encoder: str) -> None:
    if owner == "technology":
        indexing.index_technologies(technology_ids=ids, encoder=encoder)
    elif owner == "demand":
        indexing.index_demands(demand_ids=ids, encoder=encoder)
    else:
        indexing.index_profiles(profile_ids=ids, encoder=encoder)
