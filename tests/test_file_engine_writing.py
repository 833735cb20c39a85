"""What was written goes into the sheets' own XML, and everything else keeps the very bytes it had."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from jixiao.engine.file import CannotWrite, open_book
from tests.engine_files import (
    FORM,
    as_excel_writes,
    full_book,
    packed,
    part,
    plain_book,
    rewrite,
)

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

SHEET = "xl/worksheets/sheet1.xml"
SIZES_BEHIND = 0x08  # flag of a member of a zip
_WITHOUT_EXCELIZE = """
import sys
from jixiao.engine.file import open_book

book = open_book(sys.argv[1])
sheet = book.sheets[0]
sheet["A1"].value = [["新", 1.5, True], ["=1+1", "'=1", None]]
sheet["A1:A9"].rows.autofit()
sheet["A1:C9"].clear_contents()
book.sheets[1].activate()
assert sheet["A2"].formula == "" and book.sheets.active.visible and sheet["A6"].merge_area.count == 3
book.save()
print("excelize" in sys.modules)
"""

_AS_A_STREAM = """
import sys
from zipfile import ZipFile

with ZipFile(sys.argv[1]) as package, ZipFile(sys.stdout.buffer, "w") as stream:
    for name in package.namelist():
        stream.writestr(name, package.read(name))
    stream.writestr("图.txt", "名称不是 ASCII")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return as_excel_writes(full_book(tmp_path / "full.xlsx"))


def written(path: Path, cells: dict[str, object], name: str | None = None) -> str:
    """Write into a file's first sheet, or the one named, save it, and return the sheet's XML if it is the first."""
    book = open_book(path)
    sheet = book.sheets[name] if name else book.sheets[0]
    for address, value in cells.items():
        sheet[address].value = value
    book.save()
    book.close()
    return part(path, SHEET)


def with_rows(path: Path, rows: str, columns: str = "") -> Path:
    """A workbook whose only sheet has these rows, as XML."""
    plain_book(path)
    return rewrite(
        path, {SHEET: lambda xml: re.sub(r"<sheetData>.*</sheetData>", f"{columns}<sheetData>{rows}</sheetData>", xml)}
    )


def rows_of(xml: str) -> str:
    match = re.search(r"<sheetData>(.*)</sheetData>", xml, re.DOTALL)
    assert match
    return match[1]


# what nobody touched


def test_a_file_saved_without_changes_keeps_every_byte(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    book = open_book(path)
    assert book.sheets[FORM]["A2"].formula == "甲"
    book.save()
    assert path.read_bytes() == before
    book.save(tmp_path / "copy.xlsx")
    book.close()
    assert (tmp_path / "copy.xlsx").read_bytes() == before


def test_untouched_parts_keep_their_packed_bytes_and_their_order(path: Path) -> None:
    before = packed(path)
    written(path, {"H30": 1})
    after = packed(path)
    assert list(after) == [name for name in before if name != "xl/calcChain.xml"]  # Excel makes that anew
    assert {name for name in after if after[name] != before[name]} == {
        "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", SHEET,
    }  # fmt: skip
    assert ZipFile(path).testzip() is None


def test_values_are_written_without_excelize(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _WITHOUT_EXCELIZE, str(path)], capture_output=True, check=False)
    assert done.stdout.decode().strip() == "False", done.stderr.decode()


def test_a_package_written_as_a_stream_is_read_and_written(tmp_path: Path) -> None:
    plain_book(tmp_path / "book.xlsx", {"表": [["a"]]})
    command = [sys.executable, "-c", _AS_A_STREAM, str(tmp_path / "book.xlsx")]
    (tmp_path / "stream.xlsx").write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    with ZipFile(tmp_path / "stream.xlsx") as package:
        assert all(member.flag_bits & SIZES_BEHIND for member in package.infolist())
    written(tmp_path / "stream.xlsx", {"A2": "b"})
    with ZipFile(tmp_path / "stream.xlsx") as package:
        assert not any(member.flag_bits & SIZES_BEHIND for member in package.infolist())
        assert package.testzip() is None
        assert package.read("图.txt").decode() == "名称不是 ASCII"
    assert openpyxl.load_workbook(tmp_path / "stream.xlsx")["表"]["A2"].value == "b"


