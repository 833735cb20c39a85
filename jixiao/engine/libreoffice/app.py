"""The engine and its one app, as xlwings asks for them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes

from jixiao.engine.libreoffice.access import load_uno, properties, structure
from jixiao.engine.libreoffice.book import Book
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.document import SERVICE
from jixiao.engine.libreoffice.errors import CannotOpen, NoOffice
from jixiao.engine.libreoffice.range import Range
from jixiao.engine.libreoffice.window import Status, answered, ask
from jixiao.engine.members import NoNativeObject, engine_class
from jixiao.engine.values import clean_data, prepare_element

_NEVER = 0  # com.sun.star.document.MacroExecMode


class Engine:
    """`calls` counts what macros asked of sheets and cells, so that a test can see one that goes cell by cell."""

    name = "libreoffice"
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

    def attach(self, context: Any) -> None:
        """Work with the LibreOffice of this component context, and make this xlwings' active engine."""
        self.app.attach(context)
        if self.name not in [known.name for known in xw.engines]:
            xw.engines.add(xw.Engine(impl=self))
        if xw.engines.active is None or xw.engines.active.name != self.name:
            self._previous = xw.engines.active
        xw.engines[self.name].activate()

    def detach(self) -> None:
        """Let go of LibreOffice and give back to the engine that was active before."""
        self.app.attach(None)
        xw.engines.active = self._previous


@engine_class(base_classes.Apps, CALLS)
class Apps:
    """Exactly one app: the LibreOffice attached."""

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
    """What LibreOffice has no like of is remembered and given back.

    on_status: called with every text of the status bar. answer: the button that alerts return without a box being
    shown, or a function of prompt, title and buttons that tells it; None to ask the user. alerts: all that was asked.
    """

    api = NoNativeObject("App.api")
    books: Books
    display_alerts: bool
    enable_events: bool

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.display_alerts = True
        self.enable_events = True
        self.on_status: Callable[[str], object] | None = None
        self.answer: str | Callable[[str, str | None, str], str] | None = None
        self.statuses: list[str] = []
        self.alerts: list[str] = []
        self._context: Any = None
        self._forget()

    def attach(self, context: Any) -> None:
        """Another LibreOffice, or None, has other books."""
        if context is None or self._context is None or context != self._context:
            self._context = context
            self._forget()

    def _forget(self) -> None:
        self.books = Books(self)
        self._locked: list[Any] = []
        self._status = Status()

    def service(self, name: str) -> Any:
        """A service of the LibreOffice attached."""
        if self._context is None:
            raise NoOffice("还没有连接 LibreOffice / not attached to a LibreOffice")
        return self._context.ServiceManager.createInstanceWithContext(name, self._context)

    @property
    def version(self) -> str:
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        node = structure("com.sun.star.beans.NamedValue", Name="nodepath", Value="/org.openoffice.Setup/Product")
        access = "com.sun.star.configuration.ConfigurationAccess"
        return str(provider.createInstanceWithArguments(access, (node,)).getPropertyValue("ooSetupVersion"))

    @property
    def pid(self) -> int:
        """Of the process the macros run in."""
        return os.getpid()

    @property
    def screen_updating(self) -> bool:
        return not self._locked

    @screen_updating.setter
    def screen_updating(self, updating: bool) -> None:
        if updating:
            for model in self._locked:
                model.unlockControllers()
            self._locked = []
        elif not self._locked:
            self._locked = [book.document.model for book in self.books]
            for model in self._locked:
                model.lockControllers()

    @property
    def calculation(self) -> str:
        """Of the book in front; LibreOffice has it for each document."""
        if not len(self.books):
            return "automatic"
        return "automatic" if self.books.active.document.model.isAutomaticCalculationEnabled() else "manual"

    @calculation.setter
    def calculation(self, mode: str) -> None:
        for book in self.books:
            book.document.model.enableAutomaticCalculation(mode == "automatic")

    def calculate(self) -> None:
        for book in self.books:
            book.document.model.calculate()

    @property
    def status_bar(self) -> str | bool:
        """False where nobody has set a text, as in Excel."""
        return self._status.text

    @status_bar.setter
    def status_bar(self, text: str | bool | None) -> None:
        if isinstance(text, str) and text:
            self.statuses.append(text)
            self._status.show(self.books.active.controller.Frame, text)
            if self.on_status:
                self.on_status(text)
        else:
            self._status.end()

    @property
    def selection(self) -> Range | None:
        """None where no book is open, or no cells are selected."""
        return self.books.active.selection if len(self.books) else None

    def activate(self, steal_focus: bool = False) -> None:
        """There is only this one."""

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: str | None) -> str:
        self.alerts.append(prompt)
        answer = self.answer(prompt, title, buttons) if callable(self.answer) else self.answer
        if answer is not None:
            return answered(answer, buttons)
        return ask(self.service("com.sun.star.awt.Toolkit"), self.window, prompt, title, buttons, mode)

    @property
    def window(self) -> Any:
        """Of the book in front; None where no book is open."""
        return self.books.active.controller.Frame.ContainerWindow if len(self.books) else None

    def quit(self) -> None:
        """Close every book without saving; the program is the user's."""
        for book in list(self.books):
            book.close()


@engine_class(base_classes.Books, CALLS)
class Books:
    """The open spreadsheets, the one opened or activated last first."""

    api = NoNativeObject("Books.api")

    def __init__(self, app: App) -> None:
        self.app = app
        self._known: list[Book] = []

    @property
    def _open(self) -> list[Book]:
        """Users open and close documents as well."""
        models = list(self._models())
        self._known = [book for book in self._known if book.document.model in models]
        known = [book.document.model for book in self._known]
        self._known += [Book(self.app, model) for model in models if model not in known]
        return self._known

    def _models(self) -> Iterator[Any]:
        components = self.app.service("com.sun.star.frame.Desktop").Components.createEnumeration()
        while components.hasMoreElements():
            component = components.nextElement()
            if hasattr(component, "supportsService") and component.supportsService(SERVICE):
                yield component

    def of(self, model: Any) -> Book:
        """The book of an open document of UNO, in front. Raises CannotOpen where it is no spreadsheet."""
        found = next((book for book in self._open if book.document.model == model), None) or Book(self.app, model)
        self._known = [found, *[book for book in self._known if book is not found]]
        return found

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

    def open(self, fullname: str, *options: Any, read_only: bool = False) -> Book:
        """A file in a new window."""
        path = Path(fullname).absolute()
        settings = properties(MacroExecutionMode=_NEVER, ReadOnly=read_only)
        url = load_uno().systemPathToFileUrl(str(path))
        try:
            model = self.app.service("com.sun.star.frame.Desktop").loadComponentFromURL(url, "_blank", 0, settings)
        except Exception as problem:
            raise CannotOpen(f"“{path.name}”无法打开：{path} 不存在或无权读取") from problem
        if model is None or not model.supportsService(SERVICE):
            if model is not None:
                model.close(True)
            raise CannotOpen(f"“{path.name}”不是 LibreOffice 能打开的电子表格，文件可能损坏、加密或属于其他类型")
        return self.of(model)

    def to_front(self, book: Book) -> None:
        self._known.sort(key=lambda other: other is not book)

    def forget(self, book: Book) -> None:
        self._known = [other for other in self._known if other is not book]
