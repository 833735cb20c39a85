"""Defined names, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import NoSuchObjectError, base_classes

from jixiao.engine.address import Area, sheet_prefix
from jixiao.engine.libreoffice.calls import CALLS
from jixiao.engine.libreoffice.reading import area_of
from jixiao.engine.members import NoNativeObject, engine_class

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.book import Book
    from jixiao.engine.libreoffice.range import Range


def area_of_name(name: Any) -> tuple[int, Area] | None:
    """The position of the sheet, from 0, and the area a name of UNO stands for; None where it is no one area."""
    cells = name.getReferredCells()
    return (int(cells.RangeAddress.Sheet), area_of(cells.RangeAddress)) if cells is not None else None


@engine_class(base_classes.Names, CALLS)
class Names:
    api = NoNativeObject("Names.api")

    def __init__(self, book: Book) -> None:
        self._book = book

    def _names(self) -> list[Name]:
        """Those of the book, then those of each sheet."""
        model = self._book.document.model
        found = [Name(self._book, name, "") for name in _all(model.NamedRanges)]
        for sheet in self._book.sheets:
            found += [Name(self._book, name, sheet.name) for name in _all(sheet.cells_of_sheet.NamedRanges)]
        return found

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


def _all(names: Any) -> list[Any]:
    return [names.getByName(name) for name in names.ElementNames]


@engine_class(base_classes.Name, CALLS)
class Name:
    api = NoNativeObject("Name.api")

    def __init__(self, book: Book, own: Any, sheet: str) -> None:
        self._book = book
        self._own = own
        self._sheet = sheet

    @property
    def name(self) -> str:
        """A name that belongs to one sheet begins with the sheet's."""
        return f"{sheet_prefix(self._sheet) if self._sheet else ''}{self._own.Name}"

    @property
    def refers_to(self) -> str:
        return self._book.document.formulas.shown(self._own.Content, self._own.ReferencePosition)

    @property
    def refers_to_range(self) -> Range:
        found = area_of_name(self._own)
        if found is None:
            raise NoSuchObjectError(f"名称“{self.name}”不是一个单元格区域：{self.refers_to}")
        return self._book.sheets(found[0] + 1).area(found[1])
