"""What an engine, its one app and the open books are, whatever the engine works on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

import xlwings as xw

from jixiao.engine.book_base import BookBase, OwnBook
from jixiao.engine.values import clean_data, prepare_element

OwnApp = TypeVar("OwnApp", bound="AppBase")

COUNTED = ["alert", "calculate"]

# The button that declines, by the buttons of the box.
_DECLINING = {"ok": "ok", "ok_cancel": "cancel", "yes_no": "no", "yes_no_cancel": "cancel"}


class EngineBase(Generic[OwnApp]):
    """`calls` counts what macros asked of sheets and cells, so that a test can see one that goes cell by cell."""

    name: str
    type = "desktop"
    clean_value_data = staticmethod(clean_data)
    prepare_xl_data_element = staticmethod(prepare_element)

    def __init__(self, calls: Counter[str], apps: AppsBase[OwnApp]) -> None:
        self.calls = calls
        self.apps = apps
        self._previous: Any = None

    @property
    def app(self) -> OwnApp:
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


class AppsBase(Generic[OwnApp]):
    """Exactly one app."""

    def __init__(self, app: OwnApp) -> None:
        self.app = app

    def keys(self) -> list[int]:
        return [self.app.pid]

    def __iter__(self) -> Iterator[OwnApp]:
        return iter([self.app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> OwnApp:
        if pid != self.app.pid:
            raise KeyError(pid)
        return self.app


class AppBase:
    """What an engine has no like of is remembered and given back.

    on_status: called with every text of the status bar. answer: the button that alerts return without a box being
    shown, or a function of prompt, title and buttons that tells it; None where the user is to be asked. Where the
    answer is no button of the box, the button that declines. statuses, alerts: all that was shown.
    """

    books: BooksBase[Any, Any]
    display_alerts: bool
    enable_events: bool

    def __init__(self, engine: EngineBase[Any]) -> None:
        self.engine = engine
        self.display_alerts = True
        self.enable_events = True
        self.on_status: Callable[[str], object] | None = None
        self.answer: str | Callable[[str, str | None, str], str] | None = None
        self.statuses: list[str] = []
        self.alerts: list[str] = []
        self._status: str | bool = False

    @property
    def pid(self) -> int:
        """Of the process the macros run in."""
        return os.getpid()

    @property
    def status_bar(self) -> str | bool:
        """False where nobody has set a text, as in Excel."""
        return self._status

    @status_bar.setter
    def status_bar(self, text: str | bool | None) -> None:
        if isinstance(text, str) and text:
            self.statuses.append(text)
            self._show_status(text)
            if self.on_status:
                self.on_status(text)
        else:
            self._show_status(False)

    def _show_status(self, text: str | bool) -> None:
        self._status = text

    def activate(self, steal_focus: bool = False) -> None:
        """There is only this one."""

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: str | None) -> str:
        self.alerts.append(prompt)
        answer = self.answer(prompt, title, buttons) if callable(self.answer) else self.answer
        if answer is None:
            answer = self._ask(prompt, title, buttons, mode)
        return answer if answer in buttons.split("_") else _DECLINING[buttons]

    def _ask(self, prompt: str, title: str | None, buttons: str, mode: str | None) -> str | None:
        """The button the user pressed; None where there is nobody to ask."""
        return None

    def quit(self) -> None:
        """Close every book without saving."""
        for book in list(self.books):
            book.close()


class BooksBase(Generic[OwnApp, OwnBook]):
    """The open books, the one opened or activated last first."""

    def __init__(self, app: OwnApp) -> None:
        self.app = app
        self._known: list[OwnBook] = []

    @property
    def _open(self) -> list[OwnBook]:
        return self._known

    @property
    def active(self) -> OwnBook:
        return self(1)

    def __call__(self, name_or_index: str | int) -> OwnBook:
        if isinstance(name_or_index, int):
            return self._open[name_or_index - 1]
        for book in self._open:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[OwnBook]:
        return iter(list(self._open))

    def __contains__(self, name: str) -> bool:
        return any(book.name.casefold() == name.casefold() for book in self._open)

    def to_front(self, book: BookBase) -> None:
        self._known.sort(key=lambda other: other is not book)

    def forget(self, book: BookBase) -> None:
        """Take a closed book out."""
        self._known = [other for other in self._known if other is not book]
