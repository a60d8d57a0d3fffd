from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "kr_ru_platform"

    def ready(self) -> None:
        from kr_ru_platform.words import form_cleaning, looking_up

        looking_up.register()
        form_cleaning.clean_what_forms_read()
