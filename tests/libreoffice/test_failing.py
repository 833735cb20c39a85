"""What goes wrong in a live document: a sentence for the user, the document as it was, the program alive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

import macros
from jixiao import commands
from jixiao.engine.libreoffice import CannotOpen, CannotSave, CannotWrite, NoOffice, Office, engine, open_book, wrap
from jixiao.engine.libreoffice.access import connect
from jixiao.engine.libreoffice.reading import area_of, places
from jixiao.sample import real_department
from jixiao.workbook.layout import Kind
from tests import workbooks
from tests.engine_files import plain_book
from tests.libreoffice.live import model, sheet_of, sheets, type_into

pytestmark = pytest.mark.libreoffice

FORM = "人大专项工作经费"
LAST_FORM = real_department().projects[-1].name


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workbook of three projects: whole documents are compared here."""
    department = real_department()
    return workbooks.written(tmp_path, replace(department, projects=department.projects[-3:]))


def everything(book: xw.Book) -> dict[str, Any]:
    """Contents, formats of numbers, heights of rows that do not follow their texts, order and visibility of the sheets,
    and where the user is."""
    found: dict[str, Any] = {"active": book.sheets.active.name, "selection": book.app.selection.address}
    for sheet in sheets(book):
        used = sheet.getCellRangeByName("A1:P60")
        rows = [used.Rows.getByIndex(row) for row in range(0, 36, 7)]
        heights = [row.OptimalHeight or row.Height for row in rows]
        found[sheet.Name] = (sheet.IsVisible, used.getFormulaArray(), heights, formats(book, used))
    found["order"] = [sheet.Name for sheet in sheets(book)]
    return found


def formats(book: xw.Book, cells: Any) -> dict[str, set[tuple[int, int]]]:
    """The cells of each number format."""
    found: dict[str, set[tuple[int, int]]] = {}
    groups = cells.UniqueCellFormatRanges
    for group in (groups.getByIndex(number) for number in range(groups.Count)):
        text = book.impl.document.formats.text(group.NumberFormat)
        for address in group.RangeAddresses:
            found.setdefault(text, set()).update(places(area_of(address)))
    return found


def undo_titles(book: xw.Book) -> list[str]:
    return list(model(book).UndoManager.getAllUndoActionTitles())


# a macro that fails in the middle


def test_a_protected_sheet_stops_the_macro_and_everything_is_as_before(book: xw.Book, office: Office) -> None:
    macros.validate()
    type_into(book, FORM, "F17", "≥200人次")
    book.sheets[FORM].activate()
    sheet_of(book, LAST_FORM).protect("")
    before = everything(book)
    macros.validate()
    assert engine.app.alerts[-1] == (f"工作表“{LAST_FORM}”受保护，不能改动；请撤销工作表保护后重试。本次结果没有保留")
    assert everything(book) == before
    sheet_of(book, LAST_FORM).unprotect("")
    macros.validate()
    assert office.alive and everything(book) != before


def test_sheets_a_failing_macro_added_are_gone_again(book: xw.Book) -> None:
    for kind in (Kind.FINDINGS, Kind.SUMMARY):
        book.sheets[kind.value].delete()
    sheet_of(book, Kind.CURVE.value).protect("")
    before = everything(book)
    macros.build_summary()
    assert f"工作表“{Kind.CURVE.value}”受保护" in engine.app.alerts[-1]
    assert everything(book) == before


def test_a_mend_that_cannot_be_made_takes_the_others_back(book: xw.Book) -> None:
    places = {change.place.sheet for change in commands.changes(commands.judge_book(book).reading.department)}
    sheet_of(book, sorted(places)[-1]).protect("")
    before = everything(book)
    macros.normalise_values()
    assert "受保护" in engine.app.alerts[-1] and "没有改动任何单元格" in engine.app.alerts[-1]
    assert everything(book) == before


def test_a_workbook_whose_structure_is_protected_gets_no_new_sheet(book: xw.Book) -> None:
    model(book).protect("")
    before = everything(book)
    macros.new_project()
    assert "结构受保护" in engine.app.alerts[-1]
    assert everything(book) == before


def add(book: xw.Book) -> None:
    book.sheets.add("新", before=book.sheets[0])["A1"].value = "x"


def copy(book: xw.Book) -> None:
    book.sheets[FORM].copy(after=book.sheets[-1])["A1"].value = "x"


def move(book: xw.Book) -> None:
    book.sheets[FORM].impl.move(before=book.sheets[0].impl)
    book.sheets[0].impl.move(after=book.sheets[-1].impl)


def rename(book: xw.Book) -> None:
    book.sheets[FORM].name = "改名"
    book.sheets["改名"]["A1"].value = "x"


def hide(book: xw.Book) -> None:
    book.sheets[Kind.DICTIONARY.value].visible = True
    book.sheets[FORM].visible = False


def cells(book: xw.Book) -> None:
    area = book.sheets[FORM]["C4:E6"]
    area.value = [[1, True, "=1+1"], ["'=2", None, "x"], [1.5, "y", "z"]]
    area.number_format, area.row_height = "0.00%", 50
    area.clear_contents()
    book.sheets[FORM].clear_contents()


