"""Needs and technologies drawn by lot, with everything that a score looks at."""

import numpy as np

from matching.scoring.types import Columns, Need

FIELDS = ("metals", "it", "other", "")
MODES = ("licence", "joint_development", "equipment_import")
DIMENSION = 8
LANGUAGES = ("ko", "ru", "en")


def random_vectors(rng: np.random.Generator, count: int) -> np.ndarray:
    vectors = rng.normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def random_columns(rng: np.random.Generator, count: int) -> Columns:
    passages = rng.integers(0, count, 3 * count)
    modes = [frozenset(rng.choice(MODES, rng.integers(0, 3), replace=False).tolist()) for _ in range(count)]
    return Columns(
        ids=rng.permutation(count) + 1,
        wholes=random_vectors(rng, count),
        whole_rows=np.arange(count),
        passages=random_vectors(rng, 3 * count),
        passage_rows=np.sort(passages),
        passage_ids=np.arange(3 * count),
        whole_languages=rng.choice(LANGUAGES, count),
        passage_languages=rng.choice(LANGUAGES, 3 * count),
        fields=tuple(rng.choice(FIELDS, count).tolist()),
        trls=tuple(int(level) or None for level in rng.integers(0, 10, count)),
        transfer_modes=tuple(modes),
        languages=tuple(frozenset(["ru"]) if flag else frozenset(["ko"]) for flag in rng.integers(0, 2, count)),
        term_weights=np.maximum(0, rng.normal(size=count) * 5),
    )


def random_need(rng: np.random.Generator) -> Need:
    return Need(
        language="ko",
        whole=random_vectors(rng, 1)[0],
        passages=random_vectors(rng, 2),
        field=str(rng.choice(FIELDS)),
        minimum_trl=int(rng.integers(1, 10)) if rng.integers(0, 2) else None,
        transfer_modes=frozenset(rng.choice(MODES, rng.integers(0, 3), replace=False).tolist()),
        has_terms_for_all=bool(rng.integers(0, 2)),
        # Some could be said in other languages.
        toward={"ru": 0.7 * random_vectors(rng, 1)[0], "en": random_vectors(rng, 1)[0]} if rng.integers(0, 2) else {},
    )
