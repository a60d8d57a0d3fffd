"""One of everything on the path from a technology to an outcome, and one person of every role."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from accounts.enums import MembershipRole, MembershipState
from accounts.models import Invitation, NameProposal, OrganisationClaim, OrganisationNumber
from matching.enums import DemandState, MatchRequestState, RequestEventKind, TechnologyState
from matching.models import ProposedChange, RequestAttachment, RequestEvent, TechnologyImport
from projects.enums import PartnerRole
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match import MatchFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

ROLES = ["visitor", "newcomer", "sme", "other", "partner", "evaluator", "staff", "admin"]


def build_world() -> SimpleNamespace:
    """The company `sme` has it all; `other` is another company; `partner` holds the technologies."""
    world = SimpleNamespace()
    world.company, world.holder = OrganisationFactory(), InstituteFactory()
    world.people = {
        "visitor": None,
        "newcomer": UserFactory(),
        "sme": MembershipFactory(organisation=world.company).user,
        "other": MembershipFactory().user,
        "partner": MembershipFactory(organisation=world.holder).user,
        "evaluator": create_evaluator(),
        "staff": create_staff(),
        "admin": create_programme_admin(),
    }
    world.person = world.people["sme"]
    _add_matching(world)
    _add_request(world)
    _add_research_task(world)
    # A colleague to manage, one who waits, and an invitation to the newcomer.
    member = {"organisation": world.company, "role": MembershipRole.MEMBER}
    world.colleague = MembershipFactory(**member)
    world.waiting = MembershipFactory(**member, state=MembershipState.PENDING)
    world.invitation = Invitation.objects.create(
        organisation=world.company, email=world.people["newcomer"].email, invited_by=world.person
    )
    _add_decisions(world)
    return world


def _add_decisions(world: SimpleNamespace) -> None:
    """What waits for the centre: an organisation to confirm, a new name, a dispute of the newcomer."""
    world.claimed = OrganisationFactory(is_new=True)
    world.inn = OrganisationNumber.objects.create(organisation=world.company, kind="ru_inn", value="7707083893")
    world.proposal = NameProposal.objects.create(
        organisation=world.company, old={"name_en": ""}, new={"name_en": "New"}, asked_by=world.people["sme"]
    )
    world.claim = OrganisationClaim.objects.create(
        organisation=world.company, message="…", asked_by=world.people["newcomer"]
    )


def _add_matching(world: SimpleNamespace) -> None:
    world.technology = TechnologyFactory(holder=world.holder)
    world.draft = TechnologyFactory(holder=world.holder, state=TechnologyState.DRAFT)
    world.strangers_draft = TechnologyFactory(state=TechnologyState.DRAFT)
    world.demand = DemandFactory(organisation=world.company)
    world.draft_demand = DemandFactory(organisation=world.company, state=DemandState.DRAFT)
    world.profile = CompanyProfileFactory(organisation=world.company)
    world.match = MatchFactory(demand=world.demand, technology=world.technology)
    world.mark = FeedbackFactory(demand=world.demand, technology=world.technology, decided_by=world.people["sme"])
    world.change = ProposedChange.objects.create(technology=world.technology, facts={"trl": 7})
    world.technology_import = TechnologyImport.objects.create(
        uploaded_by=world.people["staff"], file=ContentFile(b"title\n", "a.csv"), name="a.csv"
    )


def _add_request(world: SimpleNamespace) -> None:
    common = {"organisation": world.company, "requested_by": world.people["sme"]}
    world.match_request = MatchRequestFactory(technology=world.technology, **common)
    event = RequestEvent.objects.create(
        match_request=world.match_request, kind=RequestEventKind.MESSAGE, actor=world.people["sme"]
    )
    world.attachment = RequestAttachment.objects.create(
        event=event, file=ContentFile(b"text", "a.txt"), name="a.txt", size=4
    )
    world.introduction = IntroductionFactory(
        match_request=MatchRequestFactory(
            technology=TechnologyFactory(holder=world.holder), state=MatchRequestState.INTRODUCED, **common
        )
    )


def _add_research_task(world: SimpleNamespace) -> None:
    world.research_task = ResearchTaskFactory(introduction=world.introduction)
    world.programme = world.research_task.programme
    TaskPartnerFactory(research_task=world.research_task, organisation=world.company, role=PartnerRole.LEAD)
    TaskPartnerFactory(research_task=world.research_task, organisation=world.holder, role=PartnerRole.PROVIDER)
    world.outcome = OutcomeFactory(
        research_task=world.research_task,
        reported_by=world.people["sme"],
        reported_for=world.company,
        evidence_file=ContentFile(b"text", "proof.txt"),
    )
