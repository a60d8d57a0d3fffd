#!/usr/bin/env python
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kr_ru_platform.settings.local")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from kr_ru_platform.embedded import local_mode
    from kr_ru_platform.embedded.layout import ServiceError
    from kr_ru_platform.embedded.services import is_production, needs_services, services_for

    try:
        local_mode.refuse_network(local_mode.hosts_of_command(sys.argv))
        with services_for(sys.argv):
            if needs_services(sys.argv):
                prepare_tables(may_migrate=not is_production())
            execute_from_command_line(sys.argv)
    except (ServiceError, ImproperlyConfigured) as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit(130)


def prepare_tables(*, may_migrate: bool) -> None:
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
    from kr_ru_platform.running import schema

    schema.require(sys.argv, may_migrate=may_migrate)


if __name__ == "__main__":
    main()
