from django.utils import timezone

from matching.models import ScoringPart, ScoringRun


def make_run(*, parts: int, done: int = 0, state: str = "running") -> ScoringRun:
    """With parts of ten seconds each."""
    now = timezone.now()
    run = ScoringRun.objects.create(
        state=state,
        encoder="fake/i1",
        scorer_version="v2-fake/i1-00000000",
        fingerprint="x",
        needs=b"",
        technologies=b"",
        needs_count=10,
        technologies_count=100,
        ended_at=None if state == "running" else now,
    )
    ScoringPart.objects.bulk_create(
        ScoringPart(
            run=run,
            step="compare",
            first=place,
            last=place,
            seconds=10 if place < done else None,
            done_at=now if place < done else None,
        )
        for place in range(parts)
    )
    return run
