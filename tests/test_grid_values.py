"""The values of a grid as the engine is given them: with error values as texts."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from jixiao.files import mark_file
from jixiao.sample import real_department
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import values
from tests.workbooks import written


def test_error_values_stand_in_their_cells(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["a", None, 1.5])
    workbook.active["C3"] = "#REF!"
    workbook.save(tmp_path / "book.xlsx")
    grid = read_grids(tmp_path / "book.xlsx")[0]
    assert [[value or None for value in row] for row in values(grid)] == [
        ["a", None, 1.5], [None] * 3, [None, None, "#REF!"],
    ]  # fmt: skip
    assert not grid.rows[2][2]


def test_a_file_without_errors_is_not_copied(tmp_path: Path) -> None:
    for grid in read_grids(written(tmp_path, real_department())):
        assert values(grid) is grid.rows


def test_marking_a_file_leaves_what_was_read_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, real_department())
    before = read_grids(path)
    mark_file(path, tmp_path / "marked.xlsx", None)
    assert read_grids(path) == before
