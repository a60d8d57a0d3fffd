"""Production. Refuses to start, saying what is missing, rather than run on defaults."""

import re

from django.core.exceptions import ImproperlyConfigured

from kr_ru_platform.embedded.local_mode import refused_names
from kr_ru_platform.settings.base import *  # noqa: F403
from kr_ru_platform.settings.base import ALLOWED_HOSTS, SECOND_FACTOR_KEYS, SECRET_KEY, STORAGES, env

REQUIRED = ["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"]
if missing := [name for name in REQUIRED if not env(name, default="")]:
    raise ImproperlyConfigured(f"Set these environment variables before starting: {', '.join(missing)}.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith(("local-mode-only", "django-insecure-")):
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
if refusal := refused_names(ALLOWED_HOSTS or [""]):
    raise ImproperlyConfigured(refusal)
if strange := [name for name in ALLOWED_HOSTS if re.search(r"[\s/,@]|:[0-9]+$", name)]:
    raise ImproperlyConfigured(f"ALLOWED_HOSTS holds names alone, without https:// and ports, not {strange[0]!r}.")
if env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG shows the portal's inside to every visitor: leave it out in production.")
if on := [name for name in ("DEMO_ACCOUNTS", "LOCAL_NETWORK") if env.bool(name, default=False)]:
    raise ImproperlyConfigured(f"{on[0]} belongs to local mode: leave it out in production.")
if any(len(key) < 32 for key in SECOND_FACTOR_KEYS):
    raise ImproperlyConfigured("Each of SECOND_FACTOR_KEYS must be at least 32 random characters.")

STAFF_MFA_REQUIRED = True
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=60)
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# Asked from inside the house, without a proxy in between.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|livez|readyz|metrics)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Without it every visitor has the proxy's address, and ten wrong passwords of one lock out all.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
# A promise for the whole domain that browsers keep for years: only for whoever asks for it.
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Links in e-mails. A host that is written ".example.org" stands for all below it.
PUBLIC_BASE_URL = env("PUBLIC_BASE_URL", default="https://" + ALLOWED_HOSTS[0].lstrip(".*"))
if not PUBLIC_BASE_URL.startswith("https://") and SECURE_SSL_REDIRECT:
    raise ImproperlyConfigured("PUBLIC_BASE_URL begins every link in e-mails and must begin with https://.")
