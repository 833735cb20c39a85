"""Rows as high as their texts need: what the engine estimates, and which sheets ask for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl import Workbook
from openpyxl.styles import Alignment

from jixiao import commands
from jixiao.engine.file import UnsupportedMember, engine, open_book
from jixiao.sample import real_department
from jixiao.workbook import layout
from jixiao.workbook.layout import Kind
from jixiao.workbook.template import build_workbook
from tests.engine_files import PATHS, part, plain_book
from tests.workbooks import written

ways = pytest.mark.parametrize("opened", PATHS.values(), ids=PATHS)
Opened = Callable[[Path], xw.Book]


def wrapping(path: Path) -> Path:
    """Column A of 20 characters and B wrap, C of 20 does not."""
    workbook = Workbook()
    sheet = workbook.active
    for column, wraps in (("A", True), ("B", True), ("C", False)):
        sheet.column_dimensions[column].width = 21.6
        sheet.column_dimensions[column].alignment = Alignment(wrap_text=wraps)
    sheet.row_dimensions[2].height = 99
    sheet.merge_cells("A5:B5")
    workbook.save(path)
    return path


@ways
def test_rows_are_made_as_high_as_their_wrapped_texts_need(tmp_path: Path, opened: Opened) -> None:
    book = opened(wrapping(tmp_path / "book.xlsx"))
    sheet = book.sheets[0]
    sheet["A1"].value = [
        ["字" * 10, None, "字" * 99], ["短", None, None], ["字" * 11, "a\nb\nc", None], ["字" * 40, None, None],
        ["字" * 99, None, None], ["字" * 999, None, None], [12345678901234567890, None, None],
        ["字" * 21, None, None], ["a" * 40, None, None],
    ]  # fmt: skip
    sheet["A1:A9"].rows.autofit()
    assert sheet["A4"].row_height is None
    sheet["A4"].row_height = 20
    book.save()
    heights = [sheet.range((row, 1)).row_height for row in range(1, 10)]
    assert heights == [15, 15, 47.5, 20, 15, 409, 15, 47.5, 47.5]
    book.close()
    xml = part(tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml")
    assert '<row r="3" ht="47.5">' in xml  # no customHeight: a program that knows the fonts may still change it
    assert '<row r="2">' in xml


def test_fitting_columns_is_refused(tmp_path: Path) -> None:
    book = open_book(plain_book(tmp_path / "book.xlsx"))
    for fit in (book.sheets[0]["A1"].columns.autofit, book.sheets[0]["A1"].autofit):
        with pytest.raises(UnsupportedMember, match="of columns"):
            fit()
    book.close()


# the generated sheets


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The real department's workbook with its findings and its summary."""
    path = written(tmp_path_factory.mktemp("generated"), real_department())
    book = open_book(path)
    engine.calls.clear()
    commands.build_summary(book)
    commands.validate(book)
    assert engine.calls["Range.autofit"] == 3  # one a sheet, however long
    book.save()
    book.close()
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        (Kind.FINDINGS, layout.FINDINGS_HEADER_ROW),
        (Kind.INDICATORS, layout.INDICATORS_HEADER_ROW),
        (Kind.SUMMARY, layout.SUMMARY_HEADER_ROW),
    ],
)
def test_rows_below_the_heading_have_room_for_every_line(generated: Workbook, kind: Kind, header: int) -> None:
    sheet = generated[kind.value]
    before = build_workbook(real_department())[kind.value]
    for row in range(1, header + 1):
        assert sheet.row_dimensions[row].height == before.row_dimensions[row].height
    fitted = 0
    for row in sheet.iter_rows(min_row=header + 1):
        lines = [
            2 * len(cell.value) / sheet.column_dimensions[cell.column_letter].width
            for cell in row
            if isinstance(cell.value, str) and cell.alignment.wrap_text and not cell.value.isascii()
            and not cell.value.startswith("=")
        ]  # fmt: skip
        height = sheet.row_dimensions[row[0].row].height or 15
        fitted += height > 15
        assert height <= 33 + 14.5 * max(lines, default=1)
        assert not lines or height >= 12 * min(max(lines) - 1, 30)
    assert fitted
