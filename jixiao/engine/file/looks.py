"""How cells look: number format, colour, wrapped text, width and height."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from jixiao.engine.address import MAX_COLUMNS, MAX_ROWS, Area, cell_reference, column_letters
from jixiao.engine.column_widths import DIGIT, characters, pixels
from jixiao.engine.file.failing import failing
from jixiao.engine.file.styles import Styles, Trait
from jixiao.engine.members import UnsupportedMember


class Looks:
    """Reads and changes the looks of areas in one open excelize file.

    `reach` gives a sheet's last row and column in use: of whole columns, only cells up to there have their own style.
    """

    def __init__(self, file: Any, styles: Styles, reach: Callable[[str], tuple[int, int]]) -> None:
        self._file = file
        self._styles = styles
        self._reach = reach

    def traits(self, key: str, area: Area, name: str) -> set[Trait]:
        """The values of a trait that occur in the area."""
        own = _own(area, name, self._reach(key))
        numbers = {self._file.get_cell_style(key, cell) for row in _rows(own) for cell in row}
        if area.rows == MAX_ROWS:
            numbers |= {self._file.get_col_style(key, letters) for letters in _letters(area)}
        return {self._styles.trait(number, name) for number in numbers}

    def change(self, key: str, area: Area, name: str, value: Trait) -> None:
        """Give a trait one value in the whole area; all other traits of each cell stay."""
        file, derived = self._file, self._styles.derived
        with failing(key):
            runs = [
                (list(run), number)
                for row in _rows(_own(area, name, self._reach(key)))
                for number, run in groupby(row, lambda cell: int(file.get_cell_style(key, cell)))
            ]
            if area.rows == MAX_ROWS:
                for letters in _letters(area):
                    file.set_col_style(key, letters, derived(file.get_col_style(key, letters), name, value))
            for cells, number in runs:
                file.set_cell_style(key, cells[0], cells[-1], derived(number, name, value))

    def column_widths(self, key: str, area: Area) -> set[float]:
        """In characters, as Excel shows them."""
        return {characters(self._file.get_col_width(key, letters) * DIGIT) for letters in _letters(area)}

    def set_column_width(self, key: str, area: Area, width: float) -> None:
        first, last = column_letters(area.column), column_letters(area.last_column)
        with failing(key):
            self._file.set_col_width(key, first, last, _stored_width(width))

    def row_heights(self, key: str, area: Area) -> set[float]:
        """In points."""
        _refuse_whole_columns(area)
        return {float(self._file.get_row_height(key, row)) for row in range(area.row, area.last_row + 1)}

    def set_row_height(self, key: str, area: Area, points: float) -> None:
        _refuse_whole_columns(area)
        with failing(key):
            for row in range(area.row, area.last_row + 1):
                self._file.set_row_height(key, row, float(points))


def _own(area: Area, name: str, reach: tuple[int, int]) -> Area:
    """The cells of the area that have a style of their own."""
    if area.columns == MAX_COLUMNS:
        raise UnsupportedMember(f"Range.{name} of whole rows")
    return area.up_to(*reach) if area.rows == MAX_ROWS else area


def _refuse_whole_columns(area: Area) -> None:
    if area.rows == MAX_ROWS:
        raise UnsupportedMember("Range.row_height of whole columns")


def _rows(area: Area) -> Iterator[list[str]]:
    columns = range(area.column, area.last_column + 1)
    for row in range(area.row, area.last_row + 1):
        yield [cell_reference(row, column) for column in columns]


def _letters(area: Area) -> Iterator[str]:
    return (column_letters(column) for column in range(area.column, area.last_column + 1))


def _stored_width(width: float) -> float:
    """Excel stores a width with the padding of a cell and shows it without."""
    return int(pixels(width) / DIGIT * 256) / 256
