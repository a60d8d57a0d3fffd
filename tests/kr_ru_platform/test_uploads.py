from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def test_stored_files_are_closed_to_other_people_of_the_machine(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("requests/a.txt", ContentFile(b"text"))
    modes = [oct(path.stat().st_mode & 0o777) for path in (tmp_path / "requests", tmp_path / "requests" / "a.txt")]
    assert modes == ["0o750", "0o640"]
