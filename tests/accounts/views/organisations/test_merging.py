import pytest

from accounts.models import Organisation, OrganisationMerge
from matching.models import Technology
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = create_staff()
    client.force_login(user)
    return user


def test_two_records_become_one_and_the_old_address_leads_on(client, staff):
    stays, goes = OrganisationFactory(name_ko="㈜한결정밀"), OrganisationFactory(name_ko="㈜한결정밀소재", is_new=True)
    page = f"/curation/organisations/{goes.pk}/merge/"
    assert "㈜한결정밀" in client.get(page).content.decode()
    compared = client.get(page, {"with": stays.pk})
    assert compared.context["suggested"] == stays
    data = {"with": stays.pk, "stays": stays.pk, f"revision_{stays.pk}": 1, f"revision_{goes.pk}": 1}
    assert client.post(page, data).status_code == 200, "nobody has ticked that they are the same"
    wrong_way = client.post(page, {**data, "stays": goes.pk, "is_same": "1"})
    assert (wrong_way.status_code, Organisation.objects.count()) == (200, 2)
    assert client.post(page, {**data, "is_same": "1"}).url == f"/curation/organisations/{stays.pk}/"
    for address in ("", "edit/", "merge/"):
        moved = client.get(f"/curation/organisations/{goes.pk}/{address}")

        assert (moved.status_code, moved.url) == (302, f"/curation/organisations/{stays.pk}/{address}")
    client.force_login(UserFactory())
    assert client.get(f"/curation/organisations/{goes.pk}/").status_code == 403


def test_what_was_chosen_before_an_error_of_a_merge_is_chosen_still(client, staff):
    one, other = OrganisationFactory(name_ko="㈜한결정밀"), OrganisationFactory(name_ko="㈜한결정밀소재")
    CompanyProfileFactory(organisation=one), CompanyProfileFactory(organisation=other)
    page = f"/curation/organisations/{one.pk}/merge/"
    revisions = {f"revision_{one.pk}": 1, f"revision_{other.pk}": 1}
    answer = client.post(page, {"with": other.pk, "stays": other.pk, "profile": one.pk, **revisions})
    assert answer.context["suggested"] == other, "nobody merges the wrong way because a tick was missing"
    asked = [(question.name, whose) for question, whose in answer.context["questions"]]
    assert (asked, answer.context["keeps_names"]) == ([("profile", one)], False)


def test_other_record_is_chosen_among_those_found_but_never_the_same_one(client, staff):
    one, other = OrganisationFactory(name_ko="㈜한결정밀"), OrganisationFactory(name_ko="㈜한결정밀소재")
    OrganisationFactory(name_ko="㈜바다")
    page = f"/curation/organisations/{one.pk}/merge/"
    chosen = client.get(page, {"with": one.pk, "q": " 한결\x00정밀 "}).context
    assert (chosen["q"], chosen["found"], chosen["similar"]) == ("한결정밀", [other], [other])
    assert client.get(page).context["found"] == [], "without a search nothing is found"


def test_records_changed_after_they_were_compared_are_compared_again(client, staff):
    stays, goes = OrganisationFactory(revision=2), OrganisationFactory()
    data = {"with": goes.pk, "stays": stays.pk, "is_same": "1", f"revision_{stays.pk}": 1, f"revision_{goes.pk}": 1}
    page = f"/curation/organisations/{stays.pk}/merge/"
    answer = client.post(page, data)
    assert (len(answer.context["errors"]), Organisation.objects.count()) == (1, 2)
    assert client.post(page, {**data, f"revision_{stays.pk}": 2}).status_code == 302
    assert Organisation.objects.get() == stays


def test_page_says_what_changes_hands_and_one_person_decides_with_a_reason(client, staff):
    one, other = InstituteFactory(), InstituteFactory()
    TechnologyFactory(holder=one, disclosure="nda", text__title="Сверхпроводник")
    reader = create_member(organisation=other)
    page = f"/curation/organisations/{one.pk}/merge/"
    shown = client.get(page, {"with": other.pk})
    text = shown.content.decode()
    assert [word in text for word in ("Сверхпроводник", reader.email, "is_handed_over")] == [True] * 3
    revisions = {f"revision_{one.pk}": 1, f"revision_{other.pk}": 1}
    data = {"with": other.pk, "stays": other.pk, "is_same": "1", **revisions}
    for said in ({}, {"is_handed_over": "1"}, {"reason": "등기부"}, {"is_handed_over": "1", "reason": " "}):
        answer = client.post(page, {**data, "handovers": shown.context["handovers_seen"], **said})
        assert (answer.status_code, Organisation.objects.count()) == (200, 2), said
    said = {"is_handed_over": "1", "reason": "등기부 110111-0012345"}
    late = create_member(organisation=other)
    answer = client.post(page, {**data, **said, "handovers": shown.context["handovers_seen"]})
    assert (late.email in answer.content.decode(), Organisation.objects.count()) == (True, 2), "one more would read it"
    assert client.post(page, {**data, **said, "handovers": answer.context["handovers_seen"]}).status_code == 302
    assert (Technology.objects.get().holder, OrganisationMerge.objects.get().reason) == (other, said["reason"])
    assert said["reason"] in client.get(f"/curation/organisations/{other.pk}/").content.decode()


def test_page_asks_for_the_tick_where_only_agreements_open(client, staff):
    one, other = OrganisationFactory(), OrganisationFactory()
    technology = TechnologyFactory(disclosure="nda", text__title="Сверхпроводник")
    IntroductionFactory(
        match_request__organisation=one, match_request__technology=technology, nda_signed_on="2020-01-01"
    )
    reader = create_member(organisation=other)
    page = f"/curation/organisations/{one.pk}/merge/"
    shown = client.get(page, {"with": other.pk})
    text = shown.content.decode()
    assert [word in text for word in ("Сверхпроводник", reader.email, "is_handed_over")] == [True] * 3
    revisions = {f"revision_{one.pk}": 1, f"revision_{other.pk}": 1}
    data = {"with": other.pk, "stays": one.pk, "is_same": "1", **revisions}
    data["handovers"] = shown.context["handovers_seen"]
    assert (client.post(page, data).status_code, Organisation.objects.filter(pk=other.pk).count()) == (200, 1)
    said = {"is_handed_over": "1", "reason": "등기부 110111-0012345"}
    assert client.post(page, {**data, **said}).status_code == 302
    assert OrganisationMerge.objects.get().reason == said["reason"]