def test_emptying_cells_that_are_not_there_changes_no_sheet(path: Path) -> None:
    before = packed(path)
    written(path, {"P1:R40": None})
    assert packed(path)[SHEET] == before[SHEET]


def test_only_what_stands_in_written_cells_differs(path: Path) -> None:
    before = part(path, SHEET)
    after = written(path, {"B2": 9, "H3": "新"})
    old = '<c r="B2" t="n"><v>1.5</v></c>'
    row, new = '<row r="3" ht="33" customHeight="1">', '<c r="H3" t="inlineStr"><is><t>新</t></is></c>'
    reach = '<dimension ref="A1:E7"'
    assert before.count(old) == before.count(row) == before.count(reach) == 1
    expected = before.replace(old, '<c r="B2"><v>9.0</v></c>').replace(row, row + new)
    assert after == expected.replace(reach, '<dimension ref="A1:H7"')


# rows and cells


def test_cells_and_rows_come_in_their_order(tmp_path: Path) -> None:
    path = with_rows(tmp_path / "book.xlsx", '<row r="3"><c r="B3"><v>1</v></c></row>')
    xml = written(path, {"C3": 2, "A3": 3, "A5": 4, "A1": 5})
    assert re.findall(r' r="(\w+)"', rows_of(xml)) == ["1", "A1", "3", "A3", "B3", "C3", "5", "A5"]


def test_attributes_of_rows_and_cells_stay(tmp_path: Path) -> None:
    cell = '<c r="B2" s="0" cm="1" vm="1" ph="1" t="n"><v>0</v></c>'
    path = with_rows(tmp_path / "book.xlsx", f'<row r="2" spans="2:3" ht="20" thickBot="1">{cell}</row>')
    xml = rows_of(written(path, {"B2": 1, "E2": 2}))
    assert '<row r="2" ht="20" thickBot="1" spans="2:5">' in xml
    assert '<c r="B2" ph="1"><v>1.0</v></c>' in xml


def test_an_emptied_cell_keeps_its_style(tmp_path: Path) -> None:
    row = '<row r="1" hidden="1"><c r="A1" s="1"><f>1+1</f><v>2</v></c><c r="B1"><v>1</v></c></row>'
    xml = written(with_rows(tmp_path / "book.xlsx", row), {"A1:C1": None})
    assert rows_of(xml) == '<row r="1" hidden="1"><c r="A1" s="1"/></row>'


