from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching.domain.needs.demands import close_demand, edit_demand, open_demand, set_preferences, write_demand
from matching.enums import DemandState
from matching.models import Demand, Match, ScoringRecord
from matching.scoring.weights import CURRENT, WEIGHTS, preferences_mark, weights_for
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory, record_scoring
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return OrganisationFactory()


@pytest.fixture
def author(company):
    return create_member(organisation=company)


def test_write_demand_new_is_a_draft_in_the_language_of_its_text(company, author):
    demand = write_demand(by=author, organisation=company, data={"problem": "Греется сердечник"})
    assert Demand.objects.values_list(
        "organisation", "written_by", "problem", "language", "state", "revision"
    ).get() == (company.pk, author.pk, "Греется сердечник", "ru", "draft", 1)
    assert demand.history.count() == 1


def test_write_demand_with_the_same_token_makes_one_draft(company, author):
    token = uuid4()
    first = write_demand(by=author, organisation=company, data={"problem": "열"}, draft_token=token)
    again = write_demand(by=author, organisation=company, data={"problem": "열이 난다"}, draft_token=token)
    assert (again.pk, again.problem, again.revision) == (first.pk, "열이 난다", 2)


def test_write_demand_with_an_old_token_does_not_undo_later_writing(company, author):
    token = uuid4()
    demand = write_demand(by=author, organisation=company, data={"problem": "열"}, draft_token=token)
    edit_demand(by=author, organisation=company, data={"problem": "열이 난다"}, demand=demand)
    with pytest.raises(StaleRevisionError):
        write_demand(by=author, organisation=company, data={"problem": "다른 글"}, draft_token=token)
    assert Demand.objects.get().problem == "열이 난다"


def test_write_demand_does_not_find_a_draft_by_somebody_elses_token(company, author):
    token = uuid4()
    write_demand(by=author, organisation=company, data={"problem": "열"}, draft_token=token)
    assert Demand.objects.filter(written_by=UserFactory(), draft_token=token).count() == 0


def test_edit_demand_stale_revision_is_refused(company, author):
    demand = DemandFactory(revision=3)
    with pytest.raises(StaleRevisionError):
        edit_demand(
            by=author,
            organisation=demand.organisation,
            data={"problem": "새 글"},
            demand=demand,
            expected_revision=2,
        )


def test_edit_demand_unchanged_keeps_the_revision_even_from_a_stale_form(author):
    demand = DemandFactory(revision=3)
    saved = edit_demand(
        by=author,
        organisation=demand.organisation,
        data={"problem": demand.problem},
        demand=demand,
        expected_revision=2,
    )
    assert saved.revision == 3


def test_edit_demand_opened_stays_with_its_company_and_keeps_a_title(company, author):
    demand = DemandFactory(problem="철심이 뜨겁다. 손실이 크다.")
    saved = edit_demand(by=author, organisation=company, data={"title": ""}, demand=demand)
    assert (saved.organisation, saved.title) == (demand.organisation, "철심이 뜨겁다")


def test_write_demand_autosave_leaves_no_history(company, author):
    demand = write_demand(by=author, organisation=company, data={"problem": "열"}, keep_history=False)
    assert demand.history.count() == 0


def test_edit_demand_autosave_moves_no_draft(company, author):
    demand = DemandFactory(state=DemandState.DRAFT)
    edit = {"demand": demand, "by": author, "data": {"problem": "새 글"}}
    with pytest.raises(MoveNotAllowedError):
        edit_demand(organisation=company, keep_history=False, **edit)
    assert edit_demand(organisation=demand.organisation, keep_history=False, **edit).problem == "새 글"
    assert edit_demand(organisation=company, **edit).organisation == company


def versions_of(demand):
    return list(demand.history.order_by("history_id").values_list("problem", "history_user", "state"))


def test_autosave_over_what_somebody_else_autosaved_keeps_that_and_who_wrote_it(company, author):
    colleague = create_member(organisation=company)

    def write(text, by, **options):
        return edit_demand(demand=draft, by=by, organisation=company, data={"problem": text}, **options)

    draft = write_demand(by=author, organisation=company, data={"problem": "하나"}, keep_history=False)
    write("하나 둘", author, keep_history=False)
    write("동료", colleague, keep_history=False)
    assert versions_of(draft) == [("하나 둘", author.pk, "draft")]
    write("동료가 더", colleague, keep_history=False)
    write("다시 나", author)
    kept = [("하나 둘", author.pk, "draft"), ("동료가 더", colleague.pk, "draft"), ("다시 나", author.pk, "draft")]
    assert versions_of(draft) == kept
    write("동료 또", colleague, keep_history=False)
    assert versions_of(draft) == kept, "the version that was saved is there already"
    assert open_demand(demand=draft, by=author).revision == 7
    assert versions_of(draft) == [
        *kept,
        ("동료 또", colleague.pk, "draft"),
        ("동료 또", author.pk, "open"),
    ]


def test_open_demand_takes_a_title_from_the_problem_and_asks_for_scoring(author):
    demand = DemandFactory(state=DemandState.DRAFT, title="", problem="철심이 뜨겁다. 손실이 크다.", revision=4)
    opened = open_demand(demand=demand, by=author)
    assert (opened.state, opened.title, opened.revision) == ("open", "철심이 뜨겁다", 5)
    assert opened.opened_at is not None


