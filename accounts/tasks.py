"""What the worker does for people's accounts."""

from celery import shared_task

from accounts.domain import ended_rights, never_verified


@shared_task(time_limit=600)
def delete_never_verified() -> None:
    never_verified.delete_never_verified()
    ended_rights.end_invitations_without_rights()
