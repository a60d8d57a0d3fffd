"""What a person changes about themselves, and which groups they are put into."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group as AuthGroup
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounts.domain.ended_rights import end_invitations_without_rights
from accounts.domain.people.sessions import end_sessions
from accounts.enums import Group
from accounts.errors import OwnRightsError
from accounts.models import User
from kr_ru_platform.saving.revisions import locked_row


@transaction.atomic
def save_details(*, by: User, data: dict[str, Any]) -> User:
    user = locked_row(by)
    for name, value in data.items():
        setattr(user, name, value)
    user.save(update_fields=list(data))
    return user


@transaction.atomic
def assign_groups(*, user: User, groups: set[str], by: User) -> User:
    """Give exactly these groups, and remember who gave and took which. Sessions with the former rights end."""
    user = locked_row(user)
    before = set(user.groups.values_list("name", flat=True))
    if user.pk == by.pk and Group.PROGRAMME_ADMIN in before - groups and not by.is_superuser:
        raise OwnRightsError(user)
    if before != groups:
        user.groups.set(AuthGroup.objects.filter(name__in=groups))
        changes = [f"+{name}" for name in sorted(groups - before)]
        changes += [f"-{name}" for name in sorted(before - groups)]
        LogEntry.objects.create(
            user=by,
            content_type=ContentType.objects.get_for_model(User),
            object_id=str(user.pk),
            object_repr=user.email[:200],
            action_flag=CHANGE,
            change_message=" ".join(changes),
        )
        end_invitations_without_rights()
        end_sessions(user=user, by=by)
    return user
