"""Questions in words."""

import pytest
from django.utils.translation import override

from matching.domain.matches.asking_back import Question
from matching.wording.questions import asked


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            Question("field", ["metals", "it"]),
            "Which field is it about? The nearest technologies are in: Metals and materials, Information technology.",
        ),
        (
            Question("readiness", [3, 7]),
            "How ready must it be? The nearest technologies are at TRL 3 to 7.",
        ),
        (
            Question("notions", ["laser {1}", "welding"]),
            "Has it to do with one of these? The nearest technologies name: laser {1}, welding.",
        ),
    ],
)
def test_every_question_is_a_sentence(question, sentence):
    with override("en"):
        assert str(asked(question)) == sentence
