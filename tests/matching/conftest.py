"""The engine without its heavy parts, and without a clock."""

from collections.abc import Iterator

import numpy as np
import pytest
from django.db import connection

from matching import embedding
from matching.domain import sweeping
from matching.domain.index import need_telling
from matching.scoring.background.telling import SentenceModel
from tests.matching.fake_embedder import FakeEmbedder


@pytest.fixture
def fake_embedder(monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    """In place of the configured encoder."""
    fake = FakeEmbedder()
    monkeypatch.setattr(embedding, "_load", lambda setting: fake)
    # Every sentence is the need: what tells them apart has vectors of its own.
    monkeypatch.setattr(need_telling, "sentence_model", lambda embedder: SentenceModel(np.zeros(fake.dimension), 9.0))
    return fake


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep is cut off by its work, not by a slow machine."""
    monkeypatch.setattr(sweeping, "SECONDS", float("inf"))


@pytest.fixture
def indexes_of_near_vectors() -> Iterator[None]:
    """For tests that make them: emptying the tables leaves the indexes to whoever comes next."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'near\\_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
