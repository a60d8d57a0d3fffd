import pytest

from kr_ru_platform.saving.errors import StaleRevisionError
from projects.domain.tasks.programmes import FIELDS, create_programme, update_programme
from projects.models import Programme
from tests.factories.programme import ProgrammeFactory
from tests.factories.user import create_programme_admin

pytestmark = pytest.mark.django_db
DATA = {
    "code": "line-1",
    "year": 2027,
    "name_ko": "사업",
    "name_ru": "Программа",
    "name_en": "Programme",
    "budget_krw": 780_000_000,
}


def stored():
    return Programme.objects.values(*FIELDS, "revision").get()


def test_programme_is_made_with_all_that_was_said():
    create_programme(by=create_programme_admin(), data=DATA | {"revision": 9})
    assert stored() == DATA | {"revision": 1}


def test_programme_is_changed_once_by_whoever_read_it_last():
    programme, by = ProgrammeFactory(), create_programme_admin()
    found = update_programme(programme=programme, by=by, data=DATA, expected_revision=1)
    assert (found, stored()) == (programme, DATA | {"revision": 2})
    with pytest.raises(StaleRevisionError):
        update_programme(programme=programme, by=by, data=DATA | {"year": 2030}, expected_revision=1)
    assert stored() == DATA | {"revision": 2}
