"""What a range is in every engine: its place, its address, and what may be written into it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

import xlwings as xw
from xlwings.utils import hex_to_rgb, int_to_rgb

from jixiao.engine.address import Area, area_reference, cell_reference, on_the_sheet, sheet_prefix
from jixiao.engine.ends import expanded, run_end
from jixiao.engine.values import CannotWrite, Formula, Written, as_rows, to_write

if TYPE_CHECKING:
    from jixiao.engine.sheet_base import SheetBase

Color = tuple[int, int, int] | list[int] | int | str

COUNTED = [
    "autofit", "clear_contents", "color", "column_width", "end", "expand", "formula", "merge_area", "number_format",
    "raw_value", "row_height", "wrap_text",
]  # fmt: skip


class RangeBase(ABC):
    """A rectangle of cells; one with no rows or no columns reads as None and takes no values."""

    sheet: SheetBase
    max_cells_per_read = None  # one call takes them all
    max_cells_per_write = None

    def __init__(self, sheet: SheetBase, place: Area) -> None:
        self.sheet = sheet
        self.place = place
        self.options: dict[str, Any] = {}

    # where it is

    @property
    def row(self) -> int:
        return self.place.row

    @property
    def column(self) -> int:
        return self.place.column

    @property
    def shape(self) -> tuple[int, int]:
        return self.place.rows, self.place.columns

    def __len__(self) -> int:
        return self.place.size

    def __call__(self, row: int, column: int | None = None) -> Self:
        """The cell in this row and column counted from the first cell, which may lie outside; or the n-th cell."""
        if column is None:
            row, column = (row - 1) // self.place.columns + 1, (row - 1) % self.place.columns + 1
        return self._at(on_the_sheet(Area(self.row + row - 1, self.column + column - 1)))

    def _at(self, place: Area) -> Self:
        return type(self)(self.sheet, place)

    @property
    def address(self) -> str:
        return area_reference(self.place)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        address = area_reference(self.place, row_absolute, column_absolute)
        if not external:
            return address
        return sheet_prefix(f"[{self.sheet.book.name}]{self.sheet.name}") + address

    @property
    def arg1_input(self) -> str:
        return self.address

    def end(self, direction: str) -> Self:
        return self._at(run_end(self.sheet.contents(), self.place, direction))

    def expand(self, mode: Any = "table") -> Self:
        if not isinstance(mode, str):
            expanded_range: Self = mode.expand(xw.Range(impl=self)).impl
            return expanded_range
        return self._at(expanded(self.sheet.contents(), self.place, mode))

    # what it holds

    @property
    def raw_value(self) -> Any:
        return self._as_one(self._values)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._write(data)

    @property
    def formula(self) -> Any:
        """Formulas as Excel shows them; for cells without one, their constant as text."""
        return self._as_one(self._shown_formulas)

    @formula.setter
    def formula(self, data: Any) -> None:
        self._write(data)

    def _as_one(self, read: Callable[[], list[list[Any]]]) -> Any:
        if self.place.size == 0:
            return None
        rows = read()
        return rows[0][0] if self.place.size == 1 else rows

    def _write(self, data: Any) -> None:
        """One value for every cell, formulas adjusted as by filling, or rows that fit exactly."""
        if not self.place.size:
            return
        if isinstance(data, list | tuple):
            self._put(self._rows_of(data))
            return
        value = self._to_write(data, self.row, self.column)
        if isinstance(value, Formula):
            self._fill(value)
        else:
            self._put([[value] * self.place.columns for _ in range(self.place.rows)])

    def _rows_of(self, data: Any) -> list[list[Written]]:
        rows = as_rows(data)
        if len(rows) != self.place.rows or {len(row) for row in rows} != {self.place.columns}:
            raise CannotWrite(f"{self.address} 有 {self.place.rows} 行 {self.place.columns} 列，写入的数据与此不符")
        try:
            return [[to_write(value) for value in values] for values in rows]
        except CannotWrite:
            for row, values in enumerate(rows, self.row):
                for column, value in enumerate(values, self.column):
                    self._to_write(value, row, column)
            raise

    def _to_write(self, value: Any, row: int, column: int) -> Written:
        try:
            return to_write(value)
        except CannotWrite as problem:
            cell = cell_reference(row, column)
            raise CannotWrite(f"工作表“{self.sheet.name}”的 {cell} 不能写入：{problem}") from None

    @abstractmethod
    def _values(self) -> list[list[Any]]:
        """The values of its cells, None for empty ones."""

    @abstractmethod
    def _shown_formulas(self) -> list[list[Any]]:
        """What `formula` has for its cells."""

    @abstractmethod
    def _put(self, rows: list[list[Written]]) -> None:
        """Write a value into each cell."""

    @abstractmethod
    def _fill(self, formula: Formula) -> None:
        """Write the formula of the first cell into all, adjusted to each."""


def rgb(color: Color) -> tuple[int, ...]:
    """Red, green and blue of a colour in any of the spellings xlwings takes."""
    if isinstance(color, str):
        return tuple(hex_to_rgb(color))
    return tuple(int_to_rgb(color)) if isinstance(color, int) else tuple(color)
