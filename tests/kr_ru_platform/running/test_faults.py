from kr_ru_platform.running.faults import without_contents


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
