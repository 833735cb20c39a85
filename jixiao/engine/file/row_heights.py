"""How high a row must be for its wrapped texts: an estimate, since nothing here knows fonts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jixiao.engine.address import Area
from jixiao.engine.file.cells import Cells
from jixiao.engine.file.sheet_columns import Columns
from jixiao.engine.file.style_sheet import StyleSheet

_LINE, _MARGIN, _HIGHEST = 14.5, 4.0, 409.0  # points
_WIDEST = 2  # columns of a character
_WIDER = 7  # one more column for so many Latin letters: most fonts have them wider than the Chinese ones
_STYLE = re.compile(r"<c\b[^>]*?\ss=\"(\d+)\"")


class RowHeights:
    """Cells in merged areas do not count, as in Excel."""

    def __init__(self, columns: Columns, styles: StyleSheet, cells: Cells, merged: Sequence[Area]) -> None:
        self._columns = columns
        self._styles = styles
        self._cells = cells
        self._merged = merged
        self._fitting: dict[int, int] = {}

    def points(self, row: int, cells: Mapping[int, str]) -> float | None:
        """Of a row, whose cells are given as XML by column. None where one line is enough."""
        lines = 1
        for column, value in enumerate(self._cells.row(row), 1):
            if value.__class__ is not str or column not in cells:
                continue
            fitting = self._fitting.get(column) or self._characters(column)
            if _WIDEST * len(value) > fitting or "\n" in value:
                needed = sum(max(1, -(-_width(line) // fitting)) for line in value.split("\n"))
                if needed > lines and self._wraps(row, column, cells[column]):
                    lines = needed
        return None if lines == 1 else min(lines * _LINE + _MARGIN, _HIGHEST)

    def _characters(self, column: int) -> int:
        self._fitting[column] = self._columns.characters(column)
        return self._fitting[column]

    def _wraps(self, row: int, column: int, cell: str) -> bool:
        style = _STYLE.match(cell)
        merged = any(area.contains(row, column) for area in self._merged)
        return not merged and self._styles.wraps(int(style[1]) if style else 0)


def _width(text: str) -> int:
    """In columns. GBK has two bytes for exactly the characters that are two columns wide in a Chinese font."""
    columns = len(text.encode("gbk", "replace"))
    narrow = _WIDEST * len(text) - columns
    return columns + narrow // _WIDER
