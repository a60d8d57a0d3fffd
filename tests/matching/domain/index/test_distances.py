"""What a scan sorts by is the similarity, but for the damping's share in a stored vector's length."""

import numpy as np
import pytest
from django.db import connection

from matching.domain.index.distances import Placed, distance, first_part, vector_literal
from matching.scoring.space import Space, group

RANDOM = np.random.default_rng(3)
LANGUAGES = ("ko", "ru", "en")


def random_space(second: int = 0) -> Space:
    sizes = {"whole": 6 + second, "passage": 6}
    means = {
        group(side, kind, code): RANDOM.normal(size=size).astype(np.float32)
        for side in ("need", "offer")
        for kind, size in sizes.items()
        for code in LANGUAGES
    }
    return Space(means, np.eye(6, dtype=np.float32))


def worked_out(space: Space, placed: Placed, kind: str, raw: np.ndarray, language: str) -> float:
    far = distance(space, placed, kind)
    query = f"SELECT {far.sql} FROM (VALUES (%s::halfvec, %s)) AS p (vector, language)"
    with connection.cursor() as cursor:
        cursor.execute(query, [*far.values, vector_literal(raw), language])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_damping_it_is_the_similarity_in_each_language(language: str) -> None:
    space = random_space()
    raw = RANDOM.normal(size=6).astype(np.float32)
    needs = {
        code: space.place(RANDOM.normal(size=(1, 6)), side="need", kind="whole", language=code)[0] for code in LANGUAGES
    }
    stored = space.place(raw[None], side="offer", kind="passage", language=language)[0]
    assert worked_out(space, needs, "passage", raw, language) == pytest.approx(
        -float(stored @ needs[language]), abs=0.01
    )
    assert worked_out(space, needs["ko"], "passage", raw, language) == pytest.approx(
        -float(stored @ needs["ko"]), abs=0.01
    )


def test_a_need_with_a_second_encoder_s_part_has_a_shorter_first_one() -> None:
    needs = [
        random.place(RANDOM.normal(size=(1, 6 + second)), side="need", kind="whole", language="ru")[0]
        for second in (0, 4)
        for random in [random_space(second)]
    ]
    assert first_part(random_space(), needs[0]) == pytest.approx(1, abs=1e-3)
    assert first_part(random_space(4), dict.fromkeys(LANGUAGES, needs[1])) == pytest.approx(0.5**0.5, abs=1e-3)


def test_what_is_the_same_in_all_languages_is_written_once() -> None:
    space = random_space()
    need = space.place(RANDOM.normal(size=(1, 6)), side="need", kind="whole", language="ko")[0]
    one, each = distance(space, need, "passage"), distance(space, dict.fromkeys(LANGUAGES, need), "passage")
    assert (one.sql, one.values) == (each.sql, each.values)
    assert one.values[0] == vector_literal(space.probe(need, "passage"))


def test_vector_is_written_with_the_digits_that_it_has() -> None:
    assert vector_literal(np.array([1, -0.5, 1e-9], dtype=np.float32)) == "[1,-0.5,1e-09]"
