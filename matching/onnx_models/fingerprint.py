"""A name for a model that is another one when its files are: replaced under its name it must not pass for the old.

The name is asked for at every page and the files have gigabytes: they are read once for all processes, and again
when a size or a time of one of them has changed.
"""

import hashlib
import re
import threading
from functools import lru_cache
from pathlib import Path

from django.core.cache import cache

from matching.onnx_models.folder import read_folder

DIGITS = 12
MAX_NAME = 80
# Weights for other programs, and what is for people: beside the model, and no part of it.
NO_PART = {".bin", ".safetensors", ".h5", ".msgpack", ".ot", ".pt", ".gguf", ".md", ".txt", ".json", ".xml", ".model"}

_reading = threading.Lock()
# Name from the root of the folder, bytes, times of its contents and of its entry in nanoseconds.
FileState = tuple[str, int, int, int]


def fingerprint(folder: Path) -> str:
    """`folder-name-0123456789ab`. Raises ModelFolderError or OSError when there is no whole model."""
    state = tuple(_state(path, folder) for path in _parts(folder))
    # Several threads of one page must not all read the same gigabytes.
    with _reading:
        digest = _digest(folder, state)
    name = re.sub(r"[^-.\w]", "_", folder.absolute().name)
    return f"{name[:MAX_NAME]}-{digest}"


def _parts(folder: Path) -> list[Path]:
    """The model with the files of its weights (`model.onnx_data` or one a tensor), the tokenizer, the settings."""
    beside = [path for path in _home(folder).iterdir() if path.is_file() and _may_be_weights(path)]
    settings = [path for path in folder.glob("*.json") if path.is_file()]
    nested = [path for path in folder.glob("*/*.json") if path.is_file()]
    return sorted({*beside, *settings, *nested})


def _home(folder: Path) -> Path:
    return folder if (folder / "model.onnx").is_file() else folder / "onnx"


def _may_be_weights(path: Path) -> bool:
    if path.name.startswith("."):
        return False
    # model_quantized.onnx and its data are other models.
    return path.name.startswith("model.onnx") or (".onnx" not in path.name and path.suffix not in NO_PART)


def _state(path: Path, folder: Path) -> FileState:
    found = path.stat()
    return path.relative_to(folder).as_posix(), found.st_size, found.st_mtime_ns, found.st_ctime_ns


@lru_cache(maxsize=4)
def _digest(folder: Path, state: tuple[FileState, ...]) -> str:
    key = "onnx-" + hashlib.sha256(repr((str(folder.absolute()), state)).encode()).hexdigest()
    if kept := cache.get(key):
        return str(kept)
    total = hashlib.sha256(read_folder(folder).settings.encode())
    for name, *_rest in state:
        with (folder / name).open("rb") as file:
            total.update(f"\n{name} ".encode() + hashlib.file_digest(file, "sha256").digest())
    digest = total.hexdigest()[:DIGITS]
    cache.set(key, digest, timeout=None)
    return digest