@pytest.mark.parametrize(("state", "problem"), [(DemandState.DRAFT, " "), (DemandState.OPEN, "열이 난다")])
def test_open_demand_refuses_an_empty_or_open_one(author, state, problem):
    demand = DemandFactory(state=state, problem=problem)
    with pytest.raises(MoveNotAllowedError):
        open_demand(demand=demand, by=author)


def test_close_demand_and_open_again(author):
    demand = DemandFactory(revision=1)
    assert close_demand(demand=demand, by=author).state == "closed"
    reopened = open_demand(demand=demand, by=author)
    assert (reopened.state, reopened.revision) == ("open", 2)


def test_close_demand_refuses_a_draft(author):
    with pytest.raises(MoveNotAllowedError):
        close_demand(demand=DemandFactory(state=DemandState.DRAFT), by=author)


def test_write_demand_with_the_token_of_a_company_left_since_touches_nothing_of_it(company):
    former, token = UserFactory(), uuid4()
    theirs = DemandFactory(organisation=company, written_by=former, draft_token=token, problem="비밀")
    now = create_member(user=former).memberships.get().organisation
    made = write_demand(
        by=former, organisation=now, data={"problem": "다른 글"}, draft_token=token, expected_revision=1
    )
    theirs.refresh_from_db()
    assert (theirs.problem, theirs.organisation, made.organisation, made.draft_token) == ("비밀", company, now, None)


def part(code, value, weight):
    return {"code": code, "value": value, "weight": weight, "contribution": round(value * weight, 6), "evidence": {}}


def make_match(demand, *, meaning, readiness, version=f"{CURRENT}-use/3-aaaa"):
    values = {"meaning": meaning, "readiness": readiness}
    components = [part(code, value, WEIGHTS[CURRENT][code]) for code, value in values.items()]
    score = sum(one["contribution"] for one in components)
    return MatchFactory(demand=demand, components=components, score=score, scorer_version=version)


def test_set_preferences_puts_the_matches_in_another_order_at_once(author):
    demand = DemandFactory(revision=4)
    near, ready = make_match(demand, meaning=0.9, readiness=0.0), make_match(demand, meaning=0.7, readiness=1.0)
    near_before = Match.objects.get(pk=near.pk)
    assert list(demand.matches.ranked()) == [near, ready]
    asked = {"readiness": "more", "meaning": "less", "field": "normal"}
    saved = set_preferences(demand=demand, by=author, preferences=asked)
    assert (saved.preferences, saved.revision) == ({"readiness": "more", "meaning": "less"}, 5)
    weights = weights_for(saved.preferences, WEIGHTS[CURRENT])
    found = list(demand.matches.ranked())
    assert found == [ready, near]
    assert [match.score for match in found] == pytest.approx(
        [0.7 * weights["meaning"] + weights["readiness"], 0.9 * weights["meaning"]], abs=1e-6
    )
    assert found[0].scorer_version == f"{CURRENT}-use/3-aaaa" + preferences_mark(saved.preferences)
    set_preferences(demand=saved, by=author, preferences={})
    again = Match.objects.get(pk=near.pk)
    assert (again.score, again.components, again.scorer_version) == (
        near_before.score,
        near_before.components,
        f"{CURRENT}-use/3-aaaa",
    )


def test_set_preferences_leaves_scores_of_unknown_weights_to_the_worker(author):
    demand = DemandFactory()
    old = make_match(demand, meaning=0.9, readiness=0.0, version="v0-use/3-aaaa")
    set_preferences(demand=demand, by=author, preferences={"readiness": "more"})
    assert Match.objects.values_list("score", "scorer_version").get() == (old.score, "v0-use/3-aaaa")


def test_set_preferences_keeps_who_asked_for_what(author):
    demand = DemandFactory()
    set_preferences(demand=demand, by=author, preferences={"field": "more"})
    set_preferences(demand=demand, by=author, preferences={"field": "more"})
    assert list(demand.history.values_list("preferences", "history_user").order_by("history_id")) == [
        ({}, None),
        ({"field": "more"}, author.pk),
    ]


@pytest.mark.parametrize("preferences", [{"colour": "more"}, {"field": "most"}])
def test_set_preferences_takes_known_codes_only(author, preferences):
    demand = DemandFactory()
    with pytest.raises(ValueError, match=next(iter(preferences))):
        set_preferences(demand=demand, by=author, preferences=preferences)


@pytest.mark.parametrize("state", [DemandState.DRAFT, DemandState.CLOSED])
def test_set_preferences_is_for_open_demands(author, state):
    with pytest.raises(MoveNotAllowedError):
        set_preferences(demand=DemandFactory(state=state), by=author, preferences={"field": "more"})


def is_somebody_waiting():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_set_preferences_and_a_worker_that_has_the_demand_in_hand_do_not_block_each_other():
    demand, technology, user = DemandFactory(), TechnologyFactory(), UserFactory()
    record_scoring(demand=demand)
    has_begun, is_done = Event(), Event()

    def score():
        try:
            with transaction.atomic():
                ScoringRecord.objects.select_for_update().get(demand=demand)
                has_begun.set()
                while not is_somebody_waiting() and not is_done.is_set():
                    pass
                MatchFactory(demand=demand, technology=technology)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        scored = worker.submit(score)
        has_begun.wait()
        saved = set_preferences(demand=demand, by=user, preferences={"readiness": "more"})
        is_done.set()
        scored.result()
    (match,) = Match.objects.all()
    assert match.scorer_version.endswith(preferences_mark(saved.preferences))
