"""A book and its sheets, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from jixiao.engine.address import Area
from jixiao.engine.book_base import BookBase, SheetsBase
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.document import Document
from jixiao.engine.libreoffice.errors import CannotWrite
from jixiao.engine.libreoffice.names import Names
from jixiao.engine.libreoffice.range import Range
from jixiao.engine.libreoffice.reading import area_of
from jixiao.engine.libreoffice.sheet import Sheet
from jixiao.engine.members import engine_class
from jixiao.engine.sheet_names import check_name, free_name, name_of_copy

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.app import App


@engine_class(base_classes.Book, CALLS, counted=["save"])
class Book(BookBase):
    app: App
    document: Document
    sheets: Sheets

    def __init__(self, app: App, model: Any) -> None:
        self.app = app
        self.document = Document(model)
        self.sheets = Sheets(self)
        self._selections: dict[str, Area] = {}  # by sheet; LibreOffice keeps a single cell of each

    @property
    def name(self) -> str:
        return self.document.name

    @property
    def fullname(self) -> str:
        return str(self.document.path or self.document.name)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        super().activate()
        self.controller.Frame.activate()

    # changing it

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """What a macro does inside is taken back where an exception leaves it."""
        active, selection = self.sheets.active, self.selection
        try:
            with self.document.steps.one():
                yield
        except BaseException:
            self.show(active)
            if selection:
                selection.select()
            raise

    def changes_sheets(self, back: Callable[[], object]) -> None:
        """To be called before sheets are added, moved, renamed …; `back` takes that back."""
        self.document.may_change_sheets()
        self.document.steps.remember(lambda: back)

    # its window

    @property
    def controller(self) -> Any:
        return self.document.model.CurrentController

    @property
    def selection(self) -> Range | None:
        """In the active sheet, the first area where there are several; None where something else is selected."""
        selected = self.controller.getSelection()
        if selected is not None and hasattr(selected, "RangeAddresses") and selected.RangeAddresses:
            return Range(self.sheets.active, area_of(selected.RangeAddresses[0]))
        if selected is None or not hasattr(selected, "RangeAddress"):
            return None
        return Range(self.sheets.active, area_of(selected.RangeAddress))

    def show(self, sheet: Sheet) -> None:
        """Bring a sheet to the front with the selection it had."""
        before, selection = self.sheets.active, self.selection
        if before.name == sheet.name:
            return
        if selection:
            self._selections[before.name] = selection.place
        self.controller.setActiveSheet(sheet.cells_of_sheet)
        remembered, now = self._selections.get(sheet.name), self.selection
        if remembered and now and (now.row, now.column) == remembered[:2] and remembered.size > 1:
            self.controller.select(sheet.cells_of(remembered))

    def select(self, sheet: Sheet, area: Area) -> None:
        """In the active sheet at once, else when it comes to the front."""
        if sheet.name == self.sheets.active.name:
            self.controller.select(sheet.cells_of(area))
        else:
            self._selections[sheet.name] = area


@engine_class(base_classes.Sheets, CALLS, counted=["add"])
class Sheets(SheetsBase[Book, Sheet]):
    @property
    def _sheets(self) -> Any:
        return self.book.document.model.Sheets

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._sheets.ElementNames)

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.controller.ActiveSheet)

    def __len__(self) -> int:
        return int(self._sheets.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([self._nth(index) for index in range(len(self))])

    def _find(self, name: str) -> Sheet | None:
        own = next((own for own in self.names if own.casefold() == name.casefold()), None)
        return None if own is None else Sheet(self.book, self._sheets.getByName(own))

    def _nth(self, index: int) -> Sheet:
        return Sheet(self.book, self._sheets.getByIndex(index))

    def _add(self, at: int, name: str | None) -> Sheet:
        names = self.names
        name = name or free_name(names)
        check_name(name, names)
        self.book.changes_sheets(lambda: self._sheets.removeByName(name))
        self._sheets.insertNewByName(name, at)
        added = self(name)
        self.book.show(added)
        return added

    def copy(self, sheet: Sheet, at: int) -> None:
        name = name_of_copy(sheet.name, self.names)
        self.book.changes_sheets(lambda: self._sheets.removeByName(name))
        self._sheets.copyByName(sheet.name, name, at)
        copied = self(name)
        if copied.visible:
            self.book.show(copied)

    def move(self, sheet: Sheet, at: int) -> None:
        name, was = sheet.name, sheet.index - 1
        self.book.changes_sheets(lambda: self._sheets.moveByName(name, was if was < sheet.index else was + 1))
        self._sheets.moveByName(name, at)

    def delete(self, sheet: Sheet) -> None:
        if len([other for other in self if other.visible or other.name == sheet.name]) == 1:
            raise CannotWrite(f"“{sheet.name}”是唯一可见的工作表，不能删除")
        self.book.changes_sheets(_no_way_back)
        self._sheets.removeByName(sheet.name)


def _no_way_back() -> None:
    raise CannotWrite("删除的工作表不能恢复")
