"""onnxruntime on a real model, though a tiny one."""

from pathlib import Path

import numpy as np
import pytest

from matching.onnx_models.folder import ModelFolderError
from tests.matching.onnx_models.tiny_model import WORDS, model_bytes, write_model

pytest.importorskip("onnxruntime", reason="needs the extra: pip install -c constraints.txt -e '.[onnx]'")

from matching.onnx_models import model as module
from matching.onnx_models.model import OnnxModel, batches, providers

POOLING, PROMPTS = "1_Pooling/config.json", "config_sentence_transformers.json"
CLS = {POOLING: {"pooling_mode_cls_token": True}}
TEXTS = ["сорбент никель", "лазер", "печь сплав вода " * 5, "никель резка"]


def table(*words: str) -> np.ndarray:
    """Rows of the model's own table."""
    rows = np.random.default_rng(1).normal(size=(len(WORDS), 6)).astype(np.float32)
    return rows[[WORDS.index(word) for word in ("[CLS]", *words, "[SEP]")]]


def test_mean_is_of_all_tokens_and_cls_of_the_first(tmp_path: Path) -> None:
    rows = table("сорбент", "никель")
    mean = OnnxModel(write_model(tmp_path / "mean"), 1).encode(["Сорбент никель"])
    assert np.allclose(mean, [2 * rows.mean(axis=0)], atol=1e-6)
    first = OnnxModel(write_model(tmp_path / "cls", CLS), 1).encode(["Сорбент никель"])
    assert np.allclose(first, [rows[0] + rows.mean(axis=0)], atol=1e-6)
    assert (mean.dtype, mean.shape) == (np.float32, (1, 6))


@pytest.mark.parametrize("files", [{}, CLS], ids=["mean", "cls"])
def test_what_stands_beside_a_text_changes_nothing(
    tmp_path: Path, files: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = OnnxModel(write_model(tmp_path / "model", files), 1)
    together = model.encode(TEXTS)
    alone = np.vstack([model.encode([text]) for text in TEXTS])
    monkeypatch.setattr(module, "TOKENS_AT_ONCE", 20)
    assert np.allclose(together, alone, atol=1e-6)
    assert np.allclose(together, model.encode(TEXTS), atol=1e-6)
    assert np.array_equal(model.encode(TEXTS), model.encode(TEXTS))


def test_long_texts_are_cut(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model", {"sentence_bert_config.json": {"max_seq_length": 4}})
    cut, whole = OnnxModel(folder, 1).encode(["печь сплав вода лазер", "печь сплав"])
    assert np.array_equal(cut, whole)


def test_prefix_stands_before_every_text_and_is_not_cut_off(tmp_path: Path) -> None:
    files = {"sentence_bert_config.json": {"max_seq_length": 5}}
    found = OnnxModel(write_model(tmp_path / "e5-small", files), 1).encode(["вода печь печь"])
    assert np.allclose(found, [2 * table("query", ":", "вода").mean(axis=0)], atol=1e-6)


def test_a_model_that_pools_by_itself_is_left_to_it(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model", {POOLING: None}, model=model_bytes(output="sentence_embedding"), at=".")
    assert np.allclose(OnnxModel(folder, 1).encode(["вода"]), [table("вода").mean(axis=0)], atol=1e-6)
    # Of a single output the name says nothing.
    (folder / "model.onnx").write_bytes(model_bytes(output="dense"))
    write_model(folder, model=model_bytes(output="dense"), at=".")
    assert np.allclose(OnnxModel(folder, 1).encode(["вода"]), [2 * table("вода").mean(axis=0)], atol=1e-6)


def test_batches_are_bounded_by_what_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOKENS_AT_ONCE", 20)
    monkeypatch.setattr(module, "PAIRS_AT_ONCE", 100)
    assert list(batches([30, 4, 10, 5, 5, 4, 10])) == [[1, 5, 3, 4], [2], [6], [0]]
    assert list(batches([])) == []
    monkeypatch.undo()
    # One text of any length that is read goes through; passages of 60 words go by dozens.
    assert list(batches([2_048] * 2)) == [[0], [1]]
    assert max(map(len, batches([80] * 300))) == 102


def test_a_graphics_card_is_used_where_there_is_one() -> None:
    assert providers(["AzureExecutionProvider", "CPUExecutionProvider"]) == ["CPUExecutionProvider"]
    assert providers(["CPUExecutionProvider", "CUDAExecutionProvider"]) == [
        "CUDAExecutionProvider",
        "CPUExecutionProvider",
    ]


@pytest.mark.parametrize(
    ("model", "files", "message"),
    [
        (model_bytes(output="hidden_4d"), {}, "gives 1 × 1 × 3 × 6 numbers for 1 × 3 tokens; export it"),
        (model_bytes(inputs="input_ids attention_mask position_ids"), {}, "wants position_ids; export it"),
        (model_bytes(), {POOLING: None}, "copy 1_Pooling/config.json from where the model comes from"),
    ],
    ids=["output", "input", "pooling"],
)
def test_what_cannot_be_used_says_what_to_do(
    tmp_path: Path, model: bytes, files: dict[str, object], message: str
) -> None:
    with pytest.raises(ModelFolderError, match=message):
        OnnxModel(write_model(tmp_path / "model", files, model=model), 1)


def test_several_outputs_of_which_none_is_known_say_what_is_looked_for() -> None:
    assert module._output(["logits", "last_hidden_state", "sentence_embedding"], "cls") == "last_hidden_state"
    assert module._output(["token_embeddings", "sentence_embedding"], "") == "sentence_embedding"
    with pytest.raises(ModelFolderError, match="gives logits, pooler_output, but neither last_hidden_state nor"):
        module._output(["logits", "pooler_output"], "mean")
