"""What waits for the centre's decision about organisations."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.models import NameProposal, Organisation, OrganisationClaim


@dataclass(frozen=True)
class WaitingWork:
    unconfirmed: "QuerySet[Organisation]"
    proposals: "QuerySet[NameProposal]"
    claims: "QuerySet[OrganisationClaim]"

    @property
    def count(self) -> int:
        return self.unconfirmed.count() + self.proposals.count() + self.claims.count()


def waiting_work() -> WaitingWork:
    """The oldest first: people wait for it."""
    return WaitingWork(
        unconfirmed=Organisation.objects.unconfirmed()
        .annotate(member_count=Count("memberships", distinct=True))
        .order_by("created_at", "pk"),
        proposals=NameProposal.objects.waiting().select_related("organisation", "asked_by").order_by("pk"),
        claims=OrganisationClaim.objects.waiting().select_related("organisation", "asked_by").order_by("pk"),
    )
