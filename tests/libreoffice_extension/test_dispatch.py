"""Every button's command in a LibreOffice without a window, through the extension as it was installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from docx import Document

from jixiao import __version__, shipped
from jixiao.addin.buttons import button_groups
from jixiao.addin.sources import read_sources
from jixiao.engine.libreoffice import Office
from jixiao.engine.libreoffice.access import properties
from jixiao.workbook import layout
from jixiao.workbook.layout import Kind
from tests.libreoffice_extension.commands import dispatch
from tests.libreoffice_extension.hosts import Place

pytestmark = pytest.mark.libreoffice

PUBLISHED = Path(shipped.__file__).parent / "sample" / "yutian-2024.txt"
FORM = "人大专项工作经费"
BUTTONS = [button for group in button_groups(read_sources()) for button in group]
MACROS = {button.label: button.macro for button in BUTTONS}
GIVEN = {"导入文档": "去年 的文本.txt", "导出文本": "绩效 文本.docx"}  # the file's name, beside the workbook
ONLY_SAY_SOMETHING = {"规则说明", "诊断", "关于"}  # what they say is seen in test_click.py


def model(book: xw.Book) -> Any:
    return book.impl.document.model


def press(book: xw.Book, label: str) -> None:
    path = Path(book.fullname).with_name(GIVEN[label]) if label in GIVEN else None
    dispatch(model(book), MACROS[label], path)


def contents(book: xw.Book) -> dict[str, Any]:
    """The values and formulas of every sheet."""
    return {sheet.Name: everything(sheet) for sheet in model(book).Sheets}


def everything(sheet: Any) -> Any:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray()


def value(book: xw.Book, sheet: str, address: str) -> Any:
    return book.sheets[sheet].range(address).value


def _validated(book: xw.Book) -> None:
    press(book, "校验全部")


def _at_the_form(book: xw.Book) -> None:
    book.sheets[FORM].activate()


def _with_a_document(book: xw.Book) -> None:
    shutil.copy(PUBLISHED, Path(book.fullname).with_name(GIVEN["导入文档"]))


PREPARED: dict[str, Callable[[xw.Book], None]] = {
    "导入文档": _with_a_document,
    "校验当前表": _at_the_form, "清除标记": _validated, "规则说明": _validated,
}  # fmt: skip

# Label of the button -> whether it did what its label says.
DONE: dict[str, Callable[[xw.Book], bool]] = {
    "新建部门工作簿": lambda book: (
        Path(book.fullname).with_name("部门预算绩效目标.xlsx").is_file()
        and "部门预算绩效目标.xlsx" in [other.name for other in book.app.books]
    ),
    "导入文档": lambda book: (
        "去年 的文本.xlsx" in [other.name for other in book.app.books]
        and book.app.books["去年 的文本.xlsx"].sheets[FORM]["C5"].value == 100000
        and book.app.books["去年 的文本.xlsx"].sheets[Kind.NARRATIVE.value]["D6"].value == "部门整体绩效目标"
    ),
    "导出文本": lambda book: len(Document(str(Path(book.fullname).with_name("绩效 文本.docx"))).tables) >= 7,
    "新增项目": lambda book: book.sheets.active.name == "新项目" and value(book, "新项目", "A4") == "项目编码",
    "校验全部": lambda book: (
        book.sheets.active.name == Kind.FINDINGS and "JX503" in value(book, FORM, "I17")
        and value(book, Kind.FINDINGS, f"C{layout.FINDINGS_HEADER_ROW + 1}").startswith("JX")
    ),
    "校验当前表": lambda book: book.sheets.active.name == FORM and "JX503" in value(book, FORM, "I17"),
    "规范指标值": lambda book: value(book, "人大代表订刊", "F11") == "＝289份",
    "清除标记": lambda book: (
        value(book, FORM, "I17") is None and "标记已清除" in value(book, Kind.FINDINGS, "A2")
    ),
    "生成汇总": lambda book: (
        book.sheets.active.name == Kind.SUMMARY and value(book, Kind.SUMMARY, "D33:E33") == ["合计", 7015904.46]
    ),
    "支出曲线": lambda book: book.sheets.active.name == Kind.CURVE and value(book, Kind.CURVE, "N7") == 7015904.46,
    "设置": lambda book: book.sheets.active.name == Kind.SETTINGS,
}  # fmt: skip


def test_every_button_is_tried() -> None:
    assert {button.label for button in BUTTONS} == DONE.keys() | ONLY_SAY_SOMETHING


@pytest.mark.parametrize("label", [button.label for button in BUTTONS])
def test_a_button_does_what_its_label_says(book: xw.Book, installed: Place, label: str) -> None:
    PREPARED.get(label, lambda _: None)(book)
    before = contents(book)
    press(book, label)
    if label in DONE:
        assert DONE[label](book)
    if label in ONLY_SAY_SOMETHING or label in ("新建部门工作簿", "设置", *GIVEN):
        assert contents(book) == before
    assert not installed.error_log.exists(), installed.error_log.read_text("utf-8")


def test_after_a_macro_nothing_is_left_that_could_be_half_taken_back(book: xw.Book) -> None:
    book.sheets[FORM].range("F17").value = "≥90%"
    press(book, "关于")
    assert model(book).UndoManager.isUndoPossible()
    press(book, "校验全部")
    assert not model(book).UndoManager.isUndoPossible()


# what cannot be done


def test_a_command_of_another_version_leaves_the_workbook_as_it_is(book: xw.Book, installed: Place) -> None:
    before = contents(book)
    for macro in ("no_such_macro", "_run", "xw", "TITLE"):
        dispatch(model(book), macro)
    assert contents(book) == before and not installed.error_log.exists()


def test_a_document_that_is_no_spreadsheet_is_left_alone(office: Office, installed: Place) -> None:
    document = office.desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, properties(Hidden=True))
    try:
        dispatch(document, "validate")
        assert document.Text.String == "" and not installed.error_log.exists()
    finally:
        document.close(True)


def test_a_protected_sheet_and_a_read_only_workbook_stay_as_they_are(book: xw.Book, office: Office) -> None:
    before = contents(book)
    model(book).Sheets.getByName(Kind.FINDINGS).protect("秘密")
    press(book, "校验全部")
    assert contents(book) == before
    copy = Path(shutil.copy(book.fullname, Path(book.fullname).with_name("只读.xlsx")))
    document = office.desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, properties(ReadOnly=True))
    sheets = [everything(sheet) for sheet in document.Sheets]
    dispatch(document, "validate")
    assert [everything(sheet) for sheet in document.Sheets] == sheets
    document.close(True)


def test_a_spreadsheet_without_forms_is_left_as_it_is(office: Office, installed: Place, tmp_path: Path) -> None:
    document = office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=True))
    try:
        for button in BUTTONS:
            if button.macro != "new_workbook":
                dispatch(document, button.macro, tmp_path / "文本.txt" if button.label in GIVEN else None)
        assert not [*tmp_path.iterdir()]
        assert document.Sheets.Count == 1 and everything(document.Sheets.getByIndex(0)) == (("",),)
        assert not installed.error_log.exists(), installed.error_log.read_text("utf-8")
    finally:
        document.close(True)


def test_the_program_inside_is_the_one_of_the_extension(installed: Place) -> None:
    (deployed,) = installed.profile.glob("user/uno_packages/cache/uno_packages/*/jixiao.oxt")
    assert f'"{__version__}"' in (deployed / "pythonpath/jixiao/__init__.py").read_text("utf-8")
