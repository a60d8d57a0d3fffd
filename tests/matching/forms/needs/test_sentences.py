from matching.forms.needs.sentences import SentencesForm
from matching.models import NeedSentence

SENTENCES = [
    NeedSentence(position=1, text="당사는 밸브 제조사입니다.", is_counted=False),
    NeedSentence(position=2, text="도금이 벗겨집니다.", is_counted=True),
]


def test_what_counts_is_ticked() -> None:
    form = SentencesForm(sentences=SENTENCES, initial={"revision": 3})
    assert (form["counted"].initial, form["revision"].initial, form.left_out) == ([2], 3, 1)
    assert [label for _value, label in form.fields["counted"].choices] == [row.text for row in SENTENCES]


def test_at_least_one_of_the_sentences_counts() -> None:
    def errors(**answers: object) -> dict[str, list[str]]:
        found = SentencesForm({"revision": "3", **answers}, sentences=SENTENCES).errors.as_data()
        return {name: [error.code for error in of_field] for name, of_field in found.items()}

    assert errors(counted=["1", "2"]) == {}
    assert errors() == {"counted": ["required"]}
    assert errors(counted=["7"]) == {"counted": ["invalid_choice"]}