def test_an_emptied_cell_without_style_does_not_take_that_of_its_column(tmp_path: Path) -> None:
    columns = '<cols><col min="1" max="2" width="9" style="1"/></cols>'
    path = with_rows(tmp_path / "book.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>', columns)
    assert rows_of(written(path, {"A1": None, "B1": 2})) == (
        '<row r="1"><c r="A1"/><c r="B1" s="1"><v>2.0</v></c></row>'
    )


def test_a_new_cell_looks_like_its_row_where_that_has_a_format(tmp_path: Path) -> None:
    columns = '<cols><col min="1" max="2" width="9" style="1"/></cols>'
    rows = '<row r="1" s="2" customFormat="1"/><row r="2" s="2"/><row r="3" s="2" customFormat="0"/>'
    xml = rows_of(written(with_rows(tmp_path / "book.xlsx", rows, columns), {"A1:A4": 1}))
    assert re.findall(r'<c r="A\d" s="(\d)"', xml) == ["2", "1", "1", "1"]


def test_line_ends_and_spaces_of_texts_stay(path: Path) -> None:
    text = " 甲\r\n\t乙 "
    written(path, {"H1": f"'{text}"})
    book = open_book(path)
    assert book.sheets[FORM]["H1"].value == text
    book.close()


def test_text_that_could_be_a_formula_gets_one_format_for_all_such_cells(path: Path) -> None:
    formats = part(path, "xl/styles.xml").count("<xf ")
    written(path, {"H40:H60": "'-", "A21": "'-", "I40": "'无"})
    styles = part(path, "xl/styles.xml")
    assert styles.count("<xf ") == formats + 2
    assert f'<cellXfs count="{len(re.findall("<xf ", styles.split("<cellXfs")[1].split("</cellXfs")[0]))}"' in styles
    sheet = openpyxl.load_workbook(path)[FORM]
    assert [sheet[cell].quotePrefix for cell in ("H40", "H60", "A21", "I40")] == [True, True, True, False]


def test_formulas_that_were_shared_become_those_of_their_cells(path: Path) -> None:
    xml = written(path, {"E22": "=1+1"})
    assert re.findall(r'<c r="E2\d">\s*<f>(.*?)</f>', xml) == ["A21*2", "1+1", "A23*2"]
    assert "shared" not in xml


def test_formulas_that_were_shared_are_read_whatever_stands_between(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f>\n<v>1</v></c></row>'
    rows += '<row r="2"><c r="A2"> <f t="shared" si="0"/>\n<v>4</v></c></row>'
    book = open_book(with_rows(tmp_path / "book.xlsx", rows))
    assert [row[0] for row in book.sheets[0]["A1:A2"].formula] == ["=B1", "=B2"]
    book.close()


# other spellings


def prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(?=\w)", r"<\1x:", xml).replace("xmlns=", "xmlns:x=")


ODD: dict[str, Callable[[str], str]] = {
    "prefixed names": prefixed,
    "single quotes": lambda xml: re.sub(r'<c r="(\w+)"', r"<c r='\1'", xml),
    "a comment": lambda xml: xml.replace("<sheetData>", "<sheetData><!-- Bericht -->"),
    "no numbers": lambda xml: re.sub(r'<(row|c) r="\w+"', r"<\1", xml),
    "a misleading comment": lambda xml: xml.replace("<sheetData>", "<!-- <sheetData> --><sheetData>"),
    "cells in disorder": lambda xml: re.sub(r"(<c r=\"A1\".*?</c>)(<c r=\"B1\".*?</c>)", r"\2\1", xml),
    "rows in disorder": lambda xml: re.sub(r"(<row r=\"1\".*?</row>)(<row r=\"2\".*?</row>)", r"\2\1", xml),
}


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_other_spellings_of_a_sheet_are_written_by_way_of_excelize(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    path = plain_book(tmp_path / "book.xlsx", {"表": [["a", 1], ["b", 2]], "二": [["x"]]})
    rewrite(path, {SHEET: change})
    xml = written(path, {"A2": "neu", "C4": True, "C1": 5})
    assert re.findall(r' r="(\w+)"', rows_of(xml)) == ["1", "A1", "B1", "C1", "2", "A2", "B2", "4", "C4"]
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["表"]["A1:C4"]]
    assert rows == [["a", 1, 5], ["neu", 2, None], [None] * 3, [None, None, True]]


def test_a_text_that_looks_like_a_row_is_none(tmp_path: Path) -> None:
    text = '<c r="A1" t="inlineStr"><is><t><![CDATA[<row r="5">]]></t></is></c>'
    path = with_rows(tmp_path / "book.xlsx", f'<row r="1">{text}</row><row r="7" ht="20"/>')
    assert re.findall(r"<row r=\"(\d)", rows_of(written(path, {"B4": 1}))) == ["1", "4", "7"]
    assert openpyxl.load_workbook(path).active["A1"].value == '<row r="5">'


def test_a_style_in_single_quotes_is_not_lost(tmp_path: Path) -> None:
    path = with_rows(tmp_path / "book.xlsx", '<row r="1"><c r="A1" s=\'1\'><v>1</v></c></row>')
    assert rows_of(written(path, {"A1": 2})) == '<row r="1"><c r="A1" s="1"><v>2.0</v></c></row>'


def test_a_sheet_nobody_can_read_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "book.xlsx", {"表": [["a"]]})
    rewrite(path, {}, {SHEET: part(path, SHEET).encode("utf-16")})
    before = path.read_bytes()
    book = open_book(path)
    book.sheets[0]["A1"].value = 1
    with pytest.raises(CannotWrite, match="表"):
        book.save()
    book.close()
    assert path.read_bytes() == before
