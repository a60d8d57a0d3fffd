"""What this app has in the menus."""

from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.registered.menus import Menu, MenuEntry, members, register_entries, staff, visitors
from matching import rules


def register() -> None:
    register_entries(
        Menu.MAIN,
        MenuEntry(10, _("Work queue"), "match_request_queue", staff),
        MenuEntry(20, _("Technologies"), "technology_list", visitors),
        MenuEntry(20, _("Technologies"), "technology_list", members),
        MenuEntry(20, _("Technologies"), "technology_manage_list", staff),
        MenuEntry(30, _("Import"), "technology_import", staff),
        MenuEntry(40, _("Demands"), "demand_list", members),
        MenuEntry(40, _("Demands"), "demand_list", staff),
        MenuEntry(50, _("Match requests"), "match_request_list", members),
        MenuEntry(80, _("Company profile"), "company_profile", members),
        MenuEntry(90, _("How to apply"), "guide", visitors),
        MenuEntry(90, _("How to apply"), "guide", members),
    )
    register_entries(
        Menu.FOOTER,
        MenuEntry(20, _("Technologies"), "technology_list"),
        MenuEntry(90, _("How to apply"), "guide"),
    )
    register_entries(
        Menu.ACCOUNT,
        MenuEntry(40, _("Scorer versions"), "scorer_list", staff),
        MenuEntry(60, _("System status"), "operations", rules.can_see_operations),
    )
