from django.contrib import admin

from kr_ru_platform.admin import RevisionMixin
from kr_ru_platform.models import Revisioned
from matching.admin import ReadOnlyAdmin


def test_admins_that_change_a_row_with_a_revision_count_it() -> None:
    forgotten = [
        model.__name__
        for model, own in admin.site._registry.items()
        if issubclass(model, Revisioned) and not isinstance(own, RevisionMixin | ReadOnlyAdmin)
    ]
    assert forgotten == []
