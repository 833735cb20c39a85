"""Defined names, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from jixiao.engine.address import Area
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.reading import area_of
from jixiao.engine.members import engine_class
from jixiao.engine.names_base import NameBase, NamesBase

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.book import Book


def area_of_name(name: Any) -> tuple[int, Area] | None:
    """The position of the sheet, from 1, and the area a name of UNO stands for; None where it is no one area."""
    cells = name.getReferredCells()
    return (int(cells.RangeAddress.Sheet) + 1, area_of(cells.RangeAddress)) if cells is not None else None


@engine_class(base_classes.Names, CALLS)
class Names(NamesBase["Book"]):
    def _names(self) -> list[Name]:
        """Those of the book, then those of each sheet."""
        model = self._book.document.model
        found = [Name(self._book, name, None) for name in _all(model.NamedRanges)]
        for sheet in self._book.sheets:
            found += [Name(self._book, name, sheet.name) for name in _all(sheet.cells_of_sheet.NamedRanges)]
        return found


def _all(names: Any) -> list[Any]:
    return [names.getByName(name) for name in names.ElementNames]


@engine_class(base_classes.Name, CALLS)
class Name(NameBase["Book"]):
    """`own` is UNO's object."""

    def __init__(self, book: Book, own: Any, sheet: str | None) -> None:
        super().__init__(book, sheet)
        self._own = own

    @property
    def refers_to(self) -> str:
        return self._book.document.formulas.shown(self._own.Content, self._own.ReferencePosition)

    @property
    def _own_name(self) -> str:
        return str(self._own.Name)

    def _area(self) -> tuple[int, Area] | None:
        return area_of_name(self._own)
