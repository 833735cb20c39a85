"""The columns of a sheet, as the part of its XML before the cells describes them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from jixiao.engine.file.xml_text import attribute

_COLUMN = re.compile(r"<col\s[^>]*>")
_DEFAULTS = re.compile(r"<sheetFormatPr\b[^>]*>")
_PADDING = 0.71  # of a cell, in characters
_USUAL_WIDTH = 8.0
_ENDLESS = 1 << 20
_TRUE = ("1", "true")


class _Span(NamedTuple):
    first: int
    last: int
    style: int
    width: float | None
    hidden: bool


class Columns:
    """Read on first need: where nothing but empty cells is written, they do not matter."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        self._known: dict[int, _Span] = {}

    @cached_property
    def _spans(self) -> list[_Span]:
        return [_span(tag) for tag in _COLUMN.findall(self._xml)]

    @cached_property
    def _width(self) -> float:
        defaults = _DEFAULTS.search(self._xml)
        tag = defaults[0] if defaults else ""
        base = float(attribute(tag, "baseColWidth") or _USUAL_WIDTH) + _PADDING
        return float(attribute(tag, "defaultColWidth") or base)

    def style(self, column: int) -> int:
        return (self._known.get(column) or self._of(column)).style

    def characters(self, column: int) -> int:
        """How many characters fit beside each other, an even number: Chinese ones take two. Any where hidden."""
        span = self._of(column)
        width = self._width if span.width is None else span.width
        return _ENDLESS if span.hidden else max(2, int(width - _PADDING) // 2 * 2)

    def _of(self, column: int) -> _Span:
        if column not in self._known:
            own = (span for span in self._spans if span.first <= column <= span.last)
            self._known[column] = next(own, _Span(column, column, 0, None, False))
        return self._known[column]


def _span(tag: str) -> _Span:
    first, last, width = attribute(tag, "min"), attribute(tag, "max"), attribute(tag, "width")
    return _Span(
        int(first or 0),
        int(last or 0),
        int(attribute(tag, "style") or 0),
        float(width) if width else None,
        attribute(tag, "hidden") in _TRUE,
    )
