"""Defined names, to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlwings import base_classes

from jixiao.engine.address import Area, parse_area
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.source import DefinedName
from jixiao.engine.members import engine_class
from jixiao.engine.names_base import NameBase, NamesBase

if TYPE_CHECKING:
    from jixiao.engine.file.book import Book

_REFERENCE = re.compile(r"=(?:'((?:[^']|'')+)'|([^'!]+))!([^!]+)")


def referred_area(name: DefinedName) -> tuple[str, Area] | None:
    """The sheet and the area a name stands for; None where it is something else than one area."""
    match = _REFERENCE.fullmatch(name.refers_to)
    area = parse_area(match[3]) if match else None
    if match is None or area is None:
        return None
    return (match[1] or match[2]).replace("''", "'"), area


@engine_class(base_classes.Names, CALLS)
class Names(NamesBase["Book"]):
    def _names(self) -> list[Name]:
        return [Name(self._book, name) for name in self._book.document.defined_names()]


@engine_class(base_classes.Name, CALLS)
class Name(NameBase["Book"]):
    def __init__(self, book: Book, defined: DefinedName) -> None:
        super().__init__(book, defined.owner)
        self._defined = defined

    @property
    def refers_to(self) -> str:
        return self._defined.refers_to

    @property
    def _own_name(self) -> str:
        return self._defined.name

    def _area(self) -> tuple[str, Area] | None:
        return referred_area(self._defined)
