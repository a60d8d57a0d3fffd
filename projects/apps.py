from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Research tasks and outcomes")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        from django.db.models import Q

        import projects.domain.account_closing  # noqa: F401 - listens
        from accounts.names.name_ties import register_tie
        from accounts.registered.merge_rules import register_merging
        from projects import menus, page_parts
        from projects.domain.organisation_merging import prepare_partners

        menus.register()
        page_parts.register()
        register_merging("projects.TaskPartner.organisation", prepare_partners)
        register_tie(Q(task_partnerships__isnull=False))
        register_tie(Q(agreements__isnull=False))
