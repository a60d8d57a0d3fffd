"""Production. Refuses to start, saying what is missing, rather than run on defaults."""

from django.core.exceptions import ImproperlyConfigured

from kr_ru_platform.settings.base import *  # noqa: F403
from kr_ru_platform.settings.base import ALLOWED_HOSTS, SECOND_FACTOR_KEYS, SECRET_KEY, STORAGES, env

REQUIRED = ["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"]
if missing := [name for name in REQUIRED if not env(name, default="")]:
    raise ImproperlyConfigured(f"Set these environment variables before starting: {', '.join(missing)}.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("local-mode-only"):
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
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
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Links in e-mails. A host that is written ".example.org" stands for all below it.
PUBLIC_BASE_URL = env("PUBLIC_BASE_URL", default="https://" + ALLOWED_HOSTS[0].lstrip(".*"))
