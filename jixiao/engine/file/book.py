"""A book, its sheets and its names, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from xlwings import base_classes

from jixiao.engine.address import Area
from jixiao.engine.book_base import BookBase, SheetsBase
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.document import SUFFIXES, Document
from jixiao.engine.file.names import Names
from jixiao.engine.file.reading import CannotOpen, Values
from jixiao.engine.file.sheet import Sheet
from jixiao.engine.members import engine_class

if TYPE_CHECKING:
    from jixiao.engine.file.app import App


@engine_class(base_classes.Book, CALLS, counted=["save"])
class Book(BookBase):
    app: App
    document: Document
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


@engine_class(base_classes.Sheets, CALLS, counted=["add"])
class Sheets(SheetsBase[Book, Sheet]):
    """The worksheets; sheets that hold only a chart stay in the file and are not seen."""

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.document.active)

    def __len__(self) -> int:
        return len(self.book.document.sheets)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, sheet) for sheet in self.book.document.sheets])

    def _find(self, name: str) -> Sheet | None:
        found = self.book.document.find(name)
        return None if found is None else Sheet(self.book, found)

    def _nth(self, index: int) -> Sheet:
        return Sheet(self.book, self.book.document.sheets[index])

    def _add(self, at: int, name: str | None) -> Sheet:
        return Sheet(self.book, self.book.document.add(name, at))
