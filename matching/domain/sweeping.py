"""What is stale is derived from the rows; each step does a little of it and says whether more is left."""

import logging
import time

from django.db import DataError, IntegrityError, connection, transaction

from matching.domain import indexing, matchmaking
from matching.domain.indexing import index_encoder
from matching.domain.spaces import refresh_space
from matching.models import ScoringRecord

logger = logging.getLogger(__name__)

TECHNOLOGIES_AT_ONCE = 10
# More changed technologies than this and every need is scored anew, once, instead: comparing one
# technology with a need costs about a quarter of scoring the need.
FEW_TECHNOLOGIES = 3
MANY_UNSCORED = 2_000
SECONDS = 5.0
# What lies in the text or in our own mistake; a lost connection or a missing encoder concerns every need.
FAULTS = (DataError, IntegrityError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError)
TECHNOLOGY_LANE = 7_201_002


def sweep_needs() -> bool:
    """Index and score what companies wait for, newest changes first. True while work is left."""
    indexing.add_missing_records()
    matchmaking.add_missing_records()
    deadline = time.monotonic() + SECONDS
    broken: list[int] = []
    while time.monotonic() < deadline:
        if not _score_next(broken):
            return False
    return True


@transaction.atomic
def _score_next(broken: list[int]) -> bool:
    """The next stale need that no other worker has in hand. One that cannot be scored holds up no other."""
    stale = matchmaking.stale_needs().exclude(pk__in=broken)
    record = stale.select_for_update(skip_locked=True, of=("self",)).first()
    if record is None:
        return False
    try:
        with transaction.atomic():
            _score(record)
    except FAULTS:
        logger.exception("Demand %s or profile %s cannot be scored.", record.demand_id, record.profile_id)
        broken.append(record.pk)
    return True


def _score(record: ScoringRecord) -> None:
    if record.demand_id:
        matchmaking.score_demand(demand_id=record.demand_id)
    elif record.profile_id:
        matchmaking.score_profile(profile_id=record.profile_id)


def sweep_technologies() -> bool:
    """Index a batch; with none left, bring the space and the scores up to date."""
    matchmaking.drop_withdrawn()
    indexing.add_missing_records()
    with transaction.atomic():
        if not _is_only_one():
            return False
        stale = indexing.stale_technologies().select_for_update(skip_locked=True, of=("self",))
        ids = list(stale.values_list("technology_id", flat=True)[:TECHNOLOGIES_AT_ONCE])
        ids = _indexed(ids)
    unscored = matchmaking.unscored_technologies()
    if ids and unscored.count() < MANY_UNSCORED:
        return True
    refresh_space(encoder=index_encoder())
    return matchmaking.score_changed(few=FEW_TECHNOLOGIES) or bool(ids)


def _indexed(ids: list[int]) -> list[int]:
    """Those that could be indexed: together, or one by one when something is wrong with one of them."""
    try:
        with transaction.atomic():
            indexing.index_technologies(technology_ids=ids)
        return ids
    except FAULTS:
        if len(ids) > 1:
            return [one for each in ids for one in _indexed([each])]
        logger.exception("Technology %s cannot be indexed.", *ids)
        return []


def _is_only_one() -> bool:
    """One worker indexes the catalogue and the others stay free for needs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TECHNOLOGY_LANE])
        return bool(cursor.fetchone()[0])
