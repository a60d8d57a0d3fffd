"""The same address asked by three people in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from accounts.enums import MembershipState
from accounts.models import Invitation, Organisation, OrganisationNumber, User
from matching.models import Feedback, Technology
from projects.models import ResearchTask
from tests.factories.match import MatchFactory
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.user import PASSWORD, UserFactory, create_staff
from tests.kr_ru_platform.web.forms import filled

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(users, address, data=None):
    barrier = Barrier(len(users))

    def post(user):
        try:
            client = Client()
            if user is not None:
                client.force_login(user)
            barrier.wait()
            return client.post(address, data or {}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(users)) as threads:
        return sorted(threads.map(post, users))


def test_one_number_registered_at_once_is_registered_once():
    data = {"country": "KR", "kind": "company", "registration_number": "1248100998", "name_ko": "㈜한결"}
    assert at_once([UserFactory() for _ in range(3)], "/my/organisation/", data) == [200, 200, 302]
    assert Organisation.objects.count() == 1


def test_one_address_signed_up_at_once_is_one_account():
    """The second answer is the first one's: it tells nobody that there is an account."""
    form = {"email": "new@person.example.org", "password1": PASSWORD, "password2": PASSWORD, "full_name": "박하나"}
    assert at_once([None] * 4, "/accounts/signup/", form | {"phone": "", "has_consented": "on"}) == [302] * 4
    assert list(User.objects.values_list("email", "full_name", "emailaddress__email")) == [
        ("new@person.example.org", "박하나", "new@person.example.org")
    ]


def test_one_number_registered_and_noted_at_once_is_of_one_organisation():
    """It stands in two tables, so no constraint of one of them decides."""
    barrier, number = Barrier(2), {"registration_number": "1248100998"}
    company = OrganisationFactory()
    asked = [
        (UserFactory(), "/my/organisation/", {"country": "KR", "kind": "company", "name_ko": "㈜한결", **number}),
        (
            create_staff(),
            f"/curation/organisations/{company.pk}/identity/",
            {"mark": "number", "kind": "kr_business", "value": "1248100998"},
        ),
    ]

    def post(who, address, data):
        try:
            client = Client()
            client.force_login(who)
            barrier.wait()
            return client.post(address, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(lambda one: post(*one), asked)) == [200, 302]
    own = Organisation.objects.filter(registration_number="124-81-00998").count()
    assert own + OrganisationNumber.objects.filter(value="1248100998").count() == 1


def test_one_external_id_given_at_once_is_given_once():
    data = {"external_id": "E1", "language": "ru", "provenance": "source", "title": "Провод"}
    data |= {"ipr_status": "unknown", "direction": "ru_kr", "disclosure": "members"}
    assert at_once([create_staff() for _ in range(3)], "/curation/technologies/new/", data) == [200, 200, 302]
    assert Technology.objects.count() == 1


def test_one_task_number_given_at_once_is_given_once():
    data = {"programme": ProgrammeFactory().pk, "number": "2019-07", "title_ko": "가", "task_type": "localisation"}
    data |= {"direction": "ru_kr", "field": "metals", "starts_on": "2019-07-01"}
    data |= {"partners-TOTAL_FORMS": "0", "partners-INITIAL_FORMS": "0"}
    assert at_once([create_staff() for _ in range(3)], "/research-tasks/new/", data) == [200, 200, 302]
    assert ResearchTask.objects.count() == 1


def test_one_request_to_join_declined_at_once_is_declined_once():
    waiting = MembershipFactory(state=MembershipState.PENDING)
    answers = at_once([create_staff() for _ in range(3)], f"/memberships/{waiting.pk}/remove/")
    assert answers == [302, 404, 404]


def test_one_invitation_accepted_twice_at_once_is_accepted_once():
    person = UserFactory()
    owner = MembershipFactory()
    organisation = owner.organisation
    invitation = Invitation.objects.create(organisation=organisation, email=person.email, invited_by=owner.user)
    assert at_once([person, person], f"/invitations/{invitation.pk}/accept/") == [302, 404]
    assert organisation.memberships.count() == 2


def test_one_match_judged_at_once_is_judged_once():
    match = MatchFactory()
    colleagues = [create_member(organisation=match.demand.organisation) for _ in range(3)]
    assert at_once(colleagues, f"/matches/{match.pk}/not-relevant/", {"reason": "known"}) == [302, 302, 302]
    mark = Feedback.objects.get()
    assert at_once(colleagues, f"/feedback/{mark.pk}/put-back/") == [302, 302, 302]
    assert Feedback.objects.count() == 2


def test_one_form_sent_at_once_with_other_contents_is_no_error():
    """The row that remembers the form is replaced by each of them in its turn."""
    member = create_member()
    client = Client()
    client.force_login(member)
    form = filled(client.get("/company/"), "products", products="방열 코팅")
    assert client.post("/company/", form).status_code == 302
    barrier = Barrier(6)

    def post(number):
        try:
            client = Client()
            client.force_login(member)
            barrier.wait()
            return client.post("/company/", form | {"another": str(number)}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(post, range(6))) == {302}
