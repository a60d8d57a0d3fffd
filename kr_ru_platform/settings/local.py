"""A single machine: `make run`. Embedded services, demo accounts, mail into files."""

from kr_ru_platform.settings.base import *  # noqa: F403
from kr_ru_platform.settings.base import ALLOWED_HOSTS, DATA_DIR, SECRET_KEY, env

DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = True
SECRET_KEY = SECRET_KEY or "local-mode-only-not-a-secret"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["*"]
if not env("EMAIL_URL", default=""):
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
    MAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
