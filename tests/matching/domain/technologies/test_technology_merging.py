from datetime import date

import pytest

from accounts.errors import MergeObstacleError
from kr_ru_platform.saving.errors import MoveNotAllowedError
from matching.domain.requests.introductions import update_introduction
from matching.domain.technologies import proposed_changes
from matching.domain.technologies.curation import create_technology, move_technology
from matching.domain.technologies.technology_merging import (
    merge_technologies,
    moving_relations,
    technologies_by_external_id,
)
from matching.enums import Audience
from matching.models import Technology
from matching.rules import audience_for
from tests.factories.feedback import FeedbackFactory
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
SIGNED = {"nda_signed_on": date(2026, 1, 2)}


def pair(**of_goes):
    holder = InstituteFactory()
    return TechnologyFactory(holder=holder, external_id="a"), TechnologyFactory(
        holder=holder, external_id="b", **of_goes
    )


def test_moving_relations_are_those_of_today():
    """A new one is tried in the test below, or belongs to what stays with the archived record."""
    assert sorted(f"{one.model._meta.label}.{one.name}" for one in moving_relations()) == [
        "matching.Feedback.technology",
        "matching.MatchRequest.technology",
        "matching.TechnologyMerge.stays",
        "projects.ResearchTask.technology",
    ]


def test_merge_moves_what_others_wrote_and_archives_the_other():
    stays, goes = pair()
    FeedbackFactory(technology=goes), MatchRequestFactory(technology=goes), ResearchTaskFactory(technology=goes)
    earlier = TechnologyFactory(holder=goes.holder, external_id="c")
    merge_technologies(stays=goes, goes=earlier, by=create_staff())
    merge_technologies(stays=stays, goes=goes, by=create_staff())
    for relation in moving_relations():
        assert relation.model._base_manager.filter(**{relation.name: goes}).count() == 0
        assert relation.model._base_manager.filter(**{relation.name: stays}).exists()
    gone = Technology.objects.get(pk=goes.pk)
    assert (gone.state, gone.merged_as.stays) == ("archived", stays)
    assert technologies_by_external_id(["a", "b", "c", "x"]) == {"a": stays, "b": stays, "c": stays}
    with pytest.raises(MoveNotAllowedError):
        move_technology(technology=gone, to="draft", by=create_staff())


def test_merge_takes_the_texts_that_were_chosen_and_opens_them_to_nobody_more():
    stays, goes = pair(disclosure="nda", text__title="Другой", text__description="Секрет.")
    TechnologyTextFactory(technology=goes, language="ko", provenance="human", title="한국어")
    Technology.objects.filter(pk=stays.pk).update(state="draft")
    merge_technologies(stays=stays, goes=goes, by=create_staff(), take_texts=frozenset({"ru", "ko"}))
    stays.refresh_from_db()
    assert stays.disclosure == "nda"
    titles = stays.texts.order_by("language").values_list("language", "title")
    assert list(titles) == [("ko", "한국어"), ("ru", "Другой")]


def test_merge_puts_no_text_into_a_published_profile_without_a_second_person():
    stays, goes = pair(disclosure="nda", text__title="Другой")
    merge_technologies(stays=stays, goes=goes, by=create_staff(), take_texts=frozenset({"ru"}))
    stays.refresh_from_db()
    assert (stays.disclosure, stays.texts.filter(title="Другой").exists()) == ("nda", False)
    assert proposed_changes.waiting_change(stays).texts["ru"]["title"] == "Другой"


def test_merge_without_texts_changes_no_disclosure():
    stays, goes = pair(disclosure="nda")
    merge_technologies(stays=stays, goes=goes, by=create_staff())
    assert Technology.objects.get(pk=stays.pk).disclosure == stays.disclosure


def test_agreement_for_one_record_opens_no_other_one():
    """A merge moves the request; what was signed stays with the record that it names, until it is signed anew."""
    stays, goes = pair(disclosure="nda")
    for_goes, for_stays = (IntroductionFactory(match_request__technology=one, **SIGNED) for one in (goes, stays))
    asked, knew = (one.match_request.requested_by for one in (for_goes, for_stays))
    for organisation in (for_goes.match_request.organisation, for_stays.match_request.organisation):
        assert organisation.is_confirmed
    merge_technologies(stays=stays, goes=goes, by=create_staff())
    stays, goes = Technology.objects.get(pk=stays.pk), Technology.objects.get(pk=goes.pk)
    for_goes.refresh_from_db()
    assert (for_goes.match_request.technology, for_goes.signed_for) == (stays, goes)
    assert [audience_for(asked, one) for one in (stays, goes)] == [Audience.MEMBERS, Audience.NDA]
    assert [audience_for(knew, one) for one in (stays, goes)] == [Audience.NDA, Audience.MEMBERS]
    third = TechnologyFactory(holder=stays.holder)
    merge_technologies(stays=third, goes=stays, by=create_staff())
    assert [audience_for(one, third) for one in (asked, knew)] == [Audience.MEMBERS, Audience.MEMBERS]
    for_goes.refresh_from_db()
    update_introduction(
        introduction=for_goes, by=create_staff(), next_step="Встреча", next_step_on=SIGNED["nda_signed_on"]
    )
    assert audience_for(asked, third) == Audience.MEMBERS
    update_introduction(introduction=for_goes, by=create_staff(), nda_signed_on=date(2026, 2, 2))
    assert [audience_for(asked, one) for one in (third, goes)] == [Audience.NDA, Audience.MEMBERS]


