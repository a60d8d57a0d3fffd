"""What two texts have in common."""

from matching.scoring.language.marked_texts import marked


def test_the_same_notion_is_marked_in_both_languages() -> None:
    korean, russian = marked("폐수에서 중금속을 제거", "Удаление тяжёлых металлов магнитом")
    # That something is removed says nothing: 제거, удаление.
    assert korean == [("폐수에서 ", False), ("중금속", True), ("을 제거", False)]
    assert russian == [("Удаление ", False), ("тяжёлых металлов", True), (" магнитом", False)]


def test_formulas_and_abbreviations_are_marked_and_words_of_one_text_are_not() -> None:
    one, other = marked("TiO2 코팅을 CMP 방식으로", "покрытие из TiO2, CMP")
    assert [text for text, is_marked in one if is_marked] == ["TiO2", "코팅", "CMP"]
    assert [text for text, is_marked in other if is_marked] == ["покрытие", "TiO2", "CMP"]


def test_pieces_together_are_the_text() -> None:
    texts = ("Laser welding of aluminium alloys", "Сварка лазером <b>алюминиевых</b> сплавов 😀")
    assert tuple("".join(piece for piece, _ in pieces) for pieces in marked(*texts)) == texts
    assert marked("", "") == ([], [])
