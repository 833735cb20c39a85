"""A worksheet, as xlwings asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import NoSuchObjectError, base_classes

from jixiao.engine.address import WHOLE_SHEET, Area, between, parse_area
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.names import referred_area
from jixiao.engine.file.range import Range
from jixiao.engine.file.sheet_state import SheetState
from jixiao.engine.members import NoNativeObject, UnsupportedMember, engine_class

if TYPE_CHECKING:
    from jixiao.engine.file.book import Book

Corner = str | tuple[int, ...] | Range

_COUNTED = ["activate", "clear_contents", "copy", "delete", "move", "name set", "used_range", "visible set"]


@engine_class(base_classes.Sheet, CALLS, counted=_COUNTED, lacking=["pivot_tables"])
class Sheet:
    api = NoNativeObject("Sheet.api")
    book: Book

    def __init__(self, book: Book, state: SheetState) -> None:
        self.book = book
        self.state = state

    @property
    def name(self) -> str:
        return self.state.name

    @name.setter
    def name(self, name: str) -> None:
        self.book.document.rename(self.state, name)

    @property
    def index(self) -> int:
        return self.book.document.sheets.index(self.state) + 1

    def area(self, area: Area) -> Range:
        if not area.on_the_sheet:
            raise IndexError(f"{tuple(area)} 超出工作表范围（行列都从 1 开始）")
        return Range(self, area)

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
        for owner in (self.name, None):
            for defined in self.book.document.defined_names():
                found = referred_area(defined) if defined.owner == owner else None
                if found and defined.name.casefold() == name.casefold() and found[0].casefold() == self.name.casefold():
                    return found[1]
        return None

    @property
    def cells(self) -> Range:
        return Range(self, WHOLE_SHEET)

    @property
    def used_range(self) -> Range:
        """The smallest range with all values; cells that have only a format do not count. A1 on an empty sheet."""
        return Range(self, self.state.cells.filled() or Area(1, 1))

    def activate(self) -> None:
        self.book.document.activate(self.state)

    def clear_contents(self) -> None:
        self.book.document.clear(self.state, WHOLE_SHEET)

    def copy(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        if self.book.document is not (before or after or self).book.document:
            raise UnsupportedMember("Sheet.copy to another book")
        self.book.document.copy(self.state, position(before, after))

    def move(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        self.book.document.move(self.state, position(before, after))

    def delete(self) -> None:
        self.book.document.delete(self.state)

    @property
    def visible(self) -> bool:
        return self.book.document.is_visible(self.state)

    @visible.setter
    def visible(self, visible: bool) -> None:
        self.book.document.show(self.state, bool(visible))


def position(before: Sheet | None, after: Sheet | None) -> int:
    """The position among the sheets, from 0, at which a sheet is put before or after another."""
    if before is not None:
        return before.index - 1
    return after.index if after is not None else 0
