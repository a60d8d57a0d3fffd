"""Who changed something in another window is told so, and not that somebody else did."""

import pytest

from accounts.models import Organisation
from kr_ru_platform.web.revision_forms import revisions_seen
from tests.factories.demand import DemandFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin
from tests.kr_ru_platform.web.forms import filled

pytestmark = pytest.mark.django_db
OWN = "다른 창에서"


def of_staff(make, address, field):
    return lambda: (create_programme_admin(), create_programme_admin(), address.format(pk=make().pk), field)


def demand():
    company = OrganisationFactory()
    first, second = (MembershipFactory(organisation=company).user for _n in range(2))
    row = DemandFactory(organisation=company, written_by=first)
    return first, second, f"/demands/{row.pk}/edit/", "problem"


def profile():
    company = OrganisationFactory()
    first, second = (MembershipFactory(organisation=company).user for _n in range(2))
    return first, second, f"/companies/{company.pk}/profile/", "products"


PAGES = {
    "demand": demand,
    "profile": profile,
    "organisation": of_staff(OrganisationFactory, "/curation/organisations/{pk}/edit/", "name_en"),
    "technology": of_staff(TechnologyFactory, "/curation/technologies/{pk}/edit/", "ipc_codes"),
    "technology text": of_staff(TechnologyFactory, "/curation/technologies/{pk}/texts/ru/", "title"),
    "introduction": of_staff(IntroductionFactory, "/curation/introductions/{pk}/edit/", "note"),
    "research task": of_staff(ResearchTaskFactory, "/research-tasks/{pk}/edit/", "summary"),
    "outcome": of_staff(OutcomeFactory, "/outcomes/{pk}/edit/", "evidence"),
    "programme": of_staff(ProgrammeFactory, "/programmes/{pk}/edit/", "name_en"),
}


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("is_own", [True, False])
def test_conflict_names_the_other_window_or_the_other_person(client, kind, is_own):
    first, second, url, field = PAGES[kind]()
    client.force_login(first)
    mine = filled(client.get(url), field) | {field: "C22C 1/02 first window"[: 8 if field == "ipc_codes" else None]}
    client.force_login(first if is_own else second)
    theirs = filled(client.get(url), field) | {field: "C22C 1/04 other window"[: 8 if field == "ipc_codes" else None]}
    saved = client.post(url, theirs)
    assert saved.status_code == 302, saved.content.decode()
    client.force_login(first)
    answer = client.post(url, mine)
    text = answer.content.decode()
    assert (answer.status_code in (200, 409), mine[field] in text, OWN in text) == (True, True, is_own)


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ({"revision_1": "3", "revision_2": "5"}, (3, 5)),
        ({"revision_1": "3"}, (3, -1)),
        ({"revision_1": "three", "revision_2": "-5"}, (-1, -1)),
    ],
)
def test_revisions_seen_of_two_rows(rf, sent, seen):
    assert revisions_seen(rf.post("/", sent), Organisation(pk=1), Organisation(pk=2)) == seen
