import pytest

from kr_ru_platform.saving.errors import StaleRevisionError
from matching.domain.needs.profiles import save_profile
from matching.models import CompanyProfile
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def test_save_profile_creates_the_one_profile_of_a_company():
    company = OrganisationFactory()
    save_profile(organisation=company, by=UserFactory(), data={"products": "Трансформаторы"}, expected_revision=0)
    assert CompanyProfile.objects.values_list("organisation", "products", "language", "revision").get() == (
        company.pk,
        "Трансформаторы",
        "ru",
        1,
    )


def test_save_profile_change_adds_to_the_revision_and_no_change_does_not():
    profile = CompanyProfileFactory(revision=2)
    save = {"organisation": profile.organisation, "by": UserFactory()}
    assert save_profile(**save, data={"products": profile.products}, expected_revision=2).revision == 2
    assert save_profile(**save, data={"products": "변압기"}, expected_revision=2).revision == 3


def test_save_profile_stale_revision_is_refused():
    profile = CompanyProfileFactory(revision=2)
    with pytest.raises(StaleRevisionError):
        save_profile(
            organisation=profile.organisation,
            by=UserFactory(),
            data={"products": "변압기"},
            expected_revision=1,
        )


def test_save_profile_twice_at_first_writing_is_a_conflict():
    company = OrganisationFactory()
    save_profile(organisation=company, by=UserFactory(), data={"products": "가"}, expected_revision=0)
    with pytest.raises(StaleRevisionError):
        save_profile(organisation=company, by=UserFactory(), data={"products": "나"}, expected_revision=0)
