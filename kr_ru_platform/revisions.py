"""Forms that carry the revision they were opened on, after somebody else has saved."""

from typing import Any


def reopened(form: Any, revision: int, *, field: str = "expected_revision") -> None:
    """The same form with everything typed, now standing on the newer version: saving again is on purpose."""
    form.data = form.data.copy()
    form.data[form.add_prefix(field)] = str(revision)
