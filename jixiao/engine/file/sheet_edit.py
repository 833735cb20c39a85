"""Cells written into the XML of a sheet: what nobody wrote keeps every byte.

Only XML spelled as Excel, excelize, openpyxl and LibreOffice do is understood; Unusual is raised for any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from jixiao.engine.address import Area, area_reference, between, column_letters, column_number, parse_area
from jixiao.engine.file.cell_xml import CellWriter, style_and_others, with_formula
from jixiao.engine.file.cells import Cells
from jixiao.engine.file.contents import shared_formulas
from jixiao.engine.file.row_heights import RowHeights
from jixiao.engine.file.sheet_columns import Columns
from jixiao.engine.file.style_sheet import StyleSheet
from jixiao.engine.file.xml_text import Unusual, attribute, decoded, with_attributes
from jixiao.engine.values import Written

Rows = Mapping[int, Mapping[int, Written]]

_ATTRIBUTES = r"((?:\s+[\w:.-]+=\"[^\"<>]*\")*)\s*"
_ROW = re.compile(rf"<row{_ATTRIBUTES}(/?)>")
_CELL = re.compile(r"(\s*)(<c\s(?:[^>]*?\s)?r=\"([A-Z]{1,3})(\d+)\"[^>]*?(?:/>|>.*?</c>))", re.DOTALL)
_NUMBER = re.compile(r"\sr=\"(\d+)\"")
_BEGINNING = re.compile(r"\ufeff?(?:<\?xml([^>]*)\?>)?\s*<worksheet\s[^>]*>")
_SPREADSHEET = re.compile(
    r"\sxmlns=\"(?:http://schemas\.openxmlformats\.org/spreadsheetml/2006|http://purl\.oclc\.org/ooxml/spreadsheetml)/main\""
)
_NO_DATA = re.compile(r"<sheetData\s*/>")
_DATA = re.compile(r"<sheetData\s*>")
_DIMENSION = re.compile(r"<dimension\b[^>]*?\sref=\"([^\"]*)\"")
_TRUE = ("1", "true")


class SheetEdit(NamedTuple):
    """What has become of a sheet: the cells written, by row and column, and the rows to be made as high as need be.

    `cells` are all values, the written ones among them.
    """

    name: str
    rows: Rows
    fitted: Set[int]
    cells: Cells
    merged: list[Area]


class _Released(str):
    """The formula a cell had in common with others, now its own; the value stored with it stays."""

    __slots__ = ()


class _Row(NamedTuple):
    number: int
    attributes: str
    content: str
    start: int
    end: int


def edited(xml: bytes, edit: SheetEdit, styles: StyleSheet, since_1904: bool) -> bytes:
    try:
        return _Editor(decoded(xml), _released(xml, edit), styles, since_1904).edited().encode()
    except Unusual:
        raise Unusual(edit.name) from None


def _released(xml: bytes, edit: SheetEdit) -> SheetEdit:
    """Where a cell that shares a formula is overwritten, all formulas of that kind become those of their cells."""
    shared = shared_formulas(xml) if b'"shared"' in xml else {}
    touched = {(row, column) for row, column in shared if column in edit.rows.get(row, ())}
    if not touched:
        return edit
    rows = {row: dict(values) for row, values in edit.rows.items()}
    for row, column in shared.keys() - touched:
        rows.setdefault(row, {})[column] = _Released(shared[row, column])
    return edit._replace(rows=rows)


class _Editor:
    def __init__(self, text: str, edit: SheetEdit, styles: StyleSheet, since_1904: bool) -> None:
        self._text = text = _NO_DATA.sub("<sheetData></sheetData>", text, count=1)
        self._start, self._end = _sheet_data(text)
        self._rows, self._fitted = edit.rows, edit.fitted
        self._writer = CellWriter(styles, since_1904)
        self._columns = Columns(text[: self._start])
        self._heights = RowHeights(self._columns, styles, edit.cells, edit.merged)

    def edited(self) -> str:
        before = _with_dimension(self._text[: self._start], self._rows)
        return before + "".join(self._data()) + self._text[self._end :]

    def _data(self) -> Iterator[str]:
        """The rows; those nobody touched, and what stands between them, as they were."""
        waiting = sorted(self._rows, reverse=True)
        done = self._start
        for row in _rows(self._text, self._start, self._end):
            if waiting and waiting[-1] < row.number:
                yield self._text[done : row.start]
                done = row.start
                while waiting and waiting[-1] < row.number:
                    yield self._row(waiting.pop(), "", "")
            if row.number in self._fitted or self._changes(row):
                yield self._text[done : row.start]
                yield self._row(row.number, row.attributes, row.content)
                done = row.end
            if waiting and waiting[-1] == row.number:
                waiting.pop()
        yield self._text[done : self._end]
        while waiting:
            yield self._row(waiting.pop(), "", "")

    def _changes(self, row: _Row) -> bool:
        """Emptying a cell that is not there changes nothing, and most blocks are written over much that is not."""
        number, content = row.number, row.content
        return any(
            value is not None or f'"{column_letters(column)}{number}"' in content
            for column, value in self._rows.get(number, {}).items()
        )

    def _row(self, number: int, attributes: str, content: str) -> str:
        tag = f"<row{attributes}>" if attributes else f'<row r="{number}">'
        cells = _cells(content, number)
        self._write(number, self._rows.get(number, {}), cells, _style(tag))
        if not cells and not attributes:
            return ""
        if "spans=" in tag and cells:
            tag = with_attributes(tag, spans=_spanning(attribute(tag, "spans") or "", min(cells), max(cells)))
        if number in self._fitted:
            height = self._heights.points(number, cells)
            tag = with_attributes(tag, ht=f"{height:g}" if height else None, customHeight=None)
        return f"{tag}{''.join(cells[column] for column in sorted(cells))}</row>"

    def _write(self, row: int, values: Mapping[int, Written], cells: dict[int, str], row_style: int | None) -> None:
        """Put values into `cells`. A new cell looks like its row, else like its column."""
        write, column_style = self._writer.cell, self._columns.style
        for column, value in values.items():
            reference = f"{column_letters(column)}{row}"
            around = column_style(column) if row_style is None else row_style
            if column not in cells:
                if value is not None:
                    cells[column] = write(reference, value, around)
            elif isinstance(value, _Released):
                cells[column] = with_formula(cells[column], value)
            else:
                style, others = style_and_others(cells[column])
                if value is None and not (style or around or others):
                    del cells[column]
                else:
                    cells[column] = write(reference, value, style, others)


def _style(row: str) -> int | None:
    """The style of a row, given its tag; None where it has none that counts."""
    counts = "customFormat=" in row and attribute(row, "customFormat") in _TRUE
    return int(attribute(row, "s") or 0) if counts else None


def _sheet_data(text: str) -> tuple[int, int]:
    """Where the rows begin and end."""
    beginning, data = _BEGINNING.match(text), _DATA.search(text)
    end = text.find("</sheetData>")
    if beginning is None or data is None or not _SPREADSHEET.search(beginning[0]) or "<!" in text or end < 0:
        raise Unusual
    encoding = attribute(beginning[1] or "", "encoding") or "utf-8"
    if encoding.lower() not in ("utf-8", "us-ascii") or text.find("<?", beginning.end()) >= 0:
        raise Unusual
    return data.end(), end


def _rows(text: str, start: int, end: int) -> Iterator[_Row]:
    at, last = start, 0
    for match in _ROW.finditer(text, start, end):
        number = _NUMBER.search(match[1])
        content_end = match.end() if match[2] else text.find("</row>", match.end(), end)
        if number is None or int(number[1]) <= last or content_end < 0 or text[at : match.start()].strip():
            raise Unusual
        last = int(number[1])
        at = match.end() if match[2] else content_end + len("</row>")
        yield _Row(last, match[1], text[match.end() : content_end], match.start(), at)
    if text[at:end].strip():
        raise Unusual


def _cells(content: str, row: int) -> dict[int, str]:
    """The cells of a row by their columns."""
    found = _CELL.findall(content)
    cells = {column_number(letters): cell for _, cell, letters, _ in found}
    length = sum(len(space) + len(cell) for space, cell, _, _ in found)
    if content[length:].strip() or len(cells) < len(found) or not all(number == str(row) for *_, number in found):
        raise Unusual
    return cells


def _spanning(spans: str, first: int, last: int) -> str | None:
    """`spans` wide enough for the columns from `first` to `last`; it may be left out where it is not one span."""
    match = re.fullmatch(r"(\d+):(\d+)", spans)
    return f"{min(first, int(match[1]))}:{max(last, int(match[2]))}" if match else None


def _with_dimension(text: str, rows: Rows) -> str:
    match = _DIMENSION.search(text)
    area = parse_area(match[1]) if match else None
    filled = {row: [column for column, value in cells.items() if value is not None] for row, cells in rows.items()}
    filled = {row: columns for row, columns in filled.items() if columns}
    if match is None or area is None or not filled:
        return text
    whole = between(
        min(area.row, *filled),
        min(area.column, *(min(columns) for columns in filled.values())),
        max(area.last_row, *filled),
        max(area.last_column, *(max(columns) for columns in filled.values())),
    )
    return f"{text[: match.start(1)]}{area_reference(whole, False, False)}{text[match.end(1) :]}"
