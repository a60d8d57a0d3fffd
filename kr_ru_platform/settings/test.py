"""Tests: services from tests/services.py, fast hashing, no manifest of static files."""

from kr_ru_platform.settings.base import *  # noqa: F403
from kr_ru_platform.settings.base import STORAGES

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False

# The second encoder takes a hundred times longer; tests of its own and of the ranking ask for it.
EMBEDDER = "use"
