from pathlib import Path

import pytest
from django.utils import translation

from kr_ru_platform.words.sizes import file_size

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


@pytest.mark.parametrize(
    ("size", "language", "written"),
    [
        (20 * 1024 * 1024, "ko", "20 MB"),
        (20 * 1024 * 1024, "ru", "20 МБ"),
        (100 * 1024 * 1024, "en", "100 MB"),
        (1536 * 1024, "ko", "1.5 MB"),
        (1536 * 1024, "ru", "1,5 МБ"),
        (10 * 1024, "ko", "10 KB"),
    ],
)
def test_file_size_has_nothing_behind_its_point_that_says_nothing(size, language, written):
    with translation.override(language):
        assert file_size(size).replace("\xa0", " ") == written


def test_every_page_writes_sizes_so():
    assert [path.name for path in TEMPLATES.rglob("*.html") if "filesizeformat" in path.read_text()] == []
