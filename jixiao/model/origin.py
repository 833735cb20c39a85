"""Where a record was read, and what could not be read there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """One cell. `row` and `column` count from 1; 0, 0 is the sheet as a whole."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """`C4`; empty for the sheet as a whole."""
        return f"{column_letters(self.column)}{self.row}" if self.row else ""


def column_letters(column: int) -> str:
    """27 -> AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Defect(NamedTuple):
    """Why the content of a cell is no value of its field.

    kind: `error` (#REF!), `uncalculated` (formula without a stored value), `text` (no number), `date`, `negative`,
          `decimals`, `too-large`, `unknown`;
          the value was understood all the same: `number-as-text`, `points` (20 where 20% belongs).
    shown: what stands in the cell.
    """

    kind: str
    shown: str

    @property
    def readable(self) -> bool:
        return self.kind in ("number-as-text", "points")


@dataclass(frozen=True, slots=True)
class Origin:
    """The sheet and the cell of each field of one record; `defects` by field."""

    sheet: str = ""
    cells: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    defects: Mapping[str, Defect] = field(default_factory=dict)

    def place(self, name: str) -> Place:
        """The cell of the field; where the sheet has no such cell, the sheet as a whole."""
        row, column = self.cells.get(name, (0, 0))
        return Place(self.sheet, row, column)

    def broken(self, name: str) -> Defect | None:
        """The defect that left the field without a value."""
        defect = self.defects.get(name)
        return defect if defect is not None and not defect.readable else None


NOWHERE = Origin()
