import pytest
from django.urls import reverse

from matching.models import CompanyProfile
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.match import MatchFactory, record_scoring
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db


def page_of(organisation):
    return reverse("company_profile_for", args=[organisation.pk])


@pytest.mark.parametrize("make_user", [create_member, create_evaluator, UserFactory])
@pytest.mark.parametrize("method", ["get", "post"])
def test_profile_of_another_company_is_not_found(client, make_user, method):
    profile = CompanyProfileFactory()
    client.force_login(make_user())
    answer = getattr(client, method)(page_of(profile.organisation), {"products": "가", "revision": 1})
    assert answer.status_code == 404
    profile.refresh_from_db()
    assert profile.revision == 1


def test_company_profile_is_that_of_the_readers_company(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    assert client.get(reverse("company_profile")).context["organisation"] == membership.organisation


@pytest.mark.parametrize(
    ("make_user", "place"), [(UserFactory, "my_organisation"), (create_staff, "organisation_list")]
)
def test_company_profile_without_a_company_leads_on(client, make_user, place):
    client.force_login(make_user())
    assert client.get(reverse("company_profile")).url == reverse(place)


def test_company_profile_first_saving(client):
    company = OrganisationFactory()
    client.force_login(create_member(organisation=company))
    data = {"products": "변압기", "field": "metals", "ksic_code": "c28.11", "revision": 0}
    assert client.post(page_of(company), data).status_code == 302
    assert CompanyProfile.objects.values_list("organisation", "products", "field", "ksic_code", "revision").get() == (
        company.pk,
        "변압기",
        "metals",
        "C2811",
        1,
    )


def test_company_profile_wrong_industry_code_keeps_what_was_typed(client):
    company = OrganisationFactory()
    client.force_login(create_member(organisation=company))
    answer = client.post(page_of(company), {"products": "변압기", "ksic_code": "전기", "revision": 0})
    assert answer.context["form"].errors.keys() == {"ksic_code"}
    assert "변압기</textarea>" in answer.content.decode()


def test_company_profile_conflict_keeps_what_was_typed(client):
    profile = CompanyProfileFactory(revision=2, products="동료가 쓴 글")
    client.force_login(create_member(organisation=profile.organisation))
    mine = {"products": "내가 쓴 글"}
    answer = client.post(page_of(profile.organisation), mine | {"revision": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("내가 쓴 글" in page, "동료가 쓴 글" in page) == (True, True)
    mine["revision"] = answer.context["form"]["revision"].value()
    assert client.post(page_of(profile.organisation), mine).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_company_profile_shows_its_matches(client, django_assert_num_queries, rows):
    profile = CompanyProfileFactory()
    client.force_login(create_member(organisation=profile.organisation))
    MatchFactory.create_batch(rows, demand=None, profile=profile)
    record_scoring(profile=profile)
    with django_assert_num_queries(16):
        answer = client.get(page_of(profile.organisation))
    assert len(answer.context["results"].rows) == rows


def test_company_profile_fills_in_by_itself(client):
    profile = CompanyProfileFactory()
    client.force_login(create_member(organisation=profile.organisation))
    poll = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TRIGGER": "matches-scoring"}
    statuses = [client.get(page_of(profile.organisation), **poll).status_code]
    record_scoring(profile=profile)
    statuses.append(client.get(page_of(profile.organisation), **poll).status_code)
    assert statuses == [204, 200]
