import pytest
from django.urls import reverse

from kr_ru_platform.web.registered.refusals import in_words
from matching.domain.technologies import curation
from matching.enums import TechnologyState as State
from matching.models import Technology, TechnologyText
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db
XSS = '<script>alert("x")</script>'


def url(name, technology, *more):
    return reverse(name, args=[technology.pk, *more])


def facts(technology, **changed):
    values = {
        "revision": technology.revision,
        "holder": technology.holder.name_ru,
        "country": "RU",
        "field": "metals",
        "trl": "6",
        "ipr_status": "granted",
        "ipc_codes": "",
        "transfer_modes": ["joint_development"],
        "direction": "ru_kr",
        "disclosure": "members",
        "source_url": "",
        "external_id": "",
    }
    return values | changed


def words(technology, **changed):
    return {"revision": technology.revision, "provenance": "human", "title": "비정질 선재", "summary": "요약"} | changed


ALL_PAGES = [
    ("technology_manage_list", ()),
    ("technology_create", ()),
    ("technology_edit", ("pk",)),
    ("technology_text_edit", ("pk", "ko")),
    ("technology_move", ("pk", "archived")),
    ("technology_history", ("pk",)),
]


@pytest.mark.parametrize(("name", "args"), ALL_PAGES)
def test_pages_are_for_the_centre_only(client, name, args):
    technology = TechnologyFactory()
    address = reverse(name, args=[technology.pk if arg == "pk" else arg for arg in args])
    assert client.get(address).status_code == 302
    for person in (create_member(), create_member(organisation=technology.holder), create_evaluator()):
        client.force_login(person)
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
    for person in (create_staff(), create_programme_admin()):
        client.force_login(person)
        assert client.get(address).status_code == 200


def test_create_saves_a_draft(client, staff):
    holder = InstituteFactory(name_ru="Институт стали")
    data = facts(TechnologyFactory(), holder="институт стали", owner=staff.pk)
    data |= words(TechnologyFactory(), language="ru", provenance="source", title="Провод")
    response = client.post(reverse("technology_create"), data)
    made = Technology.objects.latest("pk")
    assert response.url == url("technology_edit", made)
    assert (made.state, made.holder, made.working_title, made.trl, made.owner) == (
        State.DRAFT,
        holder,
        "Провод",
        6,
        staff,
    )


