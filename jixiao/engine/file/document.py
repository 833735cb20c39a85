"""One open workbook file: its sheets in memory, and its package once something has to be written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jixiao.engine.address import Area
from jixiao.engine.file.cells import Cells
from jixiao.engine.file.mend import Repairs, mend
from jixiao.engine.file.mend_workbook import SheetEntry
from jixiao.engine.file.package import Package
from jixiao.engine.file.reading import Values
from jixiao.engine.file.saving import CannotSave, State, replacing
from jixiao.engine.formulas import hyperlink_text, with_sheets_renamed
from jixiao.engine.values import CannotWrite, Formula, Written

SUFFIXES = (".xlsx", ".xlsm")


@dataclass(eq=False, slots=True)
class Sheet:
    """A worksheet. `key` is its name in the package until the next saving; `visible` is None where unchanged.

    `selected` is not kept in the file.
    """

    key: str
    name: str
    cells: Cells
    visible: bool | None = None
    selected: Area = Area(1, 1)


class DefinedName(NamedTuple):
    """`owner` is the name of the sheet it belongs to, None where it belongs to the book."""

    name: str
    owner: str | None
    refers_to: str


class Document:
    """Reads through `read_values` alone; the package is opened by the first thing that needs it."""

    def __init__(self, path: Path, read_values: Callable[[Path], Values]) -> None:
        self.path = path
        self._state = State.of(path)
        values = read_values(path)
        self.sheets = [Sheet(name, name, Cells(_reader(values, name))) for name in values]
        self._package: Package | None = None
        self._deleted: list[str] = []
        self._active: Sheet | None = None
        self._activated = False
        self._changed = False
        self._keys_given = 0

    # the package

    @property
    def package(self) -> Package:
        if self._package is None:
            if State.of(self.path) != self._state:
                raise CannotWrite(f"“{self.path.name}”打开后已被其他程序改动；请重新打开后再操作")
            self._package = Package(self.path)
        return self._package

    def changing(self) -> Package:
        """The package, about to be written to."""
        package = self.package
        self._changed = True
        return package

    def save(self, target: Path) -> None:
        """Write everything to `target`, which is then the document's file. Without changes the file is only copied."""
        if target.suffix.lower() != self.path.suffix.lower():
            raise CannotSave(f"“{self.path.name}”不能另存为 {target.suffix} 格式，请保持 {self.path.suffix}")
        if State.of(self.path) != self._state:
            raise CannotSave(f"“{self.path.name}”打开后已被其他程序改动，没有保存，以免覆盖；请重新打开后再操作")
        if self._changed or target != self.path:
            with replacing(target, like=self.path) as temporary:
                if self._changed:
                    self.package.save_as(temporary)
                    mend(temporary, self._repairs())
                else:
                    shutil.copyfile(self.path, temporary)
        self._saved(target)

    def _saved(self, target: Path) -> None:
        self.close()
        self.path, self._state = target, State.of(target)
        self._deleted.clear()
        self._changed = self._activated = False
        for sheet in self.sheets:
            sheet.key, sheet.visible = sheet.name, None

    def close(self) -> None:
        if self._package is not None:
            self._package.close()
            self._package = None

    def _repairs(self) -> Repairs:
        package = self.package
        return Repairs(
            entries=tuple(SheetEntry(sheet.key, sheet.name, sheet.visible) for sheet in self.sheets),
            deleted=tuple(self._deleted),
            active=self.active.key if self._activated else None,
            stored=package.stored,
            copies=package.copies,
            styles=tuple(package.styles.derivations.values()),
        )

    # sheets

    @property
    def active(self) -> Sheet:
        if self._active is None:
            key = self.package.active_sheet()
            self._active = next((sheet for sheet in self.sheets if sheet.key == key), self.sheets[0])
        return self._active

    def activate(self, sheet: Sheet) -> None:
        if not self.is_visible(sheet):
            raise CannotWrite(f"工作表“{sheet.name}”是隐藏的，不能切换到它")
        self.changing()
        self._active, self._activated = sheet, True

    def find(self, name: str) -> Sheet | None:
        folded = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == folded), None)

    def is_visible(self, sheet: Sheet) -> bool:
        return self.package.is_visible(sheet.key) if sheet.visible is None else sheet.visible

    def show(self, sheet: Sheet, visible: bool) -> None:
        if not visible:
            self._leave(sheet)
        self.changing()
        sheet.visible = visible

    def add(self, name: str, position: int) -> Sheet:
        """A new empty sheet, active, before the one now at `position`."""
        self.check_name(name)
        key = self._new_key()
        self.changing().add_sheet(key)
        sheet = Sheet(key, name, Cells())
        self.sheets.insert(position, sheet)
        self.activate(sheet)
        return sheet

    def copy(self, source: Sheet, position: int) -> Sheet:
        """A copy with Excel's name for it, before the sheet now at `position`; active, unless it is hidden as well."""
        visible = self.is_visible(source)
        key = self._new_key()
        self.changing().copy_sheet(source.key, key, source.name, source.cells.value)
        sheet = Sheet(key, self._name_of_copy(source.name), source.cells.copy(), visible)
        self.sheets.insert(position, sheet)
        self.activate(sheet if visible else self.active)
        return sheet

    def move(self, sheet: Sheet, position: int) -> None:
        """Put the sheet before the one now at `position`."""
        self.activate(self.active)
        before = self.sheets[:position]
        others = [other for other in self.sheets if other is not sheet]
        others.insert(len(before) - (sheet in before), sheet)
        self.sheets[:] = others

    def rename(self, sheet: Sheet, name: str) -> None:
        self.check_name(name, sheet)
        self.changing()
        sheet.name = name

    def delete(self, sheet: Sheet) -> None:
        self._leave(sheet)
        self.activate(self.active)
        self.sheets.remove(sheet)
        self._deleted.append(sheet.key)

    def _leave(self, sheet: Sheet) -> None:
        """Make another sheet active before this one goes; Excel wants one sheet to be seen."""
        index = self.sheets.index(sheet)
        others = [other for other in self.sheets[index + 1 :] + self.sheets[:index][::-1] if self.is_visible(other)]
        if not others:
            raise CannotWrite(f"工作表“{sheet.name}”是唯一可见的工作表，不能删除或隐藏")
        if self.active is sheet:
            self.activate(others[0])

    def check_name(self, name: str, own: Sheet | None = None) -> None:
        if not 2 <= len(name.encode("utf-16-le")) <= 62 or set(name) & set("\\/?*[]:") or "'" in (name[0], name[-1]):
            raise CannotWrite(f"“{name}”不能作工作表名称：1 至 31 个字符，不含 \\ / ? * [ ] :，首尾不能是单引号")
        if self.find(name) not in (None, own):
            raise CannotWrite(f"工作表“{name}”已存在")

    def free_name(self) -> str:
        number = len(self.sheets) + 1
        while self.find(f"Sheet{number}"):
            number += 1
        return f"Sheet{number}"

    def _name_of_copy(self, name: str) -> str:
        number = 2
        while self.find(copy := f"{name[: 31 - len(f' ({number})')]} ({number})"):
            number += 1
        return copy

    def _new_key(self) -> str:
        """A name no sheet has had or is likely to get; a deleted sheet's name may come back for another sheet."""
        self._keys_given += 1
        return f"~{self._keys_given}~"

    # cells

    def write(self, sheet: Sheet, area: Area, rows: Sequence[Sequence[Written]]) -> None:
        """Write a block. Cells hidden under a merged one cannot take a value and are passed over, as in Excel."""
        package = self.changing()
        covered = package.covered(sheet.key, area)
        cells = [
            (row, column, value)
            for row, values in enumerate(rows, area.row)
            for column, value in enumerate(values, area.column)
            if (row, column) not in covered
        ]
        names = self._names_to_keys() if any(isinstance(value, Formula) for _, _, value in cells) else {}
        stored = [(row, column, _in_terms_of(names, value)) for row, column, value in cells]
        package.write(sheet.key, stored, sheet.cells.value)
        sheet.cells.put((row, column, _in_memory(value)) for row, column, value in cells)

    def clear(self, sheet: Sheet, area: Area) -> None:
        """Empty every cell of the area that has anything in it; formats stay."""
        package = self.changing()
        filled = package.contents(sheet.key).filled | package.formulas(sheet.key) | sheet.cells.places()
        covered = package.covered(sheet.key, area.up_to(*sheet.cells.extent))
        cells = [(row, column, None) for row, column in sorted(filled - covered) if area.contains(row, column)]
        package.write(sheet.key, cells, sheet.cells.value)
        sheet.cells.put(cells)

    def formulas(self, sheet: Sheet, area: Area) -> dict[tuple[int, int], str]:
        """The formulas in the area, by row and column."""
        package, names = self.package, self.keys_to_names()
        places = [place for place in package.formulas(sheet.key) if area.contains(*place)]
        found = {place: with_sheets_renamed(package.formula(sheet.key, *place), names) for place in places}
        return {place: formula for place, formula in found.items() if formula}

    def defined_names(self) -> list[DefinedName]:
        names = self.keys_to_names()
        return [
            DefinedName(
                name.removeprefix("_xlnm."),
                names.get(key, key) if key else None,
                f"={with_sheets_renamed(text, names)}",
            )
            for name, key, text in self.package.defined_names()
            if key is None or key not in self._deleted
        ]

    def keys_to_names(self) -> dict[str, str | None]:
        """What the names in the package mean now, where they mean something else."""
        renamed: dict[str, str | None] = {sheet.key: sheet.name for sheet in self.sheets if sheet.key != sheet.name}
        return renamed | dict.fromkeys(self._deleted)

    def _names_to_keys(self) -> dict[str, str | None]:
        return {sheet.name: sheet.key for sheet in self.sheets if sheet.key != sheet.name}


def _in_terms_of(names: dict[str, str | None], value: Written) -> Written:
    return Formula(with_sheets_renamed(value, names)) if isinstance(value, Formula) else value


def _in_memory(value: Written) -> Written:
    """What reading gives back: nothing is calculated, but the text of a link is known."""
    return hyperlink_text(value) if isinstance(value, Formula) else value


def _reader(values: Values, name: str) -> Callable[[], Sequence[Sequence[Any]]]:
    return lambda: values[name]
