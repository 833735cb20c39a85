"""One worksheet in memory: its values, and what was written into it since its file was opened or saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from jixiao.engine.address import Area
from jixiao.engine.file.cells import Cells
from jixiao.engine.file.contents import Contents, Place
from jixiao.engine.file.sheet_edit import SheetEdit
from jixiao.engine.formulas import hyperlink_text, with_sheets_renamed
from jixiao.engine.values import Formula, Written

Names = Mapping[str, str | None]


@dataclass(eq=False, slots=True)
class SheetState:
    """`key` is its name in the package until the next saving; `visible` is None where unchanged.

    cells: the values now. contents: what else was in the file. written: the last word for each cell written, by row
    and column, formulas in terms of keys. fitted: rows to be made as high as their texts need.
    """

    key: str
    name: str
    cells: Cells
    contents: Contents
    visible: bool | None = None
    written: dict[int, dict[int, Written]] = field(default_factory=dict)
    fitted: set[int] = field(default_factory=set)

    def copy(self, key: str, name: str, visible: bool) -> SheetState:
        """Formulas that name this sheet name the copy, as in Excel."""
        contents, written = self.contents.copy({self.key: key}), _renamed(self.written, {self.key: key})
        return SheetState(key, name, self.cells.copy(), contents, visible, written, set(self.fitted))

    def settle(self, contents: Contents) -> None:
        """The file has been saved and says everything."""
        self.key, self.visible, self.contents = self.name, None, contents
        self.written, self.fitted = {}, set()

    def write(self, area: Area, rows: Sequence[Sequence[Written]], keys: Names) -> None:
        """Cells hidden under a merged one are passed over. `keys`: what the names of sheets are in formulas here."""
        covered = self.contents.covered(area)
        hiding = {row for row, _ in covered}
        for row, values in enumerate(rows, area.row):
            if row not in hiding:
                self._put(row, area.column, values, keys)
                continue
            for column, value in enumerate(values, area.column):
                if (row, column) not in covered:
                    self._put(row, column, [value], keys)

    def clear(self, area: Area) -> None:
        """Empty every cell that has anything in it."""
        written = {(row, column) for row, values in self.written.items() for column in values}
        filled = self.contents.filled | self.cells.places() | written
        covered = self.contents.covered(area.up_to(*self.cells.extent))
        for row, column in filled - covered:
            if area.contains(row, column):
                self._put(row, column, [None], {})

    def _put(self, row: int, column: int, values: Sequence[Written], keys: Names) -> None:
        stored = [_in_terms_of(keys, value) for value in values] if keys else values
        self.written.setdefault(row, {}).update(zip(range(column, column + len(values)), stored, strict=True))
        self.cells.put(row, column, [_in_memory(value) for value in values])

    def dates(self) -> list[tuple[Place, datetime]]:
        """The dates that wait to be saved."""
        return [
            ((row, column), value)
            for row, values in self.written.items()
            for column, value in values.items()
            if isinstance(value, datetime)
        ]

    def formulas(self, area: Area) -> dict[Place, str]:
        """By row and column, in terms of keys."""
        found = ((place, self._formula(place)) for place in self._places_with_formulas(area))
        return {place: formula for place, formula in found if formula}

    def _formula(self, place: Place) -> str | None:
        row, column = place
        if column not in self.written.get(row, ()):
            return self.contents.formulas.get(place)
        value = self.written[row][column]
        return value if isinstance(value, Formula) else None

    def _places_with_formulas(self, area: Area) -> list[Place]:
        """Those that may have one."""
        if area.size == 1:
            return [(area.row, area.column)]
        written = {
            (row, column)
            for row, values in self.written.items()
            for column, value in values.items()
            if isinstance(value, Formula)
        }
        return [place for place in self.contents.formulas.keys() | written if area.contains(*place)]

    def edit(self, names: Names) -> SheetEdit:
        """What is to be done to its XML; `names`: what keys are called in the file to be saved."""
        return SheetEdit(self.name, _renamed(self.written, names), self.fitted, self.cells, self.contents.merged)


def _renamed(written: dict[int, dict[int, Written]], names: Names) -> dict[int, dict[int, Written]]:
    if not names:
        return written
    return {
        row: {column: _in_terms_of(names, value) for column, value in values.items()} for row, values in written.items()
    }


def _in_terms_of(names: Names, value: Written) -> Written:
    return Formula(with_sheets_renamed(value, names)) if isinstance(value, Formula) else value


def _in_memory(value: Written) -> Written:
    """What reading gives back: nothing is calculated, but the text of a link is known."""
    return hyperlink_text(value) if value.__class__ is Formula else value
