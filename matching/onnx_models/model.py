"""A model in the format of ONNX, run by onnxruntime: texts → vectors, without PyTorch.

Imported only where texts are encoded; its packages are an optional extra.
"""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from matching.onnx_models.folder import ModelFolderError, read_folder

logger = logging.getLogger(__name__)

Vectors = npt.NDArray[np.float32]
Tokens = list[int]

# What a batch takes: layers by its tokens with those that fill up, attention by their square. With 16 heads and a
# width of 1,024 that is some 700 MB at most, also for one text of 2,048 tokens; on a processor more gains nothing.
TOKENS_AT_ONCE = 8_192
PAIRS_AT_ONCE = 2_048 * 2_048
ON_GRAPHICS = ("CUDAExecutionProvider", "ROCMExecutionProvider", "MIGraphXExecutionProvider", "DmlExecutionProvider")
OF_TOKENS = ("last_hidden_state", "token_embeddings")
OF_TEXTS = "sentence_embedding"


class OnnxModel:
    def __init__(self, folder: Path, threads: int) -> None:
        """Raises ModelFolderError, or what the two packages raise for files that they cannot read."""
        self.folder = read_folder(folder)
        self._tokenizer = _tokenizer(self.folder.tokenizer, self.folder.max_tokens)
        self._session = _session(self.folder.model, threads)
        self._inputs = _inputs(self._session)
        self._output = _output([output.name for output in self._session.get_outputs()], self.folder.pooling)
        if not self.encode(["."]).any():
            raise ModelFolderError("model.onnx gives no vector for a text; copy it again or take another export")
        told = self.folder.pooling or "as the model does", self.folder.prefix, self.folder.max_tokens
        logger.info("Encoder %s: pooling %s, prefix %r, %s tokens.", folder.absolute().name, *told)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, as long as the model makes it. Cut at `max_tokens`."""
        # One by one: a batch would be shared out among all cores, which other processes use.
        read = [self._tokenizer.encode(self.folder.prefix + text).ids for text in texts]
        rows: dict[int, Any] = {}
        for batch in batches([len(tokens) for tokens in read]):
            rows |= zip(batch, self._run([read[row] for row in batch]), strict=True)
        return np.array([rows[row] for row in range(len(texts))], dtype=np.float32)

    def _run(self, read: list[Tokens]) -> Vectors:
        length = max(map(len, read))
        tokens = np.full((len(read), length), self.folder.padding, dtype=np.int64)
        mask = np.zeros_like(tokens)
        for row, found in enumerate(read):
            tokens[row, : len(found)], mask[row, : len(found)] = found, 1
        given = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        (found,) = self._session.run([self._output], {name: given[name] for name in self._inputs})
        return _pooled(np.asarray(found), mask, self.folder.pooling)


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of the texts with so many tokens, short ones first, so many at once as memory is meant for."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        rows, longest = len(batch) + 1, lengths[row]
        if batch and (rows * longest > TOKENS_AT_ONCE or rows * longest**2 > PAIRS_AT_ONCE):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def providers(available: Sequence[str]) -> list[str]:
    """A graphics card where onnxruntime offers one; it falls back on the processor by itself."""
    return [*(name for name in ON_GRAPHICS if name in available), "CPUExecutionProvider"]


def _tokenizer(path: Path, max_tokens: int) -> Any:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _session(path: Path, threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A plan of memory for each shape would be kept, and every batch has another.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=providers(onnxruntime.get_available_providers())
    )


def _inputs(session: Any) -> list[str]:
    names = [wanted.name for wanted in session.get_inputs()]
    if others := sorted({*names} - {"input_ids", "attention_mask", "token_type_ids"}):
        raise ModelFolderError(f"model.onnx wants {', '.join(others)}; export it as a model for feature extraction")
    return names


def _output(names: list[str], pooling: str) -> str:
    if OF_TEXTS in names and not pooling:
        return OF_TEXTS
    if found := [name for name in (*OF_TOKENS, OF_TEXTS) if name in names]:
        return found[0]
    if len(names) == 1:
        return names[0]
    raise ModelFolderError(
        f"model.onnx gives {', '.join(names)}, but neither last_hidden_state nor token_embeddings nor "
        "sentence_embedding; export it as a model for feature extraction"
    )


def _pooled(found: npt.NDArray[Any], mask: npt.NDArray[np.int64], pooling: str) -> Vectors:
    """Of a vector a token, or a text, one a text."""
    if found.ndim == 2 and len(found) == len(mask):
        return found.astype(np.float32)
    if found.ndim != 3 or found.shape[:2] != mask.shape:
        raise ModelFolderError(
            f"model.onnx gives {' × '.join(map(str, found.shape))} numbers for {' × '.join(map(str, mask.shape))} "
            "tokens; export it as a model for feature extraction"
        )
    if not pooling:
        raise ModelFolderError(
            "nothing says how a text's vector is made of its tokens'; copy 1_Pooling/config.json from where the model "
            'comes from, or write {"pooling_mode_mean_tokens": true} or {"pooling_mode_cls_token": true} there'
        )
    if pooling == "cls":
        return found[:, 0].astype(np.float32)
    weights = mask[:, :, None].astype(np.float32)
    mean: Vectors = (found * weights).sum(axis=1, dtype=np.float32) / np.maximum(weights.sum(axis=1), 1)
    return mean
