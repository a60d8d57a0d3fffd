"""A single machine: `make run`. Embedded services, demo accounts, mail into files.

Other machines are let in only where LOCAL_NETWORK says so; see embedded/local_mode.py.
"""

from django.core.exceptions import ImproperlyConfigured

from kr_ru_platform.embedded.local_mode import HOW, LOOPBACK_NAMES, refused_names, secret_key
from kr_ru_platform.settings.base import *  # noqa: F403
from kr_ru_platform.settings.base import ALLOWED_HOSTS, DATA_DIR, SECRET_KEY, env

LOCAL_NETWORK = env.bool("LOCAL_NETWORK", default=False)
if refusal := refused_names(ALLOWED_HOSTS):
    raise ImproperlyConfigured(refusal)
if LOCAL_NETWORK and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(f"LOCAL_NETWORK needs ALLOWED_HOSTS. {HOW}")

DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_ACCOUNTS", default=not LOCAL_NETWORK)
SECRET_KEY = SECRET_KEY or secret_key(DATA_DIR)
# Whatever way the web server was started; see kr_ru_platform/web/requests/hosts.py.
LOOPBACK_ONLY = not LOCAL_NETWORK
if LOCAL_NETWORK and not env("PUBLIC_BASE_URL", default=""):
    PUBLIC_BASE_URL = f"http://{ALLOWED_HOSTS[0].lstrip('.')}:{env('PORT', default='') or '8000'}"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, *LOOPBACK_NAMES]
if not env("EMAIL_URL", default=""):
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
    MAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
