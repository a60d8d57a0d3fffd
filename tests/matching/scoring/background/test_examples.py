"""The shipped sentences: enough of each kind, each one sentence in its language, none twice."""

from collections import Counter

import pytest

from kr_ru_platform.words.reading.folding import detect_language
from matching.scoring.background import examples
from matching.scoring.background.examples import Example, examples_version, read_examples, shipped_examples
from matching.scoring.background.weighing import need_sentences

EXAMPLES = shipped_examples()


def test_there_are_enough_of_both_kinds_in_every_language() -> None:
    count = Counter((example.language, example.states_need) for example in EXAMPLES)
    least = {"ko": 350, "ru": 120, "en": 120}
    assert {key: n for key, n in count.items() if n < least[key[0]]} == {}
    assert {language: count[language, True] - count[language, False] for language in least} == dict.fromkeys(least, 0)


def test_every_group_has_both_kinds() -> None:
    kinds = {(example.group, example.states_need) for example in EXAMPLES}
    groups = {example.group for example in EXAMPLES}
    assert kinds == {(group, kind) for group in groups for kind in (False, True)}


def test_every_example_is_one_sentence_in_its_language_and_there_once() -> None:
    assert [e.text for e in EXAMPLES if need_sentences(e.text) != [e.text]] == []
    assert [e.text for e in EXAMPLES if detect_language(e.text) != e.language] == []
    assert [text for text, n in Counter(e.text for e in EXAMPLES).items() if n > 1] == []


def test_lines_are_read_as_kind_group_and_sentence() -> None:
    assert read_examples(["need\tfood\t빵이 굳습니다.\n", "background\tfood\t빵집입니다.\n"], "ko") == [
        Example(True, "ko", "ko.food", "빵이 굳습니다."),
        Example(False, "ko", "ko.food", "빵집입니다."),
    ]


@pytest.mark.parametrize("line", ["other\tfood\t빵", "need\tfood", "need\t\t빵", "need\tfood\t빵\tmore", "\n"])
def test_another_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="not a kind, a group and a sentence"):
        read_examples([line], "ko")


def test_version_changes_with_the_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for told in (EXAMPLES, EXAMPLES[1:], EXAMPLES):
        examples_version.cache_clear()
        monkeypatch.setattr(examples, "shipped_examples", lambda told=told: told)
        found.append(examples_version())
    assert (len(found[0]), found[0] == found[2], found[0] != found[1]) == (6, True, True)
