"""One stem does not make one word."""

import pytest

from matching.scoring.language.word_forms import is_form_of, names


@pytest.mark.parametrize(
    ("word", "of", "is_form"),
    [
        ("провода", "провод", True),
        ("проводится", "провод", False),
        ("объекта", "объектив", False),
        ("измерениями", "измерение", True),
        ("прочностью", "прочность", True),
        ("лазерной", "лазерный", True),
        ("Слоёв", "слой", True),
        ("coatings", "coating", True),
        ("coated", "coating", True),
        ("batteries", "battery", True),
        ("organic", "organ", False),
        ("university", "universal", False),
        ("plates", "plating", False),
        ("plated", "plating", True),
        ("стало", "сталь", False),
        ("выбор", "выборы", False),
        ("роду", "роды", False),
        ("мед", "медь", False),
        ("крыльев", "крыло", True),
        ("толщиной", "толщина", True),
        ("гибкой", "гибка", False),
        ("вращающихся", "вращающийся", True),
    ],
)
def test_is_form_of_tells_inflections_from_other_words(word, of, is_form):
    assert is_form_of(word, of) is is_form


@pytest.mark.parametrize(
    ("word", "of"),
    [
        ("optimised", "optimisation"),
        ("simulate", "simulation"),
        ("compressed", "compression"),
        ("reinforced", "reinforcement"),
        ("reliable", "reliability"),
        ("selective", "selectivity"),
        ("statistical", "statistics"),
        ("dried", "drying"),
        ("freeze", "freezing"),
        ("batteries", "battery"),
        ("устойчивый", "устойчивость"),
        ("упрочненных", "упрочнение"),
        ("синтезирована", "синтезированный"),
        ("надежно", "надежный"),
    ],
)
def test_what_is_made_of_a_word_without_another_meaning_names_it(word: str, of: str) -> None:
    assert (names(word, of), names(of, word)) == (True, True)


@pytest.mark.parametrize(
    ("word", "of"),
    [
        ("transform", "transformer"),
        ("reduces", "reducer"),
        ("machines", "machining"),
        ("surface", "surfacing"),
        ("standard", "standardization"),
        ("economic", "economizer"),
        ("electrical", "electricity"),
        ("relative", "relativity"),
        ("project", "projection"),
        ("plastic", "plasticizer"),
        ("облачных", "облачность"),
        ("удаленный", "удаление"),
        ("граф", "графит"),
        ("серии", "сера"),
        ("китая", "кит"),
        ("пар", "паром"),
        ("партии", "парта"),
    ],
)
def test_other_words_with_one_stem_do_not_name_it(word: str, of: str) -> None:
    assert names(word, of) is False
