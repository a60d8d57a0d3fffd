"""What the worker does until nothing is left, in the test's own process."""

from matching.domain import sweeping


def sweep_technologies() -> None:
    while sweeping.sweep_technologies():
        pass


def sweep_needs() -> None:
    while sweeping.sweep_needs():
        pass


def sweep() -> None:
    sweep_technologies()
    sweep_needs()
