"""Files as offices send them, made here: each kind is read, or refused with the place and one reason."""

import io
import json
import zipfile

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from matching.models import Technology, TechnologyText

pytestmark = pytest.mark.django_db
HEADER = ["관리번호", "기술명", "기술개요", "상세설명", "보유기관", "기술성숙도(TRL)"]
FIRST = ["A-1", "비정질 합금 리본", "얇은 띠를 만든다.", "급랭한다.", "가람재료연구소", "6"]
SECOND = ["A-2", "태양광 세정 로봇", "먼지를 없앤다.", "물이 없다.", "(주)나래로봇", "5"]


@pytest.fixture
def read(tmp_path):
    def run(name, content, *options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = io.StringIO()
        try:
            call_command("import_technologies", str(path), "--json", *options, stdout=out, stderr=io.StringIO())
        except CommandError as error:
            assert error.returncode == 1
        said = json.loads(out.getvalue())
        errors = [(error["row"], error["column"], error["code"]) for error in said["errors"]]
        return said["rows"], said["new"], errors, [(note["row"], note["code"]) for note in said["notes"]]

    return run


def xlsx(*rows, prepare=None):
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if prepare:
        prepare(book)
    book.save(target)
    return target.getvalue()


def csv(*rows, separator=","):
    return "\r\n".join(separator.join(row) for row in rows) + "\r\n"


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


def levels():
    return dict(Technology.objects.values_list("external_id", "trl"))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", ole("EncryptedPackage"), "encrypted"),
        ("a.xlsx", ole("Workbook"), "old_excel"),
        ("a.csv", ole("HwpSummaryInformation"), "word_processor"),
        ("a.csv", "<html><body><table><tr><td>기술명</td></tr></table>", "is_html"),
        ("a.xls", "\ufeff <TABLE><tr><td>기술명</td></tr></TABLE>", "is_html"),
        ("a.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related", "is_html"),
        (
            "a.csv",
            "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related",
            "is_html",
        ),
        ("a.csv", '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "is_xml"),
        ("a.xlsx", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "open_document"),
        ("a.csv", zipped(word__document_dot_xml="<w/>"), "word_processor"),
        ("a.csv", zipped(Index__Document_dot_iwa="x"), "apple_numbers"),
        ("a.csv", zipped(list="x"), "is_archive"),
        ("a.csv", b"\x1f\x8b\x08\x00", "is_archive"),
        ("a.csv", "", "empty_file"),
        ("a.csv", " \r\n \r\n", "empty_file"),
        ("a.xlsx", xlsx(HEADER), "no_rows"),
        ("a.xlsx", xlsx(), "no_header"),
        ("a.csv", "가나,다라\n1,2\n", "no_known_column"),
        ("a.csv", "id,title\n1,铝合金焊接方法提高速度\n".encode("gbk"), "uncertain_encoding"),
        ("a.csv", "id,title\n1,アルミニウムの溶接\n".encode("shift_jis"), "uncertain_encoding"),
        ("a.csv", "id,title\n1,Méthode de soudage\n".encode("cp1252"), "uncertain_encoding"),
    ],
)
def test_file_of_another_kind_has_one_reason(read, name, content, code):
    assert read(name, content) == (0, 0, [(1 if code == "no_known_column" else 0, "", code)], [])
    assert not Technology.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_korean_text_files(read, encoding, separator):
    content = csv(HEADER, FIRST, SECOND, separator=separator).encode(encoding)
    assert read("a.csv", content)[:3] == (2, 2, [])
    assert set(TechnologyText.objects.values_list("title", flat=True)) == {FIRST[1], SECOND[1]}


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_russian_text_files(read, encoding):
    rows = [
        "п/п;Наименование разработки;Аннотация;Организация-разработчик;УГТ",
        "1;Датчик метана;Лазерный;ИМЕТ;УГТ 6",
    ]
    assert read("a.csv", "\n".join(rows).encode(encoding))[:3] == (1, 1, [])
    assert TechnologyText.objects.get().title == "Датчик метана"


def test_lines_of_two_encodings_are_told_apart(read):
    content = "id,title\n1,비정질 합금\n".encode() + "2,금속 소재\n".encode("cp949")
    assert read("a.csv", content)[2] == [(3, "", "mixed_encoding")]


