import pytest
from django.core import mail

from accounts.domain.organisations.identity import FoundBy, Identified, find_organisation
from accounts.domain.organisations.naming import approve_name, decline_name, take_name_back
from accounts.domain.organisations.registering import save_organisation
from accounts.models import NameProposal, Organisation, OrganisationAlias
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from tests.factories.introduction import IntroductionFactory
from tests.factories.membership import create_member
from tests.factories.network import AgreementFactory
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.research_task import TaskPartnerFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def renamed(organisation, **names):
    save_organisation(by=create_member(organisation=organisation), organisation=organisation, data=names)
    organisation.refresh_from_db()
    return organisation


def bind_nothing(organisation):
    pass


def bind_technology(organisation):
    TechnologyFactory(holder=organisation)


def bind_introduction(organisation):
    IntroductionFactory(match_request__organisation=organisation)


def bind_research_task(organisation):
    TaskPartnerFactory(organisation=organisation)


def bind_agreement(organisation):
    AgreementFactory(organisation=organisation)


def test_member_renames_an_organisation_that_nobody_relies_on():
    row = renamed(OrganisationFactory(name_ko="㈜가", is_new=True), name_ko="㈜나")
    assert (row.name_ko, NameProposal.objects.count(), OrganisationAlias.objects.count()) == ("㈜나", 0, 0)


@pytest.mark.parametrize("bind", [bind_technology, bind_introduction, bind_research_task, bind_agreement])
def test_member_only_proposes_a_name_for_one_that_others_rely_on(bind):
    organisation = OrganisationFactory(name_ko="㈜가", is_new=True)
    bind(organisation)
    assert renamed(organisation, name_ko="㈜나").name_ko == "㈜가"
    assert NameProposal.objects.values_list("old", "new", "state").get() == (
        {"name_ko": "㈜가"},
        {"name_ko": "㈜나"},
        "waiting",
    )


@pytest.mark.parametrize("field", ["name_ko", "name_ru", "name_en", "short_name"])
def test_member_changes_everything_else_of_a_confirmed_one_at_once(field):
    row = renamed(OrganisationFactory(city="서울"), **{field: "삼성전자", "city": "부산"})
    assert (row.city, getattr(row, field) == "삼성전자") == ("부산", False)


def test_a_partner_that_renames_itself_is_handed_nothing():
    """The kind of fault that gave one institute's technologies to another."""
    victim, thief = InstituteFactory(name_ru="Институт металлов"), InstituteFactory(name_ru="Институт")
    renamed(thief, name_ru="Институт металлов", name_en="Institute of Metals")
    assert find_organisation(name="Институт металлов") == Identified(victim, FoundBy.NAME)
    assert find_organisation(name="Institute of Metals") == Identified()


def test_approve_name_keeps_the_former_one_as_an_alias():
    row, staff = renamed(InstituteFactory(name_ru="Старое"), name_ru="Новое"), create_staff()
    proposal = NameProposal.objects.get()
    approve_name(proposal=proposal, by=staff)
    row = Organisation.objects.get(pk=row.pk)
    assert (row.name_ru, row.history.first().history_user) == ("Новое", staff)
    assert row.aliases.values_list("name", "language", "kind", "confirmed_by").get() == (
        "Старое",
        "ru",
        "former",
        staff.pk,
    )
    assert find_organisation(name="Старое") == Identified(row, FoundBy.ALIAS)
    with pytest.raises(MoveNotAllowedError):
        decline_name(proposal=proposal, by=staff, reason="—")


def test_approve_name_refuses_a_proposal_overtaken_by_another_change():
    row = renamed(InstituteFactory(name_ru="Старое"), name_ru="Новое")
    save_organisation(by=create_staff(), organisation=row, data={"name_ru": "Другое"})
    with pytest.raises(StaleRevisionError):
        approve_name(proposal=NameProposal.objects.get(), by=create_staff())
    assert find_organisation(name="Старое").found_by == FoundBy.ALIAS


def test_decline_name_and_take_name_back_change_nothing():
    row = renamed(InstituteFactory(name_ru="Старое"), name_ru="Новое")
    decline_name(proposal=NameProposal.objects.get(), by=create_staff(), reason="증빙이 필요합니다.")
    renamed(row, name_ru="Новое 2")
    take_name_back(proposal=NameProposal.objects.waiting().get(), by=create_member(organisation=row))
    assert Organisation.objects.get(pk=row.pk).name_ru == "Старое"
    assert list(NameProposal.objects.order_by("pk").values_list("state", flat=True)) == ["declined", "taken_back"]


