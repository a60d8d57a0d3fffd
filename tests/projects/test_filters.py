import pytest

from projects.filters import ResearchTaskFilter, chosen_year, year_choices
from projects.models import ResearchTask
from tests.factories.programme import ProgrammeFactory
from tests.factories.research_task import ResearchTaskFactory

pytestmark = pytest.mark.django_db


def found(**chosen):
    return set(ResearchTaskFilter(chosen, queryset=ResearchTask.objects.all()).qs)


def test_words_are_each_looked_for_in_every_title_and_in_the_number():
    one = ResearchTaskFactory(
        number="T-9001", title_ko="머플러 생산", title_en="Muffler line", title_ru="Линия глушителей"
    )
    other = ResearchTaskFactory(number="T-9002", title_ko="베어링")
    typed = ["머플러", "muffler 9001", "ГЛУШИТЕЛЕЙ line", "T-9001"]
    assert [found(q=words) for words in typed] == [{one}] * len(typed)
    assert (found(q="muffler 9002"), found(q=" "), found(q="T-900")) == (set(), {one, other}, {one, other})


@pytest.mark.parametrize(
    ("name", "value", "other"),
    [
        ("task_type", "original", "localisation"),
        ("field", "it", "process"),
        ("state", "running", "planned"),
        ("direction", "ru_kr", "kr_ru"),
    ],
)
def test_list_holds_what_was_chosen(name, value, other):
    row = ResearchTaskFactory(**{name: value})
    ResearchTaskFactory(**{name: other})
    assert found(**{name: value}) == {row}


def test_year_is_that_of_the_programme():
    row = ResearchTaskFactory(programme__year=2027)
    ResearchTaskFactory(programme__year=2026)
    assert found(year="2027") == {row}


def test_years_are_those_of_the_programmes_the_latest_first():
    for year in (2026, 2027, 2027):
        ProgrammeFactory(year=year)
    assert year_choices() == [(2027, "2027"), (2026, "2026")]
    assert [chosen_year(params) for params in ({"year": "2026"}, {"year": "1999"}, {"year": "x"}, {})] == [
        2026,
        None,
        None,
        None,
    ]
