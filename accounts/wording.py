"""Why something about organisations is refused, in words."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationRefusal as Refused

SENTENCES = {
    Refused.NOT_CONFIRMED: _("The centre has not confirmed “%(name)s” yet: confirm it on its page first."),
    Refused.HANDOVERS_ARE_OTHERS: _("What changes hands is not what this page has shown: compare them again."),
    Refused.UNCONFIRMED_WOULD_STAY: _("The confirmed one has to stay, or confirm the other one first."),
    Refused.NUMBER_TAKEN: _("An organisation is already registered with this number."),
}
