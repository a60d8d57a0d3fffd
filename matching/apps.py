from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        from django.db.models import Q

        import matching.domain.closing  # noqa: F401 - listens
        from accounts.merging import register_merging, register_obstacles
        from accounts.names.ties import register_tie
        from matching import menus
        from matching.domain import organisation_merging

        menus.register()
        register_merging("matching.CompanyProfile.organisation", organisation_merging.prepare_profiles)
        register_obstacles(organisation_merging.obstacles)
        register_tie(Q(technologies__isnull=False))
        register_tie(Q(match_requests__introduction__isnull=False))
