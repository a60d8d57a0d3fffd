import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.demo import create_demo_accounts


def test_web_server_refuses_to_start_with_demo_accounts(db, settings) -> None:
    from kr_ru_platform.wsgi import refuse_faulty_database

    refuse_faulty_database()
    settings.DEMO_MODE = True
    create_demo_accounts()
    refuse_faulty_database()
    settings.DEMO_MODE = False
    with pytest.raises(ImproperlyConfigured, match="sme@demo.example"):
        refuse_faulty_database()
