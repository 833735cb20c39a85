"""A worksheet, as xlwings asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from jixiao.engine.address import WHOLE_SHEET, Area, on_the_sheet
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.cells import Cells
from jixiao.engine.file.names import referred_area
from jixiao.engine.file.range import Range
from jixiao.engine.file.sheet_state import SheetState
from jixiao.engine.members import engine_class
from jixiao.engine.sheet_base import COUNTED, SheetBase

if TYPE_CHECKING:
    from jixiao.engine.file.book import Book


@engine_class(base_classes.Sheet, CALLS, counted=COUNTED, lacking=["pivot_tables"])
class Sheet(SheetBase):
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
        return Range(self, on_the_sheet(area))

    def contents(self) -> Cells:
        return self.state.cells

    def filled(self) -> Area | None:
        return self.state.cells.filled()

    def _named(self, name: str) -> Area | None:
        for owner in (self.name, None):
            for defined in self.book.document.defined_names():
                found = referred_area(defined) if defined.owner == owner else None
                if found and defined.name.casefold() == name.casefold() and found[0].casefold() == self.name.casefold():
                    return found[1]
        return None

    def activate(self) -> None:
        self.book.document.activate(self.state)

    def clear_contents(self) -> None:
        self.book.document.clear(self.state, WHOLE_SHEET)

    def _copy_to(self, at: int) -> None:
        self.book.document.copy(self.state, at)

    def _move_to(self, at: int) -> None:
        self.book.document.move(self.state, at)

    def delete(self) -> None:
        self.book.document.delete(self.state)

    @property
    def visible(self) -> bool:
        return self.book.document.is_visible(self.state)

    @visible.setter
    def visible(self, visible: bool) -> None:
        self.book.document.show(self.state, bool(visible))
