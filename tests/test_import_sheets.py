"""第一部分原文 and the column 文本引用 in a workbook: what is shown, coloured and read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jixiao import commands
from jixiao.engine.file import engine, open_book
from jixiao.importing import built_workbook
from jixiao.sample import REAL_DOCUMENT, real_department, real_import
from jixiao.workbook import layout
from jixiao.workbook.layout import Kind
from jixiao.workbook.reader import read_workbook
from tests import workbooks

HEADER = layout.NARRATIVE_HEADER_ROW
TEXT, BUDGET, PLAN = (
    [field for _, _, field in layout.NARRATIVE_COLUMNS].index(field) + 1 for field in ("text", "budget", "plan")
)
HIGHEST_ROW = 409  # points, in every spreadsheet program


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("imported") / "book.xlsx"
    built_workbook(REAL_DOCUMENT, real_import()).save(path)
    return path


@pytest.fixture
def book(imported: Path) -> Iterator[xw.Book]:
    yield open_book(imported)
    engine.app.quit()


def narrative_of(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path)[Kind.NARRATIVE.value]


def row_with(book: xw.Book, words: str) -> int:
    """The row of the first paragraph with these words."""
    texts = book.sheets[Kind.NARRATIVE.value].range((1, TEXT), (HEADER + 40, TEXT)).value
    return next(row for row, text in enumerate(texts, 1) if row > HEADER and words in str(text))


def test_no_row_is_higher_than_a_spreadsheet_allows(tmp_path: Path) -> None:
    document = real_import()
    longest = max(document.paragraphs, key=lambda paragraph: len(paragraph.text))
    paragraphs = [replace(one, text=one.text * 20) if one is longest else one for one in document.paragraphs]
    path = tmp_path / "long.xlsx"
    built_workbook(REAL_DOCUMENT, replace(document, paragraphs=tuple(paragraphs))).save(path)
    heights = [row.height for row in narrative_of(path).row_dimensions.values() if row.height]
    assert HIGHEST_ROW - 50 < max(heights) <= HIGHEST_ROW


def test_what_is_read_of_a_paragraph_is_shown_anew_at_each_validation(book: xw.Book) -> None:
    sheet = book.sheets[Kind.NARRATIVE.value]
    row = row_with(book, "“人大会议费”项目年初预算安排40万元")
    cell = sheet.range((row, TEXT))
    cell.value = cell.value.replace("40万元", "41.5万元").replace("分别达到20%", "分别达到30%")
    untouched = row_with(book, "“人大研究会”项目年初预算安排5万元")
    commands.validate(book)
    assert sheet.range((row, BUDGET)).value == 415_000
    assert sheet.range((row, PLAN)).value.splitlines()[0] == "3月底 30%"
    assert sheet.range((untouched, BUDGET)).value == 50_000
    assert sheet.range((row_with(book, "三、工作保障措施"), BUDGET)).value is None


def test_a_flagged_cell_of_part_one_is_coloured(book: xw.Book, tmp_path: Path) -> None:
    commands.validate(book)
    book.save(tmp_path / "marked.xlsx")
    sheet = narrative_of(tmp_path / "marked.xlsx")
    flagged = [cell for cell in sheet[layout.NARRATIVE_FLAGS] if cell.row > HEADER and cell.value]
    assert flagged
    for cell in flagged:
        column = int(cell.value.strip(";").split(";")[0][:-1])
        place = f"{get_column_letter(column)}{cell.row}"
        rules = [rule for area in sheet.conditional_formatting if place in area.cells for rule in area.rules]
        read = f"${layout.NARRATIVE_FLAGS}{HEADER + 1}"
        assert [rule for rule in rules if any(read in formula for formula in rule.formula)], place


def test_the_indicators_chosen_for_part_one_stay_chosen(tmp_path: Path) -> None:
    department = real_department()
    first = department.projects[0]
    chosen = (first.indicators[0], replace(first.indicators[1], representative=True), *first.indicators[2:])
    changed = replace(department, projects=(replace(first, indicators=chosen), *department.projects[1:]))
    read = read_workbook(workbooks.grids_of(tmp_path, changed)).department
    assert [row.representative for row in read.projects[0].indicators] == [row.representative for row in chosen]
    assert not any(row.representative for project in read.projects[1:] for row in project.indicators)
