"""Cells written into the XML of a sheet: what nobody wrote keeps every byte.

Only XML spelled as Excel, excelize, openpyxl and LibreOffice do is understood; Unusual is raised for any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from html import escape
from typing import NamedTuple

from jixiao.engine.address import Area, area_reference, between, column_letters, column_number, parse_area
from jixiao.engine.file.cells import Cells
from jixiao.engine.file.contents import shared_formulas
from jixiao.engine.file.row_heights import RowHeights
from jixiao.engine.file.sheet_columns import Columns
from jixiao.engine.file.style_sheet import StyleSheet
from jixiao.engine.file.xml_text import Unusual, attribute, decoded, with_attributes
from jixiao.engine.formulas import as_stored, hyperlink_text
from jixiao.engine.values import Formula, Written, escaped, serial_number, would_be_read_as_formula

Rows = Mapping[int, Mapping[int, Written]]

_ATTRIBUTES = r"((?:\s+[\w:.-]+=\"[^\"<>]*\")*)\s*"
_ROW = re.compile(rf"<row{_ATTRIBUTES}(/?)>")
_CELL = re.compile(r"(\s*)(<c\s(?:[^>]*?\s)?r=\"([A-Z]{1,3})(\d+)\"[^>]*?(?:/>|>.*?</c>))", re.DOTALL)
_NUMBER = re.compile(r"\sr=\"(\d+)\"")
_STYLE = re.compile(r"\ss=\"(\d+)\"")
_OF_A_VALUE = re.compile(r"\s(?:r|s|t|cm|vm)=\"[^\"]*\"")
_FORMULA = re.compile(r"<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>")
_BEGINNING = re.compile(r"\ufeff?(?:<\?xml([^>]*)\?>)?\s*<worksheet\s[^>]*>")
_SPREADSHEET = ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_NO_DATA = re.compile(r"<sheetData\s*/>")
_DATA = re.compile(r"<sheetData\s*>")
_DIMENSION = re.compile(r"<dimension\b[^>]*?\sref=\"([^\"]*)\"")
_SPECIAL = re.compile(r"[&<>]|_x|[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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
        self._styles = styles
        self._since_1904 = since_1904
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
        has_style = "customFormat=" in attributes and attribute(tag, "customFormat") in _TRUE
        style = attribute(tag, "s") if has_style else None
        cells = _cells(content, number)
        for column, value in self._rows.get(number, {}).items():
            cell = self._cell(f"{column_letters(column)}{number}", value, cells.get(column), style, column)
            if cell:
                cells[column] = cell
            else:
                cells.pop(column, None)
        if not cells and not attributes:
            return ""
        if "spans=" in tag and cells:
            tag = with_attributes(tag, spans=_spanning(attribute(tag, "spans") or "", min(cells), max(cells)))
        if number in self._fitted:
            height = self._heights.points(number, cells)
            tag = with_attributes(tag, ht=f"{height:g}" if height else None, customHeight=None)
        return f"{tag}{''.join(cells[column] for column in sorted(cells))}</row>"

    def _cell(self, reference: str, value: Written, old: str | None, row_style: str | None, column: int) -> str:
        """The cell as XML; nothing where nothing is left of it. A new one looks like its row, else its column."""
        own = int(row_style) if row_style is not None else self._columns.style(column)
        style, others = (own, "") if old is None else _kept(old)
        if isinstance(value, _Released):
            formula = f"<f>{escape(value, quote=False)}</f>"
            return _FORMULA.sub(lambda _: formula, old or "", count=1)
        if value is None:
            empty = old is None or not (style or own or others)
            return "" if empty else f'<c r="{reference}"{_style(style)}{others}/>'
        if isinstance(value, datetime):
            style = self._styles.dated(style, value)
            value = serial_number(value, self._since_1904)
        elif isinstance(value, str) and not isinstance(value, Formula) and would_be_read_as_formula(value):
            style = self._styles.quoted(style)
        return f'<c r="{reference}"{_style(style)}{others}{_content(value)}</c>'


def _content(value: str | float | bool) -> str:
    """The type of a cell, the end of its first tag, and what it holds."""
    if isinstance(value, Formula):
        formula, text = escape(as_stored(value)[1:], quote=False), hyperlink_text(value)
        return f"><f>{formula}</f>" if text is None else f' t="str"><f>{formula}</f><v>{_text(text)}</v>'
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value != value.strip() else ""
        return f' t="inlineStr"><is><t{space}>{_text(value)}</t></is>'
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v>'
    return f"><v>{value!r}</v>"


def _text(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    return escape(escaped(text), quote=False).replace("\r", "&#13;")


def _style(number: int) -> str:
    return f' s="{number}"' if number else ""


def _kept(cell: str) -> tuple[int, str]:
    """The style of a cell, and those of its attributes that do not belong to its value."""
    tag = cell[: cell.index(">")].removesuffix("/")
    if "'" in tag:
        raise Unusual
    style = _STYLE.search(tag)
    return int(style[1]) if style else 0, _OF_A_VALUE.sub("", tag.removeprefix("<c")).rstrip()


def _sheet_data(text: str) -> tuple[int, int]:
    """Where the rows begin and end."""
    beginning, data = _BEGINNING.match(text), _DATA.search(text)
    end = text.find("</sheetData>")
    if beginning is None or data is None or _SPREADSHEET not in beginning[0] or "<!" in text or end < 0:
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
    in_order = len(cells) == len(found) and list(cells) == sorted(cells)
    if content[length:].strip() or not in_order or not all(number == str(row) for *_, number in found):
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
