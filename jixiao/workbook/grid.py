"""A sheet as read in one call: a grid of values, its place, and the cells whose value is no value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from jixiao.model.origin import Defect
from jixiao.refusal import Refusal

CellValue = str | float | int | bool | datetime | date | time | timedelta | None

ERROR_VALUES = (
    "#REF!",
    "#NAME?",
    "#VALUE!",
    "#DIV/0!",
    "#N/A",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
)


class CannotRead(Refusal):
    """The workbook cannot be read. The text is one Chinese sentence for the user: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows[i][j]` is the value of the cell in row `first_row + i`, column `first_column + j` (both from 1).

    Empty cells are None or "". `broken` names, by (row, column) of the sheet, the cells that hold an error value
    (kind `error`) or a formula without a stored value (kind `uncalculated`); their entry in `rows` is not to be used.
    `merged` gives for a cell hidden under another one of its column, merged with it, that other cell. It may have to be
    asked of the host, so it is asked only about cells that are empty where they should not be.
    `stray` is the far-out cell that made the sheet too large to be read whole; `rows` is then cut before it.
    """

    name: str
    rows: list[list[CellValue]]
    first_row: int = 1
    first_column: int = 1
    broken: Mapping[tuple[int, int], Defect] = field(default_factory=dict)
    stray: tuple[int, int] | None = None
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)


def values(grid: Grid) -> list[list[CellValue]]:
    """The rows with the text of each error value in its cell, as a spreadsheet program shows them."""
    errors = {cell: defect.shown for cell, defect in grid.broken.items() if defect.kind == "error"}
    if not errors:
        return grid.rows
    rows = [list(row) for row in grid.rows]
    for (row, column), shown in errors.items():
        rows[row - grid.first_row][column - grid.first_column] = shown
    return rows