def test_quote_that_is_never_closed_is_found_on_its_line(read):
    content = csv(HEADER, FIRST, ["A-2", '"태양광', *SECOND[2:]], ["A-3", *SECOND[1:]])
    assert read("a.csv", content) == (0, 0, [(3, "", "broken_csv")], [])


def test_two_such_quotes_swallow_no_rows(read):
    content = csv(HEADER, ["A-1", '"비정질', *FIRST[2:]], ["A-2", '로봇"', *SECOND[2:]], ["A-3", *SECOND[1:]])
    assert read("a.csv", content)[:3] == (2, 1, [(2, "", "broken_csv")])
    assert set(levels()) == {"A-3"}


def test_text_of_several_lines_is_one_cell(read):
    cell = '"첫 줄, 그리고\n둘째 줄, 셋째, 넷째"'
    assert read("a.csv", csv(HEADER, [*FIRST[:3], cell, *FIRST[4:]], SECOND))[:3] == (2, 2, [])


@pytest.mark.parametrize("above", [[["2026 조사표"]], [["조사표", "2026"], [], ["작성: 기술협력팀"]]])
def test_lines_above_the_header_are_passed_over(read, above):
    content = xlsx(*above, HEADER, FIRST, [*SECOND[:5], "x"])
    assert read("a.xlsx", content)[:3] == (2, 1, [(len(above) + 3, HEADER[5], "wrong_trl")])


def test_merged_title_and_merged_cells(read):
    def merge(book):
        book.active.merge_cells("A1:F1")
        book.active.merge_cells("E3:E4")

    content = xlsx(["조사표"], HEADER, FIRST, [*SECOND[:4], None, "5"], prepare=merge)
    rows, new, errors, notes = read("a.xlsx", content)
    assert (rows, new, errors, notes) == (2, 2, [], [(3, "new_holder"), (4, "merged_cell")])
    assert set(Technology.objects.values_list("holder__name_ko", flat=True)) == {"가람재료연구소"}


def test_names_of_columns_in_two_rows(read):
    content = csv(
        ["관리번호", "기술명", "", "기술개요"], ["", "국문", "영문", ""], ["1", "리본", "Ribbon", "얇은 띠이다."]
    )
    assert read("a.csv", content)[:3] == (1, 1, [])
    assert set(TechnologyText.objects.values_list("language", "title")) == {("ko", "리본"), ("en", "Ribbon")}


@pytest.mark.parametrize("is_hidden", [True, False])
def test_sheet_with_the_technologies_is_found(read, is_hidden):
    def add(book):
        book.active.sheet_state = "hidden" if is_hidden else "visible"
        sheet = book.create_sheet("목록")
        for row in (HEADER, FIRST, SECOND):
            sheet.append(row)

    first = [HEADER[:2], ["x", "숨은 기술"]] if is_hidden else [["작성 방법"], ["1. 적으십시오."]]
    assert read("a.xlsx", xlsx(*first, prepare=add))[:3] == (2, 2, [])


def test_blank_in_the_last_possible_cell(read):
    def blank(book):
        book.active["XFD1048576"] = " "

    assert read("a.xlsx", xlsx(HEADER, FIRST, SECOND, prepare=blank))[:3] == (2, 2, [])


def test_formulas_without_a_value_are_named_and_nothing_is_made_up(read):
    content = xlsx(HEADER, ["A-1", '="기술 "&1', *FIRST[2:5], "=3+3"], SECOND)
    rows, new, errors, notes = read("a.xlsx", content)
    assert (rows, new, errors) == (2, 1, [(2, "기술명", "title_needed")])
    assert [note for note in notes if note[1] == "formula_without_value"] == [(2, "formula_without_value")] * 2


def test_error_values_truths_and_numbers_are_no_texts(read):
    content = xlsx(
        HEADER,
        ["A-1", 0.35, "얇은 띠.", True, "#N/A", "6"],
        ["A-3", "로봇", "#REF!", "#DIV/0!", "#이름?", "#VALUE!"],
        SECOND,
    )
    rows, new, errors, _notes = read("a.xlsx", content)
    assert (rows, new) == (3, 1)
    assert errors == [
        (2, "기술명", "bare_number"),
        (2, "상세설명", "boolean_value"),
        (2, "보유기관", "error_value"),
        *[(3, column, "error_value") for column in HEADER[2:]],
    ]
    assert not Technology.objects.exclude(holder__name_ko="(주)나래로봇").exists()


