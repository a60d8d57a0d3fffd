"""What the pages say about the worker's work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.domain.runs.scoring_progress import (
    SECONDS_PER_NEED,
    has_unread_technologies,
    progress_of_run,
    rescoring_seconds,
    scored_needs_count,
    scoring_state,
    technology_scoring_state,
    why_no_match,
    with_match_counts,
)
from matching.enums import DemandState, PartStep, TechnologyState
from matching.models import Demand, ScoringRecord, ScoringRun, Technology
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.match import MatchFactory, record_scoring, write_record
from tests.factories.scoring_run import make_run
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db


def test_list_is_ready_when_the_need_was_scored_as_it_is_now():
    demand, profile = DemandFactory(), CompanyProfileFactory()
    assert [scoring_state(need) for need in (demand, profile)] == ["waiting", "waiting"]
    record_scoring(demand=demand)
    record_scoring(profile=profile)
    assert [scoring_state(need) for need in (demand, profile)] == ["ready", "ready"]
    demand.revision += 1
    assert scoring_state(demand) == "waiting"
    demand.state = DemandState.CLOSED
    assert scoring_state(demand) == "ready"


def test_technology_is_compared_while_it_is_published():
    technology = TechnologyFactory()
    assert (technology_scoring_state(technology), has_unread_technologies()) == ("waiting", True)
    write_record(technology=technology)
    assert (technology_scoring_state(technology), has_unread_technologies()) == ("ready", False)
    Technology.objects.update(revision=2)
    technology.refresh_from_db()
    assert (technology_scoring_state(technology), has_unread_technologies()) == ("waiting", True)
    Technology.objects.update(state=TechnologyState.ON_HOLD)
    technology.refresh_from_db()
    assert (technology_scoring_state(technology), has_unread_technologies()) == ("unpublished", False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("ჩამოსხმის ზედაპირზე ხშირად ჩნდება ფორები", "script"),
        ("펌프", "short"),
        ("변압기 철심에서 열이 많이 나서 효율이 떨어집니다.", ""),
    ],
)
def test_own_text_may_keep_a_need_from_having_matches(text, why):
    assert why_no_match(Demand(title=text)) == why


def test_list_counts_published_technologies_that_are_not_marked():
    demand, bare = DemandFactory(), DemandFactory()
    MatchFactory.create_batch(2, demand=demand)
    FeedbackFactory(demand=demand, technology=MatchFactory(demand=demand).technology)
    MatchFactory(demand=demand, technology=TechnologyFactory(state=TechnologyState.ON_HOLD))
    found = with_match_counts(Demand.objects.filter(pk__in=[demand.pk, bare.pk]))
    assert {row: row.match_count for row in found} == {demand: 2, bare: 0}


def test_lists_are_kept_for_open_demands_and_for_profiles():
    for state in DemandState:
        DemandFactory(state=state)
    CompanyProfileFactory()
    assert scored_needs_count() == 2


def test_rescoring_takes_as_long_as_the_last_run_that_ended():
    assert rescoring_seconds(10) == 10 * SECONDS_PER_NEED
    for state, seconds in (("finished", 20), ("finished", 40), ("stopped", 999)):
        run = make_run(parts=0, state=state)
        ScoringRun.objects.filter(pk=run.pk).update(ended_at=run.started_at + timedelta(seconds=seconds))
    # Ten needs in forty seconds.
    assert rescoring_seconds(5) == 20


def test_without_a_run_there_is_no_progress():
    make_run(parts=2, done=2, state="finished")
    assert progress_of_run() is None


def test_run_tells_its_parts_and_when_the_rest_may_be_done():
    run = make_run(parts=5, done=2)
    before = timezone.now()
    progress = progress_of_run()
    assert (progress.run, progress.label, progress.done, progress.total) == (run, PartStep.COMPARE.label, 2, 5)
    # Ten seconds each, on several lanes.
    assert timedelta(0) < progress.ends_at - before <= timedelta(seconds=31)
    run.parts.filter(done_at=None).update(step=PartStep.WRITE)
    assert progress_of_run().label == PartStep.WRITE.label


def test_run_that_has_only_begun_does_not_guess():
    make_run(parts=3)
    progress = progress_of_run()
    assert (progress.done, progress.total, progress.ends_at) == (0, 3, None)
    assert not ScoringRecord.objects.exists()
