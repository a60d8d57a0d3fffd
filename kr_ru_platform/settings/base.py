"""Settings shared by every environment. Only what starts before Django, the embedded services, reads it too."""

from pathlib import Path

import environ
import sentry_sdk
from celery.schedules import crontab
from csp.constants import NONE, SELF

from kr_ru_platform.running.addresses import cache_address
from kr_ru_platform.running.watching.fault_redaction import without_contents
from kr_ru_platform.settings.logs import logging_as
from kr_ru_platform.settings.signing_in import *  # noqa: F403
from kr_ru_platform.words.languages import NATIVE_NAMES

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()

SECRET_KEY = env("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# Local mode answers this machine alone; see web/requests/hosts.py.
LOOPBACK_ONLY = False
# Demo accounts and hints exist in local mode only; see local.py.
DEMO_MODE = False

INSTALLED_APPS = [
    "accounts",
    "matching",
    "projects",
    "kr_ru_platform",
    "kr_ru_platform.web.admin_apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "simple_history",
]

MIDDLEWARE = [
    "kr_ru_platform.web.requests.request_log.RequestLogMiddleware",
    # First what every answer gets, also a refusal and a static file.
    "kr_ru_platform.web.requests.headers.protective_headers",
    "csp.middleware.CSPMiddleware",
    "kr_ru_platform.web.requests.caching.keep_private_pages_out_of_caches",
    "kr_ru_platform.web.requests.hosts.refuse_strange_hosts",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kr_ru_platform.web.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.signing_in.middleware.SessionClockMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kr_ru_platform.web.kept.keeping.KeepingMiddleware",
    "accounts.signing_in.middleware.StaffSecondFactorMiddleware",
    "kr_ru_platform.web.requests.too_many.TooManyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kr_ru_platform.web.htmx.vary_on_htmx",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "kr_ru_platform.urls"
WSGI_APPLICATION = "kr_ru_platform.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kr_ru_platform.web.context_processors.portal",
                "accounts.context_processors.session",
            ],
            # {% csrf_token %} also says which form it is; see kr_ru_platform/web/kept/keeping.py.
            "builtins": ["kr_ru_platform.templatetags.form_token"],
        },
    },
]
# One look for every form: templates/django/forms/ overrides field.html and the widgets.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db("DATABASE_URL", default="postgres:///portal")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The broker uses the numbered database of this address (0 when it names none), the cache the next one,
# so that clearing the cache never empties a queue.
REDIS_URL = env("REDIS_URL", default="redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "kr_ru_platform.running.cache.ForgivingRedisCache",
        "LOCATION": env("CACHE_URL", default="") or cache_address(REDIS_URL),
        "KEY_PREFIX": "portal",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    },
    # In the database: what must still be known when the cache is down. Emptied by a task of its own.
    "lasting": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kr_ru_platform_lastingcache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
# Limits that differ from kr_ru_platform/web/requests/throttling.py: {"invitation": {"sender": (50, 86400)}}.
THROTTLING: dict[str, dict[str, tuple[int, int]]] = {}
SESSION_ENGINE = "kr_ru_platform.web.sessions"

