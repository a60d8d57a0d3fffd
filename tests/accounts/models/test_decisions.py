import pytest
from django.utils import translation

from accounts.enums import DecisionState
from accounts.models import NameProposal, OrganisationClaim
from tests.constraints import constraint_against
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def propose(**fields):
    return NameProposal.objects.create(**{"old": {}, "new": {"name_en": "New"}, **fields})


def claim(**fields):
    return OrganisationClaim.objects.create(message="See the register.", **fields)


def test_one_change_of_a_name_waits_for_each_person():
    company, person = OrganisationFactory(), UserFactory()
    propose(organisation=company, asked_by=person, state=DecisionState.DECLINED)
    row = propose(organisation=company, asked_by=person)
    again = {"organisation": company, "asked_by": person}
    assert constraint_against(propose, **again) == "name_proposal_waiting_is_one_per_person"
    other = propose(organisation=company, asked_by=UserFactory())
    assert set(NameProposal.objects.waiting()) == {row, other}
    assert [one.is_waiting for one in company.name_proposals.order_by("id")] == [False, True, True]


def test_one_dispute_of_a_person_about_an_organisation_waits():
    company, person = OrganisationFactory(), UserFactory()
    claim(organisation=company, asked_by=person, state=DecisionState.DECLINED)
    row = claim(organisation=company, asked_by=person)
    again = {"organisation": company, "asked_by": person}
    assert constraint_against(claim, **again) == "organisation_claim_waiting_is_one_per_person"
    other = claim(organisation=company, asked_by=UserFactory())
    assert set(OrganisationClaim.objects.waiting()) == {row, other}


def test_proposal_tells_field_by_field_what_was_and_what_is_wanted():
    new = {"name_en": "New", "is_name_masked": False, "name_ru": "Новое"}
    row = NameProposal(old={"name_en": "Old", "is_name_masked": True}, new=new)
    with translation.override("en"):
        assert row.rows == [
            ("name in English", "Old", "New"),
            ("mask the name for the public", "Yes", "No"),
            ("name in Russian", "", "Новое"),
        ]
    assert str(row) == "New / Новое"


def test_proposal_without_names_is_called_as_its_organisation():
    company = OrganisationFactory(name_ko="가나")
    assert str(NameProposal(organisation=company, new={"is_name_masked": True})) == "가나"
