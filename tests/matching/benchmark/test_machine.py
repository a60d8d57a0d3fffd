"""Times and ratios as the benchmark states them."""

import pytest

from matching.benchmark import machine
from matching.benchmark.machine import milliseconds, ratio, seconds_of, sgemm_peak


def test_milliseconds_are_the_median_and_what_19_of_20_do_not_exceed() -> None:
    assert milliseconds([n / 1000 for n in range(100, 0, -1)]) == {"p50_ms": 50.5, "p95_ms": 96.0}


def test_milliseconds_of_one_answer_are_its_own() -> None:
    assert milliseconds([0.25]) == {"p50_ms": 250.0, "p95_ms": 250.0}


def test_ratio_is_rounded_and_none_beside_what_took_no_time() -> None:
    assert [ratio(2, 3), ratio(2, 3, digits=4), ratio(0, 3), ratio(2, 0)] == [0.67, 0.6667, 0.0, None]


def test_seconds_of_gives_what_the_work_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([10.0, 12.5])
    monkeypatch.setattr(machine.time, "perf_counter", lambda: next(clock))
    assert seconds_of(lambda: "done") == (2.5, "done")


def test_peak_is_that_of_the_best_product(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([4.0, 2.0, 8.0])
    monkeypatch.setattr(machine, "seconds_of", lambda work: (next(seconds), work()))
    assert sgemm_peak(side=8) == 2 * 8**3 / 2.0
