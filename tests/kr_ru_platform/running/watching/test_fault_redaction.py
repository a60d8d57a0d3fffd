import pytest

from kr_ru_platform.running.watching.fault_redaction import without_contents, without_values


def test_report_says_where_and_not_what() -> None:
    event = {
        "request": {
            "url": "https://portal.example.org/technologies/",
            "method": "GET",
            "query_string": "q=secret",
            "cookies": {"sessionid": "secret"},
            "headers": {"Cookie": "secret"},
            "data": {"body": "secret"},
        },
        "breadcrumbs": {"values": [{"message": "secret"}]},
        "extra": {"sys.argv": ["secret"]},
        "logentry": {"message": "The import %s failed.", "params": ["secret"]},
        "exception": {"values": [{"type": "IntegrityError", "value": "duplicate key\nDETAIL: (email)=(secret)"}]},
    }
    assert without_contents(event, {}) == {
        "request": {"url": "https://portal.example.org/technologies/", "method": "GET"},
        "logentry": {"message": "The import %s failed."},
        "exception": {"values": [{"type": "IntegrityError", "value": "duplicate key"}]},
    }
    assert without_contents({}, {}) == {}


def test_report_tells_no_key_of_an_address() -> None:
    told = without_contents({"request": {"url": "https://p.example.org/accounts/password/reset/key/1-abc-def/"}}, {})
    assert told == {"request": {"url": "https://p.example.org/accounts/password/reset/key/…/"}}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("invalid literal for int() with base 10: 'typed'", "invalid literal for int() with base 10: …"),
        ('invalid input syntax for type integer: "ty\'ped"\nLINE 1: typed', "invalid input syntax for type integer: …"),
        ("'it\\'s typed'", "…"),
        ("'cut off", "…"),
        ('duplicate key value violates unique constraint "a_b"\nDETAIL: (x)=(typed)',)
        + ('duplicate key value violates unique constraint "a_b"',),
        ("Key (email)=(typed@example.org) exists", "Key (email)… exists"),
        ("{kim@example.org: 550}", "…: 550}"),
    ],
)
def test_faults_are_told_without_values(said: str, told: str) -> None:
    assert without_values(said) == told
