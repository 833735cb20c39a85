"""The LibreOffice engine: what it refuses, what it counts, and what only a live program can show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from jixiao.engine.file import app as file_app
from jixiao.engine.file import book as file_book
from jixiao.engine.file import names as file_names
from jixiao.engine.file import range as file_range
from jixiao.engine.file import sheet as file_sheet
from jixiao.engine.libreoffice import CannotWrite, Office, UnsupportedMember, app, engine, names, open_book, sheet
from jixiao.engine.libreoffice import book as books
from jixiao.engine.libreoffice import range as ranges
from jixiao.engine.libreoffice.access import structure
from tests.engine_files import plain_book
from tests.libreoffice.live import model, sheet_of, type_into

CLASSES: list[tuple[Any, Any]] = [
    (app.Apps, file_app.Apps), (app.App, file_app.App), (app.Books, file_app.Books), (books.Book, file_book.Book),
    (books.Sheets, file_book.Sheets), (sheet.Sheet, file_sheet.Sheet), (ranges.Range, file_range.Range),
    (names.Names, file_names.Names), (names.Name, file_names.Name),
]  # fmt: skip

live = pytest.mark.libreoffice


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Iterator[xw.Book]:
    opened = open_book(plain_book(tmp_path / "book.xlsx", {"表": [["a", 1], ["b", 2]], "二": []}), office.context)
    yield opened
    opened.close()


@pytest.fixture
def cells(book: xw.Book) -> xw.Sheet:
    return book.sheets["表"]


# members


@pytest.mark.parametrize(("own", "of_files"), CLASSES, ids=lambda cls: cls.__name__)
def test_both_engines_have_the_same_members(own: Any, of_files: Any) -> None:
    assert own.supported_members == of_files.supported_members


@live
@pytest.mark.parametrize(
    ("member", "use"),
    [
        ("Range.api", lambda cells: cells["A1"].api.Interior),
        ("Range.font", lambda cells: cells["A1"].font.bold),
        ("Range.horizontal_alignment", lambda cells: setattr(cells["A1"], "horizontal_alignment", "center")),
        ("Sheet.charts", lambda cells: cells.charts.add()),
        ("Book.save with a password", lambda cells: cells.book.save(password="x")),
        ("Range of several areas", lambda cells: cells["A1,B2"]),
        ("App.run", lambda cells: cells.book.macro("模块1.宏")()),
        ("Books.add", lambda cells: cells.book.app.books.add()),
    ],
)
def test_a_macro_that_asks_for_more_is_told_what_is_missing(cells: xw.Sheet, member: str, use: Any) -> None:
    with pytest.raises(UnsupportedMember) as problem:
        use(cells)
    assert problem.value.member.startswith(member)
    assert "docs/engine.md" in str(problem.value)


@live
def test_a_block_costs_one_call_however_large(cells: xw.Sheet) -> None:
    engine.calls.clear()
    cells["A1"].value = [[1.0] * 50 for _ in range(400)]
    rows = cells.used_range.options(ndim=2).value
    assert (len(rows), len(rows[0])) == (400, 50)
    assert engine.calls == {"Range.raw_value set": 1, "Range.raw_value get": 1, "Sheet.used_range get": 1}


# values


@live
def test_what_formulas_give_is_read(cells: xw.Sheet) -> None:
    cells["C1:C6"].value = [["=B1+B2"], ['="甲"&A1'], ["=B1>B2"], ["=DATE(2024,3,5)"], ['=""'], ["=1/0"]]
    assert cells["C1:C6"].value == [3.0, "甲a", False, datetime(2024, 3, 5), None, None]
    type_into(cells.book, "表", "B2", "10")
    assert cells["C1"].value == 11.0


@live
@pytest.mark.parametrize(
    ("formula", "error"),
    [("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=NIEDA(1)", "#NAME?"), ('="a"+1', "#VALUE!"), ("=10^400", "#NUM!"),
     ("=INDEX(A1:B2,9,9)", "#REF!"), ("=#REF!+1", "#REF!"), ("=IF(A1=1,1,#N/A)", "#N/A")],
)  # fmt: skip
def test_errors_are_none_or_their_text_and_their_formulas_are_kept(cells: xw.Sheet, formula: str, error: str) -> None:
    cells["D5"].value = formula
    assert cells["D5"].value is None
    assert cells["D5"].formula == formula
    if error != "#REF!" or formula.startswith("=#"):  # LibreOffice has another error for a place outside
        assert cells["D5"].options(err_to_str=True).value == error


@live
@pytest.mark.parametrize(
    "formula",
    ["=SUM({1,2;3,4})", "=SUM((A1,B2))", "=IF(A1=\"a,b!c'\",TRUE,FALSE)", "=SUM(二!A1:B2,$B$1)", "=COUNTIF(A:A,\">1\")",
     '=IFERROR(JXCHECK(A1&""),"没有")'],
)  # fmt: skip
def test_formulas_are_spelt_as_in_excel(cells: xw.Sheet, formula: str) -> None:
    cells["D5"].formula = formula
    assert cells["D5"].formula == formula


@live
def test_a_number_in_the_place_of_a_truth_value_is_a_number(cells: xw.Sheet) -> None:
    cells["C1:C2"].value = True
    cells["C1"].value = 5
    assert cells["C1:C2"].value == [5.0, True]


@live
def test_a_date_keeps_the_format_of_dates_its_cell_has(cells: xw.Sheet) -> None:
    cells["C1"].number_format = "yyyy-mm-dd"
    cells["C1:D1"].value = [date(2024, 3, 5), datetime(2024, 3, 5, 12)]
    assert [cell.number_format for cell in cells["C1:D1"]] == ["yyyy-mm-dd", "m/d/yyyy h:mm"]
    cells["C1"].value = 7
    assert cells["C1"].value == datetime(1900, 1, 6)


@live
def test_dates_since_1904_are_the_same_dates(cells: xw.Sheet) -> None:
    model(cells.book).NullDate = structure("com.sun.star.util.Date", Year=1904, Month=1, Day=1)
    fresh = xw.Book(impl=books.Book(engine.app, model(cells.book))).sheets["表"]
    fresh["C1"].value = date(2024, 3, 5)
    assert fresh["C1"].value == datetime(2024, 3, 5)
    assert sheet_of(cells.book, "表").getCellRangeByName("C1").getDataArray() == ((43894.0,),)


@live
def test_text_of_the_user_never_becomes_a_formula(cells: xw.Sheet, tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@x", "007", "1/2", "70%"]
    cells["C1"].value = [[f"'{text}" for text in texts]]
    assert cells["C1:I1"].value == texts
    assert {cell.number_format for cell in cells["C1:I1"]} == {"@"}  # so it stays text when the user edits it
    cells.book.save(tmp_path / "texts.xlsx")
    row = openpyxl.load_workbook(tmp_path / "texts.xlsx")["表"][1]
    assert [(cell.value, cell.data_type) for cell in row[2:9]] == [(text, "s") for text in texts]


@live
def test_whole_rows_are_read_as_far_as_they_go(cells: xw.Sheet) -> None:
    rows = cells["1:9"].value
    assert (len(rows), rows[0][:3], rows[8][:2]) == (9, ["a", 1.0, None], [None, None])


@live
def test_cells_hidden_under_merged_ones_stay_empty(cells: xw.Sheet) -> None:
    for area in ("B2:C3", "E5:E6"):
        sheet_of(cells.book, "表").getCellRangeByName(area).merge(True)
    cells["C1:E6"].value = [[f"{row}{column}" for column in "CDE"] for row in range(1, 7)]
    assert cells["C1:C4"].value == ["1C", None, None, "4C"]
    assert cells["E4:E6"].value == ["4E", "5E", None]
    cells["B2"].value, cells["C3"].value = "oben", "verdeckt"
    assert cells["B2:C3"].value == [["oben", None], [None, None]]
    assert cells["C3"].merge_area.address == "$B$2:$C$3"


@live
def test_what_cannot_be_written_is_named(cells: xw.Sheet) -> None:
    with pytest.raises(CannotWrite, match="工作表“表”的 A2 不能写入：文字有 40000 个字符"):
        cells["A1:A2"].value = [["x"], ["长" * 40_000]]
    with pytest.raises(CannotWrite, match="1 行 2 列"):
        cells["A1:B1"].raw_value = [[1, 2, 3]]
    with pytest.raises(CannotWrite, match="不是数字格式"):
        cells["A1"].number_format = "[红色]0"
    assert cells["A1"].value == "a"


@live
def test_a_part_of_an_array_formula_cannot_be_written(cells: xw.Sheet) -> None:
    sheet_of(cells.book, "表").getCellRangeByName("D1:D2").setArrayFormula("=B1:B2*2")
    with pytest.raises(CannotWrite, match=r"\$D\$1 不能写入"):
        cells["D1"].value = 1
    assert cells["D1:D2"].value == [2.0, 4.0]


# the app


@live
def test_questions_are_declined_unless_somebody_answers(book: xw.Book) -> None:
    boxes = ["ok", "ok_cancel", "yes_no", "yes_no_cancel"]
    assert [book.app.alert("继续？", buttons=buttons) for buttons in boxes] == ["ok", "cancel", "no", "cancel"]
    engine.app.answer = "yes"
    assert [book.app.alert("继续？", buttons=buttons) for buttons in boxes] == ["ok", "cancel", "yes", "yes"]
    engine.app.answer = None
    assert engine.app.alerts[-8:] == ["继续？"] * 8


@live
def test_the_app_knows_the_open_books(book: xw.Book, office: Office, tmp_path: Path) -> None:
    other = open_book(plain_book(tmp_path / "另一.xlsx"), office.context)
    assert [one.name for one in book.app.books][:2] == ["另一.xlsx", "book.xlsx"]
    book.activate()
    assert xw.books.active.name == "book.xlsx"
    assert book.app.books.open(other.fullname) == other
    model(other).close(True)  # as a user closes it
    assert "另一.xlsx" not in [one.name for one in book.app.books]
    assert book.app.version.major >= 7


@live
def test_without_recalculation_a_formula_waits(cells: xw.Sheet) -> None:
    cells["C1"].value = "=B1*2"
    cells.book.app.calculation = "manual"
    cells["B1"].value = 50
    assert cells["C1"].value == 2.0
    cells.book.app.calculation = "automatic"
    cells.book.app.calculate()
    assert cells["C1"].value == 100.0


@live
def test_hidden_sheets_are_not_shown_and_one_must_be_visible(book: xw.Book) -> None:
    book.sheets["二"].visible = False
    with pytest.raises(CannotWrite, match="“二”是隐藏的"):
        book.sheets["二"].activate()
    with pytest.raises(CannotWrite, match="“表”是唯一可见的工作表，不能隐藏"):
        book.sheets["表"].visible = False
    with pytest.raises(CannotWrite, match="“表”是唯一可见的工作表，不能删除"):
        book.sheets["表"].delete()


@live
@pytest.mark.parametrize("name", ["", "长" * 32, "a/b", "a:b", "'a", "a'"])
def test_names_excel_does_not_allow_are_refused(book: xw.Book, name: str) -> None:
    with pytest.raises((CannotWrite, ValueError)):
        book.sheets["表"].name = name


@live
def test_a_moved_sheet_stands_where_asked(book: xw.Book) -> None:
    book.sheets.add("三", after=book.sheets["二"])
    book.sheets["三"].impl.move(before=book.sheets["表"].impl)
    assert book.sheet_names == ["三", "表", "二"]
    book.sheets["三"].impl.move(after=book.sheets["表"].impl)
    assert book.sheet_names == ["表", "三", "二"]


@live
def test_detached_the_engine_says_so_and_gives_back(office: Office) -> None:
    engine.attach(office.context)
    engine.detach()
    assert xw.engines.active is None or xw.engines.active.name != "libreoffice"
    with pytest.raises(Exception, match="还没有连接 LibreOffice"):
        len(engine.app.books)
    engine.attach(office.context)
