from django.utils import translation

from projects.models import Agreement, CooperationEvent
from tests.factories.organisation import InstituteFactory


def test_texts_of_an_event_are_each_in_the_readers_language_else_in_korean():
    row = CooperationEvent(name_ko="교류회", name_ru="Встреча", city_ko="모스크바", city_en="Moscow", note_ko="비고")
    found = {}
    for language in ("ko", "ru", "en"):
        with translation.override(language):
            found[language] = [
                (str(row), row.name_language),
                (row.city, row.city_language),
                (row.note, row.note_language),
            ]
    assert found == {
        "ko": [("교류회", "ko"), ("모스크바", "ko"), ("비고", "ko")],
        "ru": [("Встреча", "ru"), ("모스크바", "ko"), ("비고", "ko")],
        "en": [("교류회", "ko"), ("Moscow", "en"), ("비고", "ko")],
    }


def test_agreement_is_told_by_its_partner_and_focus():
    partner = InstituteFactory.build(name_ru="Институт")
    with translation.override("en"):
        assert str(Agreement(organisation=partner, focus="technology")) == "Институт: Technology cooperation"
