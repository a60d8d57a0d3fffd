"""What the folder of a model says about itself: files, pooling, prefix, length.

Laid out as model hubs give it: `model.onnx` (alone or in `onnx/`), `tokenizer.json`, `config.json`, and where the
model was made for whole sentences `modules.json`, `1_Pooling/config.json`, `config_sentence_transformers.json`.
"""

import json
import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

# Attention takes memory by the square of the length: at 2,048 tokens and 16 heads a layer's scores are 270 MB, at
# the 8,192 that some models read 4.3 GB. What stands behind is still found by the passages that hold it.
MAX_TOKENS = 2_048
# Where a folder says nothing of its length.
USUAL_TOKENS = 512
# What follows the model in modules.json and is done here: any length becomes 1 anyway.
DONE_HERE = {"Transformer", "Pooling", "Normalize"}
POOLINGS = {"cls": "cls", "pooling_mode_cls_token": "cls", "mean": "mean", "pooling_mode_mean_tokens": "mean"}
# Their tokenizers count positions from behind the one for padding.
POSITIONS_AFTER_PADDING = {"xlm-roberta", "roberta", "camembert", "mpnet"}
E5_PREFIX = "query: "
E5 = re.compile(r"(?:^|[^a-z0-9])e5(?![a-z0-9])(?!.*instruct)", re.IGNORECASE | re.ASCII)
BGE = re.compile(r"(?:^|[^a-z0-9])bge(?![a-z0-9])", re.IGNORECASE | re.ASCII)


class ModelFolderError(Exception):
    """What is wrong with a folder and what to do about it; without its path."""


@dataclass(frozen=True)
class ModelFolder:
    """`pooling`: "cls", "mean", or nothing where the model has to say it. `prefix` stands before every text."""

    model: Path
    tokenizer: Path
    pooling: str
    prefix: str
    max_tokens: int
    padding: int

    @property
    def settings(self) -> str:
        """What vectors depend on beside the contents of the two files."""
        return f"{self.pooling}|{self.prefix}|{self.max_tokens}|{self.padding}"


def read_folder(folder: Path) -> ModelFolder:
    """Raises ModelFolderError where something is missing or cannot be done here."""
    if not folder.is_dir():
        raise ModelFolderError("there is no such folder; copy the model's folder there, or correct EMBEDDER")
    model = _first_of(folder, "model.onnx", "onnx/model.onnx")
    tokenizer = _first_of(folder, "tokenizer.json", "onnx/tokenizer.json")
    config = _json(folder / "config.json")
    return ModelFolder(
        model=model,
        tokenizer=tokenizer,
        pooling=_pooling(folder, _family(folder, config)),
        prefix=_prefix(folder, _family(folder, config)),
        max_tokens=_max_tokens(folder, config),
        padding=int(config.get("pad_token_id") or 0),
    )


def _first_of(folder: Path, *names: str) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise ModelFolderError(f"the folder has no {' or '.join(names)}; copy it from where the model comes from")


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise ModelFolderError(f"{path.name} is no JSON; copy it again") from error
    return found if isinstance(found, dict) else {"": found}


def _family(folder: Path, config: dict[str, Any]) -> str:
    """The names by which a model without further files tells whose it is."""
    return f"{folder.absolute().name} {config.get('_name_or_path', '')}"


def _pooling(folder: Path, family: str) -> str:
    modules = _json(folder / "modules.json").get("", [])
    kinds = [(str(module.get("type", "")).rpartition(".")[2], str(module.get("path", ""))) for module in modules]
    if others := [kind for kind, _path in kinds if kind not in DONE_HERE]:
        raise ModelFolderError(f"modules.json asks for {', '.join(others)}, which is not done here; take another model")
    path = next((path for kind, path in kinds if kind == "Pooling"), "1_Pooling")
    config = _json(folder / path / "config.json")
    asked = [name for name, wanted in config.items() if name.startswith("pooling_mode_") and wanted is True]
    asked += [config["pooling_mode"]] if isinstance(config.get("pooling_mode"), str) else []
    if not asked:
        return "cls" if BGE.search(family) else "mean" if E5.search(family) else ""
    if len(asked) > 1 or asked[0] not in POOLINGS:
        raise ModelFolderError(f"{path}/config.json asks for {', '.join(asked)}; only cls and mean are done here")
    if config.get("include_prompt") is False:
        raise ModelFolderError(f"{path}/config.json leaves the prompt out of the vector, which is not done here")
    return POOLINGS[asked[0]]


def _prefix(folder: Path, family: str) -> str:
    """The one for every text. Needs and technologies are texts of one kind here, and are encoded by one call.

    So what a model wants before queries alone would stand on neither side or on both. A prompt is taken where the
    folder names it as the one for every text; and E5's "query: ", which its makers advise on both sides where texts
    are compared with texts, not answers with questions. With "passage: " on one side there would be nothing to gain
    either: the mean of each side is taken off all its vectors.
    """
    config = _json(folder / "config_sentence_transformers.json")
    prompts = config.get("prompts") or {}
    if name := config.get("default_prompt_name"):
        if name not in prompts:
            raise ModelFolderError(f"config_sentence_transformers.json has no prompt of the name {name}")
        return str(prompts[name])
    return E5_PREFIX if E5_PREFIX in prompts.values() or E5.search(family) else ""


def _max_tokens(folder: Path, config: dict[str, Any]) -> int:
    positions = config.get("max_position_embeddings")
    if positions and config.get("model_type") in POSITIONS_AFTER_PADDING:
        positions -= int(config.get("pad_token_id") or 0) + 1
    said = (
        _json(folder / "sentence_bert_config.json").get("max_seq_length"),
        _json(folder / "tokenizer_config.json").get("model_max_length"),
        positions,
    )
    # Tokenizers without a limit say 10 to the 30.
    return min(MAX_TOKENS, *([int(length) for length in said if length] or [USUAL_TOKENS]))
