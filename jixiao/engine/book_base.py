"""What a book and its sheets are in every engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from xlwings import NoSuchObjectError

from jixiao.engine.members import UnsupportedMember
from jixiao.engine.sheet_base import SheetBase, position

if TYPE_CHECKING:
    from jixiao.engine.app_base import AppBase

OwnBook = TypeVar("OwnBook", bound="BookBase")
OwnSheet = TypeVar("OwnSheet", bound=SheetBase)


class Document(Protocol):
    """What lies behind a book."""

    def save(self, path: Path | None) -> None:
        """Where it is, or elsewhere: then it is that file from then on."""

    def close(self) -> None:
        """Without saving."""


class BookBase(ABC):
    app: AppBase
    document: Document
    sheets: SheetsBase[Any, Any]

    @property
    @abstractmethod
    def name(self) -> str:
        """That of its file, without the folder."""

    def activate(self) -> None:
        self.app.books.to_front(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Whole or not at all; with a path the book is that file from then on."""
        if password is not None:
            raise UnsupportedMember("Book.save with a password")
        self.document.save(Path(path) if path else None)

    def close(self) -> None:
        """Without saving."""
        self.document.close()
        self.app.books.forget(self)


class SheetsBase(ABC, Generic[OwnBook, OwnSheet]):
    def __init__(self, book: OwnBook) -> None:
        self.book = book

    @property
    @abstractmethod
    def active(self) -> OwnSheet: ...

    @abstractmethod
    def __len__(self) -> int: ...

    def __call__(self, name_or_index: str | int) -> OwnSheet:
        if isinstance(name_or_index, str):
            found = self._find(name_or_index)
        else:
            found = self._nth(name_or_index - 1) if 1 <= name_or_index <= len(self) else None
        if found is None:
            raise NoSuchObjectError(f"“{self.book.name}”里没有工作表“{name_or_index}”")
        return found

    def __contains__(self, name: str) -> bool:
        return self._find(name) is not None

    @abstractmethod
    def _find(self, name: str) -> OwnSheet | None:
        """The sheet of this name, in capitals or not; None where there is none."""

    @abstractmethod
    def _nth(self, index: int) -> OwnSheet:
        """The sheet at this position, counted from 0."""

    def add(self, before: SheetBase | None = None, after: SheetBase | None = None, name: str | None = None) -> OwnSheet:
        """A new sheet, active; before the active one where no place is given, as in Excel."""
        return self._add(position(before, after) if before or after else self.active.index - 1, name)

    @abstractmethod
    def _add(self, at: int, name: str | None) -> OwnSheet:
        """A new sheet, active, before the one now at this position, counted from 0; without a name it gets Excel's."""
