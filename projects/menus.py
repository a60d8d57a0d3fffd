"""What this app has in the menus."""

from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.registered.menus import Menu, MenuEntry, members, register_entries, staff, visitors


def register() -> None:
    register_entries(
        Menu.MAIN,
        MenuEntry(10, _("My work"), "workspace", members),
        MenuEntry(60, _("Research tasks"), "research_task_list", members),
        MenuEntry(60, _("Research tasks"), "research_task_list", staff),
        MenuEntry(70, _("Results"), "statistics", visitors),
        MenuEntry(70, _("Statistics"), "statistics", staff),
        MenuEntry(80, _("Network"), "network", visitors),
    )
    register_entries(
        Menu.FOOTER,
        MenuEntry(70, _("Results"), "statistics"),
        MenuEntry(80, _("Network"), "network"),
    )
    register_entries(Menu.ACCOUNT, MenuEntry(10, _("My work"), "workspace"))
