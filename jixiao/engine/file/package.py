"""The workbook's package opened for writing: the only place that calls excelize.

What excelize does wrongly is avoided here, or recorded for mend.py: it writes into the first cell of a merged area
when any cell of it is addressed, drops the formulas that share one with an overwritten cell, keeps a stale stored
value under a new formula, and loses characters XML cannot hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from jixiao.engine.address import Area, cell_reference, column_letters, parse_area
from jixiao.engine.file.failing import failing
from jixiao.engine.file.looks import Looks
from jixiao.engine.file.parts import ZippedParts, relations, sheet_parts
from jixiao.engine.file.reading import Contents, contents
from jixiao.engine.file.styles import Styles
from jixiao.engine.formulas import as_shown, as_stored, hyperlink_text, with_sheets_renamed
from jixiao.engine.values import (
    CannotWrite,
    Formula,
    Written,
    escaped,
    moment,
    serial_number,
    would_be_read_as_formula,
)

Cell = tuple[int, int, Written]
ValueOf = Callable[[int, int], Any]
Stored = str | float | bool

_COPIED = {"hyperlink", "comments", "vmlDrawing", "printerSettings", "threadedComment"}
_WHOLE_BOOK = "Workbook"
_MIDNIGHT = (0, 0, 0, 0)


class Package:
    """An excelize file. Sheets are addressed by their keys, the names under which excelize knows them.

    `stored` collects, by key and cell, the values to be stored with formulas; `copies` the key each copy was made of.
    """

    def __init__(self, path: Path) -> None:
        import excelize

        content = path.read_bytes()
        with failing(path.name):
            self._file: Any = excelize.open_reader(content)
            self._since_1904 = bool(self._file.get_workbook_props().date1904)
        self._parts = ZippedParts(ZipFile(BytesIO(content)))
        self._sheet_parts = sheet_parts(self._parts)
        self._contents: dict[str, Contents] = {}
        self._shared: dict[str, dict[tuple[int, int], Area]] = {}
        self._new_formulas: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._merged: dict[str, list[Area]] = {}
        self._reach: dict[str, tuple[int, int]] = {}
        self.styles = Styles(self._file)
        self.looks = Looks(self._file, self.styles, self.reach)
        self.stored: dict[str, dict[str, Stored]] = defaultdict(dict)
        self.copies: dict[str, str] = {}

    def close(self) -> None:
        self._file.close()

    # sheets

    def active_sheet(self) -> str:
        return str(self._file.get_sheet_list()[self._file.get_active_sheet_index()])

    def is_visible(self, key: str) -> bool:
        return bool(self._file.get_sheet_visible(key))

    def add_sheet(self, key: str) -> None:
        with failing(key):
            number = max(self._file.get_sheet_map()) + 1
            if f"xl/worksheets/sheet{number}.xml" in self._parts:
                raise CannotWrite(f"无法新增工作表：文件内部已有 sheet{number}.xml。请先在 Excel 或 WPS 中另存一次")
            self._file.new_sheet(key)
        self._merged[key] = []

    def copy_sheet(self, source: str, key: str, shown: str, values: ValueOf) -> None:
        """Everything of a sheet but objects that lie on it; a sheet with such objects is refused."""
        first = self.copies.get(source, source)
        part = self._sheet_parts.get(first)
        if part and {relation.kind for relation in relations(self._parts, part)} - _COPIED:
            raise CannotWrite(f"工作表“{shown}”里有图表、图片、文本框或表格，只能在 Excel 或 WPS 中复制")
        self.add_sheet(key)
        with failing(shown):
            index = self._file.get_sheet_index
            self._file.copy_sheet(index(source), index(key))
            layout = self._file.get_page_layout(source)
            self._file.set_page_layout(key, replace(layout, size=layout.size or None))
        self._merged[key] = list(self.merged(source))
        self._contents[key] = self.contents(source)
        self._shared[key] = dict(self._shared_formulas(source))
        self._new_formulas[key] = set(self._new_formulas[source])
        self._reach[key] = self.reach(source)
        self.stored[key] = dict(self.stored[source])
        self.copies[key] = first
        with failing(shown):
            self._point_to_itself(source, key, values)

    def _point_to_itself(self, source: str, key: str, values: ValueOf) -> None:
        """Formulas of the copy that name the sheet it was made of name the copy, as in Excel."""
        for row, column in self.formulas(key):
            formula = self.formula(key, row, column)
            renamed = with_sheets_renamed(formula, {source: key})
            if renamed != formula:
                self._set_formula(key, cell_reference(row, column), renamed)
                self._store(key, cell_reference(row, column), values(row, column))

    # cells

    def merged(self, key: str) -> list[Area]:
        if key not in self._merged:
            areas = (f"{cell.get_start_axis()}:{cell.get_end_axis()}" for cell in self._file.get_merge_cells(key, True))
            self._merged[key] = [area for area in map(parse_area, areas) if area]
        return self._merged[key]

    def reach(self, key: str) -> tuple[int, int]:
        """The last row and column that hold anything, as far as the file says."""
        if key not in self._reach:
            area = parse_area(self._file.get_sheet_dimension(key) or "A1")
            self._reach[key] = (area.last_row, area.last_column) if area else (1, 1)
        return self._reach[key]

    def covered(self, key: str, area: Area) -> set[tuple[int, int]]:
        """The cells of `area` that lie under the first cell of a merged one and can hold nothing."""
        found: set[tuple[int, int]] = set()
        for merged in self.merged(key):
            rows = range(max(merged.row, area.row), min(merged.last_row, area.last_row) + 1)
            columns = range(max(merged.column, area.column), min(merged.last_column, area.last_column) + 1)
            found.update((row, column) for row in rows for column in columns)
            found.discard((merged.row, merged.column))
        return found

    def write(self, key: str, cells: Sequence[Cell], before: ValueOf) -> None:
        """Write cells, none of them covered. `before` gives the value a cell had, for formulas that must be kept."""
        with failing(key):
            self._release_shared(key, {(row, column) for row, column, _ in cells}, before)
            stored = self.stored[key]
            for row, column, value in cells:
                reference = cell_reference(row, column)
                stored.pop(reference, None)
                self._write_cell(key, reference, value)
                if isinstance(value, Formula):
                    self._new_formulas[key].add((row, column))
        last_row, last_column = self.reach(key)
        filled = [(row, column) for row, column, value in cells if value is not None]
        self._reach[key] = (
            max([last_row, *(row for row, _ in filled)]),
            max([last_column, *(column for _, column in filled)]),
        )

    def _write_cell(self, key: str, reference: str, value: Written) -> None:
        file = self._file
        if value is None:
            file.set_cell_default(key, reference, "")
        elif isinstance(value, Formula):
            self._set_formula(key, reference, value)
        elif isinstance(value, str):
            file.set_cell_str(key, reference, escaped(value))
            if would_be_read_as_formula(value):
                self._derive(key, reference, "quote_prefix", True)
        elif isinstance(value, bool):
            file.set_cell_bool(key, reference, value)
        elif isinstance(value, datetime):
            file.set_cell_default(key, reference, repr(serial_number(value, self._since_1904)))
            self._show_as_date(key, reference, value)
        else:
            file.set_cell_default(key, reference, repr(value))

    def _set_formula(self, key: str, reference: str, formula: str) -> None:
        self._file.set_cell_default(key, reference, "")
        self._file.set_cell_formula(key, reference, as_stored(formula)[1:])
        text = hyperlink_text(formula)
        if text is not None:
            self.stored[key][reference] = text

    def _show_as_date(self, key: str, reference: str, value: datetime) -> None:
        style = self._file.get_cell_style(key, reference)
        if self.styles.trait(style, "number_format") == "General":
            midnight = (value.hour, value.minute, value.second, value.microsecond) == _MIDNIGHT
            self._derive(key, reference, "number_format", "m/d/yyyy" if midnight else "m/d/yyyy h:mm")

    def _derive(self, key: str, reference: str, name: str, value: str | bool | None) -> None:
        style = self.styles.derived(self._file.get_cell_style(key, reference), name, value)
        self._file.set_cell_style(key, reference, reference, style)

    def formula(self, key: str, row: int, column: int) -> str:
        """As Excel shows it; "" for a cell without one."""
        formula = self._file.get_cell_formula(key, cell_reference(row, column))
        return f"={as_shown(formula.removeprefix('='))}" if formula else ""

    def contents(self, key: str) -> Contents:
        """The cells as they were in the file."""
        if key not in self._contents:
            self._contents[key] = contents(self._xml(key))
        return self._contents[key]

    def formulas(self, key: str) -> set[tuple[int, int]]:
        """Every cell that may have a formula."""
        return self.contents(key).formulas | self._new_formulas[key]

    def _xml(self, key: str) -> bytes:
        part = self._sheet_parts.get(key)
        return self._parts[part] if part else b""

    def _shared_formulas(self, key: str) -> dict[tuple[int, int], Area]:
        if key not in self._shared:
            self._shared[key] = dict(self.contents(key).shared) if b"shared" in self._xml(key) else {}
        return self._shared[key]

    def _release_shared(self, key: str, written: set[tuple[int, int]], before: ValueOf) -> None:
        """Give every cell its own formula where the cell that holds the formula for many is to be overwritten."""
        shared = self._shared_formulas(key)
        for holder in written & shared.keys():
            for row, column in _places(shared.pop(holder)):
                formula = "" if (row, column) in written else self.formula(key, row, column)
                if formula:
                    self._set_formula(key, cell_reference(row, column), formula)
                    self._store(key, cell_reference(row, column), before(row, column))

    def _store(self, key: str, reference: str, value: Any) -> None:
        if isinstance(value, date):
            value = serial_number(moment(value), self._since_1904)
        if isinstance(value, str | bool | float | int):
            self.stored[key][reference] = value

    def defined_names(self) -> list[tuple[str, str | None, str]]:
        """Name, key of the sheet it belongs to or None, what it refers to."""
        return [
            (name.name, name.scope if name.scope != _WHOLE_BOOK else None, name.refers_to)
            for name in self._file.get_defined_name()
        ]

    # saving

    def save_as(self, path: Path) -> None:
        import excelize

        for key, (row, column) in self._reach.items():
            area = parse_area(self._file.get_sheet_dimension(key) or "A1") or Area(1, 1)
            if row > area.last_row or column > area.last_column:
                self._file.set_sheet_dimension(key, f"A1:{column_letters(column)}{row}")
        self._file.set_calc_props(excelize.CalcPropsOptions(full_calc_on_load=True))
        self._file.save_as(str(path))


def _places(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.row, area.last_row + 1):
        for column in range(area.column, area.last_column + 1):
            yield row, column
