"""What only Excel can tell: the same promises and the same results as without it. Run with `pytest -m excel`.

Off by default; where there is no Excel, they fail when asked for. They start an Excel of their own and close it again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw

import macros
from jixiao import commands, exporting, importing, shipped
from jixiao.addin.build import build_addin
from jixiao.engine.file import open_book as open_file
from jixiao.refusal import UserError
from jixiao.sample import real_department
from jixiao.workbook.layout import Kind
from tests import workbooks
from tests.engine_contract import EngineContract, OpenBook

pytestmark = pytest.mark.excel

ADDIN = "绩效助手.xlam"
DAY = date(2024, 10, 15)
PUBLISHED = Path(shipped.__file__).parent / "sample" / "yutian-2024.txt"


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    if "excel" not in [engine.name for engine in xw.engines]:
        pytest.fail("there is no Excel here: run these tests on a machine that has it")
    xw.engines["excel"].activate()
    started = xw.App(visible=False, add_book=False)
    started.display_alerts = False
    yield started
    started.quit()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbooks.written(tmp_path, real_department(), "玉田 人大 2024.xlsx")


@pytest.fixture
def book(app: xw.App, path: Path) -> Iterator[xw.Book]:
    opened = app.books.open(path)
    yield opened
    opened.close()


@pytest.fixture
def with_addin(app: xw.App, book: xw.Book, tmp_path: Path) -> Iterator[xw.Book]:
    """The workbook, active, with the add-in open beside it."""
    build_addin(tmp_path / ADDIN)
    addin = app.books.open(tmp_path / ADDIN)
    book.activate()
    yield book
    app.macro(f"'{ADDIN}'!KillPy")()
    addin.close()


class TestExcelKeepsTheContract(EngineContract):
    @pytest.fixture
    def open_book(self, app: xw.App) -> OpenBook:
        return lambda path: app.books.open(path)


def contents(book: xw.Book) -> dict[str, list[object]]:
    """The columns of plain texts and the amounts that the commands write."""
    rows = {name: book.sheets[name].used_range.last_cell.row for name in (Kind.FINDINGS.value, Kind.SUMMARY.value)}
    findings, summary = book.sheets[Kind.FINDINGS.value], book.sheets[Kind.SUMMARY.value]
    return {
        "codes": findings.range((1, 3), (rows[findings.name], 3)).value,
        "problems": findings.range((1, 10), (rows[findings.name], 10)).value,
        "amounts": summary.range((1, 15), (rows[summary.name], 15)).value,
    }


def validate_and_sum(book: xw.Book) -> None:
    commands.build_summary(book, today=DAY)
    commands.validate(book, today=DAY)


def test_commands_write_the_same_with_and_without_excel(book: xw.Book, path: Path, tmp_path: Path) -> None:
    validate_and_sum(book)
    in_excel = contents(book)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(path.read_bytes())
    without = open_file(copy)
    validate_and_sum(without)
    expected = contents(without)
    without.close()
    assert in_excel == expected


@pytest.mark.parametrize(
    ("macro", "sheet"),
    [
        (macros.validate, Kind.FINDINGS.value),
        (macros.build_summary, Kind.SUMMARY.value),
        (macros.refresh_curve, Kind.CURVE.value),
        (macros.show_settings, Kind.SETTINGS.value),
    ],
)
def test_a_macro_ends_on_its_sheet(book: xw.Book, macro: Callable[[], None], sheet: str) -> None:
    book.set_mock_caller()
    macro()
    assert book.sheets.active.name == sheet


def test_clearing_leaves_no_mark(book: xw.Book) -> None:
    book.set_mock_caller()
    macros.validate()
    macros.clear_marks()
    assert [sheet.name for sheet in book.sheets if sheet["I14"].value and "JX" in str(sheet["I14"].value)] == []


def test_an_imported_document_is_open_in_excel(app: xw.App, book: xw.Book, tmp_path: Path) -> None:
    document = Path(shutil.copy(PUBLISHED, tmp_path / "绩效 2023's “定稿”.txt"))
    done = importing.import_and_open(book, document)
    opened = app.books[done.workbook.name]
    assert opened.sheets["人大专项工作经费"]["C5"].value == 100000
    assert opened.sheets[Kind.NARRATIVE.value]["D6"].value == "部门整体绩效目标"
    opened.close()


def test_an_export_is_the_same_with_and_without_excel(book: xw.Book, path: Path, tmp_path: Path) -> None:
    in_excel, without = tmp_path / "Excel.txt", tmp_path / "文件.txt"
    before = [book.sheets["人大专项工作经费"].used_range.value, book.sheets.active.name]
    assert exporting.export_book(book, in_excel) == exporting.export_file(path, without)
    assert in_excel.read_bytes() == without.read_bytes()
    assert [book.sheets["人大专项工作经费"].used_range.value, book.sheets.active.name] == before


def test_a_workbook_open_in_excel_is_not_written_over(book: xw.Book, path: Path) -> None:
    with pytest.raises(UserError, match="正打开着，不能覆盖"):
        exporting.export_book(book, path)


def test_worksheet_functions_answer_through_the_addin(with_addin: xw.Book) -> None:
    cells = with_addin.sheets.add("函数")["A1:A4"]
    cells.formula = [["=JXVER()"], ["=JXPLAN(100,{0.2,0.5,0.8,1},2)"], ['=JXNORM(">=90 %")'], ["=JXPLAN(100,1,9)"]]
    version, amount, text, _ = cells.value
    assert isinstance(version, float)
    assert (amount, text) == (50, "≥90%")
    assert cells[3].api.Text == "#N/A"


def test_the_form_shows_that_the_addin_is_there(with_addin: xw.Book) -> None:
    with_addin.app.calculate()
    assert with_addin.sheets["代表之家联络站"]["N1"].value == "已连接"


def test_a_button_s_command_reaches_the_active_workbook(app: xw.App, with_addin: xw.Book) -> None:
    app.macro(f"'{ADDIN}'!RunPython")("import macros; macros.validate()")
    assert "JX202" in with_addin.sheets[Kind.FINDINGS.value].range("C1:C200").value
