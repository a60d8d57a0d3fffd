from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        from django.db.models import Q

        from accounts.ties import register_tie

        register_tie(Q(technologies__isnull=False))
        register_tie(Q(match_requests__introduction__isnull=False))
