"""Second-factor secrets lie encrypted in the database: who reads a copy of it, such as a back-up, cannot log in.

The keys stand in the settings, newest first. What was encrypted with an older one is still read;
`manage.py encrypt_second_factors` writes it anew with the newest.
"""

import base64
import logging
import secrets
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

logger = logging.getLogger(__name__)
# Where allauth keeps what encrypt() has made.
FIELDS = ("secret", "seed")
LISTS = ("migrated_codes",)


def encrypt(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """What no key opens is a secret that nobody has: every code for it is wrong."""
    try:
        return _cipher().decrypt(encrypted.encode()).decode()
    except InvalidToken:
        logger.error("A second factor cannot be read: its key is missing from SECOND_FACTOR_KEYS.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def encrypted_data(data: dict[str, Any]) -> dict[str, Any]:
    """The same row's data under the newest key, whether it was in clear or under an older one."""
    changed = {name: _again(data[name]) for name in FIELDS if name in data}
    changed |= {name: [_again(code) for code in data[name]] for name in LISTS if name in data}
    return data | changed


def _again(text: str) -> str:
    try:
        return _cipher().rotate(text.encode()).decode()
    except InvalidToken:
        # A token of a lost key stays as it is; it must not be taken for a secret in clear.
        return text if text.startswith("gAAAA") else encrypt(text)


def _cipher() -> MultiFernet:
    """The portal's own key stands last: an installation that names none works, and may begin to at any time."""
    return _cipher_of((*settings.SECOND_FACTOR_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _cipher_of(texts: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(text)) for text in texts])


def _derived(text: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second factor").derive(text.encode())
    return base64.urlsafe_b64encode(key)
