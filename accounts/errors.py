"""Refusals of this app's domain functions."""

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kr_ru_platform.saving.errors import MoveNotAllowedError


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


class NotInRegistryError(MoveNotAllowedError):
    """No register has confirmed a number of the organisation, so none can be the ground."""


class NotConfirmedError(MoveNotAllowedError):
    """The centre has not confirmed an organisation that is to get something of consequence; `args[0]` is it."""

    @property
    def words(self) -> str:
        return _("The centre has not confirmed “%(name)s” yet: confirm it on its page first.") % {"name": self.args[0]}


class NumberTakenError(IntegrityError):
    """Another organisation has this number, in the other of the two tables where numbers stand."""


class MergeObstacleError(MoveNotAllowedError):
    """Something has to be decided before two records can become one; `args[0]` says what, in sentences."""