# Celery. The database remembers what is to be done and the worker sweeps it, so results are not
# kept and a lost message does no harm.
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Asia/Seoul"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A save must not wait for a broker that is down.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    # Whoever sends a task learns at once that the broker is down; the worker has retries of its own.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
# The clock: what the worker does without being asked. Everything here may run twice or late.
CELERY_BEAT_SCHEDULE = {
    "sweep what is to be matched": {"task": "matching.sweep", "schedule": 30.0},
    "sweep imports": {"task": "matching.sweep_imports", "schedule": 20.0, "options": {"expires": 20}},
    "tend the indexes of near vectors": {
        "task": "matching.tend_vector_indexes",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "hold what has expired": {"task": "matching.hold_expired", "schedule": crontab(minute="5")},
    "send queued mail": {"task": "kr_ru_platform.tasks.send_queued_mail", "schedule": 10.0, "options": {"expires": 10}},
    "delete old counts": {"task": "kr_ru_platform.tasks.delete_old_counts", "schedule": crontab(minute="35")},
    "forget kept forms": {"task": "kr_ru_platform.tasks.forget_kept_forms", "schedule": crontab(minute="35")},
    "delete never verified": {
        "task": "accounts.tasks.delete_never_verified",
        "schedule": crontab(hour="3", minute="20"),
    },
    "delete old mail": {"task": "kr_ru_platform.tasks.delete_old_mail", "schedule": crontab(hour="3", minute="0")},
}

CELERY_BEAT_SCHEDULER = "kr_ru_platform.running.beat:TickingScheduler"
# Without these nothing goes on: /healthz is not "ok" while one of them keeps failing.
WATCHED_TASKS = [
    "matching.sweep",
    "matching.sweep_needs",
    "matching.sweep_technologies",
    "kr_ru_platform.tasks.send_queued_mail",
]

# Newest first; without any, a key made from SECRET_KEY. See accounts/signing_in/factor_secrets.py.
SECOND_FACTOR_KEYS = env.list("SECOND_FACTOR_KEYS", default=[])
# Centre staff and administrators must have a second factor; see accounts/signing_in/middleware.py.
STAFF_MFA_REQUIRED = env.bool("STAFF_MFA_REQUIRED", default=False)
# A session ends when it was not used for so long, and so long after its log-in: accounts/signing_in/session_clock.py.
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=12 * 60)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=12)
MEMBER_IDLE_MINUTES = env.int("MEMBER_IDLE_MINUTES", default=24 * 60)
MEMBER_SESSION_HOURS = env.int("MEMBER_SESSION_HOURS", default=14 * 24)

# Mail waits in the database and the worker's sweep sends it: a broker or a mail server that is down
# delays mail but loses none.
EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
# Seconds that one answer of the mail server may take.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update({name: value for name, value in EMAIL_CONFIG.items() if name != "EMAIL_BACKEND"})
MAIL_DELIVERY_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")
# Where answers to mails of the portal go; by default to its sender.
CENTRE_EMAIL = env("CENTRE_EMAIL", default="")

LANGUAGE_CODE = "ko"
LANGUAGES = NATIVE_NAMES
# Korean dates and times as a public service writes them.
FORMAT_MODULE_PATH = ["kr_ru_platform.date_formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Other people of the machine do not read what companies attach; static files stay open.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o640, "directory_permissions_mode": 0o750},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
# Uploaded files are handed out by views that check who asks, never by the web server itself.
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(DATA_DIR / "media")))
MEDIA_URL = "media/"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=100 * 1024 * 1024)
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", default=20 * 1024 * 1024)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "img-src": [SELF, "data:"],
    },
}
# Static files are for the portal's own pages, as Cross-Origin-Resource-Policy says too.
WHITENOISE_ALLOW_ALL_ORIGINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kr_ru_platform.web.kept.kept_views.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Which encoder turns texts into vectors: "use+e5" or "use" (they come as packages) or
# "sentence-transformers:MODEL" where MODEL is a name or a folder, or "onnx:FOLDER".
EMBEDDER = env("EMBEDDER", default="use+e5")
# So many processes may do parts of a scoring run at once, on all machines together.
SCORING_LANES = env.int("SCORING_LANES", default=2)
PUBLIC_BASE_URL = env("PUBLIC_BASE_URL", default="http://127.0.0.1:" + (env("PORT", default="") or "8000"))

LOG_FORMAT = env("LOG_FORMAT", default="line")
LOGGING = logging_as(LOG_FORMAT)

# Where registration numbers of organisations are looked up: see accounts/names/registry.py.
ORGANISATION_REGISTRY = env("ORGANISATION_REGISTRY", default="accounts.names.registry.NotConnected")
# Whoever asks for /metrics shows this as "Authorization: Bearer …"; without it the address does not exist.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
# Faults are reported there; never what was sent, typed or stored.
if SENTRY_DSN := env("SENTRY_DSN", default=""):
    sentry_sdk.init(
        dsn=SENTRY_DSN,
        environment=env("SENTRY_ENVIRONMENT", default="production"),
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=without_contents,
    )
