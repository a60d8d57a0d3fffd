#!/usr/bin/env python
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kr_ru_platform.settings.local")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from kr_ru_platform.embedded import local_mode
    from kr_ru_platform.embedded.layout import ServiceError
    from kr_ru_platform.embedded.services import services_for

    try:
        local_mode.refuse_network(local_mode.hosts_of_command(sys.argv))
        with services_for(sys.argv):
            execute_from_command_line(sys.argv)
    except (ServiceError, ImproperlyConfigured) as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
