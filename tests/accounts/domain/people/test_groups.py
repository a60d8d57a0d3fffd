import pytest
from django.contrib.auth.models import Group as AuthGroup

from accounts.domain.people.groups import ensure_groups

pytestmark = pytest.mark.django_db


def test_groups_are_there_after_migrate_and_come_back():
    names = {"centre_staff", "programme_admin", "evaluator"}
    assert set(AuthGroup.objects.values_list("name", flat=True)) == names
    AuthGroup.objects.filter(name="evaluator").delete()
    ensure_groups()
    ensure_groups()
    assert sorted(AuthGroup.objects.values_list("name", flat=True)) == sorted(names)
