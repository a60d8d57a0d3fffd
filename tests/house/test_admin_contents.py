"""What even the emergency admin does not show: keys to accounts, texts of mails, what is kept of forms."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kr_ru_platform.models import Mail
from tests.factories.user import UserFactory
from tests.house.secret_world import build_secrets
from tests.house.test_contents import content_of

pytestmark = pytest.mark.django_db


def test_the_admin_shows_no_keys_and_no_texts_of_mails(client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = build_secrets()
    person = world.people["sme"]
    type(world.kept_post).objects.update(fields=[["message", "ZqKeptCanary"]])
    type(person).objects.filter(pk=person.pk).update(password="pbkdf2_sha256$1$ZqSalt$ZqHashCanary")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "ZqFactorCanary"})
    about = {"receiver": "x", "sender": "y", "subject": "z", "message_id": "1", "due_at": timezone.now()}
    Mail.objects.create(body="ZqBodyCanary", html="ZqBodyCanary", **about)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    shown, walked = [], 0
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        pages = [("changelist", [])] + ([("change", [row.pk]), ("history", [row.pk])] if row else [])
        if model is type(person):
            pages += [("change", [person.pk]), ("history", [person.pk])]
        for page, arguments in pages:
            try:
                address = reverse(f"{base}_{page}", args=arguments)
            except NoReverseMatch:
                continue
            content, walked = content_of(client.get(address)), walked + 1
            words = ("ZqKept", "ZqSalt", "ZqHash", "ZqFactor", "ZqBody")
            shown += [f"{address}: {word}" for word in words if word in content]
    assert shown == []
    assert walked > 40