@pytest.mark.parametrize("value", ["#N/A", "#Н/Д", "#REF!", "#DIV/0!", "#ДЕЛ/0!", "########", "Err:502"])
def test_error_values_in_text_files(read, value):
    assert read("a.csv", csv(HEADER, [*FIRST[:4], value, "6"]))[2] == [(2, "보유기관", "error_value")]


@pytest.mark.parametrize(
    ("value", "level", "code"),
    [
        *[
            (value, 6, "")
            for value in ("6", "６", "'6", "TRL 6", "TRL-6", "6단계", "제6단계", "УГТ-6", "уровень 6", "VI", "6/9")
        ],
        *[(value, 5, "trl_range") for value in ("5~6", "5-6", "5–6", "TRL 5 ~ TRL 6", "5~6단계", "5,6", "6-5")],
        *[(value, None, "") for value in ("-", "해당없음", "")],
        *[(value, None, "wrong_trl") for value in ("0", "10", "6.5", "높음")],
    ],
)
def test_levels_as_offices_write_them(read, value, level, code):
    cell = f'"{value}"' if "," in value else value
    _rows, new, errors, notes = read("a.csv", csv(HEADER, [*FIRST[:5], cell]))
    if code == "wrong_trl":
        assert (new, errors) == (0, [(2, HEADER[5], "wrong_trl")])
    else:
        assert (levels(), errors, [note for _row, note in notes if note.startswith("trl")]) == (
            {"A-1": level},
            [],
            [code] if code else [],
        )


def test_ids_keep_their_digits(read):
    def zeros(book):
        book.active["A4"].number_format = "00000"

    ids = [20260001, "00012", 13, 1.234567890123457e16, "'007"]
    rows = [[external_id, f"리본 {number}", *FIRST[2:]] for number, external_id in enumerate(ids)]
    assert read("a.xlsx", xlsx(HEADER, *rows, prepare=zeros))[2] == [(5, "관리번호", "id_rounded")]
    assert set(levels()) == {"20260001", "00012", "00013", "007"}


def test_cell_over_the_limit_is_named(read):
    content = csv(HEADER, [*FIRST[:3], "가" * 200_001, *FIRST[4:]], SECOND)
    assert read("a.csv", content)[:3] == (2, 1, [(2, "상세설명", "cell_too_long")])


def test_unseen_characters_make_no_second_organisation(read):
    marked = ["A-2", "로\u00ad봇\u200b", "먼지\u202e를 없앤다.", "물이 없다.", "\u200b가람재료연구소\u00a0", "5"]
    read("a.csv", csv(HEADER, FIRST, marked))
    assert set(Technology.objects.values_list("holder__name_ko", flat=True)) == {"가람재료연구소"}
    assert TechnologyText.objects.get(technology__external_id="A-2").title == "로봇"


@pytest.mark.parametrize(
    "line",
    [
        {"id": "x", "title": {"ko": "다층 막", "en": "Film"}, "summary": {"ko": "막이다."}, "holder": {"name": "가람"}},
        {
            "id": "x",
            "title_ko": "다층 막",
            "title_en": "Film",
            "summary_ko": "막이다.",
            "holder": {"name": {"ko": "가람"}},
        },
        {
            "id": "x",
            "texts": [{"lang": "ko", "title": "다층 막", "summary": "막이다."}, {"lang": "en", "title": "Film"}],
            "holder": "가람",
        },
        {
            "id": "x",
            "texts": {"ko": {"title": "다층 막", "summary": "막이다."}, "en": {"title": "Film"}},
            "holder": "가람",
        },
    ],
)
def test_objects_are_read_by_language(read, line):
    assert read("a.jsonl", json.dumps(line, ensure_ascii=False))[:3] == (1, 1, [])
    assert set(TechnologyText.objects.values_list("language", "title")) == {("ko", "다층 막"), ("en", "Film")}
    assert Technology.objects.get().holder.name_ko == "가람"
    assert not TechnologyText.objects.filter(title__contains="{").exists()


