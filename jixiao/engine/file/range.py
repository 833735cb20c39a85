"""A range, as xlwings asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes
from xlwings.utils import hex_to_rgb, int_to_rgb

from jixiao.engine.address import Area, area_reference, cell_reference, sheet_prefix
from jixiao.engine.ends import expanded, run_end
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.styles import Trait
from jixiao.engine.formulas import shifted
from jixiao.engine.members import NoNativeObject, UnsupportedMember, engine_class
from jixiao.engine.values import CannotWrite, Formula, Written, as_rows, shown_as_formula, to_write

if TYPE_CHECKING:
    from jixiao.engine.file.document import Document
    from jixiao.engine.file.looks import Looks
    from jixiao.engine.file.sheet import Sheet

_COUNTED = [
    "autofit", "clear_contents", "color", "column_width", "end", "expand", "formula", "merge_area", "number_format",
    "raw_value", "row_height", "wrap_text",
]  # fmt: skip
_API = NoNativeObject("Range.api")


@engine_class(base_classes.Range, CALLS, counted=_COUNTED)
class Range:
    """A rectangle of cells; one with no rows or no columns reads as None and takes no values."""

    api = _API
    max_cells_per_read = None  # memory needs no portions
    max_cells_per_write = None

    def __init__(self, sheet: Sheet, place: Area) -> None:
        self.sheet = sheet
        self.place = place
        self.options: dict[str, Any] = {}

    @property
    def _document(self) -> Document:
        return self.sheet.book.document

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

    def __call__(self, row: int, column: int | None = None) -> Range:
        """The cell in this row and column counted from the first cell, which may lie outside; or the n-th cell."""
        if column is None:
            row, column = (row - 1) // self.place.columns + 1, (row - 1) % self.place.columns + 1
        return self.sheet.area(Area(self.row + row - 1, self.column + column - 1))

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

    def select(self) -> None:
        """For as long as the book is open; there is no window to show it."""
        self.sheet.book.selections[self.sheet.state] = self.place

    def end(self, direction: str) -> Range:
        return Range(self.sheet, run_end(self.sheet.state.cells, self.place, direction))

    def expand(self, mode: Any = "table") -> Range:
        if not isinstance(mode, str):
            expanded_range: Range = mode.expand(xw.Range(impl=self)).impl
            return expanded_range
        return Range(self.sheet, expanded(self.sheet.state.cells, self.place, mode))

    @property
    def merge_area(self) -> Range:
        """The merged range the first cell lies in; the cell where it lies in none."""
        own = (area for area in self.sheet.state.contents.merged if area.contains(self.row, self.column))
        return Range(self.sheet, next(own, Area(self.row, self.column)))

    # what it holds

    @property
    def raw_value(self) -> Any:
        rows = self.sheet.state.cells.block(self.place)
        return self._as_one(rows)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._write(data)

    @property
    def formula(self) -> Any:
        """Formulas as Excel shows them; for cells without one, their constant as text."""
        formulas = self._document.formulas(self.sheet.state, self.place)
        rows = [
            [formulas.get((row, column)) or shown_as_formula(value) for column, value in enumerate(values, self.column)]
            for row, values in enumerate(self.sheet.state.cells.block(self.place), self.row)
        ]
        return self._as_one(rows)

    @formula.setter
    def formula(self, data: Any) -> None:
        self._write(data)

    def _as_one(self, rows: list[list[Any]]) -> Any:
        if self.place.size == 0:
            return None
        return rows[0][0] if self.place.size == 1 else rows

    def clear_contents(self) -> None:
        self._document.clear(self.sheet.state, self.place)

    def _write(self, data: Any) -> None:
        """One value for every cell, formulas adjusted as by filling, or rows that fit exactly."""
        if self.place.size:
            rows = self._rows_of(data) if isinstance(data, list | tuple) else self._filled_with(data)
            self._document.write(self.sheet.state, self.place, rows)

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

    def _filled_with(self, data: Any) -> list[list[Written]]:
        value = self._to_write(data, self.row, self.column)
        rows, columns = range(self.place.rows), range(self.place.columns)
        if isinstance(value, Formula):
            return [[Formula(shifted(value, down, right)) for right in columns] for down in rows]
        return [[value for _ in columns] for _ in rows]

    def _to_write(self, value: Any, row: int, column: int) -> Written:
        try:
            return to_write(value)
        except CannotWrite as problem:
            cell = cell_reference(row, column)
            raise CannotWrite(f"工作表“{self.sheet.name}”的 {cell} 不能写入：{problem}") from None

    # how it looks

    @property
    def number_format(self) -> str | None:
        """None where cells differ."""
        text: str | None = self._trait("number_format")
        return text

    @number_format.setter
    def number_format(self, text: str) -> None:
        self._set_trait("number_format", text)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """None where there is no fill of one colour, or cells differ."""
        color = self._trait("color")
        return hex_to_rgb(color) if color else None

    @color.setter
    def color(self, color: tuple[int, int, int] | list[int] | int | str | None) -> None:
        self._set_trait("color", None if color is None else "{:02X}{:02X}{:02X}".format(*_rgb(color)))

    @property
    def wrap_text(self) -> bool | None:
        """None where cells differ."""
        wrapped: bool | None = self._trait("wrap_text")
        return wrapped

    @wrap_text.setter
    def wrap_text(self, wrapped: bool) -> None:
        self._set_trait("wrap_text", bool(wrapped))

    @property
    def column_width(self) -> float | None:
        """In characters; None where columns differ."""
        width: float | None = _only(self._looks.column_widths(self.sheet.state.key, self.place))
        return width

    @column_width.setter
    def column_width(self, characters: float) -> None:
        looks = self._document.changing_looks(self.sheet.state)
        looks.set_column_width(self.sheet.state.key, self.place, characters)

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ, or have been fitted and not yet saved."""
        state = self.sheet.state
        if not state.fitted.isdisjoint(range(self.row, self.place.last_row + 1)):
            return None
        height: float | None = _only(self._looks.row_heights(state.key, self.place))
        return height

    @row_height.setter
    def row_height(self, points: float) -> None:
        self._document.set_row_height(self.sheet.state, self.place, points)

    def autofit(self, axis: str | None = None) -> None:
        """Rows alone: as high as their wrapped texts need when the file is saved, an estimate."""
        if axis not in ("r", "rows"):
            raise UnsupportedMember("Range.autofit of columns")
        self._document.fit_rows(self.sheet.state, self.place)

    @property
    def _looks(self) -> Looks:
        return self._document.looks(self.sheet.state)

    def _trait(self, name: str) -> Any:
        return _only(self._looks.traits(self.sheet.state.key, self.place, name))

    def _set_trait(self, name: str, value: Trait) -> None:
        self._document.changing_looks(self.sheet.state).change(self.sheet.state.key, self.place, name, value)


def _only(values: set[Any]) -> Any:
    return values.pop() if len(values) == 1 else None


def _rgb(color: tuple[int, int, int] | list[int] | int | str) -> tuple[int, ...]:
    if isinstance(color, str):
        return tuple(hex_to_rgb(color))
    return tuple(int_to_rgb(color)) if isinstance(color, int) else tuple(color)
