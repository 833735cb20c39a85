"""The engine and its one app, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from jixiao.engine.app_base import COUNTED, AppBase, AppsBase, BooksBase, EngineBase
from jixiao.engine.libreoffice.access import load_uno, properties, structure
from jixiao.engine.libreoffice.book import Book
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.document import SERVICE
from jixiao.engine.libreoffice.errors import CannotOpen, NoOffice
from jixiao.engine.libreoffice.range import Range
from jixiao.engine.libreoffice.window import Status, ask
from jixiao.engine.members import engine_class

_NEVER = 0  # com.sun.star.document.MacroExecMode


class Engine(EngineBase["App"]):
    name = "libreoffice"

    def __init__(self) -> None:
        super().__init__(CALLS, Apps(App(self)))

    def attach(self, context: Any) -> None:
        """Work with the LibreOffice of this component context, and make this xlwings' active engine."""
        self.app.attach(context)
        self.activate()

    def detach(self) -> None:
        """Let go of LibreOffice and give back to the engine that was active before."""
        self.app.attach(None)
        self.step_back()


@engine_class(base_classes.Apps, CALLS)
class Apps(AppsBase["App"]):
    """Exactly one app: the LibreOffice attached."""


@engine_class(base_classes.App, CALLS, counted=COUNTED)
class App(AppBase):
    """What LibreOffice has no like of is remembered and given back; alerts without an answer ask the user.

    Its books are closed when it quits; the program is the user's.
    """

    books: Books

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
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
        self._status = False
        self._indicator = Status()

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

    def _show_status(self, text: str | bool) -> None:
        if isinstance(text, str):
            self._indicator.show(self.books.active.controller.Frame, text)
        else:
            self._indicator.end()
        super()._show_status(text)

    @property
    def selection(self) -> Range | None:
        """None where no book is open, or no cells are selected."""
        return self.books.active.selection if len(self.books) else None

    def _ask(self, prompt: str, title: str | None, buttons: str, mode: str | None) -> str | None:
        return ask(self.service("com.sun.star.awt.Toolkit"), self.window, prompt, title, buttons, mode)

    @property
    def window(self) -> Any:
        """Of the book in front; None where no book is open."""
        return self.books.active.controller.Frame.ContainerWindow if len(self.books) else None


@engine_class(base_classes.Books, CALLS)
class Books(BooksBase[App, Book]):
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
