"""The engine without its heavy parts, and without a clock."""

import pytest

from matching import embedding
from matching.domain import sweeping
from tests.matching.fake_embedder import FakeEmbedder


@pytest.fixture
def fake_embedder(monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    """In place of the configured encoder."""
    fake = FakeEmbedder()
    monkeypatch.setattr(embedding, "_load", lambda setting: fake)
    return fake


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep is cut off by its work, not by a slow machine."""
    monkeypatch.setattr(sweeping, "SECONDS", float("inf"))
