import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from accounts.demo.demo_accounts import create_demo_accounts
from kr_ru_platform.running.schema import refuse_faulty_database


def test_web_server_refuses_to_start_with_demo_accounts(db, settings) -> None:
    refuse_faulty_database()
    settings.DEMO_MODE = True
    create_demo_accounts()
    refuse_faulty_database()
    settings.DEMO_MODE = False
    with pytest.raises(ImproperlyConfigured, match="sme@demo.example"):
        refuse_faulty_database()


def test_portal_on_a_machine_refuses_demo_accounts_in_one_sentence_before_it_starts_anything(
    db, settings, monkeypatch, tmp_path
) -> None:
    settings.DEMO_MODE = True
    create_demo_accounts()
    settings.DEMO_MODE = False
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "8971")
    started = []
    monkeypatch.setattr("kr_ru_platform.embedded.runner.run", lambda *_arguments: started.append(1))
    monkeypatch.setattr("kr_ru_platform.management.commands.portal.bring_up_to_date", lambda say: None)
    with pytest.raises(ImproperlyConfigured) as refusal:
        call_command("portal")
    assert "manage.py remove_demo_accounts" in str(refusal.value) and "\n" not in str(refusal.value)
    assert not started
