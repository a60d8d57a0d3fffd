from pathlib import Path

import pytest

from kr_ru_platform.embedded import postgres
from kr_ru_platform.embedded.layout import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path / "data")
    layout.create()
    return layout


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A data folder whose server has been stopped; each test leaves it so."""
    layout = Layout(tmp_path_factory.mktemp("server") / "data")
    layout.create()
    postgres.start(layout, durable=False).stop(postgres.STOP)
    return layout
