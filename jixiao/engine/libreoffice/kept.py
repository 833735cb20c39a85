"""What a range was before a change: its contents, its looks, its sizes. Each can put back what it kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from jixiao.engine.libreoffice.reading import FORMULAS, Place, addresses_of, area_of, groups, places


class Contents:
    """Constants, and formulas as LibreOffice spells them."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells
        self._data = tuple(tuple("" if value is None else value for value in row) for row in cells.getDataArray())
        self._formulas: dict[Place, str] = {}
        area = area_of(cells.RangeAddress)
        with_formulas = [area_of(address) for address in cells.queryContentCells(FORMULAS).RangeAddresses]
        texts = cells.getFormulaArray() if with_formulas else ()
        for own in with_formulas:
            for row, column in places(own):
                self._formulas[row, column] = texts[row - area.row][column - area.column]

    def put_back(self) -> None:
        self._cells.setDataArray(self._data)
        for column, run in runs(self._formulas):
            set_column(self._cells, run[0], column, [self._formulas[row, column] for row in run])


class Looks:
    """One property of cells; `model` is UNO's document."""

    def __init__(self, model: Any, cells: Any, name: str) -> None:
        self._model = model
        self._name = name
        self._groups = [(value, tuple(addresses_of(group))) for value, group in groups(cells, name)]

    def put_back(self) -> None:
        for value, addresses in self._groups:
            ranges = self._model.createInstance("com.sun.star.sheet.SheetCellRanges")
            ranges.addRangeAddresses(addresses, False)
            ranges.setPropertyValue(self._name, value)


class Sizes:
    """The heights of rows or the widths of columns. Those that follow their texts go on following them."""

    def __init__(self, lines: Any, size: str) -> None:
        """`lines`: the rows or columns of UNO; `size`: Height or Width."""
        self._size = size
        follow = f"Optimal{size}"
        self._kept = [(line, line.getPropertyValue(follow), line.getPropertyValue(size)) for line in _all(lines)]

    def put_back(self) -> None:
        for line, follows, size in self._kept:
            if follows:
                line.setPropertyValue(f"Optimal{self._size}", True)
            else:
                line.setPropertyValue(self._size, size)


def _all(lines: Any) -> Iterator[Any]:
    return (lines.getByIndex(number) for number in range(lines.Count))


def runs(found: Iterable[Place]) -> Iterator[tuple[int, list[int]]]:
    """Neighbouring rows by column."""
    ordered = sorted((column, row) for row, column in found)
    for (column, _), run in groupby(enumerate(ordered), lambda entry: (entry[1][0], entry[1][1] - entry[0])):
        yield column, [row for _, (_, row) in run]


def set_column(cells: Any, row: int, column: int, formulas: Sequence[str]) -> None:
    """Put formulas into neighbouring rows of a column: one call."""
    area = area_of(cells.RangeAddress)
    top, left = row - area.row, column - area.column
    run = cells.getCellRangeByPosition(left, top, left, top + len(formulas) - 1)
    run.setFormulaArray(tuple((formula,) for formula in formulas))
