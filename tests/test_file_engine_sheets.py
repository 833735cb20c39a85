"""Sheets added, moved, copied, renamed and deleted: what belongs to them goes with them in the saved file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw

from jixiao.engine.file import CannotWrite, open_book
from tests.engine_files import FORM, HIDDEN, QUOTED, VERY_HIDDEN, as_excel_writes, full_book, part, plain_book, saved
from tests.office import converted

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return as_excel_writes(full_book(tmp_path / "full.xlsx"))


@pytest.fixture
def book(path: Path) -> Iterator[xw.Book]:
    opened = open_book(path)
    yield opened
    opened.close()


@pytest.fixture
def form(book: xw.Book) -> xw.Sheet:
    return book.sheets[FORM]


def local_names(book: openpyxl.Workbook) -> dict[str, Any]:
    return {
        sheet.title: (sheet.print_area or "", sheet.print_title_rows or "", sorted(sheet.defined_names))
        for sheet in book.worksheets
    }


def test_names_of_a_sheet_stay_with_it_wherever_it_goes(book: xw.Book) -> None:
    before = local_names(saved(book))
    book.sheets.add("新", before=book.sheets[0])
    book.sheets[HIDDEN].move(before=book.sheets[0])
    book.sheets[FORM].move(after=book.sheets[VERY_HIDDEN])
    after = saved(book)
    assert after.sheetnames == [HIDDEN, "新", QUOTED, VERY_HIDDEN, FORM]
    assert local_names(after) == before | {"新": ("", "", [])}


def test_only_the_active_sheet_is_selected(book: xw.Book) -> None:
    book.sheets[QUOTED].activate()
    sheets = saved(book)
    assert sheets.active is sheets[QUOTED]
    assert [bool(sheet.sheet_view.tabSelected) for sheet in sheets.worksheets] == [False, True, False, False]


def test_a_copy_has_rules_print_settings_and_comments_of_its_own(tmp_path: Path) -> None:
    book = open_book(as_excel_writes(full_book(tmp_path / "full.xlsx"), text_box=False))
    book.sheets[FORM]["G1"].value = f"='{FORM}'!B2+'{QUOTED}'!B1"
    copy = book.sheets[FORM].copy(after=book.sheets[FORM], name="项目2")
    copy["B2"].value = 2
    assert copy["G1"].formula == f"=项目2!B2+'{QUOTED}'!B1"
    after = saved(book)
    book.close()
    first, second = after[FORM], after["项目2"]
    for sheet in (first, second):
        assert len(sheet.data_validations.dataValidation) == 2
        assert len(sheet.conditional_formatting) == 2
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
        assert (sheet.oddFooter.center.text, sheet.freeze_panes, sheet.page_margins.left) == ("第&P页", "B2", 0.3)
        assert (sheet["A2"].comment.text, sheet["D1"].hyperlink.target) == ("批注", "https://example.com/")
        assert sheet.merged_cells.ranges == first.merged_cells.ranges
    assert (second.print_area, second.print_title_rows) == ("'项目2'!$A$1:$D$20", "$1:$1")
    assert (first.sheet_properties.codeName, second.sheet_properties.codeName) == ("Sheet1", None)
    comments = [name for name in ZipFile(book.fullname).namelist() if "comments/" in name]
    assert len(comments) == 2


def test_a_copy_of_a_plain_sheet_gets_no_paper_of_its_own(tmp_path: Path) -> None:
    book = open_book(plain_book(tmp_path / "book.xlsx"))
    book.sheets["表"].copy()
    setup = saved(book)["表 (2)"].page_setup
    book.close()
    assert (setup.paperSize, setup.orientation) in ((None, None), (None, "portrait"))


def test_a_sheet_with_a_drawing_is_not_copied_by_halves(form: xw.Sheet) -> None:
    with pytest.raises(CannotWrite, match=f"{FORM}.*图表、图片、文本框或表格"):
        form.copy()
    assert form.book.sheet_names == [FORM, QUOTED, HIDDEN, VERY_HIDDEN]


def test_everything_that_refers_to_a_sheet_follows_its_new_name(book: xw.Book) -> None:
    book.sheets[FORM].name = "改 名"
    book.sheets[QUOTED].name = "代码"
    after = saved(book)
    form = after["改 名"]
    assert after["代码"]["B1"].value == "='改 名'!B2"
    assert "'改 名'!" in part(book.fullname, "xl/charts/chart1.xml")
    assert "<xm:f>代码!$A$1:$A$2</xm:f>" in part(book.fullname, "xl/worksheets/sheet1.xml")
    assert after.defined_names["代码表"].attr_text == "代码!$A$1:$A$2"
    assert (form.print_title_rows, form.defined_names["本表"].attr_text) == ("$1:$1", "'改 名'!$B$2")


def test_a_deleted_sheet_takes_its_parts_with_it(book: xw.Book) -> None:
    book.sheets[QUOTED].delete()
    after = saved(book)
    assert after.sheetnames == [FORM, HIDDEN, VERY_HIDDEN]
    names = ZipFile(book.fullname).namelist()
    assert not [name for name in names if "chart" in name or "media" in name or "sheet2" in name]
    assert after.defined_names["代码表"].attr_text == "#REF!$A$1:$A$2"
    types = part(book.fullname, "[Content_Types].xml")
    assert all(f"/{name}" in types for name in names if name.startswith("xl/drawings/drawing"))
    assert "chart" not in types


def test_several_savings_build_on_each_other(book: xw.Book, tmp_path: Path) -> None:
    book.sheets.add("甲")["A1"].value = 1
    book.save()
    book.sheets["甲"].name = "乙"
    book.sheets["乙"]["A1"].color = "#112233"
    book.save(tmp_path / "other.xlsx")
    book.sheets["乙"]["A2"].value = "=A1"
    sheet = saved(book)["乙"]
    assert (sheet["A1"].value, sheet["A1"].fill.fgColor.rgb, sheet["A2"].value) == (1, "FF112233", "=A1")


@pytest.mark.slow
def test_a_spreadsheet_program_opens_the_outcome(tmp_path: Path) -> None:
    book = open_book(as_excel_writes(full_book(tmp_path / "full.xlsx"), text_box=False))
    book.sheets[FORM].copy(name="项目2")["B2"].value = 21
    book.sheets[FORM].name = "改 名"
    book.sheets[HIDDEN].delete()
    book.sheets.add("新", before="改 名")["A1"].value = "=项目2!D2+'改 名'!D2"
    book.save()
    book.close()
    read = openpyxl.load_workbook(converted(tmp_path / "full.xlsx", "xlsx", tmp_path), data_only=True)
    assert read.sheetnames == ["新", "改 名", QUOTED, VERY_HIDDEN, "项目2"]
    assert (read["新"]["A1"].value, read[QUOTED]["B1"].value) == (45, 1.5)
