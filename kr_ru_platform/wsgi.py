import os

from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application


def refuse_faulty_database() -> None:
    """The web server does not start on a database that fails its checks, such as one with demo accounts."""
    errors = [error for error in run_checks(tags=[Tags.database], databases=["default"]) if error.is_serious()]
    if errors:
        raise ImproperlyConfigured("\n".join(str(error) for error in errors))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kr_ru_platform.settings.production")
application = get_wsgi_application()
refuse_faulty_database()
