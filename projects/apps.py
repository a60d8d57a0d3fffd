from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Research tasks and outcomes")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        from django.db.models import Q

        from accounts.ties import register_tie

        register_tie(Q(task_partnerships__isnull=False))
        register_tie(Q(agreements__isnull=False))
