"""What is in the catalogue already is told while a new technology is typed, and holds up a copy once."""

import pytest
from django.urls import reverse

from matching.models import Technology
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db

URL = "technology_create"
TITLE = "Аморфный металлический провод"


@pytest.fixture
def there():
    return TechnologyFactory(text__title=TITLE, state="draft")


def typed(**changed):
    return {
        "language": "ru",
        "provenance": "source",
        "title": TITLE,
        "summary": "",
        "ipr_status": "granted",
        "direction": "ru_kr",
        "disclosure": "members",
    } | changed


def look(client, **changed):
    answer = client.post(reverse(URL), {"look": "1", **typed(**changed)}, headers={"HX-Request": "true"})
    return answer, answer.content.decode()


def test_looking_answers_with_a_part_of_the_page_and_saves_nothing(client, staff, there):
    answer, page = look(client)
    assert [entry.technology for entry in answer.context["look_alikes"]] == [there]
    assert "<html" not in page and f'<span lang="ru">{TITLE}</span>' in page
    assert f'href="{reverse("technology_detail", args=[there.pk])}" target="_blank" rel="noopener"' in page
    assert f'href="{reverse("technology_edit", args=[there.pk])}"' in page
    assert Technology.objects.count() == 1


def test_looking_is_for_the_centre(client, there):
    statuses = [look(client)[0].status_code]
    for person in (create_member(), create_member(organisation=there.holder)):
        client.force_login(person)
        answer, page = look(client)
        statuses.append(answer.status_code)
        assert TITLE not in page
    assert statuses == [302, 403, 403]


def test_a_screen_reader_is_told_of_a_list_once(client, staff, there):
    told = ["data-announce" in look(client, **values)[1] for values in ({}, {"seen": there.pk}, {"title": "x"})]
    gone = look(client, title="x", seen=there.pk)[1]
    assert (told, "data-announce" in gone) == ([True, False, False], True)


@pytest.mark.parametrize("field", ["title", "summary", "language", "seen"])
@pytest.mark.parametrize("value", ["", "\x00", "<script>", "9" * 30, "ж" * 100_000])
def test_looking_at_anything_answers(client, staff, there, field, value):
    answer, page = look(client, **{field: value})
    assert answer.status_code == 200 and "<script>" not in page


def test_saving_a_copy_is_held_up_with_everything_typed(client, staff, there):
    answer = client.post(reverse(URL), typed(summary="Напечатанное краткое описание."))
    page = answer.content.decode()
    assert (answer.status_code, Technology.objects.count()) == (200, 1)
    assert answer.context["is_held_up"] and f'name="seen" value="{there.pk}"' in page
    assert "Напечатанное краткое описание." in page and 'name="anyway"' in page


@pytest.mark.parametrize("values", [{"anyway": "1"}, {"seen": "there"}])
def test_a_copy_is_saved_anyway_or_when_it_was_seen(client, staff, there, values):
    values = {"seen": there.pk} if "seen" in values else values
    answer = client.post(reverse(URL), typed(**values))
    assert (answer.status_code, Technology.objects.count()) == (302, 2)


def test_what_is_only_similar_does_not_hold_up_the_saving(client, staff, there):
    answer = client.post(reverse(URL), typed(title="Аморфный металлический порошок"))
    assert (answer.status_code, Technology.objects.count()) == (302, 2)


def test_an_incomplete_form_is_about_its_errors_first(client, staff, there):
    answer = client.post(reverse(URL), typed(disclosure=""))
    assert (answer.context["is_held_up"], list(answer.context["form"].errors)) == (False, ["disclosure"])
