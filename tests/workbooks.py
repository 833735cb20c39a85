"""Workbooks for tests: built with openpyxl, read as grids, changed the way users change them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jixiao.model.records import Department
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import CellValue, Grid
from jixiao.workbook.template import build_workbook


def written(folder: Path, department: Department, name: str = "book.xlsx") -> Path:
    """A workbook of the department, as a file."""
    path = folder / name
    build_workbook(department).save(path)
    return path


def grids_of(folder: Path, department: Department) -> list[Grid]:
    return read_grids(written(folder, department))


def with_blank_row(grid: Grid, before: int) -> Grid:
    """As if the user had inserted a row before row `before` (from 1)."""
    rows = [list(row) for row in grid.rows]
    rows.insert(before - 1, [None] * len(rows[0]))
    return Grid(grid.name, rows, grid.first_row, grid.first_column)


def with_blank_column(grid: Grid, before: int) -> Grid:
    rows: list[list[CellValue]] = [[*row[: before - 1], None, *row[before - 1 :]] for row in grid.rows]
    return Grid(grid.name, rows, grid.first_row, grid.first_column)


def moved(grid: Grid, rows: int, columns: int) -> Grid:
    """The same cells, further down and to the right: a used range that does not begin in A1."""
    return Grid(grid.name, grid.rows, grid.first_row + rows, grid.first_column + columns)


def renamed(grid: Grid, name: str) -> Grid:
    return Grid(name, grid.rows, grid.first_row, grid.first_column, grid.broken)


def named(grids: Sequence[Grid], name: str) -> Grid:
    return next(grid for grid in grids if grid.name == name)


def with_cell(grid: Grid, row: int, column: int, value: CellValue) -> Grid:
    rows = [list(line) for line in grid.rows]
    rows[row - 1][column - 1] = value
    return Grid(grid.name, rows, grid.first_row, grid.first_column)
