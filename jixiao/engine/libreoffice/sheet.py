"""A worksheet, as xlwings asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError, base_classes

from jixiao.engine.address import WHOLE_SHEET, Area, between, parse_area
from jixiao.engine.libreoffice import reading
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.errors import CannotWrite
from jixiao.engine.libreoffice.names import area_of_name
from jixiao.engine.libreoffice.range import Range
from jixiao.engine.members import NoNativeObject, UnsupportedMember, engine_class
from jixiao.engine.sheet_names import check_name

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.book import Book

Corner = str | tuple[int, ...] | Range

_COUNTED = ["activate", "clear_contents", "copy", "delete", "move", "name set", "used_range", "visible set"]


class Contents:
    """The values of a sheet at one moment."""

    def __init__(self, rows: list[list[Any]], extent: tuple[int, int]) -> None:
        self._rows = rows
        self.extent = extent

    def value(self, row: int, column: int) -> Any:
        rows, columns = self.extent
        return self._rows[row - 1][column - 1] if row <= rows and column <= columns else None


@engine_class(base_classes.Sheet, CALLS, counted=_COUNTED, lacking=["pivot_tables"])
class Sheet:
    """`cells_of_sheet` is UNO's object."""

    api = NoNativeObject("Sheet.api")
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
        if not area.on_the_sheet:
            raise IndexError(f"{tuple(area)} 超出工作表范围（行列都从 1 开始）")
        return Range(self, area)

    def cells_of(self, area: Area) -> Any:
        """UNO's object for a part of the sheet; it counts columns before rows, from 0."""
        left, top = area.column - 1, area.row - 1
        if area.last_column > self.cells_of_sheet.Columns.Count:
            raise IndexError(f"LibreOffice 的工作表只有 {self.cells_of_sheet.Columns.Count} 列")
        return self.cells_of_sheet.getCellRangeByPosition(left, top, area.last_column - 1, area.last_row - 1)

    def range(self, corner: Corner, other: Corner | None = None) -> Range:
        """An address or a name, a tuple of row and column (and numbers of rows and columns), or two such corners."""
        first = self._corner(corner)
        if other is None:
            return self.area(first)
        last = self._corner(other)
        top, left = min(first.row, last.row), min(first.column, last.column)
        bottom, right = max(first.last_row, last.last_row), max(first.last_column, last.last_column)
        return self.area(between(top, left, bottom, right))

    def _corner(self, corner: Corner) -> Area:
        if isinstance(corner, Range):
            return corner.place
        if isinstance(corner, tuple):
            return Area(*corner)
        found = parse_area(corner) or self._named(corner)
        if found is None:
            raise NoSuchObjectError(f"工作表“{self.name}”里没有区域“{corner}”")
        return found

    def _named(self, name: str) -> Area | None:
        """The area of a defined name, a name of this sheet before one of the book."""
        if "," in name:
            raise UnsupportedMember("Range of several areas")
        for names in (self.cells_of_sheet.NamedRanges, self.book.document.model.NamedRanges):
            for own in names.ElementNames:
                found = area_of_name(names.getByName(own)) if own.casefold() == name.casefold() else None
                if found and found[0] == self.index - 1:
                    return found[1]
        return None

    @property
    def cells(self) -> Range:
        return Range(self, WHOLE_SHEET)

    @property
    def used_range(self) -> Range:
        """The smallest range with all values; cells that have only a format do not count. A1 on an empty sheet."""
        return Range(self, reading.filled(self.cells_of_sheet) or Area(1, 1))

    @property
    def extent(self) -> tuple[int, int]:
        """The last row and the last column with a value; 0 on an empty sheet."""
        used = reading.filled(self.cells_of_sheet)
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
        self.cells.clear_contents()

    def copy(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        self.book.sheets.copy(self, before, after)

    def move(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        self.book.sheets.move(self, before, after)

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


def position(before: Sheet | None, after: Sheet | None) -> int:
    """The position among the sheets, from 0, at which a sheet is put before or after another."""
    if before is not None:
        return before.index - 1
    return after.index if after is not None else 0
