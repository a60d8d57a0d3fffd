"""E-mail addresses are stored and looked up in one spelling, that of `fold_email`, and compared letter by letter."""

from typing import Any

from django.db import models

from kr_ru_platform.words.reading.folding import fold_email


class MailboxField(models.EmailField):
    """What PostgreSQL calls the same whatever its case is not: upper("ı") is I, and sınil.com is somebody else's."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        email = fold_email(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, email)
        return email

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return fold_email(value) if isinstance(value, str) else value

    def get_lookup(self, lookup_name: str) -> Any:
        return None if lookup_name == "iexact" else super().get_lookup(lookup_name)
