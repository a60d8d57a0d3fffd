from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        import matching.domain.closing  # noqa: F401 - listens
