import pytest

from matching.domain.intake.files.header_rows import SourceRow
from matching.domain.intake.files.headings import column_of
from matching.domain.intake.import_rows import RowError, parse_row


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("external_id", ("external_id", "")),
        ("External ID", ("external_id", "")),
        ("기술명", ("title", "")),
        ("제목 (러시아어)", ("title", "ru")),
        ("summary_ko", ("summary", "ko")),
        ("description-en", ("description", "en")),
        ("TRL (1-9)", ("trl", "")),
        ("보유 기관", ("holder", "")),
        ("text", ("description", "")),
        ("trl_ko", ("", "")),
        ("price", ("", "")),
    ],
)
def test_column_of(header, column):
    assert column_of(header) == column


def test_parse_row_reads_our_own_columns_in_korean():
    row = parse_row(
        SourceRow(
            2,
            {
                "관리번호": "KR-1",
                "언어": "한국어",
                "제목": "초전도 <b>선재</b>",
                "요약": "요약문",
                "title_ru": "Сверхпроводящий провод",
                "보유기관": "한국기계연구원",
                "국가": "대한민국",
                "분야": "금속",
                "TRL": "TRL 6",
                "협력방식": "공동개발; licence / 장비 도입",
                "방향": "러→한",
                "특허분류": "C22C 1/04; h01b 12/00",
            },
        )
    )
    assert row.errors == []
    assert (row.external_id, row.holder, row.source_language) == ("KR-1", "한국기계연구원", "ko")
    assert row.facts == {
        "country": "KR",
        "field": "metals",
        "trl": 6,
        "transfer_modes": ["joint_development", "equipment_import", "licence"],
        "direction": "ru_kr",
        "ipc_codes": ["C22C 1/04", "H01B 12/00"],
    }
    assert row.texts == {
        "ko": {"title": "초전도 선재", "summary": "요약문", "provenance": "source"},
        "ru": {"title": "Сверхпроводящий провод", "provenance": "machine"},
    }


def test_parse_row_keeps_a_huge_title_whole_in_the_description():
    title = "слово " * 100
    row = parse_row(SourceRow(1, {"title": title, "text": "Остальное."}))
    own = row.texts["ru"]
    assert (len(own["title"]) <= 300, own["title"][-1], row.shortened) == (True, "…", 1)
    assert own["description"] == f"{title.strip()}\n\nОстальное."


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"title": "x", "lang": "xx"}, [RowError(7, "lang", "unknown_language", "xx")]),
        ({"title": "12 %"}, [RowError(7, "", "language_not_found", "12 %")]),
        ({"id": "1", "lang": "ru", "trl": "3"}, []),
        ({"title": "x", "trl": "12"}, [RowError(7, "trl", "wrong_trl", "12")]),
        ({"title": "x", "국가": "Atlantis"}, [RowError(7, "국가", "unknown_country", "Atlantis")]),
        ({"title": "x", "modes": "sale"}, [RowError(7, "modes", "unknown_transfer_modes", "sale")]),
        ({"title": "x", "url": "javascript:x"}, [RowError(7, "url", "wrong_url", "javascript:x")]),
        ({"title": "x", "ipc": "??"}, [RowError(7, "ipc", "wrong_ipc", "??")]),
        ({"title": "x", "id": "9" * 201}, [RowError(7, "id", "too_long", "9" * 201)]),
        ({"title": "x", "provenance": "?"}, [RowError(7, "provenance", "unknown_provenance", "?")]),
    ],
)
def test_parse_row_reports_errors_by_column(values, errors):
    assert parse_row(SourceRow(7, values)).errors == errors
