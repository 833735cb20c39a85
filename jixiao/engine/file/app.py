"""The engine and its one app, as xlwings asks for them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes

from jixiao.engine.address import Area
from jixiao.engine.file.book import Book
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.range import Range
from jixiao.engine.file.reading import Values, read_values
from jixiao.engine.members import NoNativeObject, engine_class
from jixiao.engine.values import clean_data, prepare_element

# The button that declines, by the buttons of the box.
_DECLINING = {"ok": "ok", "ok_cancel": "cancel", "yes_no": "no", "yes_no_cancel": "cancel"}


class Engine:
    """`calls` counts what macros asked of sheets and cells, so that a test can see one that goes cell by cell."""

    name = "file"
    type = "desktop"
    clean_value_data = staticmethod(clean_data)
    prepare_xl_data_element = staticmethod(prepare_element)

    def __init__(self) -> None:
        self.calls: Counter[str] = CALLS
        self.apps = Apps(self)
        self._previous: Any = None

    @property
    def app(self) -> App:
        return self.apps.app

    def activate(self) -> None:
        """Make this xlwings' active engine, and remember which one was."""
        if self.name not in [known.name for known in xw.engines]:
            xw.engines.add(xw.Engine(impl=self))
        if xw.engines.active is None or xw.engines.active.name != self.name:
            self._previous = xw.engines.active
        xw.engines[self.name].activate()

    def step_back(self) -> None:
        """Give back to the engine that was active before."""
        xw.engines.active = self._previous


@engine_class(base_classes.Apps, CALLS)
class Apps:
    """Exactly one app: this process."""

    def __init__(self, engine: Engine) -> None:
        self.app = App(engine)

    def keys(self) -> list[int]:
        return [self.app.pid]

    def __iter__(self) -> Iterator[App]:
        return iter([self.app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        if pid != self.app.pid:
            raise KeyError(pid)
        return self.app


@engine_class(base_classes.App, CALLS, counted=["alert", "calculate"])
class App:
    """What has no meaning without a window is remembered and given back.

    on_status: called with every text of the status bar. answer: the button that alerts return, or a function of
    prompt, title and buttons that tells it; where it is None, or no button of the box, the button that declines.
    statuses, alerts: all that was shown.
    """

    api = NoNativeObject("App.api")
    version = "16.0"
    books: Books
    calculation: str
    display_alerts: bool
    enable_events: bool
    screen_updating: bool

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.books = Books(self)
        self.screen_updating = True
        self.display_alerts = True
        self.enable_events = True
        self.calculation = "automatic"
        self.on_status: Callable[[str], object] | None = None
        self.answer: str | Callable[[str, str | None, str], str] | None = None
        self.statuses: list[str] = []
        self.alerts: list[str] = []
        self._status: str | bool = False

    @property
    def pid(self) -> int:
        return os.getpid()

    @property
    def status_bar(self) -> str | bool:
        """False where nobody has set a text, as in Excel."""
        return self._status

    @status_bar.setter
    def status_bar(self, text: str | bool | None) -> None:
        self._status = text or False
        if isinstance(text, str) and text:
            self.statuses.append(text)
            if self.on_status:
                self.on_status(text)

    @property
    def selection(self) -> Range | None:
        """What was selected last in the active sheet, else its first cell; None where no book is open."""
        if not len(self.books):
            return None
        book = self.books.active
        sheet = book.sheets.active
        return sheet.area(book.selections.get(sheet.state, Area(1, 1)))

    def activate(self, steal_focus: bool = False) -> None:
        """There is only this one."""

    def calculate(self) -> None:
        """Nothing is calculated here; a saved workbook is calculated as a whole when Excel opens it."""

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: str | None) -> str:
        self.alerts.append(prompt)
        answer = self.answer(prompt, title, buttons) if callable(self.answer) else self.answer
        return answer if answer in buttons.split("_") else _DECLINING[buttons]

    def quit(self) -> None:
        for book in list(self.books):
            book.close()


@engine_class(base_classes.Books, CALLS)
class Books:
    """The open books, the one opened or activated last first."""

    api = NoNativeObject("Books.api")

    def __init__(self, app: App) -> None:
        self.app = app
        self._open: list[Book] = []

    @property
    def active(self) -> Book:
        return self(1)

    def __call__(self, name_or_index: str | int) -> Book:
        if isinstance(name_or_index, int):
            return self._open[name_or_index - 1]
        for book in self._open:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self._open))

    def __contains__(self, name: str) -> bool:
        return any(book.name.casefold() == name.casefold() for book in self._open)

    def open(self, fullname: str, *options: Any, read_values: Callable[[Path], Values] = read_values) -> Book:
        book = Book(self.app, Path(fullname), read_values)
        self._open.insert(0, book)
        return book

    def to_front(self, book: Book) -> None:
        self._open.sort(key=lambda other: other is not book)

    def forget(self, book: Book) -> None:
        """Take a closed book out; with the last one the engine that was active before comes back."""
        self._open = [other for other in self._open if other is not book]
        if not self._open:
            self.app.engine.step_back()
