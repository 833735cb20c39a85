"""A part of a sheet that holds one form, and the values of its fields with their places and defects."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jixiao.model.money import Money
from jixiao.model.origin import Defect, Origin
from jixiao.workbook import labels
from jixiao.workbook.cells import is_empty, read_amount, read_text
from jixiao.workbook.form_map import FormMap, SheetMap, sheet_map
from jixiao.workbook.grid import CellValue, Grid
from jixiao.workbook.labels import find_labels


class Found(NamedTuple):
    """A cell of the grid by its indices; the value is None where the cell is empty or holds no value."""

    row: int
    column: int
    value: CellValue
    defect: Defect | None = None


@dataclass(slots=True)
class Block:
    """Rows `top` to `bottom` (exclusive) and columns up to `right` (exclusive) of a grid: one form."""

    grid: Grid
    map: FormMap
    top: int
    bottom: int
    right: int
    quoted: int | None = None  # the column right of the form that says which rows Part 1 quotes
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    defects: dict[str, Defect] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Found:
        """The cell; a broken one holds nothing, so only where nothing is found a reason is looked for."""
        grid = self.grid
        cells = grid.rows[row]
        value = cells[column] if column < len(cells) else None
        if value is None or value == "":
            place = (row + grid.first_row, column + grid.first_column)
            if place in grid.broken:
                return Found(row, column, None, grid.broken[place])
        return Found(row, column, value)

    def next_labelled(self, row: int) -> int:
        """The next row below with a label in it, else where the form ends."""
        following = self.map.next_row(row)
        return self.bottom if following is None else following

    def keep(self, name: str, found: Found, defect: Defect | None = None) -> None:
        """Remember where the field was found, and what is wrong with it there."""
        self.cells[name] = (found.row + self.grid.first_row, found.column + self.grid.first_column)
        problem = found.defect or defect
        if problem:
            self.defects[name] = problem

    def origin(self) -> Origin:
        return Origin(self.grid.name, self.cells, self.defects)

    def text(self, name: str, found: Found | None) -> str:
        if found is None:
            return ""
        text, defect = read_text(found.value)
        self.keep(name, found, defect)
        return text

    def amount(self, name: str, found: Found | None, unit: str) -> Money | None:
        if found is None:
            return None
        money, defect = read_amount(found.value, unit)
        self.keep(name, found, defect)
        return money


def in_span(block: Block, row: int, column: int, stop: int) -> Found:
    """The cell of a table column, which a merged or an inserted column may have pushed to the right."""
    first = block.at(row, column)
    if first.value or first.defect or not is_empty(first.value):
        return first
    for other in range(column + 1, min(stop, len(block.grid.rows[row]))):
        found = block.at(row, other)
        if found.defect or not is_empty(found.value):
            return found
    return first


def map_of(grid: Grid) -> SheetMap:
    """Where the labels of the sheet stand."""
    return sheet_map(find_labels(grid), width_of(grid))


def whole(grid: Grid, sheet: SheetMap) -> Block:
    """The sheet as one form."""
    bottom = len(grid.rows)
    return Block(grid, sheet.form(0, bottom), 0, bottom, sheet.right)


def forms_in(grid: Grid, sheet: SheetMap, start: Collection[str]) -> list[Block]:
    """One block a form: a sheet may hold several, one below the other."""
    quoted = sheet.first(labels.QUOTED)
    starts = sheet.starts(start)
    tops = [0] + [_top_of(grid, row, sheet.right) for row in starts[1:]]
    bottoms = [*tops[1:], len(grid.rows)]
    return [
        Block(grid, sheet.form(top, bottom), top, bottom, sheet.right, quoted.column if quoted else None)
        for top, bottom in zip(tops[: len(starts)], bottoms, strict=False)
    ]


def _top_of(grid: Grid, row: int, right: int) -> int:
    """The first row of the form whose first label stands in `row`: its title and unit line belong to it."""
    top = row
    while top > 0 and _is_headline(grid.rows[top - 1][:right]):
        top -= 1
    return top


def _is_headline(row: Sequence[object]) -> bool:
    """Blank, or one or two cells: a title, the unit's line, 单位：元."""
    filled = [value for value in row if isinstance(value, str) and value.strip()]
    return len(filled) <= 2 and not any(labels.label_of(value) for value in filled)


def width_of(grid: Grid) -> int:
    return max((len(row) for row in grid.rows), default=0)