def test_rows_that_look_alike_are_noted(read):
    read("a.csv", csv(HEADER, FIRST))
    rows = [
        ["a‐1", *SECOND[1:]],
        ["B-1", "비정질 합금 리본", "다른 띠.", *FIRST[3:]],
        ["b-1", "유리", "섬유.", *FIRST[3:]],
    ]
    _rows, new, errors, notes = read("b.csv", csv(HEADER, *rows), "--dry-run")
    assert (new, errors) == (3, [])
    assert {note for note in notes if note[1].startswith("looks")} == {
        (2, "looks_like_id"),
        (3, "looks_like_technology"),
        (4, "looks_like_id_in_file"),
    }


def test_columns_can_be_named_on_the_command_line(read):
    content = "가나,다라\n비정질 리본,얇은 띠이다.\n"
    assert read("a.csv", content, "--map", "가나=title", "--map", "다라=summary")[:3] == (1, 1, [])
    assert TechnologyText.objects.values_list("title", "summary").get() == ("비정질 리본", "얇은 띠이다.")


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_names_of_columns_under_names_of_groups_that_are_known_too(read, name):
    above = ["관리번호", "기술 내용", "", "", "보유기관", "TRL"]
    rows = [above, ["", "기술명", "기술개요", "상세설명", "", ""], FIRST, SECOND]
    content = xlsx(*rows, prepare=lambda book: book.active.merge_cells("B1:D1")) if name == "a.xlsx" else csv(*rows)
    assert read(name, content)[:3] == (2, 2, [])
    assert levels() == {"A-1": 6, "A-2": 5}
    titles = TechnologyText.objects.order_by("title").values_list("title", "description")
    assert list(titles) == [(FIRST[1], FIRST[3]), (SECOND[1], SECOND[3])]


def test_sheet_that_is_a_chart_is_passed_over(read):
    content = xlsx(HEADER, FIRST, prepare=lambda book: book.create_chartsheet("그림", 0))
    assert read("a.xlsx", content)[:3] == (1, 1, [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_utf_16_without_its_mark_is_read_once_somebody_says_so(read, encoding, separator):
    content = csv(HEADER, FIRST, SECOND, separator=separator).encode(encoding)
    assert read("a.csv", content)[2] == [(0, "", "uncertain_encoding")]
    assert read("a.csv", content, "--encoding", encoding)[:3] == (2, 2, [])


def test_name_that_stands_twice_in_an_object_loses_neither_value(read):
    lines = (
        '{"id": "J-1", "title": "첫째 기술", "title": "둘째 기술"}\n{"id": "J-2", "title": "기술 하나", "id": "J-2"}\n'
    )
    assert read("a.jsonl", lines)[:3] == (2, 1, [(1, "", "double_header")])


def test_numbers_of_objects_stay_as_written(read):
    lines = '{"id": 1e5, "title": "첫째 기술", "trl": 6.0}\n{"id": 1234567890123, "title": "둘째 기술", "trl": NaN}\n'
    assert read("a.jsonl", lines)[:3] == (2, 1, [(1, "id", "id_rounded")])
    assert levels() == {"1234567890123": None}


def test_name_of_a_holder_in_two_languages_is_one_holder(read):
    line = {"id": "J-1", "title": "첫째 기술", "holder": {"name": {"ru": "НИИ «Пример»", "en": "Example Institute"}}}
    read("a.jsonl", json.dumps(line, ensure_ascii=False))
    assert [technology.holder.name for technology in Technology.objects.all()] == ["НИИ «Пример»"]


def test_headings_of_forms_with_their_small_words(read):
    headings = [
        "Шифр разработки",
        "Полное наименование предлагаемой разработки (до 200 знаков)",
        "Краткое описание проекта",
    ]
    headings += [
        "Организация-разработчик (полностью)",
        "Наличие патентов (да/нет)",
        "Уровень готовности технологии (1-9)",
    ]
    row = ["Р-1", "Лазерная наплавка", "Восстановление лопаток.", "НПО «Пример»", "да", "УГТ 7"]
    assert read("a.csv", csv(headings, row, separator=";"))[:3] == (1, 1, [])
    headings = [
        "Ref. No.",
        "Title of the Technology",
        "Short summary",
        "Organisation name",
        "IP protection",
        "TRL level",
    ]
    row = ["E-1", "Laser cladding", "It repairs blades.", "Example Institute", "yes", "TRL 6"]
    assert read("a.csv", csv(headings, row))[:3] == (1, 1, [])
    assert levels() == {"Р-1": 7, "E-1": 6}
