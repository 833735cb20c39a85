"""What follows from where labels stand: kept for forms alone, found in one pass, and several forms in one sheet."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from jixiao import commands
from jixiao.engine.file import engine, open_book
from jixiao.sample import real_department
from jixiao.workbook import form_map, layout
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import CellValue, Grid
from jixiao.workbook.labels import Hit
from jixiao.workbook.layout import Kind
from jixiao.workbook.reader import read_workbook
from tests import workbooks

HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]


def test_a_label_reaches_to_the_next_one_of_its_row() -> None:
    hits = (Hit("项目编码", 0, 0), Hit("项目名称", 0, 3), Hit("绩效目标", 1, 0))
    assert form_map.sheet_map(hits, 9).form(0, 2).stops == {hits[0]: 3, hits[1]: 9, hits[2]: 9}


def test_of_a_long_list_of_labels_nothing_is_kept() -> None:
    def kept() -> int:
        gc.collect()
        return sum(isinstance(one, form_map.SheetMap) for one in gc.get_objects())

    before = kept()
    for first in range(20):
        form_map.sheet_map(tuple(Hit("指标值", row, 0) for row in range(first, first + 2000)), 9)
    assert kept() == before


def test_copies_of_a_form_share_their_map_whatever_stands_below_it() -> None:
    hits = tuple(Hit(label, 0, column) for column, label in enumerate(HEADER))
    sheet = form_map.sheet_map(hits, 9)
    assert sheet.form(0, 10) is sheet.form(0, 20)


def two_forms(path: Path) -> list[list[CellValue]]:
    """The first form of the real document, and below it once more, as a user copies it with its helper columns."""
    rows = [list(row) for row in workbooks.named(read_grids(path), real_department().projects[0].name).rows]
    return rows + rows


def test_the_headings_of_a_second_form_s_marks_are_left_alone(tmp_path: Path) -> None:
    path = workbooks.written(tmp_path, real_department())
    name = real_department().projects[0].name
    grids = [Grid(one.name, two_forms(path)) if one.name == name else one for one in read_grids(path)]
    marks = read_workbook(grids).marks[name]
    height = len(workbooks.named(read_grids(path), name).rows)
    assert (marks.heading_row, marks.repeated) == (1, frozenset({1 + height}))


def test_marks_are_written_around_the_headings_of_a_second_form(tmp_path: Path) -> None:
    path = workbooks.written(tmp_path, real_department())
    name = real_department().projects[0].name
    book = open_book(path)
    try:
        sheet = book.sheets[name]
        rows = sheet.used_range.value
        sheet.range((len(rows) + 1, 1)).value = rows
        commands.validate(book)
        column = sheet.range((1, 9), (2 * len(rows), 9)).value
        assert [row for row, text in enumerate(column) if text == layout.MARKS_HEADING] == [0, len(rows)]
        assert any(str(text).startswith("错误") for text in column[len(rows) :])
    finally:
        engine.app.quit()


@pytest.mark.parametrize(("label", "field"), [("预算年度", "year"), ("总体绩效目标", "overall_goal")])
def test_the_department_s_fields_may_stand_below_a_table(tmp_path: Path, label: str, field: str) -> None:
    grids = read_grids(workbooks.written(tmp_path, real_department()))
    own = workbooks.named(grids, Kind.DEPARTMENT.value)
    rows = [row for row in own.rows if not row or row[0] != label]
    moved = next(row for row in own.rows if row and row[0] == label)
    changed = Grid(own.name, [*rows, [*HEADER], [], moved])
    read = read_workbook([changed if one is own else one for one in grids]).department
    assert getattr(read, field) == getattr(real_department(), field)
