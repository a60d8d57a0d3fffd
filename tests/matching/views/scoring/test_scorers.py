"""Pages on which people compare versions of the scorer and switch."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from matching.domain.matches.scorers import active_scorer, switch_scorer
from matching.models import Demand, Match, ScorerSwitch
from matching.scoring.weights import CURRENT, SCORERS, WEIGHTS
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory
from tests.factories.membership import create_member
from tests.factories.scorer import ScorerVersionFactory
from tests.factories.user import UserFactory, create_programme_admin

pytestmark = pytest.mark.django_db
FIGURES = {
    "decisions": 80,
    "wanted": 30,
    "needs": 20,
    "folds": 5,
    "base": CURRENT,
    "present": {"auc": 0.61, "log_loss": 0.7, "place": 3.2},
    "proposed": {"auc": 0.74, "log_loss": 0.6, "place": 2.1},
    "gain": {"auc": [0.13, 0.04, 0.2], "log_loss": [0.1, 0.02, 0.15]},
}


@pytest.fixture
def admin(client: Client) -> User:
    user = create_programme_admin()
    client.force_login(user)
    return user


def scored(demand: Demand, **values: float) -> Match:
    parts = [{"code": code, "value": values.get(code, 0.5), "evidence": {}} for code in WEIGHTS[CURRENT]]
    return MatchFactory(demand=demand, components=parts, scorer_version=f"{CURRENT}-use/3-aaaa")


def page(client: Client, name: str, *args: str) -> Any:
    return client.get(reverse(name, args=args))


def use(client: Client, name: str, **data: str) -> Any:
    return client.post(reverse("scorer_switch", args=[name]), data, follow=True)


def tones(answer: Any) -> list[str]:
    return [message.level_tag for message in answer.context["messages"]]


def test_the_list_shows_the_newest_first_and_marks_the_one_in_use(client: Client, staff: User) -> None:
    version = ScorerVersionFactory(figures=FIGURES)
    switch_scorer(to=version.name, by=staff)
    rows = page(client, "scorer_list").context["rows"]
    names = [version.name, *sorted(SCORERS, reverse=True)]
    assert [(row.scorer.name, row.is_active) for row in rows] == [(name, name == version.name) for name in names]
    assert (rows[0].last_switch.switched_by, rows[1].last_switch) == (staff, None)


def test_a_version_that_came_with_the_code_is_listed_once(client: Client, staff: User) -> None:
    for name in ("v1", CURRENT):
        switch_scorer(to=name, by=staff)
    switch_scorer(to="v1", by=staff)
    answer = page(client, "scorer_list")
    assert [row.scorer.name for row in answer.context["rows"]] == sorted(SCORERS, reverse=True)
    assert [row.made_at for row in answer.context["rows"]] == [None] * len(SCORERS)
    assert [switch.version.name for switch in answer.context["switches"]] == ["v1", CURRENT, "v1"]


def test_a_version_whose_formula_is_gone_is_listed_without_a_page(client: Client, staff: User) -> None:
    ScorerVersionFactory(name="v0.1", formula="v0")
    assert page(client, "scorer_list").context["rows"][-1].is_usable is False
    assert page(client, "scorer_detail", "v0.1").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_with_more_versions(
    client: Client, staff: User, django_assert_num_queries: Any, rows: int
) -> None:
    for version in ScorerVersionFactory.create_batch(rows):
        switch_scorer(to=version.name, by=staff)
    with django_assert_num_queries(5):
        page(client, "scorer_list")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_comparison_takes_as_many_queries_with_more_demands(
    client: Client, staff: User, django_assert_num_queries: Any, rows: int
) -> None:
    version = ScorerVersionFactory(figures=FIGURES)
    for _ in range(rows):
        demand = DemandFactory()
        scored(demand, meaning=0.9), scored(demand, readiness=0.9)
    with django_assert_num_queries(12):
        page(client, "scorer_detail", version.name)


def test_the_page_tells_what_moves_on_the_live_catalogue(client: Client, staff: User) -> None:
    version, demand = ScorerVersionFactory(figures=FIGURES), DemandFactory()
    near, ready = scored(demand, meaning=0.9, readiness=0.4), scored(demand, readiness=0.9)
    answer = page(client, "scorer_detail", version.name)
    found, moves = answer.context["comparison"], answer.context["moves"]
    assert (found.demands_count, found.first_changed_percent, found.overlap_percent) == (1, 100, 100)
    assert [(row.technology, row.move.before, row.move.after) for row in moves] == [
        (near.technology, 1, 2),
        (ready.technology, 2, 1),
    ]
    text = answer.content.decode()
    assert reverse("demand_detail", args=[demand.pk]) in text
    # Staff may compare; the switch is a programme manager's.
    assert reverse("scorer_switch", args=[version.name]) not in text


def test_the_one_in_use_is_not_compared_with_itself(client: Client, admin: User) -> None:
    answer = page(client, "scorer_detail", CURRENT)
    assert answer.context["comparison"] is None
    assert reverse("scorer_switch", args=[CURRENT]) not in answer.content.decode()


def test_a_programme_manager_is_told_what_happens_and_switches(client: Client, admin: User) -> None:
    version = ScorerVersionFactory()
    DemandFactory(), DemandFactory(state="closed"), CompanyProfileFactory()
    asked = page(client, "scorer_switch", version.name)
    assert (asked.context["needs"], active_scorer().name) == (2, CURRENT)
    answer = use(client, version.name, active=asked.context["form"]["active"].value())
    assert (tones(answer), active_scorer().name) == (["success"], version.name)
    switch = ScorerSwitch.objects.get()
    assert (switch.version, switch.switched_by) == (version, admin)
    back = page(client, "scorer_switch", CURRENT)
    use(client, CURRENT, active=back.context["form"]["active"].value())
    assert active_scorer() == SCORERS[CURRENT]


def test_sent_twice_it_is_switched_once(client: Client, admin: User) -> None:
    version = ScorerVersionFactory()
    answers = [use(client, version.name, active=CURRENT) for _ in range(2)]
    assert [tones(answer) for answer in answers] == [["success"], ["info"]]
    assert ScorerSwitch.objects.count() == 1


def test_who_was_asked_about_another_version_is_told_and_nothing_is_switched(client: Client, admin: User) -> None:
    version = ScorerVersionFactory()
    switch_scorer(to="v1", by=UserFactory())
    answer = use(client, version.name, active=CURRENT)
    assert (tones(answer), active_scorer().name) == (["error"], "v1")


def test_an_unreadable_form_switches_nothing(client: Client, admin: User) -> None:
    answer = use(client, ScorerVersionFactory().name)
    assert (answer.status_code, active_scorer()) == (200, SCORERS[CURRENT])


def test_staff_cannot_switch(client: Client, staff: User) -> None:
    assert use(client, ScorerVersionFactory().name, active=CURRENT).status_code == 403
    assert ScorerSwitch.objects.count() == 0


# On the page of a match


@pytest.mark.parametrize(("version", "is_linked"), [(CURRENT, True), ("v1", True), ("v0.9", False)])
def test_a_match_tells_the_version_that_scored_it(client: Client, staff: User, version: str, is_linked: bool) -> None:
    match = MatchFactory(scorer_version=f"{version}-use/3-aaaa")
    text = scorer_words(page(client, "match_detail", str(match.pk)))
    assert (version in text, reverse("scorer_detail", args=[version]) in text) == (True, is_linked)


def test_a_company_is_told_the_version_without_a_link(client: Client) -> None:
    match = MatchFactory()
    client.force_login(create_member(organisation=match.demand.organisation))
    text = scorer_words(page(client, "match_detail", str(match.pk)))
    assert ("v1" in text, "/curation/scorers/" in text) == (True, False)


def scorer_words(answer: Any) -> str:
    """The sentence that says which version it was."""
    return str(answer.content.decode().partition('id="scorer"')[2].partition("</p>")[0])


@pytest.mark.parametrize(("is_own", "words"), [(True, "다른 창에서"), (False, "다른 사람이")])
def test_switch_after_a_switch_in_another_window_says_whose_it_was(
    client: Client, admin: User, is_own: bool, words: str
) -> None:
    first, second = ScorerVersionFactory(), ScorerVersionFactory()
    switch_scorer(to=first.name, by=admin if is_own else create_programme_admin())
    address = reverse("scorer_switch", args=[second.name])
    answer = client.post(address, {"active": CURRENT}, follow=True)
    assert words in " ".join(str(message) for message in answer.context["messages"])
    assert active_scorer().name == first.name
