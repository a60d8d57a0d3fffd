"""Refusals of this app's domain functions."""

from typing import Any

from django.db import IntegrityError

from accounts.enums import OrganisationRefusal
from kr_ru_platform.saving.errors import MoveNotAllowedError, Refusal


class InvitationEndedError(MoveNotAllowedError):
    """It has expired or was withdrawn, or whoever invited may not do so any more."""


class LastOwnerError(MoveNotAllowedError):
    """An organisation's account would be left without anybody who manages it."""


class OwnRightsError(MoveNotAllowedError):
    """Programme managers do not take this right from themselves: another one does."""


class LastProgrammeAdminError(MoveNotAllowedError):
    """Nobody would be left who can give rights."""


class OwnOrganisationError(MoveNotAllowedError):
    """Nobody confirms the organisation that they act for."""


class ClaimIsFullError(MoveNotAllowedError):
    """What one person has said of one organisation is as much as anybody reads."""


class NotInRegistryError(MoveNotAllowedError):
    """No register has confirmed a number of the organisation, so none can be the ground."""


class NotConfirmedError(MoveNotAllowedError):
    """The centre has not confirmed an organisation that is to get something of consequence; `row` is it."""

    def __init__(self, organisation: Any) -> None:
        refusal = Refusal(OrganisationRefusal.NOT_CONFIRMED, {"name": organisation})
        super().__init__(organisation, refusal=refusal)


class NumberTakenError(IntegrityError):
    """Another organisation has this number, in the other of the two tables where numbers stand."""


class MergeObstacleError(MoveNotAllowedError):
    """Something has to be decided before two records can become one; `obstacles` says what."""

    def __init__(self, stays: Any, obstacles: list[Refusal]) -> None:
        super().__init__(stays, refusal=obstacles[0])
        self.obstacles = obstacles
