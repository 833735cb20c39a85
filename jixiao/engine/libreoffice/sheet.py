"""A worksheet, as xlwings asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from jixiao.engine.address import WHOLE_SHEET, Area, on_the_sheet
from jixiao.engine.libreoffice import reading
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.errors import CannotWrite
from jixiao.engine.libreoffice.names import area_of_name
from jixiao.engine.libreoffice.range import Range
from jixiao.engine.members import engine_class
from jixiao.engine.sheet_base import COUNTED, SheetBase
from jixiao.engine.sheet_names import check_name

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.book import Book


class Contents:
    """The values of a sheet at one moment."""

    def __init__(self, rows: list[list[Any]], extent: tuple[int, int]) -> None:
        self._rows = rows
        self.extent = extent

    def value(self, row: int, column: int) -> Any:
        rows, columns = self.extent
        return self._rows[row - 1][column - 1] if row <= rows and column <= columns else None


@engine_class(base_classes.Sheet, CALLS, counted=COUNTED, lacking=["pivot_tables"])
class Sheet(SheetBase):
    """`cells_of_sheet` is UNO's object."""

    book: Book

    def __init__(self, book: Book, cells_of_sheet: Any) -> None:
        self.book = book
        self.cells_of_sheet = cells_of_sheet

    @property
    def name(self) -> str:
        return str(self.cells_of_sheet.Name)

    @name.setter
    def name(self, name: str) -> None:
        old = self.name
        check_name(name, [other for other in self.book.sheets.names if other != old])
        self.book.changes_sheets(lambda: self.cells_of_sheet.setName(old))
        self.cells_of_sheet.setName(name)

    @property
    def index(self) -> int:
        return int(self.cells_of_sheet.RangeAddress.Sheet) + 1

    def area(self, area: Area) -> Range:
        return Range(self, on_the_sheet(area))

    def cells_of(self, area: Area) -> Any:
        """UNO's object for a part of the sheet; it counts columns before rows, from 0."""
        left, top = area.column - 1, area.row - 1
        if area.last_column > self.cells_of_sheet.Columns.Count:
            raise IndexError(f"LibreOffice 的工作表只有 {self.cells_of_sheet.Columns.Count} 列")
        return self.cells_of_sheet.getCellRangeByPosition(left, top, area.last_column - 1, area.last_row - 1)

    def _named(self, name: str) -> Area | None:
        for names in (self.cells_of_sheet.NamedRanges, self.book.document.model.NamedRanges):
            for own in names.ElementNames:
                found = area_of_name(names.getByName(own)) if own.casefold() == name.casefold() else None
                if found and found[0] == self.index:
                    return found[1]
        return None

    def filled(self) -> Area | None:
        return reading.filled(self.cells_of_sheet)

    @property
    def extent(self) -> tuple[int, int]:
        """The last row and the last column with a value; 0 on an empty sheet."""
        used = self.filled()
        return (used.last_row, used.last_column) if used else (0, 0)

    def contents(self) -> Contents:
        rows, columns = self.extent
        area = Area(1, 1, rows, columns)
        return Contents(reading.values(self.book.document, self.cells_of(area)) if area.size else [], (rows, columns))

    def activate(self) -> None:
        if not self.visible:
            raise CannotWrite(f"工作表“{self.name}”是隐藏的，不能切换过去；请先取消隐藏")
        self.book.show(self)

    def clear_contents(self) -> None:
        self.area(WHOLE_SHEET).clear_contents()

    def _copy_to(self, at: int) -> None:
        self.book.sheets.copy(self, at)

    def _move_to(self, at: int) -> None:
        self.book.sheets.move(self, at)

    def delete(self) -> None:
        self.book.sheets.delete(self)

    @property
    def visible(self) -> bool:
        return bool(self.cells_of_sheet.IsVisible)

    @visible.setter
    def visible(self, visible: bool) -> None:
        was = self.visible
        if was and not visible and len([sheet for sheet in self.book.sheets if sheet.visible]) == 1:
            raise CannotWrite(f"“{self.name}”是唯一可见的工作表，不能隐藏")
        self.book.changes_sheets(lambda: setattr(self.cells_of_sheet, "IsVisible", was))
        self.cells_of_sheet.IsVisible = bool(visible)
