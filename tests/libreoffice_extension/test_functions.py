"""The worksheet functions in a live LibreOffice, through the extension as it was installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jixiao.engine.libreoffice.access import properties
from jixiao.engine.libreoffice.process import Office
from jixiao.libreoffice.build import functions_module
from jixiao.sample import real_department
from jixiao.workbook.template import build_workbook
from tests.libreoffice_extension.hosts import Place

pytestmark = pytest.mark.libreoffice

FORM = "人大专项工作经费"
NOT_AVAILABLE = 32767
EXCEL_FILE = "Calc MS Excel 2007 XML"

# What stands in H1:K2 of the sheet: a spending plan.
SHARES, MONTHS = (0.2, 0.5, 0.8, 1), (3, 6, 10, 12)
ROW = '"产出指标","数量指标","培训人次","全年培训代表的人次数"'
ANSWERS = [
    ("JXVER()", 100.0),
    (f'JXCHECK({ROW},"≥90人次","年度工作计划")', "✓"),
    (f'JXCHECK({ROW},M1,"年度工作计划",100,"万元")', "错误 JX503：指标值“>=90”只有数字，没有计量单位"),
    ('JXVALUE(M1,"数值")', 90.0),
    ("JXNORM(M1)", "≥90"),
    ("JXPLAN(1000000,H1:K1,2)", 500000.0),
    ("JXCURVE(100,H1:K1,H2:K2,4)", 30.0),
    ("JXPROGRESS(3)", 0.25),
    ('JXCODE("123")', "错误 JX102：项目编码“123”共 3 位，应为 21 位"),
    ("JXCODE(M9)", ""),
    ('IFERROR(JXPLAN(100,H1:K1,9),"备用")', "备用"),
    ("JXPLAN(100,H1:K1,9)", NOT_AVAILABLE),
    ("JXPROGRESS(13)", NOT_AVAILABLE),
]


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with the formulas as another program writes them."""
    book = openpyxl.Workbook()
    sheet = book.active
    for column, share, month in zip("HIJK", SHARES, MONTHS, strict=True):
        sheet[f"{column}1"], sheet[f"{column}2"] = share, month
    sheet["M1"] = ">=90"
    for row, (formula, _) in enumerate(ANSWERS, 1):
        sheet[f"A{row}"] = f"={formula}"
    path = tmp_path_factory.mktemp("functions") / "函数.xlsx"
    book.save(path)
    return path


@pytest.fixture
def document(office: Office, formulas: Path) -> Iterator[Any]:
    opened = loaded(office, formulas)
    yield opened
    opened.close(True)


def loaded(office: Office, path: Path) -> Any:
    return office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties(Hidden=True))


def shown(cell: Any) -> Any:
    """The number of its error, its number or its text."""
    return cell.getError() or (cell.Value if cell.FormulaResultType2 == 1 else cell.String)


def test_every_function_answers_in_a_cell(document: Any) -> None:
    sheet = document.Sheets.getByIndex(0)
    answers = [shown(sheet.getCellByPosition(0, row)) for row in range(len(ANSWERS))]
    assert answers == [answer for _, answer in ANSWERS]


def test_an_answer_changes_when_its_cell_changes(document: Any) -> None:
    sheet = document.Sheets.getByIndex(0)
    sheet.getCellRangeByName("M1").setString("≥95人次")
    assert shown(sheet.getCellRangeByName("A3")) == "✓"
    assert shown(sheet.getCellRangeByName("A4")) == 95.0
    sheet.getCellRangeByName("M1").setString("")
    assert shown(sheet.getCellRangeByName("A4")) == ""


def test_an_error_value_in_an_argument_stays_an_error(document: Any) -> None:
    sheet = document.Sheets.getByIndex(0)
    sheet.getCellRangeByName("M1").setFormula("=1/0")
    assert sheet.getCellRangeByName("A5").getError() == 532


def test_the_saved_workbook_keeps_the_plain_names(document: Any, tmp_path: Path) -> None:
    path = tmp_path / "saved.xlsx"
    document.storeToURL(path.as_uri(), properties(FilterName=EXCEL_FILE))
    saved = openpyxl.load_workbook(path).active
    assert [saved[f"A{row}"].value for row in range(1, len(ANSWERS) + 1)] == [f"={formula}" for formula, _ in ANSWERS]


def test_a_form_shows_the_finding_of_a_row_live(office: Office, tmp_path: Path) -> None:
    """The helper columns of the real workbook ask the functions, and no longer fall back on plain formulas."""
    path = tmp_path / "玉田.xlsx"
    build_workbook(real_department()).save(path)
    document = loaded(office, path)
    try:
        sheet = document.Sheets.getByName(FORM)
        column, row = check_of(sheet)
        check, value = sheet.getCellByPosition(column, row), sheet.getCellByPosition(5, row)
        value.setString("≥90%")
        good = check.String
        value.setString(">=90")
        assert "JX503" not in good and check.String.startswith("错误 JX503：指标值“>=90”只有数字")
        saved = tmp_path / "saved.xlsx"
        document.storeToURL(saved.as_uri(), properties(FilterName=EXCEL_FILE))
    finally:
        document.close(True)
    kept = openpyxl.load_workbook(saved)[FORM].cell(row + 1, column + 1).value
    assert "JXCHECK(" in kept and "ORG." not in kept.upper()


def check_of(sheet: Any) -> tuple[int, int]:
    """Column and row, from 0, of the first cell that asks JXCHECK of a filled row."""
    for row in range(8, 40):
        for column in range(7, 20):
            cell = sheet.getCellByPosition(column, row)
            if "JXCHECK(" in cell.Formula and cell.String:
                return column, row
    raise AssertionError("no JXCHECK on the form")


def test_the_module_in_the_library_is_the_generated_one(installed: Place) -> None:
    from jixiao.libreoffice.profile import Profile, functions_are

    assert functions_are(Profile(installed.profile, False), functions_module())
