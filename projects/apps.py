from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Research tasks and outcomes")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        import projects.domain.closing  # noqa: F401 - listens
