"""Where runs of filled cells end: Ctrl+arrow, and growing a range over the block it begins."""

from __future__ import annotations

from typing import Any, Protocol

from jixiao.engine.address import WHOLE_SHEET, Area

_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}
_DOWN = {"table", "vertical", "down", "d"}
_RIGHT = {"table", "horizontal", "right", "r"}


class Cells(Protocol):
    """The values of a sheet; `extent` is the last row and the last column that may be filled."""

    @property
    def extent(self) -> tuple[int, int]: ...

    def value(self, row: int, column: int) -> Any:
        """None where the cell is empty."""


def run_end(cells: Cells, start: Area, direction: str) -> Area:
    """The cell Ctrl+arrow goes to from the first cell: the end of a run, else the next filled cell, else the edge."""
    down, right = _STEPS[direction]
    row, column = start.row, start.column
    rows, columns = cells.extent
    edge = _edge(row, column, down, right)
    in_run = _filled(cells, row, column) and _filled(cells, row + down, column + right)
    while (row, column) != edge:
        row, column = row + down, column + right
        if in_run and not _filled(cells, row + down, column + right):
            return Area(row, column)
        if not in_run and _filled(cells, row, column):
            return Area(row, column)
        if (down > 0 and row > rows) or (right > 0 and column > columns):
            break
    return Area(*edge)


def _edge(row: int, column: int, down: int, right: int) -> tuple[int, int]:
    if down:
        return (WHOLE_SHEET.last_row if down > 0 else 1), column
    return row, (WHOLE_SHEET.last_column if right > 0 else 1)


def _filled(cells: Cells, row: int, column: int) -> bool:
    return row >= 1 and column >= 1 and cells.value(row, column) is not None


def expanded(cells: Cells, area: Area, mode: str) -> Area:
    """The area grown down, right or both as long as cells are filled; an empty first cell does not matter."""
    if mode not in _DOWN | _RIGHT:
        raise ValueError(f"expand: {mode!r} is none of {', '.join(sorted(_DOWN | _RIGHT))}")
    rows, columns = (1, 1) if mode == "table" else (area.rows, area.columns)
    if mode in _DOWN:
        rows = 1
        while _filled(cells, area.row + rows, area.column):
            rows += 1
    if mode in _RIGHT:
        columns = 1
        while _filled(cells, area.row, area.column + columns):
            columns += 1
    return Area(area.row, area.column, rows, columns)
