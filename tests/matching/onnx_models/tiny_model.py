"""A real model of a few hundred bytes: the format's own fields, written without a library for them.

Each token's vector is its row of a table plus the mean of all attended tokens, so that, as in large models, the
vector of any token depends on the whole text and on what is masked.
"""

import json
from pathlib import Path

import numpy as np

WORDS = "[PAD] [UNK] [CLS] [SEP] query : сорбент никель лазер резка печь сплав вода".split()
INT64, FLOAT = 7, 1
MINILM: dict[str, object] = {
    "config.json": {"pad_token_id": 0},
    "1_Pooling/config.json": {"pooling_mode_mean_tokens": True},
}


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _piece(field: int, value: bytes | str) -> bytes:
    value = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    low = b""
    while value > 127:
        low += bytes([value & 127 | 128])
        value >>= 7
    return low + bytes([value])


def _node(kind: str, inputs: str, output: str, *attributes: bytes) -> bytes:
    return _piece(
        1,
        b"".join(_piece(1, name) for name in inputs.split())
        + _piece(2, output)
        + _piece(4, kind)
        + b"".join(_piece(5, attribute) for attribute in attributes),
    )


def _attribute(name: str, value: int) -> bytes:
    return _piece(1, name) + _number(3, value) + _number(20, 2)


def _constant(name: str, values: np.ndarray, kind: int) -> bytes:
    shape = b"".join(_number(1, size) for size in values.shape)
    return _piece(5, shape + _number(2, kind) + _piece(8, name) + _piece(9, values.tobytes()))


def _value(name: str, kind: int, *axes: str) -> bytes:
    shape = b"".join(_piece(1, _piece(2, axis)) for axis in axes)
    return _piece(1, name) + _piece(2, _piece(1, _number(1, kind) + _piece(2, shape)))


def model_bytes(*, output: str = "last_hidden_state", inputs: str = "input_ids attention_mask", seed: int = 1) -> bytes:
    """`output`: "sentence_embedding" is one vector a text, any other name one a token; one in 4d has too many axes."""
    table = np.random.default_rng(seed).normal(size=(len(WORDS), 6)).astype(np.float32)
    last = {"sentence_embedding": ("Squeeze", "mean one")}.get(output, ("Add", "tokens mean"))
    if output.endswith("4d"):
        last = ("Unsqueeze", "tokens one")
    nodes = [
        _node("Gather", "table input_ids", "tokens"),
        _node("Cast", "attention_mask", "seen", _attribute("to", FLOAT)),
        _node("Unsqueeze", "seen last", "weights"),
        _node("Mul", "tokens weights", "weighted"),
        _node("ReduceSum", "weighted one", "sum", _attribute("keepdims", 1)),
        _node("ReduceSum", "weights one", "count", _attribute("keepdims", 1)),
        _node("Div", "sum count", "mean"),
        _node(*last, output),
    ]
    graph = b"".join(nodes) + _piece(2, "tiny")
    graph += _constant("table", table, FLOAT)
    graph += _constant("one", np.array([1]), INT64) + _constant("last", np.array([2]), INT64)
    graph += b"".join(_piece(11, _value(name, INT64, "texts", "tokens")) for name in inputs.split())
    graph += _piece(12, _value(output, FLOAT, *(["texts", "size"] if "sentence" in output else ["texts", "n", "size"])))
    return _number(1, 8) + _piece(7, graph) + _piece(8, _number(2, 13))


def tokenizer_json() -> str:
    """Words by their place in WORDS, between [CLS] and [SEP]; filled up to 16, as some folders have it."""
    special = [
        {"id": number, "content": WORDS[number], "special": True}
        | dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
        for number in range(4)
    ]
    around = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    around += [{"SpecialToken": {"id": "[SEP]", "type_id": 0}}]
    tokens = {name: {"id": name, "ids": [WORDS.index(name)], "tokens": [name]} for name in ("[CLS]", "[SEP]")}
    padding = {"strategy": {"Fixed": 16}, "direction": "Right", "pad_to_multiple_of": None}
    return json.dumps(
        {
            "version": "1.0",
            "truncation": None,
            "padding": padding | {"pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
            "added_tokens": special,
            "normalizer": {"type": "Lowercase"},
            "pre_tokenizer": {"type": "Whitespace"},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": around,
                "pair": around,
                "special_tokens": tokens,
            },
            "decoder": None,
            "model": {
                "type": "WordLevel",
                "vocab": {word: number for number, word in enumerate(WORDS)},
                "unk_token": "[UNK]",
            },
        }
    )


def write_model(folder: Path, files: dict[str, object] | None = None, *, model: bytes = b"", at: str = "onnx") -> Path:
    """A folder as hubs give it: the settings of `files` by name on top of MINILM, None leaves one out."""
    found = {name: value for name, value in (MINILM | (files or {})).items() if value is not None}
    contents = {name: json.dumps(value).encode() for name, value in found.items()}
    contents["tokenizer.json"] = tokenizer_json().encode()
    contents[f"{at}/model.onnx"] = model or model_bytes()
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
