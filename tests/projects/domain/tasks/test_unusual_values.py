from projects.domain.tasks.unusual_values import ConfirmationNeededError, UnusualValue


def test_error_carries_the_questions_and_names_their_codes():
    questions = [UnusualValue("very_small", {"amount": 5}), UnusualValue("over_programme")]
    error = ConfirmationNeededError(questions)
    assert (error.questions, str(error)) == (questions, "very_small, over_programme")


def test_question_without_numbers_has_its_own_empty_ones():
    one, other = UnusualValue("very_small"), UnusualValue("very_small")
    assert (one, one.values, one.values is other.values) == (other, {}, False)
