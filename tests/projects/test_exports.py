import csv
import io

from openpyxl import load_workbook

from projects.exports import to_csv, to_xlsx
from projects.tables import Column, Table

TABLE = Table(
    "x",
    "표: 하나/둘",
    [Column("=이름"), Column("Число", "number")],
    [["=1+1", 7], ["㈜동***지", 6_600_000_000]],
)


def test_to_csv_has_the_mark_and_everything_under_its_title():
    content = to_csv([TABLE])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["표: 하나/둘"],
        ["'=이름", "Число"],
        ["'=1+1", "7"],
        ["㈜동***지", "6600000000"],
        [],
    ]


def test_to_xlsx_has_a_sheet_per_table_with_real_numbers():
    book = load_workbook(io.BytesIO(to_xlsx([TABLE])))
    assert book.sheetnames == ["표  하나 둘"]
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert cells == [["'=이름", "Число"], ["'=1+1", 7], ["㈜동***지", 6_600_000_000]]
