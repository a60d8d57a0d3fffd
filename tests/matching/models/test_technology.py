import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from accounts.enums import Confirmation
from matching.enums import Audience, DisclosureLevel, Provenance, TechnologyState
from matching.models import Technology
from tests.constraints import constraint_against
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_evaluator, create_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"trl": 0}, "technology_trl_is_from_1_to_9"),
        ({"trl": 10}, "technology_trl_is_from_1_to_9"),
        ({"published_at": None}, "technology_published_has_a_publication_time"),
        ({"external_id": "a-1"}, "technology_external_id_is_unique"),
    ],
)
def test_constraint_rejects(fields, constraint):
    TechnologyFactory(external_id="a-1")
    assert constraint_against(TechnologyFactory, **fields) == constraint


def test_edges_are_accepted():
    for fields in ({"trl": 1}, {"trl": 9}, {"trl": None}, {"state": TechnologyState.DRAFT, "published_at": None}):
        TechnologyFactory(external_id="", **fields)
    assert Technology.objects.count() == 4


def test_text_is_one_per_language_and_one_is_the_source():
    technology = TechnologyFactory()
    text = {"technology": technology, "provenance": Provenance.HUMAN}
    assert constraint_against(TechnologyTextFactory, **text, language="ru") == "technology_text_is_one_per_language"
    source = {"technology": technology, "provenance": Provenance.SOURCE}
    assert constraint_against(TechnologyTextFactory, **source, language="ko") == "technology_text_has_one_source"
    TechnologyTextFactory(**text, language="ko")
    assert technology.texts.count() == 2


def test_everybody_sees_what_is_published_and_confirmed_holders_their_own():
    holder, unconfirmed = InstituteFactory(), InstituteFactory(confirmation=Confirmation.UNCONFIRMED)
    public = TechnologyFactory()
    own = TechnologyFactory(holder=holder, state=TechnologyState.DRAFT)
    of_unconfirmed = TechnologyFactory(holder=unconfirmed, state=TechnologyState.ARCHIVED)
    people = {
        "visitor": AnonymousUser(),
        "evaluator": create_evaluator(),
        "holder": create_member(organisation=holder),
        "unconfirmed holder": create_member(organisation=unconfirmed),
        "staff": create_staff(),
    }
    assert {name: set(Technology.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": {public},
        "evaluator": {public},
        "holder": {public, own},
        "unconfirmed holder": {public},
        "staff": {public, own, of_unconfirmed},
    }
    assert list(Technology.objects.published()) == [public]


def test_text_is_in_the_readers_language_else_the_source_else_any():
    technology = TechnologyFactory(text__title="По-русски")
    TechnologyTextFactory(technology=technology, language="en", provenance=Provenance.MACHINE, title="In English")
    titles = {}
    for language in ("ko", "ru", "en"):
        with translation.override(language):
            titles[language] = (technology.title, str(technology))
    assert titles == {"ko": ("По-русски",) * 2, "ru": ("По-русски",) * 2, "en": ("In English",) * 2}
    assert (TechnologyFactory(text=False).text, TechnologyFactory(text=False).title) == (None, "")


def test_language_that_is_left_is_better_than_nothing():
    technology = TechnologyFactory(source_language="ko", text=False)
    text = TechnologyTextFactory(technology=technology, language="ru")
    with translation.override("en"):
        assert technology.text == text


@pytest.mark.parametrize(
    ("level", "audience"),
    [
        (DisclosureLevel.PUBLIC, Audience.PUBLIC),
        (DisclosureLevel.MEMBERS, Audience.MEMBERS),
        (DisclosureLevel.NDA, Audience.NDA),
    ],
)
def test_level_says_who_reads_the_details(level, audience):
    assert Technology(disclosure=level).details_audience == audience
