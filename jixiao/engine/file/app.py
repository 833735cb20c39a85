"""The engine and its one app, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from xlwings import base_classes

from jixiao.engine.address import Area
from jixiao.engine.app_base import COUNTED, AppBase, AppsBase, BooksBase, EngineBase
from jixiao.engine.book_base import BookBase
from jixiao.engine.file.book import Book
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.range import Range
from jixiao.engine.file.reading import Values, read_values
from jixiao.engine.members import engine_class


class Engine(EngineBase["App"]):
    name = "file"

    def __init__(self) -> None:
        super().__init__(CALLS, Apps(App(self)))


@engine_class(base_classes.Apps, CALLS)
class Apps(AppsBase["App"]):
    """Exactly one app: this process."""


@engine_class(base_classes.App, CALLS, counted=COUNTED)
class App(AppBase):
    """What has no meaning without a window is remembered and given back; there is nobody to ask."""

    version = "16.0"
    books: Books
    calculation: str
    screen_updating: bool

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.books = Books(self)
        self.screen_updating = True
        self.calculation = "automatic"

    @property
    def selection(self) -> Range | None:
        """What was selected last in the active sheet, else its first cell; None where no book is open."""
        if not len(self.books):
            return None
        book = self.books.active
        sheet = book.sheets.active
        return sheet.area(book.selections.get(sheet.state, Area(1, 1)))

    def calculate(self) -> None:
        """Nothing is calculated here; a saved workbook is calculated as a whole when Excel opens it."""


@engine_class(base_classes.Books, CALLS)
class Books(BooksBase[App, Book]):
    def open(self, fullname: str, *options: Any, read_values: Callable[[Path], Values] = read_values) -> Book:
        book = Book(self.app, Path(fullname), read_values)
        self._known.insert(0, book)
        return book

    def forget(self, book: BookBase) -> None:
        """With the last one the engine that was active before comes back."""
        super().forget(book)
        if not self._known:
            self.app.engine.step_back()
