import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from matching.models import CompanyProfile
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.membership import create_member
from tests.factories.user import create_evaluator, create_staff

pytestmark = pytest.mark.django_db


def test_company_has_one_profile():
    profile = CompanyProfileFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyProfileFactory(organisation=profile.organisation)


@pytest.mark.parametrize("code", ["", "26", "C26", "26410", "C26410"])
def test_industry_code(code):
    CompanyProfileFactory(ksic_code=code).full_clean()


@pytest.mark.parametrize("code", ["2", "264101", "V26", "C", "26 4", "c26"])
def test_code_that_is_no_industry(code):
    with pytest.raises(ValidationError) as refused:
        CompanyProfileFactory.build(ksic_code=code).clean_fields(exclude=["organisation"])
    assert list(refused.value.message_dict) == ["ksic_code"]


def test_own_company_and_the_centre_see_a_profile():
    own, other = CompanyProfileFactory(), CompanyProfileFactory()
    people = {
        "visitor": AnonymousUser(),
        "evaluator": create_evaluator(),
        "member": create_member(organisation=own.organisation),
        "staff": create_staff(),
    }
    assert {name: set(CompanyProfile.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "evaluator": set(),
        "member": {own},
        "staff": {own, other},
    }
