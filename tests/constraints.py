from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction


def constraint_against(make: Callable[..., object], **fields: Any) -> str:
    """The name of the constraint by which the database refuses the row."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make(**fields)
    return refused.value.__cause__.diag.constraint_name  # type: ignore[union-attr]