def test_reason_of_a_declined_name_goes_to_those_who_act_for_the_organisation():
    row = InstituteFactory(name_ru="Старое")
    manager, asker = create_member(organisation=row), create_member(organisation=row)
    save_organisation(by=asker, organisation=row, data={"name_ru": "Новое"})
    asker.memberships.all().delete()
    mail.outbox.clear()
    decline_name(proposal=NameProposal.objects.waiting().get(), by=create_staff(), reason="SecretReason")
    assert [message.to for message in mail.outbox if "SecretReason" in message.body] == [[manager.email]]


def test_approval_is_told_to_those_who_act_for_the_organisation_and_not_to_who_has_left():
    row = InstituteFactory(name_ru="Старое")
    manager, asker = create_member(organisation=row), create_member(organisation=row)
    save_organisation(by=asker, organisation=row, data={"name_ru": "Новое"})
    asker.memberships.all().delete()
    mail.outbox.clear()
    approve_name(proposal=NameProposal.objects.waiting().get(), by=create_staff())
    assert [message.to for message in mail.outbox] == [[manager.email]]


def waiting_names():
    return list(NameProposal.objects.waiting().order_by("id").values_list("new", flat=True))


def test_second_proposal_of_one_person_says_what_the_first_said() -> None:
    organisation = OrganisationFactory(name_ko="㈜가", name_en="Ga", name_ru="Га")
    member = create_member(organisation=organisation)
    # The form shows the name that is in force beside the one that is written now.
    for names in ({"name_ko": "㈜나"}, {"name_ko": "㈜가", "name_en": "Na"}, {"name_ko": "㈜나다", "name_en": "Na"}):
        save_organisation(by=member, organisation=organisation, data=names)
    assert waiting_names() == [{"name_ko": "㈜나다", "name_en": "Na"}]
    states = NameProposal.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["taken_back", "taken_back", "waiting"]


def test_proposals_of_two_people_wait_beside_each_other() -> None:
    organisation = OrganisationFactory(name_ko="㈜가", name_en="Ga")
    for names in ({"name_ko": "㈜나"}, {"name_en": "Na"}, {"name_ko": "㈜나"}):
        renamed(organisation, **names)
    assert waiting_names() == [{"name_ko": "㈜나"}, {"name_en": "Na"}]
    for proposal in NameProposal.objects.waiting():
        approve_name(proposal=proposal, by=create_staff())
    organisation.refresh_from_db()
    assert (organisation.name_ko, organisation.name_en) == ("㈜나", "Na")


def test_a_name_that_nobody_confirmed_is_not_kept_as_an_alias():
    row = OrganisationFactory(name_ko="㈜삼성전자", is_new=True)
    save_organisation(by=create_staff(), organisation=row, data={"name_ko": "㈜가나"})
    assert not OrganisationAlias.objects.exists()


def test_a_masked_name_is_shown_when_a_second_person_has_approved_it() -> None:
    first, second = create_staff(), create_staff()
    row = OrganisationFactory(is_name_masked=True)
    save_organisation(by=first, organisation=row, data={"is_name_masked": False})
    row.refresh_from_db()
    proposal = NameProposal.objects.get(organisation=row)
    assert (row.is_name_masked, len(proposal.rows), str(proposal)) == (True, 1, str(row))
    with pytest.raises(MoveNotAllowedError):
        approve_name(proposal=proposal, by=first)
    approve_name(proposal=proposal, by=second)
    row.refresh_from_db()
    assert row.is_name_masked is False


def test_a_new_company_is_masked_until_a_second_person_has_approved_its_name() -> None:
    staff = create_staff()
    data = {"name_ko": "새회사", "kind": "company", "country": "KR", "is_name_masked": False}
    row = save_organisation(by=staff, data=data)
    assert (row.is_name_masked, NameProposal.objects.get(organisation=row).new) == (True, {"is_name_masked": False})


@pytest.mark.parametrize("data", [{"kind": "company"}, {"kind": "company", "is_name_masked": False}])
def test_what_becomes_a_company_is_masked_until_a_second_person_has_approved_its_name(data: dict[str, object]) -> None:
    """Entered as an institute, whose name everybody may read, and called a company afterwards."""
    row = InstituteFactory(is_name_masked=False)
    row = save_organisation(by=create_staff(), organisation=row, data=data)
    assert (row.is_name_masked, NameProposal.objects.get(organisation=row).new) == (True, {"is_name_masked": False})
