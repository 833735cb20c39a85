"""Defined names, to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlwings import NoSuchObjectError, base_classes

from jixiao.engine.address import Area, parse_area, sheet_prefix
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.source import DefinedName
from jixiao.engine.members import NoNativeObject, engine_class

if TYPE_CHECKING:
    from jixiao.engine.file.book import Book
    from jixiao.engine.file.range import Range

_REFERENCE = re.compile(r"=(?:'((?:[^']|'')+)'|([^'!]+))!([^!]+)")


def referred_area(name: DefinedName) -> tuple[str, Area] | None:
    """The sheet and the area a name stands for; None where it is something else than one area."""
    match = _REFERENCE.fullmatch(name.refers_to)
    area = parse_area(match[3]) if match else None
    if match is None or area is None:
        return None
    return (match[1] or match[2]).replace("''", "'"), area


@engine_class(base_classes.Names, CALLS)
class Names:
    api = NoNativeObject("Names.api")

    def __init__(self, book: Book) -> None:
        self._book = book

    def _names(self) -> list[Name]:
        return [Name(self._book, name) for name in self._book.document.defined_names()]

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self._names()]

    def __len__(self) -> int:
        return len(self._names())

    def __call__(self, name_or_index: str | int) -> Name:
        names = self._names()
        if isinstance(name_or_index, int):
            return names[name_or_index - 1]
        for name in names:
            if name.name.casefold() == name_or_index.casefold():
                return name
        raise NoSuchObjectError(f"“{self._book.name}”里没有名称“{name_or_index}”")

    def contains(self, name: str) -> bool:
        return any(name.casefold() == other.casefold() for other, _ in self.snapshot())


@engine_class(base_classes.Name, CALLS)
class Name:
    api = NoNativeObject("Name.api")

    def __init__(self, book: Book, defined: DefinedName) -> None:
        self._book = book
        self._defined = defined

    @property
    def name(self) -> str:
        """A name that belongs to one sheet begins with the sheet's."""
        owner = self._defined.owner
        return f"{sheet_prefix(owner) if owner else ''}{self._defined.name}"

    @property
    def refers_to(self) -> str:
        return self._defined.refers_to

    @property
    def refers_to_range(self) -> Range:
        found = referred_area(self._defined)
        if found is None:
            raise NoSuchObjectError(f"名称“{self.name}”不是一个单元格区域：{self.refers_to}")
        return self._book.sheets(found[0]).area(found[1])
