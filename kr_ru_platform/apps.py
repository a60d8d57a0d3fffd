from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "kr_ru_platform"

    def ready(self) -> None:
        from kr_ru_platform.words import looking_up, typed

        looking_up.register()
        typed.clean_what_forms_read()
