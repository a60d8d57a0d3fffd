import pytest

from matching.scoring.weights import ScorerStamp, numbers_in, preferences_mark


@pytest.mark.parametrize(
    ("scorer_version", "read"),
    [
        ("v3-use-0.2.1/i1.5bc0f2-9a1b2c3d", ("v3", "use-0.2.1/i1.5bc0f2", "9a1b2c3d", "")),
        ("v3.12-use-0.2.1/i1.5bc0f2-9a1b2c3d+p00c0ffee", ("v3.12", "use-0.2.1/i1.5bc0f2", "9a1b2c3d", "+p00c0ffee")),
        ("v2-st:a+b/i1.5-9a1b2c3d", ("v2", "st:a+b/i1.5", "9a1b2c3d", "")),
        ("v1+test", ("v1", "", "", "+test")),
        ("v2", ("v2", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_a_stamp_is_read_as_it_was_written(scorer_version, read):
    assert ScorerStamp.read(scorer_version) == ScorerStamp(*read)
    assert str(ScorerStamp(*read)) == scorer_version


def test_a_stamp_bears_the_mark_of_the_last_preferences_alone():
    preferences = {"meaning": "more"}
    bent = ScorerStamp.read("v3-use/i1.a-9a1b+p00c0ffee").bent_by(preferences)
    assert str(bent) == "v3-use/i1.a-9a1b" + preferences_mark(preferences)
    assert str(bent.bent_by({})) == "v3-use/i1.a-9a1b"


def test_names_of_scorers_are_ordered_by_their_numbers():
    assert sorted(["v3", "v2.10", "v2", "v2.2"], key=numbers_in) == ["v2", "v2.2", "v2.10", "v3"]
