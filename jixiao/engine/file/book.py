"""A book, its sheets and its names, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from xlwings import NoSuchObjectError, base_classes

from jixiao.engine.address import Area
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.document import SUFFIXES, Document
from jixiao.engine.file.names import Names
from jixiao.engine.file.reading import CannotOpen, Values
from jixiao.engine.file.sheet import Sheet, position
from jixiao.engine.members import NoNativeObject, UnsupportedMember, engine_class

if TYPE_CHECKING:
    from jixiao.engine.file.app import App


@engine_class(base_classes.Book, CALLS, counted=["save"])
class Book:
    api = NoNativeObject("Book.api")
    app: App
    sheets: Sheets

    def __init__(self, app: App, path: Path, read_values: Callable[[Path], Values]) -> None:
        if path.suffix.lower() not in SUFFIXES:
            raise CannotOpen(f"“{path.name}”不是 .xlsx 或 .xlsm 工作簿；请在 Excel 或 WPS 中另存为 .xlsx")
        self.app = app
        self.document = Document(path.resolve(), read_values)
        self.sheets = Sheets(self)
        self.selections: dict[object, Area] = {}  # by sheet; not kept in the file

    @property
    def name(self) -> str:
        return self.document.path.name

    @property
    def fullname(self) -> str:
        return str(self.document.path)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self.app.books.to_front(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Whole or not at all; with a path the book is that file from then on."""
        if password is not None:
            raise UnsupportedMember("Book.save with a password")
        self.document.save(Path(path).resolve() if path else self.document.path)

    def close(self) -> None:
        self.document.close()
        self.app.books.forget(self)


@engine_class(base_classes.Sheets, CALLS, counted=["add"])
class Sheets:
    """The worksheets; sheets that hold only a chart stay in the file and are not seen."""

    api = NoNativeObject("Sheets.api")

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.document.active)

    def __call__(self, name_or_index: str | int) -> Sheet:
        sheets = self.book.document.sheets
        if isinstance(name_or_index, str):
            found = self.book.document.find(name_or_index)
        else:
            found = sheets[name_or_index - 1] if 1 <= name_or_index <= len(sheets) else None
        if found is None:
            raise NoSuchObjectError(f"“{self.book.name}”里没有工作表“{name_or_index}”")
        return Sheet(self.book, found)

    def __len__(self) -> int:
        return len(self.book.document.sheets)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, sheet) for sheet in self.book.document.sheets])

    def __contains__(self, name: str) -> bool:
        return self.book.document.find(name) is not None

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, active; before the active one where no place is given, as in Excel."""
        document = self.book.document
        at = position(before, after) if before or after else document.sheets.index(document.active)
        return Sheet(self.book, document.add(name, at))
