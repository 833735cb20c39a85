"""Whichever way a file is saved, straight or through excelize, it holds the same; and what Excel will make of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import LineChart

from jixiao.engine.file import CannotWrite, open_book
from tests.engine_files import (
    FORM,
    HIDDEN,
    PATHS,
    QUOTED,
    as_excel_writes,
    full_book,
    packed,
    part,
    plain_book,
    rewrite,
    without_part,
)
from tests.office import converted

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")

ways = pytest.mark.parametrize("opened", PATHS.values(), ids=PATHS)
Opened = Callable[[Path], xw.Book]

# random contents

_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**15), 10**15),
    st.sampled_from(["-", "=1+1", "@x", "+", "<&>\"'", " a ", "_x000B_", "\r\n", "长" * 50]).map(
        lambda text: f"'{text}"
    ),
    _TEXTS.map(lambda text: f"'{text}"),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.sampled_from(["=B2*2", "=SUM(E21:E23)", '=HYPERLINK("#A1","看 <&>")', '=TEXTJOIN("-",TRUE,A1:A3)']),
)
_Write = tuple[int, int, Any]


def keeps_its_kind(write: _Write) -> bool:
    """A date in a cell with a format for numbers is a number once it is read from the file, and the other way round."""
    row, column, value = write
    formatted = (row, column) in {(21, 1), (22, 1)} or column == 6 or row == 24
    return (row, column) != (2, 3) and not (formatted and isinstance(value, date))


_WRITES = st.lists(st.tuples(st.integers(1, 32), st.integers(1, 9), _VALUES).filter(keeps_its_kind), max_size=40)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return as_excel_writes(full_book(tmp_path_factory.mktemp("random") / "full.xlsx"))


def everything_in(path: Path) -> tuple[list[list[Any]], dict[str, Any]]:
    """The values of the first sheet as calamine reads them, and each of its cells as openpyxl does."""
    values = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name(FORM).to_python()
    cells = {}
    for row in openpyxl.load_workbook(path)[FORM].iter_rows():
        for cell in row:
            look = [cell.number_format, cell.quotePrefix, cell.style]
            look += [copy(trait) for trait in (cell.font, cell.fill, cell.border, cell.alignment, cell.protection)]
            cells[cell.coordinate] = cell.value, look
    return values, cells


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_WRITES)
def test_both_ways_lead_to_the_same_file(original: Path, tmp_path: Path, writes: list[_Write]) -> None:
    outcomes = []
    for opened in PATHS.values():
        path = tmp_path / "book.xlsx"
        shutil.copyfile(original, path)
        book = opened(path)
        for row, column, value in writes:
            book.sheets[FORM].range((row, column)).value = value
        shown = book.sheets[FORM]["A1:I32"].value
        formulas = book.sheets[FORM]["A1:I32"].formula
        book.save()
        book.close()
        again = open_book(path)
        assert again.sheets[FORM]["A1:I32"].value == shown
        assert again.sheets[FORM]["A1:I32"].formula == formulas
        again.close()
        outcomes.append(everything_in(path))
    assert outcomes[0] == outcomes[1]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_WRITES)
def test_cells_nobody_wrote_look_and_read_as_before(original: Path, tmp_path: Path, writes: list[_Write]) -> None:
    path = tmp_path / "book.xlsx"
    shutil.copyfile(original, path)
    before = everything_in(path)[1]
    book = open_book(path)
    sheet = book.sheets[FORM]
    for row, column, value in writes:
        sheet.range((row, column)).value = value
    touched = {sheet.range((row, column)).get_address(False, False) for row, column, _ in writes}
    book.save()
    book.close()
    after = everything_in(path)[1]
    released = {"E21", "E22", "E23"} if touched & {"E21", "E22", "E23"} else set()
    for cell in before.keys() - touched - released:
        assert after[cell] == before[cell], cell


# the rest of the package


@ways
def test_excel_calculates_the_file_anew_and_finds_no_old_chain(tmp_path: Path, opened: Opened) -> None:
    path = as_excel_writes(full_book(tmp_path / "full.xlsx"))
    rewrite(path, {"xl/workbook.xml": lambda xml: re.sub(r"<calcPr[^>]*>", "", xml)})
    book = opened(path)
    book.sheets[FORM]["A2"].value = 1
    book.save()
    book.close()
    assert re.search('</definedNames><calcPr [^>]*fullCalcOnLoad="1"', part(path, "xl/workbook.xml"))
    assert "xl/calcChain.xml" not in packed(path)
    assert "calcChain" not in part(path, "xl/_rels/workbook.xml.rels") + part(path, "[Content_Types].xml")


@ways
def test_the_sheet_to_be_shown_is_the_only_one_selected(tmp_path: Path, opened: Opened) -> None:
    workbook = Workbook()
    workbook.create_chartsheet("图").add_chart(LineChart())
    workbook.create_sheet("后")
    workbook.active = 1
    workbook["Sheet"].sheet_view.tabSelected = True
    workbook.save(tmp_path / "book.xlsx")
    book = opened(tmp_path / "book.xlsx")
    assert book.sheets.active.name == "Sheet"
    book.sheets["后"].activate()
    book.save()
    book.close()
    after = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert after.active.title == "后"
    assert [bool(sheet.sheet_view.tabSelected) for sheet in after.worksheets] == [False, True]
    assert "tabSelected" not in part(tmp_path / "book.xlsx", "xl/chartsheets/sheet1.xml")


@ways
def test_a_book_that_says_nothing_of_its_views_shows_the_sheet_asked_for(tmp_path: Path, opened: Opened) -> None:
    path = plain_book(tmp_path / "book.xlsx", {"前": [["a"]], "后": []})
    rewrite(path, {"xl/workbook.xml": lambda xml: re.sub("<bookViews>.*</bookViews>|<calcPr[^>]*>", "", xml)})
    book = opened(path)
    assert book.sheets.active.name == "前"
    book.sheets["后"].activate()
    book.save()
    book.close()
    assert openpyxl.load_workbook(path).active.title == "后"
    order = re.findall("<(bookViews|sheets|definedNames|calcPr)", part(path, "xl/workbook.xml"))
    assert [name for name in order if name != "definedNames"] == ["bookViews", "sheets", "calcPr"]
    assert order[-1] == "calcPr"


@ways
def test_the_active_sheet_and_the_hidden_ones_are_those_of_the_file(tmp_path: Path, opened: Opened) -> None:
    path = full_book(tmp_path / "full.xlsx")
    rewrite(path, {"xl/workbook.xml": lambda xml: xml.replace('activeTab="0"', 'activeTab="1"')})
    book = opened(path)
    assert (book.sheets.active.name, book.sheets[HIDDEN].visible) == (QUOTED, False)
    assert len(book.names) == 8
    assert book.names["代码表"].refers_to == "='a ''b 中'!$A$1:$A$2"
    book.close()


def test_a_book_without_styles_takes_values_and_refuses_looks(tmp_path: Path) -> None:
    path = without_part(plain_book(tmp_path / "book.xlsx", {"表": [["a"]]}), "xl/styles.xml")
    book = open_book(path)
    book.sheets[0]["A2"].value = [["'=1", 1.5]]
    with pytest.raises(CannotWrite, match="没有样式表"):
        book.sheets[0]["A1"].color = "#FF0000"
    book.save()
    book.close()
    again = open_book(path)
    assert again.sheets[0]["A1:B2"].value == [["a", None], ["=1", 1.5]]
    again.close()


def test_a_file_of_the_strict_kind_stays_of_it(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "book.xlsx", {"表": [["a"]]})
    strict = {"schemas.openxmlformats.org/spreadsheetml/2006/main": "purl.oclc.org/ooxml/spreadsheetml/main",
              "schemas.openxmlformats.org/officeDocument/2006": "purl.oclc.org/ooxml/officeDocument"}  # fmt: skip
    parts = [name for name in packed(path) if name.endswith((".xml", ".rels")) and "Content" not in name]
    for old, new in strict.items():
        rewrite(path, dict.fromkeys(parts, lambda xml, old=old, new=new: xml.replace(old, new)))
    book = open_book(path)
    book.sheets["表"]["A2"].value = "b"
    with pytest.raises(CannotWrite, match="严格 Open XML"):
        book.sheets.add("新")
    book.save()
    book.close()
    assert "purl.oclc.org" in part(path, "xl/worksheets/sheet1.xml")
    again = open_book(path)
    assert again.sheets["表"]["A1:A2"].value == ["a", "b"]
    again.close()


def test_sheets_nobody_named_are_called_as_excel_calls_them(tmp_path: Path) -> None:
    book = open_book(plain_book(tmp_path / "book.xlsx", {"甲": [], "SHEET3": []}))
    assert [book.sheets.add().name, book.sheets["甲"].copy().name] == ["Sheet4", "甲 (2)"]
    book.close()


def test_what_was_written_is_in_the_copy_of_a_sheet(tmp_path: Path) -> None:
    book = open_book(plain_book(tmp_path / "book.xlsx", {"甲": [["=甲!B1", 2]], "乙": []}))
    book.sheets["甲"]["A2:A3"].value = [["=甲!B1+乙!B1"], [date(2024, 3, 5)]]
    copy_of_it = book.sheets["甲"].copy(name="丙")
    assert [row[0] for row in copy_of_it["A1:A2"].formula] == ["=丙!B1", "=丙!B1+乙!B1"]
    book.sheets["乙"].delete()
    book.save()
    book.close()
    after = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert [[row[0].value for row in after[name]["A1:A3"]] for name in ("甲", "丙")] == [
        ["=甲!B1", "=甲!B1+#REF!B1", datetime(2024, 3, 5)], ["=丙!B1", "=丙!B1+#REF!B1", datetime(2024, 3, 5)],
    ]  # fmt: skip


def test_the_format_of_a_date_can_be_read_and_changed_before_it_is_saved(tmp_path: Path) -> None:
    book = open_book(plain_book(tmp_path / "book.xlsx"))
    cells = book.sheets[0]["A1:A3"]
    cells.value = [[date(2024, 3, 5)], [datetime(2024, 3, 5, 12)], [date(2024, 3, 5)]]
    assert [cell.number_format for cell in cells] == ["m/d/yyyy", "m/d/yyyy h:mm", "m/d/yyyy"]
    cells[2].number_format = "General"
    book.save()
    book.close()
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").active
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == [
        datetime(2024, 3, 5), datetime(2024, 3, 5, 12), 45356,
    ]  # fmt: skip


@pytest.mark.slow
@ways
def test_a_spreadsheet_program_calculates_what_was_written(tmp_path: Path, opened: Opened) -> None:
    path = as_excel_writes(full_book(tmp_path / "full.xlsx"))
    book = opened(path)
    sheet = book.sheets[FORM]
    sheet["H1"].value = [["=SUM(E21:E23)+B2", "'=1+1", 0.1], [" 前后 ", True, date(2024, 3, 5)]]
    sheet["E21"].value = 10
    sheet["A1:A30"].rows.autofit()
    book.sheets[QUOTED].activate()
    book.save()
    book.close()
    read = openpyxl.load_workbook(converted(path, "xlsx", tmp_path), data_only=True)[FORM]
    assert [[cell.value for cell in row] for row in read["H1:J2"]] == [
        [21.5, "=1+1", 0.1], [" 前后 ", True, datetime(2024, 3, 5)],
    ]  # fmt: skip
    assert [row[0].value for row in read["E21:E23"]] == [10, 4, 6]
