"""Names of models: another one for other files, and gigabytes are not read at every page."""

import os
from pathlib import Path

import pytest
from django.core.cache import cache

from matching.onnx_models import fingerprint as module
from matching.onnx_models.fingerprint import fingerprint
from matching.onnx_models.folder import ModelFolderError
from tests.matching.onnx_models.tiny_model import model_bytes, write_model


@pytest.fixture(autouse=True)
def nothing_known_yet() -> None:
    cache.clear()
    module._digest.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_model(tmp_path / "bge-m3")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read whole."""
    read: list[str] = []
    digest = module.hashlib.file_digest

    def noted(file: object, kind: str) -> object:
        read.append(Path(file.name).name)  # type: ignore[attr-defined]
        return digest(file, kind)  # type: ignore[arg-type]

    monkeypatch.setattr(module.hashlib, "file_digest", noted)
    return read


def test_name_is_of_the_folder_and_of_what_is_in_it(folder: Path, tmp_path: Path) -> None:
    name = fingerprint(folder)
    assert (name[:7], len(name), str(tmp_path) in name) == ("bge-m3-", 19, False)
    assert fingerprint(write_model(tmp_path / "other" / "bge-m3")) == name
    assert fingerprint(write_model(tmp_path / "my | model")) == f"my___model-{name[7:]}"
    assert len(fingerprint(write_model(tmp_path / ("long" * 50)))) < 100


@pytest.mark.parametrize(
    "changed", ["onnx/model.onnx", "onnx/model.onnx_data", "onnx/layer.0.weight", "tokenizer.json", "config.json"]
)
def test_another_file_is_another_model(folder: Path, changed: str) -> None:
    for name in ("onnx/model.onnx_data", "onnx/layer.0.weight"):
        (folder / name).write_bytes(b"weights")
    before = fingerprint(folder)
    path = folder / changed
    known = path.stat()
    path.write_bytes(path.read_bytes().replace(b"0", b"7").replace(b"w", b"v"))
    # As large as before, and as a copy with the old times would leave it.
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert fingerprint(folder) != before


def test_another_way_of_pooling_is_another_model(folder: Path) -> None:
    before = fingerprint(folder)
    write_model(folder, {"1_Pooling/config.json": {"pooling_mode_cls_token": True}})
    assert fingerprint(folder) != before


def test_what_is_no_part_of_the_model_changes_nothing(folder: Path) -> None:
    before = fingerprint(folder)
    for name in ("README.md", "pytorch_model.bin", "onnx/model_quantized.onnx", "onnx/model_O4.onnx_data", ".cache"):
        (folder / name).write_bytes(b"other")
    assert fingerprint(folder) == before


def test_files_are_read_once_for_all_processes(folder: Path, opened: list[str]) -> None:
    name = fingerprint(folder)
    first = len(opened)
    assert (fingerprint(folder), "model.onnx" in opened, len(opened)) == (name, True, first)
    # Another process, with the same cache.
    module._digest.cache_clear()
    assert (fingerprint(folder), len(opened)) == (name, first)
    (folder / "onnx" / "model.onnx").write_bytes(model_bytes(seed=2))
    assert (fingerprint(folder) != name, len(opened)) == (True, 2 * first)


def test_a_folder_that_is_not_whole_has_no_name(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelFolderError):
        fingerprint(folder)
    with pytest.raises(OSError):
        fingerprint(folder / "none")
