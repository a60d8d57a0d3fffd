import pytest
from django.core import mail

from accounts.domain.organisations.confirmation import confirm_organisation, refuse_unconfirmed, withdraw_confirmation
from accounts.domain.organisations.identity import find_organisation
from accounts.domain.organisations.registering import register_organisation, save_organisation
from accounts.enums import ConfirmationGround
from accounts.errors import NotConfirmedError, NotInRegistryError, OwnOrganisationError
from accounts.models import Organisation
from accounts.names.registry import RegistryEntry, RegistryUnavailableError
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching import rules
from matching.enums import Audience
from matching.models import Technology
from projects.models import ResearchTask
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.research_task import TaskPartnerFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
DOCUMENT = ConfirmationGround.DOCUMENT
SAMSUNG = {"name_ko": "삼성전자 주식회사", "kind": "company", "country": "KR", "registration_number": "124-81-00998"}


class Register:
    """A register that knows one number and does not answer about another."""

    is_connected = True

    def look_up(self, number: str) -> RegistryEntry | None:
        if number == "2208162517":
            raise RegistryUnavailableError
        return RegistryEntry(number, "삼성전자(주)", "계속사업자") if number == "1248100998" else None


def test_register_organisation_confirms_nothing_and_staff_enter_known_ones():
    claimed = register_organisation(by=UserFactory(), data=SAMSUNG)
    entered = save_organisation(by=create_staff(), data={"name_ru": "Институт", "kind": "institute", "country": "RU"})
    assert [(row.confirmation, row.confirmation_ground) for row in (claimed, entered)] == [
        ("unconfirmed", ""),
        ("confirmed", "known"),
    ]


def test_confirm_organisation_keeps_who_when_why_and_tells_its_managers():
    claimed = OrganisationFactory(is_new=True)
    owner, staff = create_member(organisation=claimed), create_staff()
    row = confirm_organisation(organisation=claimed, by=staff, ground=DOCUMENT, note="사업자등록증.pdf")
    stored = Organisation.objects.get()
    assert (stored.confirmation, stored.confirmation_ground, stored.confirmation_note) == (
        "confirmed",
        "document",
        "사업자등록증.pdf",
    )
    assert (stored.confirmation_decided_by, stored.revision) == (staff, 2)
    assert stored.history.first().history_user == staff
    assert [letter.to[0] for letter in mail.outbox] == [owner.email]
    assert find_organisation(name=row.name_ko).organisation == row
    with pytest.raises(MoveNotAllowedError):
        confirm_organisation(organisation=claimed, by=staff, ground=DOCUMENT)


def test_confirm_organisation_refuses_what_was_changed_after_it_was_looked_at():
    claimed = OrganisationFactory(is_new=True)
    save_organisation(by=create_member(organisation=claimed), organisation=claimed, data={"name_ko": "삼성전자"})
    with pytest.raises(StaleRevisionError):
        confirm_organisation(organisation=claimed, by=create_staff(), ground=DOCUMENT, expected_revision=1)


def test_confirm_organisation_refuses_those_who_act_for_it():
    claimed, staff = OrganisationFactory(is_new=True), create_staff()
    MembershipFactory(organisation=claimed, user=staff)
    with pytest.raises(OwnOrganisationError):
        confirm_organisation(organisation=claimed, by=staff, ground=DOCUMENT)


def test_registry_is_a_ground_only_where_it_knows_the_number(settings):
    claimed = OrganisationFactory(is_new=True, registration_number="124-81-00998")
    unknown = OrganisationFactory(is_new=True, registration_number="120-81-47521")
    unanswered = OrganisationFactory(is_new=True, registration_number="220-81-62517")
    with pytest.raises(NotInRegistryError):
        confirm_organisation(organisation=claimed, by=create_staff(), ground=ConfirmationGround.REGISTRY)

    settings.ORGANISATION_REGISTRY = f"{__name__}.Register"
    for row in (unknown, unanswered):
        with pytest.raises(NotInRegistryError):
            confirm_organisation(organisation=row, by=create_staff(), ground=ConfirmationGround.REGISTRY)
    confirm_organisation(organisation=claimed, by=create_staff(), ground=ConfirmationGround.REGISTRY)


def test_unconfirmed_holder_reads_neither_drafts_nor_protected_texts():
    """A name, or a holder chosen by mistake, opens nothing."""
    holder = InstituteFactory()
    draft = TechnologyFactory(holder=holder, state="draft")
    technology = TechnologyFactory(holder=holder, disclosure="nda")
    task = TaskPartnerFactory(organisation=holder).research_task
    member = create_member(organisation=holder)

    def reads():
        reader = type(member).objects.get(pk=member.pk)
        return (
            draft in Technology.objects.visible_to(reader),
            rules.audience_for(reader, technology) == Audience.NDA,
            task in ResearchTask.objects.visible_to(reader),
        )

    assert reads() == (True, True, True)
    withdraw_confirmation(organisation=holder, by=create_staff(), note="증빙 불충분")
    assert reads() == (False, False, False)
    assert Organisation.objects.get(pk=holder.pk).confirmation == "withdrawn"
    with pytest.raises(NotConfirmedError):
        refuse_unconfirmed(None, Organisation.objects.get(pk=holder.pk))


def test_unconfirmed_name_is_not_shown_to_others():
    claimed = OrganisationFactory(name_ko="㈜삼성전자", is_name_masked=False, is_new=True)
    member, staff = create_member(organisation=claimed), create_staff()
    readers = (member, staff, UserFactory())
    assert [claimed.name_for(reader) for reader in readers] == ["㈜삼성전자", "㈜삼성전자", "㈜삼***자"]
