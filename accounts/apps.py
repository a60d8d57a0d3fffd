from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        # Models are not there yet when this module is imported.
        from allauth.mfa import signals as mfa_signals

        from accounts import menus, wording
        from accounts.demo.demo_checks import no_demo_accounts
        from accounts.domain.organisations import merging as own_merging
        from accounts.domain.people.groups import ensure_groups
        from accounts.registered.merge_rules import register_merging, register_obstacles
        from accounts.signing_in import second_factor, session_clock
        from kr_ru_platform.web.kept.kept_posts import offer_after_log_in
        from kr_ru_platform.web.registered.refusals import register_sentences

        menus.register()
        register_sentences(wording.SENTENCES)
        register_merging("accounts.Membership.organisation", own_merging.prepare_memberships)
        register_merging("accounts.Invitation.organisation", own_merging.prepare_invitations)
        register_merging("accounts.NameProposal.organisation", own_merging.prepare_names)
        register_merging("accounts.OrganisationClaim.organisation", own_merging.prepare_claims)
        register_merging("accounts.OrganisationNumber.organisation", own_merging.prepare_numbers)
        register_merging("accounts.OrganisationAlias.organisation", own_merging.prepare_aliases)
        register_obstacles(own_merging.unconfirmed_would_stay)
        checks.register(no_demo_accounts, checks.Tags.database)
        post_migrate.connect(ensure_groups, sender=self, dispatch_uid="accounts.ensure_groups")
        user_logged_in.connect(session_clock.begin, dispatch_uid="accounts.signing_in.session_clock")
        user_logged_in.connect(offer_after_log_in, dispatch_uid="accounts.kept_posts")
        mfa_signals.authenticator_added.connect(second_factor.enrolled, dispatch_uid="accounts.enrolled")
        for signal in (mfa_signals.authenticator_removed, mfa_signals.authenticator_reset):
            signal.connect(second_factor.changed, dispatch_uid="accounts.factor_changed")
