from datetime import date

import pytest

from projects.domain.network import agreements_by_focus, events_by_year
from projects.enums import AgreementFocus
from tests.factories.network import AgreementFactory, CooperationEventFactory

pytestmark = pytest.mark.django_db


def test_agreements_stand_by_focus_in_its_order_and_then_by_date():
    rows = {focus: AgreementFactory(focus=focus, signed_on=date(2020, 1, 1)) for focus in reversed(AgreementFocus)}
    first = AgreementFocus.TECHNOLOGY
    earlier = AgreementFactory(focus=first, signed_on=date(2019, 1, 1))
    assert agreements_by_focus() == [
        (focus, [earlier, rows[focus]] if focus == first else [rows[focus]]) for focus in AgreementFocus
    ]


def test_focus_without_an_agreement_is_left_out():
    row = AgreementFactory(focus=AgreementFocus.TECHNOLOGY)
    assert agreements_by_focus() == [(AgreementFocus.TECHNOLOGY, [row])]


def test_events_stand_by_year_the_latest_first():
    days = (date(2019, 6, 1), date(2020, 1, 5), date(2019, 9, 1), date(2019, 9, 1))
    june, january, september, other = (CooperationEventFactory(held_on=day) for day in days)
    assert events_by_year() == [(2020, [january]), (2019, [other, september, june])]
