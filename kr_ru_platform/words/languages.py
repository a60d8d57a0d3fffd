"""The one list of the portal's languages: for the interface and for stored texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    KOREAN = "ko", _("Korean")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")


# Each language under its own name, as a language switch shows it.
NATIVE_NAMES = [("ko", "한국어"), ("ru", "Русский"), ("en", "English")]
