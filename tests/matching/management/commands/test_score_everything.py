"""Real processes on the test's database."""

import json
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import matchmaking
from matching.domain.runs import scoring_runs
from matching.models import Match
from tests.factories.catalogue import make_needs, make_technologies
from tests.matching.fake_embedder import FakeEmbedder
from tests.services import test_database_url


def score_everything(*options: str) -> dict[str, object]:
    out = StringIO()
    call_command("score_everything", "--workers", "2", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db(transaction=True)
def test_processes_share_the_parts_of_a_run(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring_runs, "TECHNOLOGIES_PER_PART", 10)
    monkeypatch.setattr(sys, "argv", ["manage.py"])
    monkeypatch.setenv("DATABASE_URL", test_database_url(connection.settings_dict))
    make_technologies(30)
    make_needs(4)
    matchmaking.add_missing_records()
    refresh_space(encoder=index_encoder())
    found = score_everything()
    assert (found["state"], found["pairs"], found["matches_changed"]) == ("finished", 120, Match.objects.count())
    assert score_everything()["is_unchanged"]
    assert score_everything("--anew")["matches_changed"] == 0
