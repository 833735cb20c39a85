"""A worksheet's XML of whatever dialect, rewritten in the plain form that `sheet_xml` knows."""

from __future__ import annotations

import re
from html import escape

from jixiao.model.origin import column_letters, column_number
from jixiao.openxml.markup import Attributes, walk_xml
from jixiao.openxml.refused import Refused

_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile("[0-9]{1,7}")
_TYPES = ("s", "n", "str", "inlineStr", "b", "d", "e")
_TEXT_TYPES = ("str", "inlineStr", "d")
_REPAIR = "请用 Excel 打开并另存为新的 .xlsx 文件"
_CARRIAGE_RETURN = ("\r", "&#13;")


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
        self._row = self._next_row = self._column = 1  # of the cell that is read
        self._written_row = 0
        self._attributes: Attributes | None = None  # of the cell; None outside of one
        self._parts: dict[str, list[str]] = {}
        self._collecting: list[str] | None = None
        self._phonetic = False

    def result(self) -> bytes:
        if not self._done:
            raise Refused("内容不是表格", _REPAIR)
        self._close_row()
        return bytes(self._out + b"</sheetData></worksheet>")

    def start(self, name: str, attributes: Attributes) -> None:
        if not self._inside:
            self._inside = name == "sheetData" and not self._done
        elif name == "c":
            self._attributes = attributes
        elif name == "row":
            self._start_row(attributes.get("r"))
        elif name == "rPh":
            self._phonetic = True
        elif self._attributes is not None and name in ("v", "f", "t") and not self._phonetic:
            self._collecting = self._parts.setdefault(name, [])

    def text(self, data: str) -> None:
        if self._collecting is not None:
            self._collecting.append(data)

    def end(self, name: str) -> None:
        self._collecting = None
        if not self._inside:
            return
        if name == "c" and self._attributes is not None:
            self._end_cell(self._attributes)
        elif name == "row":
            self._next_row = self._row + 1
        elif name == "rPh":
            self._phonetic = False
        elif name == "sheetData":
            self._inside, self._done = False, True

    def _start_row(self, number: str | None) -> None:
        self._row = self._next_row if number is None else _row_number(number)
        self._column = 1

    def _end_cell(self, attributes: Attributes) -> None:
        row, column = self._row, self._column
        if (reference := attributes.get("r")) is not None:
            row, column = _place(reference)
        self._column = column + 1
        if self._parts:
            self._write(row, column, attributes)
            self._parts = {}
        self._attributes = None

    def _write(self, row: int, column: int, attributes: Attributes) -> None:
        kind, style = attributes.get("t", "n"), attributes.get("s", "0")
        if kind not in _TYPES:
            raise Refused(f"单元格类型“{kind[:20]}”不认识", _REPAIR)
        if row != self._written_row:
            self._close_row()
            self._out += b'<row r="%d">' % row
            self._written_row = row
        own = f'<c r="{column_letters(column)}{row}" s="{style if style.isdecimal() else 0}" t="{kind}">'
        self._out += f"{own}{_content(kind, self._parts)}</c>".encode("utf-8", "replace")

    def _close_row(self) -> None:
        if self._written_row:
            self._out += b"</row>"


def _content(kind: str, parts: dict[str, list[str]]) -> str:
    formula = _element("f", parts.get("f"))
    if kind == "inlineStr":
        inline = _element("t", parts.get("t"))
        return formula + (f"<is>{inline}</is>" if inline else "")
    return formula + _element("v", parts.get("v"), stripped=kind not in _TEXT_TYPES)


def _element(name: str, texts: list[str] | None, *, stripped: bool = False) -> str:
    if texts is None:
        return ""
    text = "".join(texts)
    escaped = escape(text.strip() if stripped else text, quote=False).replace("\r", "&#13;")
    return f"<{name}>{escaped}</{name}>"


def _row_number(number: str) -> int:
    if not _NUMBER.fullmatch(number) or not int(number):
        raise _bad_reference(number)
    return int(number)


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None or not int(match[2]):
        raise _bad_reference(reference)
    return int(match[2]), column_number(match[1].upper())


def _bad_reference(reference: str) -> Refused:
    return Refused(f"单元格地址“{reference[:20]}”不是有效地址", _REPAIR)
