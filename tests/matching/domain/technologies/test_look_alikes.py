"""What a curator is told while writing: the same text, the same in another language, the same title."""

import pytest

from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import index_encoder, index_technologies
from matching.domain.technologies.look_alikes import _limits, look_alikes
from matching.embedding import EncoderUnavailableError
from matching.enums import Likeness, TechnologyState
from matching.models import EmbeddingSpace, Technology
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db

TITLE = "Магнитный сорбент для очистки стоков"
SUMMARY = "Сорбент извлекает ионы никеля и хрома из сточных вод гальванического производства и собирается магнитом."
OTHERS = [
    ("Волоконный лазер для резки листов", "Узкая линия излучения, мощность 3 кВт."),
    ("Датчик водорода", "Полупроводниковый датчик следит за утечками на электростанциях."),
    ("Контроль сварных швов", "Программа распознаёт дефекты на рентгеновских снимках."),
    ("Обработка семян", "Холодная плазма повышает всхожесть пшеницы."),
    ("Композитный баллон", "Углеродное волокно держит давление 700 бар."),
]


def write(title: str, summary: str, description: str = "", **values) -> Technology:
    return TechnologyFactory(
        **values,
        text__title=title,
        text__summary=summary,
        text__description=description,
        text__advantages="",
        text__sought="",
    )


@pytest.fixture
def sorbent() -> Technology:
    made = write(TITLE, SUMMARY)
    read_all()
    return made


@pytest.fixture(autouse=True)
def others() -> None:
    """A catalogue of other things: in a handful of texts of one kind, none is nearer than the rest."""
    for title, summary in OTHERS:
        write(title, summary)


def read_all() -> None:
    """As the worker does, without the scores."""
    index_technologies(technology_ids=list(Technology.objects.values_list("id", flat=True)))
    EmbeddingSpace.objects.all().delete()
    refresh_space(encoder=index_encoder())


def found(title: str, summary: str = "", language: str = "ru") -> list[tuple[Technology, str]]:
    return [
        (entry.technology, entry.likeness) for entry in look_alikes(title=title, summary=summary, language=language)
    ]


@pytest.mark.parametrize(
    ("title", "summary", "likeness"),
    [
        (TITLE, SUMMARY, Likeness.SAME),
        (f"  {TITLE.upper()}. ", "", Likeness.SAME),
        ("Новый материал", SUMMARY, Likeness.SAME),
        ("Магнитный сорбент для очистки воды", "", Likeness.VERY),
        (
            "Сорбент с магнитными свойствами",
            "Собираемый магнитом сорбент удаляет никель и хром из стоков гальванических цехов.",
            Likeness.SOME,
        ),
    ],
)
def test_a_copy_is_told_by_how_much_it_is_alike(sorbent, title, summary, likeness):
    assert found(title, summary) == [(sorbent, likeness)]


def test_the_same_in_another_language_is_found(sorbent):
    title, summary = (
        "폐수 정화용 자성 흡착제",
        "도금 공정 폐수에서 니켈과 크롬 이온을 흡착하고 자석으로 회수하는 흡착제이다.",
    )
    assert [technology for technology, _ in found(title, summary, "ko")] == [sorbent]


def test_another_technology_of_the_same_field_is_not_told(sorbent):
    summary = "Мембрана обратного осмоса опресняет морскую воду при низком давлении."
    assert found("Мембрана для опреснения воды", summary) == []


@pytest.mark.parametrize("state", [TechnologyState.DRAFT, TechnologyState.ARCHIVED])
def test_a_technology_of_any_state_is_found(state):
    technology = write("Другое название", SUMMARY, state=state)
    read_all()
    assert found(TITLE, SUMMARY) == [(technology, Likeness.SAME)]


def test_a_confidential_description_counts_for_the_centre():
    technology = write("Новая разработка института", "Подробности по запросу.", SUMMARY, disclosure="nda")
    read_all()
    assert found(TITLE, SUMMARY) == [(technology, Likeness.SAME)]


def test_a_title_is_found_before_the_worker_has_read_it():
    technology = write(TITLE, SUMMARY, state=TechnologyState.DRAFT)
    assert found(TITLE) == [(technology, Likeness.SAME)]


def test_without_the_encoder_titles_are_compared(sorbent, monkeypatch):
    def unavailable(name: str = "") -> None:
        raise EncoderUnavailableError("none")

    monkeypatch.setattr("matching.domain.index.indexing.get_embedder", unavailable)
    assert (found(TITLE, SUMMARY), found("Новый материал", SUMMARY)) == ([(sorbent, Likeness.SAME)], [])


@pytest.mark.parametrize(
    "title", ["", " ", "\x00", "л", "😀😀😀😀😀😀😀😀😀", "<b></b>", "%_' \\", "ა" * 50, "x" * 100_000]
)
def test_anything_can_be_typed(sorbent, title):
    assert found(title, title) == []


def test_at_most_five_are_told_the_likeliest_first(django_assert_num_queries):
    for number in range(7):
        write(f"{TITLE} {'и газов ' * number}", SUMMARY)
    read_all()
    look_alikes(title=TITLE, summary=SUMMARY, language="ru")
    with django_assert_num_queries(11):
        alike = found(TITLE, SUMMARY)
    assert (len(alike), alike[0][0].title.strip()) == (5, TITLE)


@pytest.mark.parametrize(
    ("is_same_language", "has_two", "limits"),
    [
        (True, False, [0.90, 0.75, 0.65]),
        (False, False, [0.75, 0.65, 0.60]),
        (True, True, [0.75, 0.60, 0.50]),
        (False, True, [0.60, 0.50, 0.45]),
    ],
)
def test_limits_depend_on_language_and_number_of_encoders(is_same_language, has_two, limits):
    assert _limits(is_same_language=is_same_language, has_two=has_two) == pytest.approx(limits)
