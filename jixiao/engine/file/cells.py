"""The values of one sheet in memory: as read from the file, then as written by the macro."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jixiao.engine.address import Area

Row = list[Any]


class Cells:
    """A grid whose first row and column are the sheet's. Rows may be shorter than the widest one.

    What `read` returns is read on first need, copied and never changed.
    """

    def __init__(self, read: Callable[[], Sequence[Sequence[Any]]] = list) -> None:
        self._read = read
        self._rows: list[Row] | None = None

    @property
    def _grid(self) -> list[Row]:
        if self._rows is None:
            self._rows = [list(row) for row in self._read()]
        return self._rows

    def copy(self) -> Cells:
        rows = [list(row) for row in self._grid]
        return Cells(lambda: rows)

    def value(self, row: int, column: int) -> Any:
        """None where the cell is empty."""
        if row > len(self._grid) or column > len(self._grid[row - 1]):
            return None
        value = self._grid[row - 1][column - 1]
        return None if value == "" else value

    def block(self, area: Area) -> list[Row]:
        """The values of an area, None for empty cells."""
        first, last = area.column - 1, area.last_column
        empty: Row = [None] * area.columns
        rows = []
        for row in self._grid[area.row - 1 : area.last_row]:
            values = [None if value == "" else value for value in row[first:last]]
            rows.append(values + empty[len(values) :])
        return rows + [empty.copy() for _ in range(area.rows - len(rows))]

    def row(self, number: int) -> Row:
        """The values of a row from column A on; not to be changed."""
        return self._grid[number - 1] if number <= len(self._grid) else []

    def put(self, row: int, column: int, values: Sequence[Any]) -> None:
        """Set the values of neighbouring cells, from `row`, `column` to the right."""
        grid = self._grid
        while row > len(grid):
            grid.append([])
        own = grid[row - 1]
        if column - 1 > len(own):
            own.extend([None] * (column - 1 - len(own)))
        own[column - 1 : column - 1 + len(values)] = values

    @property
    def extent(self) -> tuple[int, int]:
        """The last row and the last column the grid knows of; 0 on a sheet without values."""
        return len(self._grid), max((len(row) for row in self._grid), default=0)

    def places(self) -> set[tuple[int, int]]:
        """Row and column of every cell with a value."""
        return {
            (row, column)
            for row, values in enumerate(self._grid, 1)
            for column, value in enumerate(values, 1)
            if value is not None and value != ""
        }

    def filled(self) -> Area | None:
        """The smallest area that holds every value; None on an empty sheet."""
        columns = [[n for n, value in enumerate(row, 1) if value is not None and value != ""] for row in self._grid]
        rows = [number for number, row in enumerate(columns, 1) if row]
        if not rows:
            return None
        left, right = min(row[0] for row in columns if row), max(row[-1] for row in columns if row)
        return Area(rows[0], left, rows[-1] - rows[0] + 1, right - left + 1)
