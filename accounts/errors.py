"""Refusals of this app's domain functions."""

from kr_ru_platform.errors import MoveNotAllowedError


class LastOwnerError(MoveNotAllowedError):
    """An organisation's account would be left without anybody who manages it."""


class OwnRightsError(MoveNotAllowedError):
    """Programme managers do not take this right from themselves: another one does."""


class LastProgrammeAdminError(MoveNotAllowedError):
    """Nobody would be left who can give rights."""
