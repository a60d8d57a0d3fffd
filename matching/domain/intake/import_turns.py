"""The files that wait are worked on in turns, so that none holds up the others."""

from collections.abc import Generator, Iterator

from matching.domain.intake.technology_imports import UNFINISHED, unfinished_imports, work_on
from matching.models import TechnologyImport


def in_turns() -> Iterator[tuple[int, Exception | None]]:
    """All files that wait, a batch of each at a time: small ones do not wait for large ones. Tells who ended how."""
    running: dict[int, Generator[None, None, TechnologyImport | None]] = {}
    left_alone: set[int] = set()
    while True:
        for pk in unfinished_imports():
            if pk not in left_alone:
                running.setdefault(pk, work_on(import_id=pk))
        if not running:
            return
        for pk, steps in list(running.items()):
            error: Exception | None = None
            try:
                next(steps)
                continue
            except StopIteration as end:
                if end.value is None or end.value.state in UNFINISHED:
                    left_alone.add(pk)
            except Exception as caught:
                error = caught
                left_alone.add(pk)
            del running[pk]
            yield pk, error
