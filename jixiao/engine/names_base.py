"""What defined names are in every engine: to be read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic

from xlwings import NoSuchObjectError

from jixiao.engine.address import Area, sheet_prefix
from jixiao.engine.book_base import OwnBook
from jixiao.engine.range_base import RangeBase
from jixiao.engine.sheet_base import SheetBase


class NamesBase(ABC, Generic[OwnBook]):
    def __init__(self, book: OwnBook) -> None:
        self._book = book

    @abstractmethod
    def _names(self) -> Sequence[NameBase[OwnBook]]:
        """Those of the book and those of each sheet."""

    def snapshot(self) -> list[tuple[str, NameBase[OwnBook]]]:
        return [(name.name, name) for name in self._names()]

    def __len__(self) -> int:
        return len(self._names())

    def __call__(self, name_or_index: str | int) -> NameBase[OwnBook]:
        names = self._names()
        if isinstance(name_or_index, int):
            return names[name_or_index - 1]
        for name in names:
            if name.name.casefold() == name_or_index.casefold():
                return name
        raise NoSuchObjectError(f"“{self._book.name}”里没有名称“{name_or_index}”")

    def contains(self, name: str) -> bool:
        return any(name.casefold() == other.casefold() for other, _ in self.snapshot())


class NameBase(ABC, Generic[OwnBook]):
    """`sheet` is the name of the one sheet it belongs to, else None."""

    def __init__(self, book: OwnBook, sheet: str | None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def name(self) -> str:
        """A name that belongs to one sheet begins with the sheet's."""
        return f"{sheet_prefix(self._sheet) if self._sheet else ''}{self._own_name}"

    @property
    def refers_to_range(self) -> RangeBase:
        found = self._area()
        if found is None:
            raise NoSuchObjectError(f"名称“{self.name}”不是一个单元格区域：{self.refers_to}")
        sheet: SheetBase = self._book.sheets(found[0])
        return sheet.area(found[1])

    @property
    @abstractmethod
    def refers_to(self) -> str:
        """The formula it stands for."""

    @property
    @abstractmethod
    def _own_name(self) -> str:
        """Without the sheet's."""

    @abstractmethod
    def _area(self) -> tuple[str | int, Area] | None:
        """The sheet, by name or position from 1, and the area it stands for; None where it is no one area."""
