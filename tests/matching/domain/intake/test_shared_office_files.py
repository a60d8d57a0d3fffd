"""The files of ../shared/data/import_files, each with its right reading."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from matching.models import Technology, TechnologyText

FOLDER = settings.BASE_DIR.parent / "shared/data/import_files"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.exists(), reason="../shared/data/import_files is not there"),
]
RIBBON, ROBOT = "비정질 합금 리본 급속 냉각 장치", "태양광 발전 모듈 세정 로봇"
TWO = (2, 2, [])


def read(path: Path, *options):
    out = io.StringIO()
    try:
        call_command("import_technologies", str(path), "--json", *options, stdout=out, stderr=io.StringIO())
    except CommandError as error:
        assert error.returncode == 1
    said = json.loads(out.getvalue())
    return said["rows"], said["new"], [(error["row"], error["column"], error["code"]) for error in said["errors"]], said


def notes(said, start=""):
    return [(note["row"], note["code"]) for note in said["notes"] if note["code"].startswith(start)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("08f_unbalanced_quote.csv", (0, 0, [(2, "", "broken_csv")])),
        ("08h_title_line_above.csv", TWO),
        ("09_merged_title_above_header.xlsx", TWO),
        ("12_formulas_uncached.xlsx", (2, 0, [(2, "기술명", "title_needed"), (3, "기술명", "title_needed")])),
        ("13_hidden_first_sheet.xlsx", TWO),
        ("13b_instructions_first_sheet.xlsx", TWO),
        ("14_numbers_dates.xlsx", (7, 5, [(4, "관리번호", "id_rounded"), (8, "기술성숙도(TRL)", "date_in_cell")])),
        ("15b_space_in_last_cell.xlsx", TWO),
        ("18_encrypted.xlsx", (0, 0, [(0, "", "encrypted")])),
        ("20g_nested_lang.jsonl", (1, 1, [])),
        ("21c_html_renamed.csv", (0, 0, [(0, "", "is_html")])),
        ("22_dup_ids.csv", (6, 4, [(4, "관리번호", "duplicate_id"), (6, "관리번호", "duplicate_id")])),
        ("23_unknown_columns.csv", TWO),
        ("23b_russian_office.csv", TWO),
        ("23c_korean_office.csv", (1, 1, [])),
        ("28_marks.csv", TWO),
        ("29_nfd_mac.csv", TWO),
        ("53_gbk_chinese.csv", (0, 0, [(0, "", "uncertain_encoding")])),
    ],
)
def test_file_is_read_rightly(name, expected):
    assert read(FOLDER / name)[:3] == expected
    if expected == TWO and name[:2] not in ("23", "28"):
        assert set(TechnologyText.objects.values_list("title", flat=True)) == {RIBBON, ROBOT}


def test_error_values_are_told_by_cell():
    assert read(FOLDER / "32_error_values.xlsx")[:3] == (
        2,
        0,
        [
            (2, "상세설명", "error_value"),
            (2, "보유기관", "error_value"),
            (3, "기술명", "bare_number"),
            (3, "상세설명", "boolean_value"),
        ],
    )


def test_levels_and_ids():
    said = read(FOLDER / "14_numbers_dates.xlsx")[3]
    assert notes(said, "trl") == [(6, "trl_range"), (7, "trl_range")]
    assert dict(Technology.objects.values_list("external_id", "trl")) == {
        "20260001": 6,
        "00012": 5,
        "1.5": 6,
        "F14-5": 5,
        "F14-6": 6,
    }


def test_cell_over_the_limit(tmp_path):
    path = tmp_path / "25b.csv"
    path.write_bytes(gzip.decompress((FOLDER / "25b_over_200000_chars.csv.gz").read_bytes()))
    assert read(path)[:3] == (2, 1, [(2, "상세설명", "cell_too_long")])


def test_nested_languages():
    read(FOLDER / "20g_nested_lang.jsonl")
    assert set(TechnologyText.objects.values_list("language", "title")) == {
        ("ko", "다층 막"),
        ("en", "Multilayer film"),
    }
    assert Technology.objects.get().holder.name_ko == "가람재료연구소"


def test_ids_that_differ_by_case_or_dash_and_equal_titles():
    said = read(FOLDER / "22_dup_ids.csv")[3]
    assert set(notes(said, "looks")) == {
        *[(row, "looks_like_row") for row in (4, 5, 6, 7)],
        *[(row, "looks_like_id_in_file") for row in (5, 7)],
    }


def test_office_headings_of_both_languages():
    read(FOLDER / "23b_russian_office.csv")
    first = Technology.objects.order_by("pk").first()
    assert (first.trl, first.holder.name_ru, first.transfer_modes, first.source_url) == (
        7,
        "Институт сварки Заря",
        ["joint_development", "licence"],
        "https://www.example.org",
    )
    read(FOLDER / "23c_korean_office.csv")
    last = Technology.objects.order_by("pk").last()
    assert (last.trl, last.ipr_status, last.transfer_modes) == (6, "granted", ["joint_development", "licence"])
    assert set(last.texts.values_list("language", "title")) == {
        ("ko", "전자빔 가교 파이프"),
        ("en", "E-beam cross-linked pipe"),
    }


def test_marks_make_no_second_organisation():
    read(FOLDER / "28_marks.csv")
    assert Technology.objects.values("holder").distinct().count() == 1
    assert TechnologyText.objects.get(technology__external_id="F28-1").title == "비정질 합금 리본"