@pytest.mark.parametrize("work", [add, copy, move, rename, hide, cells], ids=lambda work: work.__name__)
def test_whatever_a_step_did_is_taken_back(book: xw.Book, work: Callable[[xw.Book], None]) -> None:
    book.sheets[FORM].activate()
    book.sheets[FORM]["B2:C3"].select()
    before = everything(book)
    with pytest.raises(ZeroDivisionError), book.impl.one_step():
        book.sheets[Kind.DEPARTMENT.value]["B3"].value = "先改的"
        work(book)
        book.sheets[Kind.DEPARTMENT.value]["B4"].value = "后改的"
        assert everything(book) != before
        raise ZeroDivisionError
    assert everything(book) == before


# what the user can take back


def test_after_a_macro_nothing_can_be_undone_by_half(book: xw.Book) -> None:
    type_into(book, FORM, "F17", "≥200人次")
    macros.validate()
    assert undo_titles(book) == []


def test_a_macro_that_does_nothing_leaves_the_list_of_steps_alone(book: xw.Book) -> None:
    type_into(book, FORM, "F17", "≥200人次")
    undo = undo_titles(book)
    macros.about()
    macros.explain_rule()
    assert undo and undo_titles(book) == undo


def test_a_deleted_sheet_cannot_be_taken_back_and_that_is_told(book: xw.Book) -> None:
    with pytest.raises(CannotWrite, match="没能全部撤回；请不保存就关闭文档"), book.impl.one_step():
        book.sheets[FORM]["C4"].value = "x"
        book.sheets[LAST_FORM].delete()
        raise ZeroDivisionError
    assert book.sheets[FORM]["C4"].value != "x"


# documents that cannot be worked on


def test_a_document_opened_for_reading_only_is_told_and_left_alone(office: Office, path: Path) -> None:
    opened = open_book(path, office.context, read_only=True)
    opened.set_mock_caller()
    engine.app.answer = "ok"
    before = everything(opened)
    macros.validate()
    assert "“book.xlsx”是以只读方式打开的，不能改动" in engine.app.alerts[-1]
    with pytest.raises(CannotSave, match=r"book\.xlsx.*只读"):
        opened.save()
    assert everything(opened) == before
    opened.close()


def test_protected_cells_take_neither_values_nor_looks_and_free_ones_do(book: xw.Book) -> None:
    sheet = book.sheets[FORM]
    free = sheet_of(book, FORM).getCellRangeByName("F17")
    protection = free.CellProtection
    protection.IsLocked = False
    free.CellProtection = protection
    sheet_of(book, FORM).protect("")
    for change in (
        lambda: setattr(sheet["C4"], "value", 1),
        lambda: setattr(sheet["C4:F17"], "value", 1),
        lambda: setattr(sheet["C4"], "number_format", "0"),
        lambda: sheet["C4"].clear_contents(),
        lambda: sheet.clear_contents(),
    ):
        with pytest.raises(CannotWrite, match=f"“{FORM}”受保护"):
            change()
    sheet["F17"].value = "≥200人次"
    assert sheet["F17"].value == "≥200人次"


def test_a_document_of_another_kind_is_refused(book: xw.Book, office: Office) -> None:
    macros.build_summary()
    chart = sheet_of(book, Kind.CURVE.value).Charts.getByIndex(0).EmbeddedObject
    for other in (chart, None):
        with pytest.raises(CannotOpen, match="当前文档不是电子表格"):
            wrap(other, office.context)
    assert office.alive


def test_files_that_are_no_spreadsheet_are_refused(office: Office, tmp_path: Path) -> None:
    broken = plain_book(tmp_path / "坏.xlsx")
    broken.write_bytes(broken.read_bytes()[:400])
    for path in (broken, tmp_path / "没有.xlsx"):
        with pytest.raises(CannotOpen, match=f"“{path.name}”"):
            open_book(path, office.context)
    assert office.alive


def test_saving_where_nothing_can_be_written_leaves_the_file(book: xw.Book, path: Path, tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").mkdir()
    with pytest.raises(CannotSave, match=r"表\.xlsx”无法保存"):
        book.save(tmp_path / "表.xlsx")
    with pytest.raises(CannotSave, match=r"表\.doc”；文件名须以 \.xlsx"):
        book.save(tmp_path / "表.doc")
    assert Path(book.fullname) == path
    assert openpyxl.load_workbook(path).sheetnames == book.sheet_names


# the program itself


def test_another_libreoffice_on_the_profile_is_told(office: Office) -> None:
    with pytest.raises(NoOffice, match="另一个 LibreOffice 正在使用配置目录"):
        Office(office.profile).start()
    assert office.alive and office.desktop.Frames.Count >= 0


def test_a_pipe_nobody_listens_on_is_told_in_time() -> None:
    with pytest.raises(NoOffice, match=r"0\.2 秒内没有连上 LibreOffice"):
        connect("jixiao-nobody", 0.2)
