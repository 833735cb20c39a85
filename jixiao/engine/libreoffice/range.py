"""A range, as xlwings asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes
from xlwings.utils import hex_to_rgb, int_to_rgb

from jixiao.engine.address import MAX_ROWS, Area, area_reference, cell_reference, sheet_prefix
from jixiao.engine.ends import expanded, run_end
from jixiao.engine.libreoffice import looks, reading, writing
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.kept import Sizes
from jixiao.engine.members import NoNativeObject, UnsupportedMember, engine_class
from jixiao.engine.values import CannotWrite, Formula, Written, as_rows, to_write

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.document import Document
    from jixiao.engine.libreoffice.sheet import Sheet

_COUNTED = [
    "autofit", "clear_contents", "color", "column_width", "end", "expand", "formula", "merge_area", "number_format",
    "raw_value", "row_height", "wrap_text",
]  # fmt: skip


@engine_class(base_classes.Range, CALLS, counted=_COUNTED)
class Range:
    """A rectangle of cells; one with no rows or no columns reads as None and takes no values."""

    api = NoNativeObject("Range.api")
    max_cells_per_read = None  # one call takes them all
    max_cells_per_write = None

    def __init__(self, sheet: Sheet, place: Area) -> None:
        self.sheet = sheet
        self.place = place
        self.options: dict[str, Any] = {}

    @property
    def _document(self) -> Document:
        return self.sheet.book.document

    @property
    def cells(self) -> Any:
        """UNO's object."""
        return self.sheet.cells_of(self.place)

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
        self.sheet.book.select(self.sheet, self.place)

    def end(self, direction: str) -> Range:
        return Range(self.sheet, run_end(self.sheet.contents(), self.place, direction))

    def expand(self, mode: Any = "table") -> Range:
        if not isinstance(mode, str):
            expanded_range: Range = mode.expand(xw.Range(impl=self)).impl
            return expanded_range
        return Range(self.sheet, expanded(self.sheet.contents(), self.place, mode))

    @property
    def merge_area(self) -> Range:
        """The merged range the first cell lies in; the cell where it lies in none."""
        return Range(self.sheet, writing.merged_area(self.cells.getCellByPosition(0, 0)))

    # what it holds

    @property
    def raw_value(self) -> Any:
        return self._as_one(reading.values)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._write(data)

    @property
    def formula(self) -> Any:
        """Formulas as Excel shows them; for cells without one, their constant as text."""
        return self._as_one(reading.shown_formulas, "")

    @formula.setter
    def formula(self, data: Any) -> None:
        self._write(data)

    def _as_one(self, read: Any, nothing: Any = None) -> Any:
        """Beyond the last cell in use nothing is read: whole columns have a million rows."""
        if self.place.size == 0:
            return None
        used = self.place
        if self.place.size > MAX_ROWS // 10:
            used = self.place.up_to(*self.sheet.extent)
        rows = read(self._document, self.sheet.cells_of(used)) if used.size else []
        if used != self.place:
            rows = [[*row, *[nothing] * (self.place.columns - len(row))] for row in rows]
            rows += [[nothing] * self.place.columns for _ in range(self.place.rows - len(rows))]
        return rows[0][0] if self.place.size == 1 else rows

    def clear_contents(self) -> None:
        writing.clear(self._document, self._changing())

    def _changing(self) -> Any:
        """UNO's object, about to be changed."""
        cells = self.cells
        self._document.may_change(self.sheet.cells_of_sheet, cells)
        return cells

    def _set_look(self, name: str, value: Any) -> None:
        cells = self._changing()
        self._document.changes_looks(cells, name)
        cells.setPropertyValue(name, value)

    def _resizing(self, size: str) -> Any:
        """UNO's rows or columns, by the size that is about to be changed: Height or Width."""
        cells = self._changing()
        lines = cells.Rows if size == "Height" else cells.Columns
        self._document.steps.remember(lambda: Sizes(lines, size).put_back)
        return lines

    def _write(self, data: Any) -> None:
        """One value for every cell, formulas adjusted as by filling, or rows that fit exactly."""
        if not self.place.size:
            return
        if isinstance(data, list | tuple):
            rows = self._rows_of(data)
        else:
            value = self._to_write(data, self.row, self.column)
            if isinstance(value, Formula):
                writing.fill(self._document, self._changing(), value)
                return
            rows = [[value] * self.place.columns] * self.place.rows
        self._put(rows)

    def _put(self, rows: list[list[Written]]) -> None:
        cells = self._changing()
        try:
            writing.write(self._document, cells, rows)
        except CannotWrite:
            raise
        except Exception as problem:
            raise CannotWrite(
                f"工作表“{self.sheet.name}”的 {self.address} 不能写入；请退出单元格编辑、检查是否有数组公式后重试"
            ) from problem

    def _rows_of(self, data: Any) -> list[list[Written]]:
        rows = as_rows(data)
        if len(rows) != self.place.rows or {len(row) for row in rows} != {self.place.columns}:
            raise CannotWrite(f"{self.address} 有 {self.place.rows} 行 {self.place.columns} 列，写入的数据与此不符")
        return [
            [self._to_write(value, row, column) for column, value in enumerate(values, self.column)]
            for row, values in enumerate(rows, self.row)
        ]

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
        keys = {key for key, _ in reading.groups(self.cells, "NumberFormat")}
        return self._document.formats.text(keys.pop()) if len(keys) == 1 else None

    @number_format.setter
    def number_format(self, text: str) -> None:
        self._set_look("NumberFormat", self._document.formats.key(text))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """None where there is no fill of one colour, or cells differ."""
        color = looks.trait(self.cells, "CellBackColor")
        return None if color is None or color == looks.NO_COLOR else looks.parts(color)

    @color.setter
    def color(self, color: tuple[int, int, int] | list[int] | int | str | None) -> None:
        self._set_look("CellBackColor", looks.NO_COLOR if color is None else looks.number(_rgb(color)))

    @property
    def wrap_text(self) -> bool | None:
        """None where cells differ."""
        wrapped: bool | None = looks.trait(self.cells, "IsTextWrapped")
        return wrapped

    @wrap_text.setter
    def wrap_text(self, wrapped: bool) -> None:
        self._set_look("IsTextWrapped", bool(wrapped))

    @property
    def column_width(self) -> float | None:
        """In characters; None where columns differ."""
        return looks.column_width(self.cells)

    @column_width.setter
    def column_width(self, characters: float) -> None:
        self._resizing("Width").Width = looks.width(characters)

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ."""
        return looks.row_height(self.cells)

    @row_height.setter
    def row_height(self, points: float) -> None:
        self._resizing("Height").Height = looks.height(points)

    def autofit(self, axis: str | None = None) -> None:
        """Rows, columns or both as large as their texts need."""
        if axis is not None and axis not in ("r", "rows", "c", "columns"):
            raise UnsupportedMember(f"Range.autofit({axis!r})")
        if axis in (None, "c", "columns"):
            self._resizing("Width").OptimalWidth = True
        if axis in (None, "r", "rows"):
            self._resizing("Height").OptimalHeight = True


def _rgb(color: tuple[int, int, int] | list[int] | int | str) -> tuple[int, ...]:
    if isinstance(color, str):
        return tuple(hex_to_rgb(color))
    return tuple(int_to_rgb(color)) if isinstance(color, int) else tuple(color)
