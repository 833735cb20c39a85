"""One cell as XML."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from jixiao.engine.file.style_sheet import StyleSheet
from jixiao.engine.file.xml_text import Unusual
from jixiao.engine.formulas import as_stored, hyperlink_text
from jixiao.engine.values import Formula, Written, escaped, serial_number, would_be_read_as_formula

_STYLE = re.compile(r"\ss=\"(\d+)\"")
_OF_A_VALUE = re.compile(r"\s(?:r|s|t|cm|vm)=\"[^\"]*\"")
_FORMULA = re.compile(r"<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>")
_SPECIAL = re.compile(r"[&<>]|_x|[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CellWriter:
    """New formats, where a value asks for one, go into `styles`."""

    def __init__(self, styles: StyleSheet, since_1904: bool) -> None:
        self._styles = styles
        self._since_1904 = since_1904

    def cell(self, reference: str, value: Written, style: int, others: str = "") -> str:
        """`others` are further attributes, each with a space before it."""
        if value.__class__ is str and would_be_read_as_formula(value):
            style = self._styles.quoted(style)
        elif isinstance(value, datetime):
            style = self._styles.dated(style, value)
            value = serial_number(value, self._since_1904)
        look = f' s="{style}"' if style else ""
        return f'<c r="{reference}"{look}{others}{_content(value)}'


def _content(value: str | float | bool | None) -> str:
    """The type of a cell, the end of its first tag, what it holds, and its end."""
    if value.__class__ is str:
        space = ' xml:space="preserve"' if value != value.strip() else ""
        return f' t="inlineStr"><is><t{space}>{_text(value)}</t></is></c>'
    if value.__class__ is float:
        return f"><v>{value!r}</v></c>"
    if value is None:
        return "/>"
    if isinstance(value, Formula):
        formula, text = escape(as_stored(value)[1:], quote=False), hyperlink_text(value)
        return f"><f>{formula}</f></c>" if text is None else f' t="str"><f>{formula}</f><v>{_text(text)}</v></c>'
    return f' t="b"><v>{int(value)}</v></c>'


def _text(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    return escape(escaped(text), quote=False).replace("\r", "&#13;")


def style_and_others(cell: str) -> tuple[int, str]:
    """The style of a cell, and those of its attributes that do not belong to its value."""
    tag = cell[: cell.index(">")].removesuffix("/")
    if "'" in tag:
        raise Unusual
    style = _STYLE.search(tag)
    return int(style[1]) if style else 0, _OF_A_VALUE.sub("", tag.removeprefix("<c")).rstrip()


def with_formula(cell: str, formula: str) -> str:
    """The cell with another formula; the value stored with it stays."""
    xml = f"<f>{escape(formula, quote=False)}</f>"
    return _FORMULA.sub(lambda _: xml, cell, count=1)
