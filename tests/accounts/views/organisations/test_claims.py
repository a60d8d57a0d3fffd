import pytest

from accounts.domain.organisations.registering import register_organisation
from accounts.models import OrganisationClaim
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
COMPANY = {"name_ko": "㈜한결", "kind": "company", "country": "KR", "registration_number": "124-81-00998"}


def test_somebody_disputes_an_organisation_that_others_registered(client):
    register_organisation(by=UserFactory(), data=COMPANY)
    real = UserFactory()
    client.force_login(real)
    page = "/my/organisation/dispute/"
    assert client.get(page, {"registration_number": "１２４-81-00998"}).status_code == 200
    assert client.get(page, {"registration_number": "220-81-62517"}).status_code == 404
    client.post(page, {"registration_number": "124-81-00998", "message": "저희 회사입니다."})
    claim = OrganisationClaim.objects.get()
    assert f"claim-{claim.pk}" in client.get("/my/organisation/").content.decode()
    client.force_login(create_staff())
    assert client.post(f"/curation/claims/{claim.pk}/", {"answer": "yes"}).status_code == 302
    assert real.memberships.get().state == "active"
