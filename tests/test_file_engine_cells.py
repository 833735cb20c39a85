"""What a cell of the file engine can hold, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
import xlwings as xw

from jixiao.engine.file import CannotWrite, open_book
from tests.engine_files import plain_book


@pytest.fixture
def sheet(tmp_path: Path) -> Iterator[xw.Sheet]:
    book = open_book(plain_book(tmp_path / "book.xlsx", {"表": [["a", 1], ["b", 2]]}))
    yield book.sheets["表"]
    book.close()


def test_too_long_a_text_is_refused_with_its_cell(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "长" * 32_767
    with pytest.raises(CannotWrite, match=r"“表”的 B2 .*32768 个字符.*32767"):
        sheet["A1"].value = [["x", "y"], ["z", "长" * 32_768]]
    assert sheet["A2"].value == "b"
    with pytest.raises(CannotWrite, match="32768"):
        sheet["A1"].value = "😀" * 16_384


@pytest.mark.parametrize("value", [float("inf"), datetime(1850, 1, 1), object(), time(12)])
def test_values_excel_cannot_hold_are_refused(sheet: xw.Sheet, value: object) -> None:
    with pytest.raises(CannotWrite):
        sheet["A1"].value = [[value]]
    assert sheet["A1"].value == "a"


def test_not_a_number_is_an_empty_cell(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[float("nan"), ""]]
    assert sheet["A1:B1"].value == [None, None]


def test_there_is_no_negative_zero(sheet: xw.Sheet) -> None:
    sheet["A1"].value = -0.0
    assert str(sheet["A1"].value) == "0.0"


def test_a_formula_filled_beyond_the_edge_refers_to_nothing(sheet: xw.Sheet) -> None:
    sheet["A1:A2"].formula = "=XFD1048576+A$1"
    assert sheet["A2"].formula == "=#REF!+A$1"


def test_rows_that_do_not_fit_are_refused(sheet: xw.Sheet) -> None:
    with pytest.raises(CannotWrite, match="2 行 2 列"):
        sheet["A1:B2"].raw_value = [[1, 2]]


def test_what_lies_beyond_the_sheet_is_no_range(sheet: xw.Sheet) -> None:
    for corner in ((0, 1), (1, 0), (1_048_577, 1), (1, 16_385)):
        with pytest.raises(IndexError):
            sheet.range(corner)
