import os

from django.core.wsgi import get_wsgi_application

from kr_ru_platform.running.schema import refuse_faulty_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kr_ru_platform.settings.production")
application = get_wsgi_application()
refuse_faulty_database()
