"""The file engine keeps the contract, refuses what it does not have, and counts what macros ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.chart import LineChart
from xlwings import base_classes

from jixiao.engine.file import CannotOpen, CannotWrite, UnsupportedMember, engine, open_book
from jixiao.engine.file.app import App, Apps, Books
from jixiao.engine.file.book import Book, Sheets
from jixiao.engine.file.names import Name, Names
from jixiao.engine.file.range import Range
from jixiao.engine.file.sheet import Sheet
from tests.engine_contract import EngineContract, OpenBook
from tests.engine_files import FORM, PATHS, as_excel_writes, full_book, plain_book

CLASSES: list[Any] = [Apps, App, Books, Book, Sheets, Sheet, Range, Names, Name]
DOCS = Path(__file__).parent.parent / "docs" / "engine.md"


class TestTheFileEngineKeepsTheContract(EngineContract):
    @pytest.fixture(params=PATHS)
    def open_book(self, request: pytest.FixtureRequest) -> OpenBook:
        return PATHS[request.param]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[xw.Book]:
    opened = open_book(plain_book(tmp_path / "book.xlsx", {"表": [["a", 1], ["b", 2]]}))
    yield opened
    opened.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets["表"]


# members


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_member_xlwings_knows_is_there_or_refused_by_name(cls: Any) -> None:
    base = getattr(base_classes, cls.__name__)
    for name in [name for name in dir(base) if not name.startswith("_") and name not in cls.supported_members]:
        bare = cls.__new__(cls)
        with pytest.raises(UnsupportedMember, match=rf"^{cls.__name__}\.{name} "):
            member = getattr(bare, name)
            member()


def test_a_refused_property_cannot_be_set_either(sheet: xw.Sheet) -> None:
    with pytest.raises(UnsupportedMember, match=r"Range\.horizontal_alignment"):
        sheet["A1"].horizontal_alignment = "center"


@pytest.mark.parametrize(
    ("member", "use"),
    [
        ("Range.api", lambda sheet: sheet["A1"].api.Interior),
        ("Range.font", lambda sheet: sheet["A1"].font.bold),
        ("Range.group", lambda sheet: sheet["A:B"].group()),
        ("Range.set_colors", lambda sheet: sheet["A1"].set_colors([[None]])),
        ("Sheet.pivot_tables", lambda sheet: sheet.pivot_tables),
        ("Sheet.charts", lambda sheet: sheet.charts.add()),
        ("Book.save with a password", lambda sheet: sheet.book.save(password="x")),
        ("Range.several areas", lambda sheet: sheet["A1,B2"]),
        ("App.run", lambda sheet: sheet.book.macro("模块1.宏")()),
        ("Apps.add", lambda sheet: xw.App()),
        ("Books.add", lambda sheet: sheet.book.app.books.add()),
    ],
)
def test_a_macro_that_asks_for_more_is_told_what_is_missing(sheet: xw.Sheet, member: str, use: Any) -> None:
    with pytest.raises(UnsupportedMember) as problem:
        use(sheet)
    assert member.split(".")[0] in problem.value.member
    assert "docs/engine.md" in str(problem.value)


def test_the_documentation_lists_exactly_what_is_supported() -> None:
    rows = re.findall(r"^\| ([A-Z]\w+) \| (.+) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    listed = {name: set(re.findall(r"`(\w+)`", members)) for name, members in rows}
    assert listed == {cls.__name__: set(cls.supported_members) for cls in CLASSES}


# calls


def test_a_block_costs_one_call_however_large(sheet: xw.Sheet) -> None:
    engine.calls.clear()
    sheet["A1"].value = [[1.0] * 50 for _ in range(400)]
    rows = sheet.used_range.options(ndim=2).value
    assert (len(rows), len(rows[0])) == (400, 50)
    assert engine.calls == {"Range.raw_value set": 1, "Range.raw_value get": 1, "Sheet.used_range get": 1}


def test_calls_are_counted_by_member(book: xw.Book) -> None:
    engine.calls.clear()
    added = book.sheets.add("新")
    added.name = "更新"
    added["A1:B2"].number_format = "0"
    for cell in added["A1:B2"]:
        cell.value = 1
    added["A1:B2"].clear_contents()
    added.delete()
    assert engine.calls == {
        "Sheets.add": 1, "Sheet.name set": 1, "Range.number_format set": 1, "Range.raw_value set": 4,
        "Range.clear_contents": 1, "Sheet.delete": 1,
    }  # fmt: skip


# the app


def test_progress_reaches_whoever_listens(book: xw.Book) -> None:
    told: list[str] = []
    engine.app.on_status = told.append
    book.app.status_bar = "第 1 张"
    book.app.status_bar = False
    engine.app.on_status = None
    assert told == ["第 1 张"]
    assert engine.app.statuses[-1] == "第 1 张"


def test_questions_are_declined_unless_an_answer_is_given(book: xw.Book) -> None:
    boxes = ["ok", "ok_cancel", "yes_no", "yes_no_cancel"]
    assert [book.app.alert("继续？", buttons=buttons) for buttons in boxes] == ["ok", "cancel", "no", "cancel"]
    assert engine.app.alerts[-4:] == ["继续？"] * 4
    engine.app.answer = "yes"
    assert [book.app.alert("继续？", buttons=buttons) for buttons in boxes] == ["ok", "cancel", "yes", "yes"]
    engine.app.answer = lambda prompt, title, buttons: "cancel" if "删除" in prompt else "ok"
    assert [book.app.alert(prompt, buttons="ok_cancel") for prompt in ("删除？", "保存？")] == ["cancel", "ok"]
    engine.app.answer = None


def test_the_app_is_this_process(book: xw.Book) -> None:
    assert xw.apps.active == book.app
    assert xw.apps[book.app.pid].books[0] == book
    assert book.app.version.major == 16
    book.app.calculate()


def test_quitting_closes_every_book(tmp_path: Path) -> None:
    first, second = (open_book(plain_book(tmp_path / name)) for name in ("一.xlsx", "二.xlsx"))
    assert [book.name for book in first.app.books][:2] == ["二.xlsx", "一.xlsx"]
    first.activate()
    assert xw.books.active.name == "一.xlsx"
    second.app.quit()
    assert len(engine.app.books) == 0


def test_the_engine_that_was_active_before_comes_back(tmp_path: Path) -> None:
    class OfExcel:
        name = "excel"

    before, excel = xw.engines.active, xw.Engine(impl=OfExcel())
    excel.activate()
    book = open_book(plain_book(tmp_path / "book.xlsx"))
    assert xw.engines.active.name == "file"
    book.close()
    assert xw.engines.active is excel
    xw.engines.active = before


def test_xlwings_opens_files_itself_while_the_engine_is_active(book: xw.Book, tmp_path: Path) -> None:
    other = book.app.books.open(plain_book(tmp_path / "另一.xlsx", {"乙": [["x"]]}))
    assert other.sheets["乙"]["A1"].value == "x"
    assert book.app.books.open(book.fullname) == book
    other.close()


# opening and reading


def test_a_reader_can_be_handed_in(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "book.xlsx", {"表": [["aus der Datei"]]})
    seen: list[Path] = []
    rows: list[list[object]] = [["", "gelesen"], [1]]

    def read(path: Path) -> dict[str, list[list[object]]]:
        seen.append(path)
        return {"表": rows}

    book = open_book(path, read_values=read)
    assert seen == [path]
    assert book.sheets["表"]["A1:B2"].value == [[None, "gelesen"], [1.0, None]]
    book.sheets["表"]["A1"].value = "neu"
    assert rows == [["", "gelesen"], [1]]
    book.close()


def test_reading_alone_never_opens_the_package(book: xw.Book, sheet: xw.Sheet) -> None:
    assert sheet.used_range.options(ndim=2, err_to_str=True).value == [["a", 1.0], ["b", 2.0]]
    assert sheet["A1"].expand().shape == (2, 2)
    assert book.impl.document._package is None


def test_other_kinds_of_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "旧.xls").write_bytes(b"")
    with pytest.raises(CannotOpen, match=r"旧\.xls.*另存为 \.xlsx"):
        open_book(tmp_path / "旧.xls")


def test_error_values_are_none_or_their_text(tmp_path: Path) -> None:
    book = open_book(as_excel_writes(full_book(tmp_path / "full.xlsx")))
    cell = book.sheets[FORM]["G23"]
    assert cell.value is None
    assert cell.options(err_to_str=True).value == "#DIV/0!"
    book.close()


def test_times_are_parts_of_a_day(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "book.xlsx", {"表": [[time(12), timedelta(hours=30)]]})
    book = open_book(path)
    assert book.sheets["表"]["A1:B1"].value == [0.5, 1.25]
    book.close()


def test_sheets_that_hold_only_a_chart_are_not_seen_and_stay(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_chartsheet("图").add_chart(LineChart())
    workbook.create_sheet("后")
    workbook.save(tmp_path / "book.xlsx")
    book = open_book(tmp_path / "book.xlsx")
    assert book.sheet_names == ["Sheet", "后"]
    book.sheets.add("新", before="后")
    book.sheets["Sheet"].name = "前"
    book.save()
    book.close()
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames == ["前", "图", "新", "后"]


# ranges and names


def test_an_empty_slice_holds_nothing(sheet: xw.Sheet) -> None:
    nothing = sheet["A1:B2"][1:1, :]
    nothing.value = "x"
    assert (nothing.value, nothing.shape) == (None, (0, 2))


@pytest.mark.parametrize("name", ["", "长" * 32, "a/b", "a:b", "'a", "a'"])
def test_names_excel_does_not_allow_are_refused(book: xw.Book, name: str) -> None:
    with pytest.raises((CannotWrite, ValueError)):
        book.sheets["表"].name = name


def test_a_hidden_sheet_cannot_be_made_active(book: xw.Book, sheet: xw.Sheet) -> None:
    book.sheets.add("新")
    sheet.visible = False
    with pytest.raises(CannotWrite, match="“表”是隐藏的"):
        sheet.activate()


def test_the_only_visible_sheet_cannot_be_hidden(sheet: xw.Sheet) -> None:
    with pytest.raises(CannotWrite, match="唯一可见"):
        sheet.visible = False
