"""What a worksheet is in every engine: the ranges on it, and its place among the others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from xlwings import NoSuchObjectError

from jixiao.engine.address import WHOLE_SHEET, Area, between, parse_area
from jixiao.engine.ends import Cells
from jixiao.engine.members import UnsupportedMember
from jixiao.engine.range_base import RangeBase

if TYPE_CHECKING:
    from jixiao.engine.book_base import BookBase

Corner = str | tuple[int, ...] | RangeBase

COUNTED = ["activate", "clear_contents", "copy", "delete", "move", "name set", "used_range", "visible set"]


class SheetBase(ABC):
    book: BookBase
    name: str

    @property
    @abstractmethod
    def index(self) -> int:
        """Its position among the sheets, from 1."""

    # the ranges on it

    @abstractmethod
    def area(self, area: Area) -> RangeBase:
        """The range of this place. Raises IndexError where it lies beyond the sheet."""

    @abstractmethod
    def contents(self) -> Cells:
        """Its values now."""

    @abstractmethod
    def filled(self) -> Area | None:
        """The smallest area that holds every value; None on an empty sheet."""

    def range(self, corner: Corner, other: Corner | None = None) -> RangeBase:
        """An address or a name, a tuple of row and column (and numbers of rows and columns), or two such corners."""
        first = self._corner(corner)
        if other is None:
            return self.area(first)
        last = self._corner(other)
        top, left = min(first.row, last.row), min(first.column, last.column)
        bottom, right = max(first.last_row, last.last_row), max(first.last_column, last.last_column)
        return self.area(between(top, left, bottom, right))

    def _corner(self, corner: Corner) -> Area:
        if isinstance(corner, RangeBase):
            return corner.place
        if isinstance(corner, tuple):
            return Area(*corner)
        if "," in corner:
            raise UnsupportedMember("Range of several areas")
        found = parse_area(corner) or self._named(corner)
        if found is None:
            raise NoSuchObjectError(f"工作表“{self.name}”里没有区域“{corner}”")
        return found

    @abstractmethod
    def _named(self, name: str) -> Area | None:
        """The area of a defined name, a name of this sheet before one of the book."""

    @property
    def cells(self) -> RangeBase:
        return self.area(WHOLE_SHEET)

    @property
    def used_range(self) -> RangeBase:
        """The smallest range with all values; cells that have only a format do not count. A1 on an empty sheet."""
        return self.area(self.filled() or Area(1, 1))

    # its place among the others

    def copy(self, before: SheetBase | None = None, after: SheetBase | None = None) -> None:
        """The copy is called as Excel calls it, and active."""
        if self.book is not (before or after or self).book:
            raise UnsupportedMember("Sheet.copy to another book")
        self._copy_to(position(before, after))

    def move(self, before: SheetBase | None = None, after: SheetBase | None = None) -> None:
        self._move_to(position(before, after))

    @abstractmethod
    def _copy_to(self, at: int) -> None:
        """Put a copy before the sheet now at this position, counted from 0."""

    @abstractmethod
    def _move_to(self, at: int) -> None:
        """Put it before the sheet now at this position, counted from 0."""


def position(before: SheetBase | None, after: SheetBase | None) -> int:
    """The position among the sheets, from 0, at which a sheet is put before or after another."""
    if before is not None:
        return before.index - 1
    return after.index if after is not None else 0
