"""A range, as xlwings asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from jixiao.engine.address import MAX_ROWS
from jixiao.engine.libreoffice import looks, reading, writing
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.kept import Sizes
from jixiao.engine.members import UnsupportedMember, engine_class
from jixiao.engine.range_base import COUNTED, Color, RangeBase, rgb
from jixiao.engine.values import CannotWrite, Formula, Written

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.document import Document
    from jixiao.engine.libreoffice.sheet import Sheet


@engine_class(base_classes.Range, CALLS, counted=COUNTED)
class Range(RangeBase):
    """A rectangle of cells of a document."""

    sheet: Sheet

    @property
    def _document(self) -> Document:
        return self.sheet.book.document

    @property
    def cells(self) -> Any:
        """UNO's object."""
        return self.sheet.cells_of(self.place)

    # where it is

    def select(self) -> None:
        self.sheet.book.select(self.sheet, self.place)

    @property
    def merge_area(self) -> Range:
        """The merged range the first cell lies in; the cell where it lies in none."""
        return self._at(writing.merged_area(self.cells.getCellByPosition(0, 0)))

    # what it holds

    def _values(self) -> list[list[Any]]:
        return self._up_to_the_last(reading.values, None)

    def _shown_formulas(self) -> list[list[Any]]:
        return self._up_to_the_last(reading.shown_formulas, "")

    def _up_to_the_last(self, read: Callable[[Document, Any], list[list[Any]]], nothing: Any) -> list[list[Any]]:
        """Beyond the last cell in use nothing is read: whole columns have a million rows."""
        used = self.place
        if self.place.size > MAX_ROWS // 10:
            used = self.place.up_to(*self.sheet.extent)
        rows = read(self._document, self.sheet.cells_of(used)) if used.size else []
        if used != self.place:
            rows = [[*row, *[nothing] * (self.place.columns - len(row))] for row in rows]
            rows += [[nothing] * self.place.columns for _ in range(self.place.rows - len(rows))]
        return rows

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

    def _fill(self, formula: Formula) -> None:
        writing.fill(self._document, self._changing(), formula)

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
    def color(self, color: Color | None) -> None:
        self._set_look("CellBackColor", looks.NO_COLOR if color is None else looks.number(rgb(color)))

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
