"""Areas of a sheet and the way Excel writes them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d*)(?::\$?([A-Z]{1,3})\$?([1-9]\d*))?", re.IGNORECASE)
_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})", re.IGNORECASE)
_ROWS = re.compile(r"\$?([1-9]\d*):\$?([1-9]\d*)")
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|R\d*C?\d*|C\d*", re.IGNORECASE)


class Area(NamedTuple):
    """A rectangle of cells; the first row and the first column are 1. `rows` or `columns` may be 0: nothing."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def last_row(self) -> int:
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        return self.column + self.columns - 1

    @property
    def size(self) -> int:
        return self.rows * self.columns

    @property
    def is_on_the_sheet(self) -> bool:
        return self.row >= 1 and self.column >= 1 and self.last_row <= MAX_ROWS and self.last_column <= MAX_COLUMNS

    def contains(self, row: int, column: int) -> bool:
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column

    def up_to(self, row: int, column: int) -> Area:
        """The part not beyond `row`, `column`; may be nothing."""
        rows = max(0, min(self.rows, row - self.row + 1))
        columns = max(0, min(self.columns, column - self.column + 1))
        return self._replace(rows=rows, columns=columns)


WHOLE_SHEET = Area(1, 1, MAX_ROWS, MAX_COLUMNS)


def between(row: int, column: int, other_row: int, other_column: int) -> Area:
    """The rectangle with these two corners, whichever way round."""
    top, left = min(row, other_row), min(column, other_column)
    return Area(top, left, abs(row - other_row) + 1, abs(column - other_column) + 1)


def on_the_sheet(area: Area) -> Area:
    """The area itself. Raises IndexError where it lies beyond the sheet."""
    if not area.is_on_the_sheet:
        raise IndexError(f"{tuple(area)} 超出工作表范围（行列都从 1 开始）")
    return area


@cache
def column_letters(number: int) -> str:
    """1 -> A, 28 -> AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """A -> 1, ab -> 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_reference(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def parse_area(text: str) -> Area | None:
    """An area of A1, $A$1:C3, A:C or 1:3; None where the text is no such address or lies beyond the sheet."""
    area = None
    if match := _CELLS.fullmatch(text):
        row, column = int(match[2]), column_number(match[1])
        area = between(row, column, int(match[4] or row), column_number(match[3] or match[1]))
    elif match := _COLUMNS.fullmatch(text):
        area = between(1, column_number(match[1]), MAX_ROWS, column_number(match[2]))
    elif match := _ROWS.fullmatch(text):
        area = between(int(match[1]), 1, int(match[2]), MAX_COLUMNS)
    return area if area and area.is_on_the_sheet else None


def area_reference(area: Area, row_absolute: bool = True, column_absolute: bool = True) -> str:
    """$A$1:$C$3; $A:$C for whole columns, $1:$3 for whole rows."""
    across, down = "$" * column_absolute, "$" * row_absolute
    left, right = across + column_letters(area.column), across + column_letters(area.last_column)
    top, bottom = f"{down}{area.row}", f"{down}{area.last_row}"
    if area.columns == MAX_COLUMNS:
        return f"{top}:{bottom}"
    if area.rows == MAX_ROWS:
        return f"{left}:{right}"
    return left + top if area.size == 1 else f"{left}{top}:{right}{bottom}"


def sheet_prefix(name: str) -> str:
    """`Sheet1!` or, where Excel needs quotes, `'a ''b'!`."""
    if _PLAIN_SHEET.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name):
        return f"{name}!"
    return f"'{name.replace(chr(39), chr(39) * 2)}'!"
