"""A worksheet's XML of whatever dialect, rewritten in the plain form that `sheet_xml` knows."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from jixiao.model.origin import column_letters, column_number
from jixiao.workbook.file_kind import Refused
from jixiao.workbook.package import Attributes, walk_xml

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_TYPES = ("s", "n", "str", "inlineStr", "b", "d", "e")
_TEXT_TYPES = ("str", "inlineStr", "d")
_CARRIAGE_RETURN = {"\r": "&#13;"}


def plain_form(content: bytes) -> bytes:
    """Its filled cells in plain form, each with its reference; raises Refused where it is no worksheet."""
    rewriting = _Rewriting()
    walk_xml(content, rewriting.start, rewriting.end, rewriting.text)
    return rewriting.result()


class _Rewriting:
    """Follows the reader in where a cell lies that does not say so itself: after the one before it."""

    def __init__(self) -> None:
        self._out = bytearray(b"<worksheet><sheetData>")
        self._inside = self._done = False
        self._row = self._next_row = 1  # of the element being read
        self._column = 1
        self._written_row = 0  # of the element being written
        self._cell: _Cell | None = None
        self._collecting: list[str] | None = None
        self._phonetic = False

    def result(self) -> bytes:
        if not self._done:
            raise Refused("内容不是表格", "请用 Excel 打开并另存为新的 .xlsx 文件")
        self._close_row()
        return bytes(self._out + b"</sheetData></worksheet>")

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheetData" and not self._done:
            self._inside = True
        elif not self._inside:
            return
        elif name == "row":
            self._start_row(attributes.get("r"))
        elif name == "c":
            self._start_cell(attributes)
        elif name == "rPh":
            self._phonetic = True
        elif self._cell is not None:
            self._collecting = self._cell.part(name, attributes, self._phonetic)

    def text(self, data: str) -> None:
        if self._collecting is not None:
            self._collecting.append(data)

    def end(self, name: str) -> None:
        self._collecting = None
        if not self._inside:
            return
        if name == "c" and self._cell is not None:
            self._write(self._cell)
            self._cell = None
        elif name == "row":
            self._next_row = self._row + 1
        elif name == "rPh":
            self._phonetic = False
        elif name == "sheetData":
            self._inside, self._done = False, True

    def _start_row(self, number: str | None) -> None:
        if number is not None and not re.fullmatch("[0-9]{1,7}", number):
            raise _bad_reference(number)
        self._row = int(number) if number is not None else self._next_row
        self._column = 1

    def _start_cell(self, attributes: Attributes) -> None:
        row, column = self._row, self._column
        if (reference := attributes.get("r")) is not None:
            match = _REFERENCE.fullmatch(reference)
            if match is None:
                raise _bad_reference(reference)
            row, column = int(match[2]), column_number(match[1].upper())
        if row < 1:
            raise _bad_reference(str(row))
        self._column = column + 1
        self._cell = _Cell(row, column, attributes)

    def _write(self, cell: _Cell) -> None:
        content = cell.content()
        if not content:
            return
        if cell.row != self._written_row:
            self._close_row()
            self._out += f'<row r="{cell.row}">'.encode()
            self._written_row = cell.row
        reference = f"{column_letters(cell.column)}{cell.row}"
        self._out += f'<c r="{reference}"{cell.attributes()}>{content}</c>'.encode("utf-8", "replace")

    def _close_row(self) -> None:
        if self._written_row:
            self._out += b"</row>"


class _Cell:
    def __init__(self, row: int, column: int, attributes: Attributes) -> None:
        self.row = row
        self.column = column
        self._type = attributes.get("t", "")
        self._style = attributes.get("s", "")
        self._formula: list[str] | None = None
        self._value: list[str] | None = None
        self._inline: list[str] | None = None

    def part(self, name: str, attributes: Attributes, phonetic: bool) -> list[str] | None:
        """Where the text of this element belongs; None for elements that are not the cell's content."""
        if name == "f":
            self._formula = []
            return self._formula
        if name == "v":
            self._value = []
            return self._value
        if name == "t" and not phonetic:
            self._inline = self._inline or []
            return self._inline
        return None

    def attributes(self) -> str:
        if self._type and self._type not in _TYPES:
            raise Refused(f"单元格类型“{self._type[:20]}”不认识", "请用 Excel 打开并另存为新的 .xlsx 文件")
        style = f' s="{self._style}"' if re.fullmatch("[0-9]{1,6}", self._style) else ""
        return style + (f' t="{self._type}"' if self._type else "")

    def content(self) -> str:
        if self._type == "inlineStr":
            value = _element("t", self._inline)
            value = f"<is>{value}</is>" if value else ""
        else:
            value = _element("v", self._value, stripped=self._type not in _TEXT_TYPES)
        return _element("f", self._formula) + value


def _element(name: str, texts: list[str] | None, *, stripped: bool = False) -> str:
    if texts is None:
        return ""
    text = "".join(texts)
    return f"<{name}>{escape(text.strip() if stripped else text, _CARRIAGE_RETURN)}</{name}>"


def _bad_reference(reference: str) -> Refused:
    return Refused(f"单元格地址“{reference[:20]}”不是有效地址", "请用 Excel 打开并另存为新的 .xlsx 文件")
