from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PROFILES = "matching.CompanyProfile.organisation"
PROPOSED_HOLDERS = "matching.ProposedChange.facts.holder"


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        from django.db.models import Q

        import matching.domain.account_closing  # noqa: F401 - listens
        from accounts.names.name_ties import register_tie
        from accounts.registered.merge_rules import (
            KeysInJson,
            Question,
            register_handovers,
            register_keys,
            register_merging,
            register_obstacles,
            register_question,
        )
        from kr_ru_platform.web.registered.refusals import register_sentences
        from matching import menus, page_parts
        from matching.domain import organisation_handovers, organisation_merging
        from matching.wording import refusals

        menus.register()
        register_sentences(refusals.SENTENCES)
        page_parts.register()
        register_merging(PROFILES, organisation_merging.prepare_profiles)
        register_question(Question("profile", PROFILES, _("Both have a company profile. Whose stays?")))
        register_keys(
            KeysInJson(
                PROPOSED_HOLDERS,
                organisation_merging.count_proposed_holders,
                organisation_merging.move_proposed_holders,
            )
        )
        register_obstacles(organisation_merging.obstacles)
        register_handovers(organisation_handovers.handovers_seen)
        register_tie(Q(technologies__isnull=False))
        register_tie(Q(match_requests__introduction__isnull=False))
