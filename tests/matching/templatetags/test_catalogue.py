import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.safestring import SafeString

from matching.enums import Field
from matching.models import Technology
from matching.templatetags.catalogue import chosen_label, marked, title_for
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff


def test_found_words_are_marked_and_everything_is_escaped():
    html = marked([("Al & ", False), ("<b>сплав</b>", True), (" 철심", False)])
    assert html == "Al &amp; <mark>&lt;b&gt;сплав&lt;/b&gt;</mark> 철심"
    assert isinstance(html, SafeString)
    assert marked([]) == ""


@pytest.mark.django_db
def test_title_is_what_this_reader_may_be_told_with_its_language():
    published = TechnologyFactory(text__title="Провод")
    TechnologyTextFactory(technology=published, language="ko", title="비정질 전선", provenance="human")
    draft = TechnologyFactory(state="draft", published_at=None, text__title="Черновик")
    with translation.override("ko"):
        titles = [title_for(row, user) for row in (published, draft) for user in (create_staff(), AnonymousUser())]
    assert [(title, title.language) for title in titles[:3]] == [
        ("비정질 전선", "ko"),
        ("비정질 전선", "ko"),
        ("Черновик", "ru"),
    ]
    assert "Черновик" not in titles[3]


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
def test_label_of_what_was_chosen_is_that_of_its_field_in_the_reader_s_language(language):
    technology = Technology(field=Field.METALS, country="", source_language="xx")
    with translation.override(language):
        assert str(chosen_label(technology, "field")) == technology.get_field_display() == str(Field.METALS.label)
    assert chosen_label(technology, "country") == ""
    assert chosen_label(technology, "source_language") == "xx"
