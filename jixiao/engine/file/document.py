"""One open workbook file: its sheets in memory, what was written into them, and its package where that is needed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from jixiao.engine.address import Area
from jixiao.engine.file.cells import Cells
from jixiao.engine.file.contents import Contents, Place
from jixiao.engine.file.inject import inject
from jixiao.engine.file.looks import Looks
from jixiao.engine.file.mend import Repairs, mend
from jixiao.engine.file.mend_workbook import SheetEntry
from jixiao.engine.file.package import Package
from jixiao.engine.file.reading import Values
from jixiao.engine.file.saving import CannotSave, State, replacing
from jixiao.engine.file.sheet_state import SheetState
from jixiao.engine.file.source import DefinedName, Source
from jixiao.engine.file.xml_text import Unusual
from jixiao.engine.file.zipped import ZippedParts
from jixiao.engine.formulas import with_sheets_renamed
from jixiao.engine.sheet_names import check_name, free_name, name_of_copy
from jixiao.engine.values import CannotWrite, Written, serial_number

SUFFIXES = (".xlsx", ".xlsm")


class Document:
    """What is read comes from `read_values` and from the file's own XML, what is written is kept until it is saved.

    excelize is opened by what changes sheets as a whole or their looks; without it only the XML of sheets that were
    written into is changed.
    """

    def __init__(self, path: Path, read_values: Callable[[Path], Values]) -> None:
        self.path = path
        self._state = State.of(path)
        values = read_values(path)
        self.sheets = [SheetState(name, name, Cells(_reader(values, name)), self._contents_of(name)) for name in values]
        self._source: Source | None = None
        self._package: Package | None = None
        self._deleted: list[str] = []
        self._active: SheetState | None = None
        self._activated = False
        self._changed = False
        self._rearranged = False
        self._keys_given = 0

    # the file

    @property
    def source(self) -> Source:
        if self._source is None:
            if State.of(self.path) != self._state:
                raise CannotWrite(f"“{self.path.name}”打开后已被其他程序改动；请重新打开后再操作")
            try:
                self._source = Source(self.path.read_bytes())
            except (BadZipFile, ParseError, KeyError, StopIteration):
                raise Unusual from None
        return self._source

    @property
    def package(self) -> Package:
        if self._package is None:
            self._package = Package(self.source, self.path.name)
        return self._package

    def changing(self) -> Package:
        """The package, about to be changed in what only excelize can change."""
        package = self.package
        self._changed = self._rearranged = True
        return package

    def _contents_of(self, name: str) -> Contents:
        return Contents(lambda: self.source.xml(name))

    def save(self, path: Path | None) -> None:
        """Where it is, or elsewhere: then it is that file from then on. Without changes the file is only copied."""
        target = path.resolve() if path else self.path
        if target.suffix.lower() != self.path.suffix.lower():
            raise CannotSave(f"“{self.path.name}”不能另存为 {target.suffix} 格式，请保持 {self.path.suffix}")
        if State.of(self.path) != self._state:
            raise CannotSave(f"“{self.path.name}”打开后已被其他程序改动，没有保存，以免覆盖；请重新打开后再操作")
        if self._changed or target != self.path:
            with replacing(target, like=self.path) as temporary:
                if self._changed:
                    self._parts_to_save(temporary).write_to(temporary)
                else:
                    shutil.copyfile(self.path, temporary)
        self._saved(target)

    def _parts_to_save(self, temporary: Path) -> ZippedParts:
        """By way of excelize only where it has changed something, or sheets are spelled in a way only it can read."""
        try:
            parts = self._rearranged_parts(temporary) if self._rearranged else ZippedParts(self.source.content)
            self._inject(parts)
        except Unusual:
            self.package.rewrite(sheet.key for sheet in self.sheets)
            parts = self._rearranged_parts(temporary)
            self._inject(parts)
        return parts

    def _rearranged_parts(self, temporary: Path) -> ZippedParts:
        package = self.package
        package.save_as(temporary)
        parts = ZippedParts(temporary.read_bytes())
        entries = tuple(SheetEntry(sheet.key, sheet.name, sheet.visible) for sheet in self.sheets)
        mend(parts, Repairs(entries, tuple(self._deleted), package.copies, package.derivations))
        return parts

    def _inject(self, parts: ZippedParts) -> None:
        names = self.keys_to_names()
        edits = [sheet.edit(names) for sheet in self.sheets if sheet.written or sheet.fitted]
        inject(parts, edits, self.active.name if self._activated else None, self.source.since_1904)

    def _saved(self, target: Path) -> None:
        self.close()
        self.path, self._state = target, State.of(target)
        self._deleted.clear()
        self._changed = self._activated = self._rearranged = False
        for sheet in self.sheets:
            sheet.settle(self._contents_of(sheet.name))

    def close(self) -> None:
        self._source = None
        if self._package is not None:
            self._package.close()
            self._package = None

    # sheets

    @property
    def active(self) -> SheetState:
        if self._active is None:
            key = self.source.active
            self._active = next((sheet for sheet in self.sheets if sheet.key == key), self.sheets[0])
        return self._active

    def activate(self, sheet: SheetState) -> None:
        if not self.is_visible(sheet):
            raise CannotWrite(f"工作表“{sheet.name}”是隐藏的，不能切换到它")
        self._active, self._activated, self._changed = sheet, True, True

    def find(self, name: str) -> SheetState | None:
        folded = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == folded), None)

    def is_visible(self, sheet: SheetState) -> bool:
        return self.source.is_visible(sheet.key) if sheet.visible is None else sheet.visible

    def show(self, sheet: SheetState, visible: bool) -> None:
        if not visible:
            self._leave(sheet)
        self.changing()
        sheet.visible = visible

    def _names(self) -> list[str]:
        return [sheet.name for sheet in self.sheets]

    def add(self, name: str | None, position: int) -> SheetState:
        """A new empty sheet, active, before the one now at `position`; without a name it gets Excel's."""
        name = name or free_name(self._names())
        check_name(name, self._names())
        key = self._new_key()
        self.changing().add_sheet(key)
        sheet = SheetState(key, name, Cells(), Contents(), visible=True)
        self.sheets.insert(position, sheet)
        self.activate(sheet)
        return sheet

    def copy(self, source: SheetState, position: int) -> SheetState:
        """A copy with Excel's name for it, before the sheet now at `position`; active, unless it is hidden as well."""
        visible = self.is_visible(source)
        key = self._new_key()
        self.changing().copy_sheet(source.key, key, source.name)
        sheet = source.copy(key, name_of_copy(source.name, self._names()), visible)
        self.sheets.insert(position, sheet)
        self.activate(sheet if visible else self.active)
        return sheet

    def move(self, sheet: SheetState, position: int) -> None:
        """Put the sheet before the one now at `position`."""
        self.changing()
        self.activate(self.active)
        before = self.sheets[:position]
        others = [other for other in self.sheets if other is not sheet]
        others.insert(len(before) - (sheet in before), sheet)
        self.sheets[:] = others

    def rename(self, sheet: SheetState, name: str) -> None:
        check_name(name, [other.name for other in self.sheets if other is not sheet])
        self.changing()
        sheet.name = name

    def delete(self, sheet: SheetState) -> None:
        self._leave(sheet)
        self.changing()
        self.activate(self.active)
        self.sheets.remove(sheet)
        self._deleted.append(sheet.key)

    def _leave(self, sheet: SheetState) -> None:
        """Make another sheet active before this one goes; Excel wants one sheet to be seen."""
        index = self.sheets.index(sheet)
        others = [other for other in self.sheets[index + 1 :] + self.sheets[:index][::-1] if self.is_visible(other)]
        if not others:
            raise CannotWrite(f"工作表“{sheet.name}”是唯一可见的工作表，不能删除或隐藏")
        if self.active is sheet:
            self.activate(others[0])

    def _new_key(self) -> str:
        """A name no sheet has had or is likely to get; a deleted sheet's name may come back for another sheet."""
        self._keys_given += 1
        return f"~{self._keys_given}~"

    # cells

    def write(self, sheet: SheetState, area: Area, rows: Sequence[Sequence[Written]]) -> None:
        """Write a block; what lies under the first cell of a merged area cannot take a value, as in Excel."""
        sheet.write(area, rows, self._names_to_keys() if self._rearranged else {})
        self._changed = True

    def clear(self, sheet: SheetState, area: Area) -> None:
        """Empty every cell of the area that has anything in it; formats stay."""
        sheet.clear(area)
        self._changed = True

    def fit_rows(self, sheet: SheetState, area: Area) -> None:
        """Make rows as high as their wrapped texts need, when the file is saved."""
        sheet.fitted.update(range(area.row, min(area.last_row, sheet.cells.extent[0]) + 1))
        self._changed = True

    def set_row_height(self, sheet: SheetState, area: Area, points: float) -> None:
        self.changing_looks(sheet).set_row_height(sheet.key, area, points)
        sheet.fitted.difference_update(range(area.row, area.last_row + 1))

    def looks(self, sheet: SheetState) -> Looks:
        """To be read only."""
        self._format_dates(sheet)
        return self.package.looks

    def changing_looks(self, sheet: SheetState) -> Looks:
        self._format_dates(sheet)
        return self.changing().looks

    def _format_dates(self, sheet: SheetState) -> None:
        """Dates that wait to be saved get their format now, since it may be read or changed next."""
        for (row, column), value in sheet.dates():
            self.changing().show_as_date(sheet.key, row, column, value)
            sheet.written[row][column] = serial_number(value, self.source.since_1904)

    def formulas(self, sheet: SheetState, area: Area) -> dict[Place, str]:
        """The formulas in the area, by row and column."""
        found = sheet.formulas(area)
        names = self.keys_to_names() if found else {}
        return {place: with_sheets_renamed(formula, names) for place, formula in found.items()}

    def defined_names(self) -> list[DefinedName]:
        names = self.keys_to_names()
        return [
            DefinedName(
                name.removeprefix("_xlnm."),
                names.get(key, key) if key else None,
                f"={with_sheets_renamed(text, names)}",
            )
            for name, key, text in self.source.defined_names()
            if key is None or key not in self._deleted
        ]

    def keys_to_names(self) -> dict[str, str | None]:
        """What the names in the package mean now, where they mean something else."""
        renamed: dict[str, str | None] = {sheet.key: sheet.name for sheet in self.sheets if sheet.key != sheet.name}
        return renamed | dict.fromkeys(self._deleted)

    def _names_to_keys(self) -> dict[str, str | None]:
        return {sheet.name: sheet.key for sheet in self.sheets if sheet.key != sheet.name}


def _reader(values: Values, name: str) -> Callable[[], Sequence[Sequence[Any]]]:
    return lambda: values[name]