def obstacle_holders(stays, goes):
    Technology.objects.filter(pk=goes.pk).update(holder=InstituteFactory())


def obstacle_archived(stays, goes):
    Technology.objects.filter(pk=stays.pk).update(state="archived")


def obstacle_change_waits(stays, goes):
    proposed_changes.propose(technology=goes, by=create_staff(), texts={"ru": {"title": "Новый"}})


def obstacle_both_requested(stays, goes):
    request = MatchRequestFactory(technology=stays)
    MatchRequestFactory(technology=goes, organisation=request.organisation)


@pytest.mark.parametrize("make", [obstacle_holders, obstacle_archived, obstacle_change_waits, obstacle_both_requested])
def test_merge_waits_for_what_has_to_be_decided_first(make):
    stays, goes = pair()
    make(stays, goes)
    with pytest.raises(MergeObstacleError):
        merge_technologies(stays=stays, goes=goes, by=create_staff())


def test_old_address_leads_on_only_for_those_who_may_see_where_to(client):
    stays, goes = pair()
    client.force_login(create_staff())
    page = f"/curation/technologies/{goes.pk}/merge/"
    assert client.get(page, {"q": "провод"}).status_code == 200
    assert client.get(page, {"with": stays.pk}).status_code == 200
    data = {"with": stays.pk, "stays": stays.pk, f"revision_{stays.pk}": 1, f"revision_{goes.pk}": 1}
    unticked = client.post(page, data)
    assert (unticked.status_code, unticked.context["stays"]) == (200, stays), "the choice is chosen still"
    assert client.post(page, {**data, "is_same": "1"}).status_code == 302

    old = f"/technologies/{goes.pk}/"
    assert client.get(old).url == f"/technologies/{stays.pk}/"
    client.force_login(UserFactory())
    assert client.get(old).url == f"/technologies/{stays.pk}/"
    Technology.objects.filter(pk=stays.pk).update(state="draft")
    assert client.get(old).status_code == 404
    client.force_login(create_member(organisation=stays.holder))
    assert client.get(old).status_code == 302


def written(by, **facts):
    text = {"provenance": "source", "title": "Печь", "summary": "Кратко", "description": str(by)}
    return create_technology(by=by, data={"country": "RU", "disclosure": "members"} | facts, texts={"ru": text})


def test_whoever_wrote_the_record_that_goes_does_not_approve_the_text_that_was_taken():
    """The merger only carried it over: into a published profile, where it waits."""
    writer, merger, third = create_staff(), create_staff(), create_staff()
    stays = TechnologyFactory(text__title="Старое")
    goes = written(writer, holder=stays.holder)
    stays = merge_technologies(stays=stays, goes=goes, by=merger, take_texts=frozenset({"ru"}))
    change = proposed_changes.waiting_change(stays)
    assert set(change.authors.all()) == {writer, merger}
    for author in (writer, merger):
        with pytest.raises(MoveNotAllowedError):
            proposed_changes.approve_change(change=change, by=author, expected_revision=stays.revision)
    proposed_changes.approve_change(change=change, by=third, expected_revision=stays.revision)
    assert sorted(stays.publications.get().proposed_by.split(", ")) == sorted(map(str, (writer, merger)))


def test_whoever_wrote_the_record_that_goes_does_not_publish_the_draft_that_took_it():
    """Also over a chain of merges, the last record having been public in between, and whoever sent one for review."""
    writer, first_writer, sender, merger, third = (create_staff() for _n in range(5))
    stays = TechnologyFactory()
    earlier, goes = written(first_writer, holder=stays.holder), written(writer, holder=stays.holder)
    everything = frozenset({"ru"})
    goes = merge_technologies(stays=goes, goes=earlier, by=merger, take_texts=everything)
    goes = move_technology(technology=goes, to="in_review", by=sender)
    for to in ("published", "on_hold", "draft"):
        stays = move_technology(technology=stays, to=to, by=merger)
    stays = merge_technologies(stays=stays, goes=goes, by=merger, take_texts=everything)
    stays = move_technology(technology=stays, to="in_review", by=merger)
    for author in (writer, first_writer, sender, merger):
        with pytest.raises(MoveNotAllowedError):
            move_technology(technology=stays, to="published", by=author)
    assert move_technology(technology=stays, to="published", by=third).state == "published"


def test_whoever_wrote_a_record_that_was_merged_before_the_publication_may_check_what_comes_later():
    writer, merger, third = create_staff(), create_staff(), create_staff()
    stays = written(merger, holder=InstituteFactory())
    goes = written(writer, holder=stays.holder)
    stays = merge_technologies(stays=stays, goes=goes, by=merger, take_texts=frozenset({"ru"}))
    for to, by in (("in_review", merger), ("published", third), ("on_hold", merger), ("in_review", merger)):
        stays = move_technology(technology=stays, to=to, by=by)
    assert move_technology(technology=stays, to="published", by=writer).state == "published"