def test_create_with_errors_keeps_everything_typed(client, staff):
    data = words(TechnologyFactory(), language="ru", title=f"Заголовок {XSS}", holder="Нет такого института")
    response = client.post(reverse("technology_create"), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Нет такого института" in page
    assert XSS not in page and "&lt;script&gt;" in page
    assert set(response.context["form"].errors) == {"title", "holder", "ipr_status", "direction", "disclosure"}


def test_edit_saves_the_facts_and_counts_a_revision(client, staff):
    technology = TechnologyFactory(state=State.DRAFT)
    response = client.post(url("technology_edit", technology), facts(technology, trl="8", ipc_codes="C22C 1/04"))
    assert response.status_code == 302
    technology.refresh_from_db()
    assert (technology.trl, technology.ipc_codes, technology.revision) == (8, ["C22C 1/04"], 2)
    assert technology.history.latest().history_user == staff


def test_edit_keeps_the_holder_when_another_has_the_same_name(client, staff):
    first = InstituteFactory(name_ru="Институт стали")
    second = InstituteFactory(name_ru="Институт стали")
    for holder in (first, second):
        technology = TechnologyFactory(holder=holder)
        client.post(url("technology_edit", technology), facts(technology))
        technology.refresh_from_db()
        assert technology.holder == holder


def test_edit_of_a_stale_form_keeps_what_was_typed_and_can_be_saved_anyway(client, staff):
    technology, other = TechnologyFactory(state=State.DRAFT), create_staff(full_name="박준호")
    curation.update_technology(technology=technology, by=other, data={"trl": 3})
    typed = facts(technology, trl="9", source_url="https://example.org/typed")

    response = client.post(url("technology_edit", technology), typed)

    page = response.content.decode()
    assert response.status_code == 409
    assert "박준호" in page and "https://example.org/typed" in page
    assert {(change.before, change.after) for change in response.context["conflict"]} == {
        ("3", "9"),
        ("–", "https://example.org/typed"),
    }
    technology.refresh_from_db()
    assert (technology.trl, technology.revision) == (3, 2)

    again = typed | {"revision": response.context["form"].data["revision"]}
    assert client.post(url("technology_edit", technology), again).status_code == 302
    technology.refresh_from_db()
    assert (technology.trl, technology.revision) == (9, 3)


def test_edit_of_a_published_profile_waits_and_is_edited_on(client, staff):
    technology = TechnologyFactory(trl=6)
    response = client.post(url("technology_edit", technology), facts(technology, trl="8"), follow=True)
    technology.refresh_from_db()
    assert (technology.trl, technology.revision) == (6, 2)
    assert "change_detail" not in response.content.decode()
    assert response.context["waiting_change"].facts == {"trl": 8}
    assert response.context["form"]["trl"].value() == 8


def test_edit_of_a_stale_form_of_a_published_profile_is_compared_with_what_waits(client, staff):
    technology, other = TechnologyFactory(trl=6), create_staff(full_name="박준호")
    curation.update_technology(technology=technology, by=other, data={"trl": 3})
    response = client.post(url("technology_edit", technology), facts(technology, trl="9"))
    assert (response.status_code, "박준호" in response.content.decode()) == (409, True)
    assert {(change.before, change.after) for change in response.context["conflict"]} == {("3", "9")}


def test_text_of_a_published_profile_waits_and_the_public_page_stays(client, staff):
    technology = TechnologyFactory(text__title="Провод")
    client.post(url("technology_text_edit", technology, "ko"), words(technology))
    assert not technology.texts.filter(language="ko").exists()
    assert "비정질 선재" not in client.get(url("technology_detail", technology)).content.decode()
    again = client.get(url("technology_text_edit", technology, "ko"))
    assert again.context["form"]["title"].value() == "비정질 선재"
    change = again.context["waiting_change"]
    page = client.get(reverse("change_detail", args=[change.pk])).content.decode()
    assert ("비정질 선재" in page, 'value="approve"' in page) == (True, False)
    client.force_login(create_staff())
    page = client.get(reverse("change_detail", args=[change.pk])).content.decode()
    assert 'value="approve"' in page
    stale = client.post(reverse("change_detail", args=[change.pk]), {"decision": "approve", "revision": 1})
    assert stale.status_code == 409
    client.post(reverse("change_detail", args=[change.pk]), {"decision": "approve", "revision": 2})
    assert technology.texts.get(language="ko").title == "비정질 선재"
    history = client.get(url("technology_history", technology)).content.decode()
    assert reverse("change_detail", args=[change.pk]) in history


def test_own_change_is_published_alone_by_a_manager_who_says_why(client):
    client.force_login(create_programme_admin())
    technology = TechnologyFactory(trl=6)
    client.post(url("technology_edit", technology), facts(technology, trl="8"))
    address = reverse("change_detail", args=[technology.proposed_changes.get().pk])
    said = {"decision": "approve", "revision": 2}
    assert client.post(address, said).status_code == 422
    client.post(address, said | {"reason": "Kein anderer da"})
    technology.refresh_from_db()
    assert technology.trl == 8
    assert "Kein anderer da" in client.get(url("technology_edit", technology)).content.decode()


def test_change_that_waits_is_in_my_work_of_others_and_comes_back_to_its_author(client, staff):
    technology, checker = TechnologyFactory(trl=6), create_staff()
    client.post(url("technology_edit", technology), facts(technology, trl="8"))
    address = reverse("change_detail", args=[technology.proposed_changes.get().pk])
    mine = address in client.get(reverse("workspace")).content.decode()
    client.force_login(checker)
    theirs = address in client.get(reverse("workspace")).content.decode()
    client.post(address, {"decision": "return", "revision": 2, "reason": "Wo gemessen?"})
    after = address in client.get(reverse("workspace")).content.decode()
    client.force_login(staff)
    back = client.get(reverse("workspace")).content.decode()
    assert (mine, theirs, after, address in back) == (False, True, False, True)
    assert "Wo gemessen?" in client.get(address).content.decode()


def test_edit_refuses_an_external_id_that_is_taken(client, staff):
    TechnologyFactory(external_id="taken")
    technology = TechnologyFactory()
    response = client.post(url("technology_edit", technology), facts(technology, external_id="taken"))
    assert (response.status_code, len(response.context["form"].errors)) == (200, 1)


def test_text_edit_shows_the_source_beside_a_translation(client, staff):
    technology = TechnologyFactory(text__title="Провод")
    response = client.get(url("technology_text_edit", technology, "ko"))
    assert response.context["beside"].title == "Провод"
    assert response.context["form"]["provenance"].value() == "human"


def test_text_edit_adds_a_translation(client, staff):
    technology = TechnologyFactory(state=State.DRAFT)
    response = client.post(url("technology_text_edit", technology, "ko"), words(technology))
    assert response.status_code == 302
    assert technology.texts.get(language="ko").title == "비정질 선재"


def test_text_edit_refuses_markup_and_a_second_source_and_keeps_both(client, staff):
    technology = TechnologyFactory()
    address = url("technology_text_edit", technology, "ko")
    marked = client.post(address, words(technology, description=f"설명 {XSS}"))
    assert set(marked.context["form"].errors) == {"description"}
    assert XSS not in marked.content.decode()
    second = client.post(address, words(technology, provenance="source"))
    assert set(second.context["form"].errors) == {"provenance"}
    assert "비정질 선재" in second.content.decode()
    assert not technology.texts.filter(language="ko").exists()


def test_text_edit_of_a_stale_form_shows_both_versions(client, staff):
    technology = TechnologyFactory(state=State.DRAFT)
    TechnologyTextFactory(technology=technology, language="ko", provenance="human", title="처음")
    curation.save_text(technology=technology, language="ko", by=create_staff(), data={"title": "남의 제목"})
    response = client.post(url("technology_text_edit", technology, "ko"), words(technology, title="내 제목"))
    page = response.content.decode()
    assert (response.status_code, "남의 제목" in page, "내 제목" in page) == (409, True, True)
    assert technology.texts.get(language="ko").title == "남의 제목"


def test_text_edit_in_an_unknown_language_is_not_found(client, staff):
    assert client.get(url("technology_text_edit", TechnologyFactory(), "fr")).status_code == 404


def test_move_asks_first_and_then_moves(client, staff):
    technology = TechnologyFactory()
    address = url("technology_move", technology, "archived")
    assert client.get(address).status_code == 200
    technology.refresh_from_db()
    assert technology.state == State.PUBLISHED
    client.post(address, {"revision": 1})
    technology.refresh_from_db()
    assert technology.state == State.ARCHIVED


def test_move_of_a_technology_that_changed_meanwhile_is_refused(client, staff):
    technology = TechnologyFactory(state=State.IN_REVIEW, submitted_by=create_staff())
    curation.update_technology(technology=technology, by=create_staff(), data={"trl": 2})
    response = client.post(url("technology_move", technology, "published"), {"revision": 1}, follow=True)
    technology.refresh_from_db()
    assert (technology.state, len(list(response.context["messages"]))) == (State.IN_REVIEW, 1)


def test_move_by_the_one_who_submitted_is_refused_with_the_reason(client, staff):
    technology = TechnologyFactory(state=State.IN_REVIEW, submitted_by=staff)
    response = client.post(url("technology_move", technology, "published"), follow=True)
    technology.refresh_from_db()
    assert technology.state == State.IN_REVIEW
    assert [str(message) for message in response.context["messages"]] == [
        in_words(curation.refusal_of(technology=technology, to=State.PUBLISHED, by=staff))
    ]


def test_move_to_an_unknown_state_is_not_found(client, staff):
    assert client.get(url("technology_move", TechnologyFactory(), "gone")).status_code == 404


def test_history_tells_who_changed_what(client, staff):
    technology = curation.create_technology(
        by=staff, data={"trl": 5}, texts={"ru": {"provenance": "source", "title": "Было", "summary": "С"}}
    )
    technology = curation.update_technology(technology=technology, by=staff, data={"trl": 7})
    curation.save_text(technology=technology, language="ru", by=staff, data={"title": XSS})
    response = client.get(url("technology_history", technology))
    told = [
        (entry.kind, entry.language, entry.by, [(change.before, change.after) for change in entry.changes])
        for entry in response.context["entries"]
    ]
    assert told == [
        ("changed", "ru", str(staff), [("Было", XSS)]),
        ("changed", "", str(staff), [("5", "7")]),
        ("created", "ru", str(staff), []),
        ("created", "", str(staff), []),
    ]
    assert XSS not in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_runs_with_a_fixed_number_of_queries(client, staff, django_assert_max_num_queries, count):
    TechnologyFactory.create_batch(count, owner=staff)
    with django_assert_max_num_queries(12):
        response = client.get(reverse("technology_manage_list"))
    assert len(response.context["page"].object_list) == count


def test_list_filters_counts_and_sorts(client, staff):
    draft = TechnologyFactory(state=State.DRAFT, text__title="Лазер", expires_on="2020-01-01")
    translated = TechnologyFactory(text__title="Насос", external_id="N-7", owner=staff)
    TechnologyTextFactory(technology=translated, language="ko", provenance="human")

    def found(**query):
        response = client.get(reverse("technology_manage_list"), query)
        return [technology.pk for technology in response.context["page"]]

    assert found(state="draft") == [draft.pk]
    assert found(q="насос") == [translated.pk]
    assert found(q="n-7") == [translated.pk]
    assert found(q=translated.holder.name_ru) == [translated.pk]
    assert found(missing="ko") == [draft.pk]
    assert found(age="expired") == [draft.pk]
    assert found(age="stale") == []
    assert found(owner=staff.pk) == [translated.pk]
    assert found(sort="expiry") == [draft.pk, translated.pk]
    tabs = client.get(reverse("technology_manage_list"), {"state": "draft"}).context["tabs"]
    assert [(tab["active"], tab["count"]) for tab in tabs][:4] == [
        (False, "2"),
        (True, "1"),
        (False, "0"),
        (False, "1"),
    ]


def test_a_text_of_script_is_shown_as_text(client, staff):
    technology = TechnologyFactory(text__title=XSS, text__summary=XSS)
    TechnologyText.objects.update(description=XSS, advantages=XSS, sought=XSS)
    for name, more in [("technology_edit", ()), ("technology_text_edit", ("ko",)), ("technology_text_edit", ("ru",))]:
        assert XSS not in client.get(url(name, technology, *more)).content.decode()
    assert XSS not in client.get(reverse("technology_manage_list")).content.decode()


def test_pages_say_what_to_write_before_a_profile_is_protected(client):
    secret = "Ванна при 731 градусе."
    technology = TechnologyFactory(
        disclosure="public", state=State.DRAFT, text__summary=secret, text__description=secret
    )
    client.force_login(create_staff())
    answer = client.post(url("technology_edit", technology), facts(technology, disclosure="nda"))
    said = "공개 요약이 일부만 볼 수 있는 설명을 그대로 반복합니다(러시아어). 먼저 요약을 따로 작성하세요."
    assert answer.context["form"].errors["disclosure"] == [said]
    published = TechnologyFactory(disclosure="nda")
    typed = words(published, summary=secret, description=secret)
    answer = client.post(url("technology_text_edit", published, "ko"), typed)
    assert answer.context["form"].errors["summary"] == [said.replace("러시아어", "한국어")]
