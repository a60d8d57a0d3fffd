import shutil
import tempfile
from pathlib import Path

import pytest

from kr_ru_platform.embedded.layout import BASE_DIR, Layout, ServiceError, reachable


@pytest.mark.parametrize("name", ["long" * 30, "папка 자료", "50%"])
def test_sockets_lie_elsewhere_when_the_folders_name_is_no_address(name: str, tmp_path: Path) -> None:
    layout = Layout(tmp_path / name)
    layout.create()
    assert layout.sockets.parent == Path("/tmp")
    assert Layout(tmp_path / name).sockets == layout.sockets
    layout.sockets.rmdir()


def test_sockets_in_a_folder_of_somebody_else_are_refused(tmp_path: Path) -> None:
    layout = Layout(tmp_path / ("long" * 30))
    layout.sockets.symlink_to(tmp_path)
    with pytest.raises(ServiceError, match="belongs to somebody else"):
        layout.create()
    layout.sockets.unlink()


def test_folders_are_for_their_owner_alone_and_made_once(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "new" / "data")
    for _time in range(2):
        layout.create()
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in layout.data_dir.iterdir() if path.name != "run"}
    assert modes == {"log": "0o700", "mail": "0o700", "media": "0o700", "valkey": "0o700"}
    assert oct(layout.sockets.stat().st_mode & 0o777) == "0o700"


def test_data_folder_that_is_a_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(ServiceError, match="cannot be used: File exists"):
        Layout(tmp_path / "data").create()


@pytest.mark.parametrize(("value", "folder"), [("", BASE_DIR / ".data"), ("/srv/../portal", Path("/portal"))])
def test_data_folder_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch, value: str, folder: Path) -> None:
    monkeypatch.setenv("DATA_DIR", value)
    assert Layout.from_environment() == Layout(folder.resolve())


def test_folder_is_reachable_only_when_all_above_it_are() -> None:
    above = Path(tempfile.mkdtemp())
    folder = above / "inside"
    folder.mkdir(mode=0o755)
    found = []
    for mode in (0o755, 0o700):
        above.chmod(mode)
        found.append((reachable(folder), reachable(folder / "not made yet")))
    shutil.rmtree(above)
    assert found == [(True, True), (False, False)]
