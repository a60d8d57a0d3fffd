"""General words are written as they are looked for: one that is not is never found."""

from matching.scoring.language import general_words


def test_general_words_are_small_letters_of_their_own_script():
    between = {"KOREAN": ("가", "힣"), "RUSSIAN": ("а", "ё"), "ENGLISH": ("a", "z")}
    assert {
        word
        for name, (first, last) in between.items()
        for word in getattr(general_words, name)
        if not all(first <= letter <= last for letter in word)
    } == set()
