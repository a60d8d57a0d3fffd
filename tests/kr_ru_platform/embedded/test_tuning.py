from pathlib import Path

import pytest

from kr_ru_platform.embedded import tuning
from kr_ru_platform.embedded.tuning import GIB, MIB, memory_of_machine, memory_settings


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (0, ("256MB", "512MB", "128MB", "4MB", "1024MB")),
        (2 * GIB, ("256MB", "1024MB", "128MB", "4MB", "1024MB")),
        (8 * GIB, ("1536MB", "4096MB", "768MB", "8MB", "1024MB")),
        (24 * GIB, ("5632MB", "12288MB", "2816MB", "24MB", "3072MB")),
        (512 * GIB, ("16384MB", "65536MB", "8192MB", "32MB", "8192MB")),
    ],
)
def test_a_larger_machine_gives_the_database_more(memory: int, expected: tuple[str, ...]) -> None:
    names = ("shared_buffers", "effective_cache_size", "maintenance_work_mem", "work_mem", "max_wal_size")
    assert memory_settings(memory) == dict(zip(names, expected, strict=True)) | {"autovacuum_work_mem": "128MB"}


@pytest.mark.parametrize("memory", [512 * MIB, 1 * GIB, 3 * GIB, 16 * GIB, 64 * GIB])
def test_what_is_held_at_once_leaves_half_of_the_machine_to_the_others(memory: int) -> None:
    assert int(memory_settings(memory)["shared_buffers"].removesuffix("MB")) * MIB <= memory / 2


def test_a_container_s_limit_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = [tmp_path / name for name in ("number", "without", "missing")]
    limits[0].write_text(f"{512 * MIB}\n")
    limits[1].write_text("max\n")
    monkeypatch.setattr(tuning, "CONTAINER_LIMITS", [str(path) for path in limits])
    assert memory_of_machine() == 512 * MIB
    limits[0].write_text("9223372036854771712\n")
    assert 512 * MIB < memory_of_machine() < 2**60
