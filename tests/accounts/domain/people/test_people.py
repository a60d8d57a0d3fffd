import pytest
from django.contrib.admin.models import LogEntry

from accounts.domain.people.people import assign_groups
from accounts.enums import Group
from accounts.errors import OwnRightsError
from tests.factories.user import UserFactory, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def test_assign_groups_gives_exactly_these_and_remembers_who_did():
    admin, person = create_programme_admin(), create_staff()
    assign_groups(user=person, groups={Group.EVALUATOR}, by=admin)
    assign_groups(user=person, groups={Group.EVALUATOR}, by=admin)
    assert sorted(person.groups.values_list("name", flat=True)) == ["evaluator"]
    assert [(entry.user, entry.change_message) for entry in LogEntry.objects.all()] == [
        (admin, "+evaluator -centre_staff")
    ]


def test_programme_admin_does_not_take_the_right_from_themselves():
    admin = create_programme_admin()
    with pytest.raises(OwnRightsError):
        assign_groups(user=admin, groups=set(), by=admin)
    assert admin.groups.count() == 1


def test_other_groups_of_oneself_may_change():
    admin = create_programme_admin()
    assign_groups(user=admin, groups={Group.PROGRAMME_ADMIN, Group.CENTRE_STAFF}, by=admin)
    assert UserFactory._meta.model.objects.get(pk=admin.pk).group_names == {"programme_admin", "centre_staff"}
