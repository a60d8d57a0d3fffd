import pytest
from django.urls import reverse

from matching.domain.runs import scoring_runs
from matching.models import ScoringRun
from tests.factories.scoring_run import make_run
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    client.force_login(create_staff())
    return lambda: client.get(reverse("scoring_run_list"))


def test_page_shows_how_far_a_run_is_and_asks_again(page):
    make_run(parts=4, done=1)
    answer = page()
    progress = answer.context["progress"]
    assert (progress.done, progress.total, progress.ends_at is not None) == (1, 4, True)
    assert 'hx-trigger="every 2s"' in answer.content.decode()


def test_page_without_a_run_says_what_is_waiting_and_asks_no_more(page, monkeypatch):
    monkeypatch.setattr("matching.views.scoring.scoring_runs.stale_needs", lambda: ScoringRun.objects.none())
    monkeypatch.setattr("matching.views.scoring.scoring_runs.unscored_technologies", lambda: ScoringRun.objects.none())
    make_run(parts=2, done=2, state="finished")
    answer = page()
    assert (answer.context["progress"], len(answer.context["runs"])) == (None, 1)
    assert "every 2s" not in answer.content.decode()


def test_only_administrators_may_start(client, monkeypatch):
    monkeypatch.setattr(scoring_runs, "start_run", lambda by: make_run(parts=1))
    seen = []
    for user in (create_staff(), create_programme_admin()):
        client.force_login(user)
        seen.append((client.get(reverse("scoring_run_start")).status_code, ScoringRun.objects.count()))
        client.post(reverse("scoring_run_start"))
        seen.append(ScoringRun.objects.count())
    assert seen == [(403, 0), 0, (200, 0), 1]


def test_start_with_nothing_changed_says_so(client, monkeypatch):
    monkeypatch.setattr(scoring_runs, "start_run", lambda by: None)
    client.force_login(create_programme_admin())
    answer = client.post(reverse("scoring_run_start"), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["info"]
