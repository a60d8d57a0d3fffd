"""Where raw vectors become comparable."""

import io

import numpy as np

from matching.scoring.space import Space, damping, shrunk_mean


def make_space() -> Space:
    rng = np.random.default_rng(0)
    names = [f"{s}.{k}.{c}" for s in ("offer", "need") for k in ("whole", "passage") for c in ("ko", "ru", "en")]
    means = {name: rng.normal(size=4).astype(np.float32) for name in names}
    return Space(means, damping(rng.normal(size=(5_000, 4)).astype(np.float32) * [9, 1, 1, 1], 4))


def test_space_survives_storage() -> None:
    space = make_space()
    loaded = Space.load(space.dump())
    assert loaded.version == space.version
    assert loaded.dump() == space.dump()


def test_a_space_kept_from_before_there_were_two_encoders_can_be_read() -> None:
    space = make_space()
    buffer = io.BytesIO()
    for name in sorted(space.means):
        buffer.write(name.encode() + b"\0")
        np.save(buffer, space.means[name], allow_pickle=False)
    buffer.write(b"\0")
    np.save(buffer, space.damping, allow_pickle=False)
    loaded = Space.load(buffer.getvalue())
    assert (loaded.second_scale, loaded.version, loaded.dump()) == (1.0, space.version, buffer.getvalue())


def test_placed_vectors_have_length_one_and_silence_stays_zero() -> None:
    vectors = np.array([[1, 2, 3, 4], [0, 0, 0, 0]], dtype=np.float32)
    placed = make_space().place(vectors, side="need", kind="whole", language="ko")
    assert np.linalg.norm(placed, axis=1).round(5).tolist() == [1.0, 0.0]


def test_probe_ranks_raw_vectors_like_placed_ones_but_for_length() -> None:
    space, raw = make_space(), np.random.default_rng(3).normal(size=(6, 4)).astype(np.float32)
    need = space.place(raw[:1], side="need", kind="whole", language="ko")[0]
    mean = space.mean("offer", "whole", "ru")
    lengths = np.linalg.norm((raw - mean) @ space.damping, axis=1)
    placed = space.place(raw, side="offer", kind="whole", language="ru")
    by_probe = (raw @ space.probe(need, "whole") - mean @ space.probe(need, "whole")) / lengths
    assert np.allclose(by_probe, placed @ need, atol=1e-4)


def test_both_parts_of_a_whole_text_count_the_same() -> None:
    rng = np.random.default_rng(1)
    passages = make_space()
    means = {
        name: np.concatenate([mean, rng.normal(size=2)]).astype(np.float32) for name, mean in passages.means.items()
    }
    space = Space(means, passages.damping, 2.0)
    raw = rng.normal(size=(3, 6)).astype(np.float32)
    placed = space.place(raw, side="offer", kind="whole", language="ru")
    assert np.allclose([np.linalg.norm(placed[:, :4], axis=1), np.linalg.norm(placed[:, 4:], axis=1)], 0.5**0.5)
    assert space.probe(placed[0], "passage").shape == (4,)
    assert np.allclose(space.probe(placed[0], "whole")[4:], 2 * placed[0, 4:])
    assert Space.load(space.dump()).second_scale == 2.0


def test_damping_shortens_what_all_texts_share() -> None:
    matrix = make_space().damping
    assert matrix[0, 0] < 0.85 * matrix[1, 1]


def test_few_texts_hardly_move_the_shipped_mean() -> None:
    prior = np.zeros(2, dtype=np.float32)
    mean = np.ones(2, dtype=np.float32)
    assert shrunk_mean(mean, 1, prior)[0] < 0.2 < 0.9 < shrunk_mean(mean, 1_000, prior)[0]
    assert shrunk_mean(None, 0, prior) is prior


def test_no_texts_no_damping() -> None:
    assert np.array_equal(damping(np.zeros((0, 3), dtype=np.float32), 3), np.eye(3, dtype=np.float32))
