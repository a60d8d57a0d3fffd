"""Refusals of this app's domain functions."""

from kr_ru_platform.errors import MoveNotAllowedError


class InvitationEndedError(MoveNotAllowedError):
    """It has expired or was withdrawn, or whoever invited may not do so any more."""


class LastOwnerError(MoveNotAllowedError):
    """An organisation's account would be left without anybody who manages it."""


class OwnRightsError(MoveNotAllowedError):
    """Programme managers do not take this right from themselves: another one does."""
