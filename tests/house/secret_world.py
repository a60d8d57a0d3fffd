"""The world with one row for each kind of secret, and the people who are nearly allowed to read them."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.models import ClosedAccount, OrganisationAlias
from kr_ru_platform.models import KeptPost
from matching.enums import MatchRequestState, RequestEventKind
from matching.models import ImportRowError, ProposedChange, Publication, RequestEvent
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import InstituteFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory
from tests.house.secrets_table import COMPANY, STAFF, TASK
from tests.house.world import build_world


def build_secrets() -> Any:
    """The world, with one row for each kind of secret and the people who are nearly allowed to read them."""
    world = build_world()
    secret = TechnologyFactory(holder=world.holder, disclosure="nda")
    world.secret, world.secret_text, world.draft_text = secret, secret.texts.get(), world.draft.texts.get()
    world.secret_change = ProposedChange.objects.create(technology=secret)
    world.publication = Publication.objects.create(technology=secret, kind="review", is_by_one_person=True, reason="x")
    world.event = world.attachment.event
    world.row_error = ImportRowError.objects.create(technology_import=world.technology_import, row=1, code="bad")
    common = {"organisation": world.company, "requested_by": world.people["sme"]}
    world.declined = MatchRequestFactory(
        technology=secret, state=MatchRequestState.DECLINED, decline_reason="other", **common
    )
    former = MembershipFactory(organisation=world.company)
    world.people |= {
        "former": former.user,
        "pending": world.waiting.user,
        "unverified": UserFactory(),
        "second_partner": MembershipFactory(organisation=InstituteFactory()).user,
        "signed": introduced(secret, date(2026, 1, 1)),
        "past": introduced(secret, date(2025, 1, 1), date(2026, 1, 1)),
        "ended": introduced(secret, None),
    }
    former.delete()
    _add_kept(world)
    _add_money(world)
    _add_held(world)
    return world


def _add_kept(world: Any) -> None:
    """What is kept of people, and by which an organisation is known."""
    world.people["member"] = world.member_person = world.colleague.user
    actor = UserFactory(email="closed-1@closed.invalid", full_name="", is_active=False, is_closed=True)
    world.closed = ClosedAccount.objects.create(user=actor, full_name="x", closed_by=world.people["admin"])
    world.people["closed"] = actor
    about = {"match_request": world.match_request, "actor": actor, "body": "x"}
    RequestEvent.objects.create(kind=RequestEventKind.MESSAGE, **about)
    world.owner_event = RequestEvent.objects.create(kind=RequestEventKind.OWNER, **about)
    type(world.demand).history.filter(id=world.demand.pk).update(history_user=actor)
    world.alias = OrganisationAlias.objects.create(organisation=world.company, name="x")
    world.kept_post = KeptPost.objects.create(
        token="t", account=world.people["sme"].pk, path=reverse("demand_create"), fields=[]
    )


def _add_money(world: Any) -> None:
    """Two tasks: what is public as a sum is no amount of one of them."""
    world.budget_line = BudgetLineFactory(research_task=world.research_task)
    amounts = {"government_krw": 5_111_111, "company_cash_krw": 6_111_111, "spent_krw": 7_111_111}
    BudgetLineFactory(research_task=ResearchTaskFactory(programme=world.programme), **amounts)


def _add_held(world: Any) -> None:
    """A technology that left the public with an unread title; a request, a mark and a task name it all the same."""
    held = TechnologyFactory(holder=world.holder, disclosure="public", state="on_hold", public_titles={"ru": "Former"})
    world.held, world.held_text = held, held.texts.get()
    common = {"organisation": world.company, "requested_by": world.people["sme"]}
    world.held_request = MatchRequestFactory(technology=held, **common)
    world.held_task = ResearchTaskFactory(programme=world.programme, technology=held)
    for organisation, role in ((world.company, "participant"), (world.holder, "provider")):
        TaskPartnerFactory(research_task=world.held_task, organisation=organisation, role=role)
    FeedbackFactory(technology=held, demand=world.demand, organisation=world.company)


def plant_files(world: Any) -> dict[str, tuple[str, set[str]]]:
    """Words in what was uploaded, and in the names under which it lies."""
    planted = {}
    rows = [("attachment", "file", COMPANY), ("outcome", "evidence_file", TASK), ("technology_import", "file", STAFF)]
    for name, column, readers in rows:
        row = getattr(world, name)
        row.refresh_from_db()
        content, file_name = f"Zq{name}ContentCanary", f"Zq{name}FileCanary"
        getattr(row, column).save(f"{file_name}.txt", ContentFile(f"title\n{content}\n".encode()))
        planted |= {content: (f"{name} content", readers), file_name: (f"{name} file name", readers)}
    return planted


def introduced(technology: Any, signed_on: date | None, ends_on: date | None = None) -> Any:
    """A member of a company that has signed for this technology, or has not, or whose agreement has ended."""
    person = MembershipFactory()
    request = MatchRequestFactory(
        technology=technology,
        organisation=person.organisation,
        requested_by=person.user,
        state=MatchRequestState.INTRODUCED,
    )
    IntroductionFactory(match_request=request, nda_signed_on=signed_on, nda_ends_on=ends_on)
    return person.user
