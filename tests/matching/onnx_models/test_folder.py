"""What a folder says of itself, as the hubs' folders of BGE-M3, E5 and others are laid out."""

from pathlib import Path

import pytest

from matching.onnx_models.folder import MAX_TOKENS, ModelFolderError, read_folder
from tests.matching.onnx_models.tiny_model import write_model

CLS = {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
MEAN = {"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}
XLM_ROBERTA = {"model_type": "xlm-roberta", "pad_token_id": 1, "max_position_embeddings": 514}
POOLING, PROMPTS = "1_Pooling/config.json", "config_sentence_transformers.json"
E5_PROMPTS = {"prompts": {"query": "query: ", "passage": "passage: "}}


def told(folder: Path) -> tuple[str, str, int, int]:
    found = read_folder(folder)
    return found.pooling, found.prefix, found.max_tokens, found.padding


def test_bge_m3(tmp_path: Path) -> None:
    kinds = ("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize")
    files = {
        "config.json": XLM_ROBERTA | {"max_position_embeddings": 8194},
        "modules.json": [{"type": f"sentence_transformers.models.{kind}", "path": path} for kind, path in kinds],
        "sentence_bert_config.json": {"max_seq_length": 8192},
        POOLING: CLS,
    }
    assert told(write_model(tmp_path / "bge-m3", files)) == ("cls", "", MAX_TOKENS, 1)
    # As copied by those who left the further files out.
    files |= {"modules.json": None, POOLING: None}
    assert told(write_model(tmp_path / "copy" / "bge-m3", files)) == ("cls", "", MAX_TOKENS, 1)


def test_multilingual_e5_large(tmp_path: Path) -> None:
    files = {"config.json": XLM_ROBERTA, "tokenizer_config.json": {"model_max_length": 10**30}, POOLING: MEAN}
    assert told(write_model(tmp_path / "multilingual-e5-large", files)) == ("mean", "query: ", 512, 1)
    # Under another name it is known by what it was made from, or by its prompts.
    files |= {POOLING: None, "config.json": XLM_ROBERTA | {"_name_or_path": "intfloat/multilingual-e5-large"}}
    assert told(write_model(tmp_path / "large", files)) == ("mean", "query: ", 512, 1)
    files |= {POOLING: {"pooling_mode": "mean"}, "config.json": XLM_ROBERTA, PROMPTS: E5_PROMPTS}
    assert told(write_model(tmp_path / "other", files)) == ("mean", "query: ", 512, 1)


def test_prefix_is_the_one_meant_for_every_text(tmp_path: Path) -> None:
    asymmetric = {"prompts": {"query": "Represent this sentence: "}, "default_prompt_name": None}
    assert read_folder(write_model(tmp_path / "arctic", {PROMPTS: asymmetric})).prefix == ""
    named = {"prompts": {"STS": "task: similarity | "}, "default_prompt_name": "STS"}
    assert read_folder(write_model(tmp_path / "gemma", {PROMPTS: named})).prefix == "task: similarity | "
    # Its instructions stand before queries alone.
    assert read_folder(write_model(tmp_path / "multilingual-e5-large-instruct")).prefix == ""
    assert read_folder(write_model(tmp_path / "model-e500")).prefix == ""


def test_length_is_the_shortest_that_is_said(tmp_path: Path) -> None:
    assert read_folder(write_model(tmp_path / "silent")).max_tokens == 512
    files = {"sentence_bert_config.json": {"max_seq_length": 128}, "tokenizer_config.json": {"model_max_length": 512}}
    assert read_folder(write_model(tmp_path / "said", files)).max_tokens == 128


def test_model_stands_alone_or_in_a_folder_of_its_own(tmp_path: Path) -> None:
    assert read_folder(write_model(tmp_path / "a")).model == tmp_path / "a" / "onnx" / "model.onnx"
    assert read_folder(write_model(tmp_path / "b", at=".")).model == tmp_path / "b" / "model.onnx"


def test_who_says_nothing_of_pooling_leaves_it_to_the_model(tmp_path: Path) -> None:
    assert read_folder(write_model(tmp_path / "model", {POOLING: None})).pooling == ""


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({POOLING: {"pooling_mode_max_tokens": True}}, "asks for pooling_mode_max_tokens; only cls and mean"),
        ({POOLING: {"pooling_mode": "lasttoken"}}, "asks for lasttoken; only cls and mean"),
        ({POOLING: {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True}}, "only cls and mean"),
        ({POOLING: MEAN | {"include_prompt": False}}, "leaves the prompt out"),
        ({"modules.json": [{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]}, "asks for Dense"),
        ({PROMPTS: {"prompts": {}, "default_prompt_name": "query"}}, "has no prompt of the name query"),
    ],
)
def test_what_is_not_done_here_is_said(tmp_path: Path, files: dict[str, object], message: str) -> None:
    with pytest.raises(ModelFolderError, match=message):
        read_folder(write_model(tmp_path / "model", files))


def test_what_is_missing_or_broken_is_said_without_the_path(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    said = []
    for broken in ("", "onnx/model.onnx", "tokenizer.json", "config.json"):
        if broken:
            write_model(folder)
            (folder / broken).unlink()
        if broken == "config.json":
            (folder / broken).write_text("version https")
        with pytest.raises(ModelFolderError) as raised:
            read_folder(folder)
        said.append(str(raised.value))
    assert said == [
        "there is no such folder; copy the model's folder there, or correct EMBEDDER",
        "the folder has no model.onnx or onnx/model.onnx; copy it from where the model comes from",
        "the folder has no tokenizer.json or onnx/tokenizer.json; copy it from where the model comes from",
        "config.json is no JSON; copy it again",
    ]
