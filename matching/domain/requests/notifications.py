"""E-mails about match requests: what happened, and the address where it happened."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from accounts.enums import MembershipState
from accounts.models import User
from kr_ru_platform.running.mail.letters import link_to, send_letter
from matching.models import MatchRequest


def send(recipients: Iterable[User], template: str, match_request: MatchRequest, body: str = "") -> None:
    """One mail to each person; each address once."""
    for user in {user.pk: user for user in recipients if user.is_active}.values():
        told = partial(_context_of_mail, match_request, user, body)
        send_letter(user, template=f"matching/mail/{template}.txt", context=told)


def _context_of_mail(match_request: MatchRequest, user: User, body: str) -> dict[str, Any]:
    return {
        "title": match_request.technology.title_for(user),
        "company": match_request.organisation.name,
        "state": match_request.get_state_display(),
        "reason": match_request.get_decline_reason_display() if match_request.decline_reason else "",
        "owner": match_request.owner or "",
        "due": match_request.due_on if match_request.is_pending else None,
        "link": link_to("match_request_detail", match_request.pk),
        "body": body,
    }


def company_people(match_request: MatchRequest) -> list[User]:
    """Everybody who acts for the company, and the centre's person who asked on its behalf."""
    people = User.objects.filter(
        memberships__organisation=match_request.organisation,
        memberships__state=MembershipState.ACTIVE,
    )
    asker = match_request.requested_by
    return [*people, asker] if asker.is_centre_staff else list(people)


def centre_people(match_request: MatchRequest) -> list[User]:
    """The one in charge; while nobody is, or that person has left, all of the centre."""
    owner = match_request.owner
    if owner is not None and owner.is_active and owner.is_centre_staff:
        return [owner]
    return list(User.objects.centre_staff().active())


def request_received(match_request: MatchRequest) -> None:
    send(company_people(match_request), "request_received", match_request)
    send(centre_people(match_request), "request_new", match_request, match_request.message)


def request_moved(match_request: MatchRequest, body: str = "") -> None:
    send(company_people(match_request), "request_moved", match_request, body)


def request_withdrawn(match_request: MatchRequest) -> None:
    send(centre_people(match_request), "request_withdrawn", match_request)


def message_posted(match_request: MatchRequest, *, by: User, body: str) -> None:
    is_from_centre = by.is_centre_staff
    people = company_people(match_request) if is_from_centre else centre_people(match_request)
    send([user for user in people if user != by], "message", match_request, body)
