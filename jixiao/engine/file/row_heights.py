"""How high a row must be for its wrapped texts: an estimate, since nothing here knows fonts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jixiao.engine.address import Area
from jixiao.engine.file.cells import Cells
from jixiao.engine.file.sheet_columns import Columns
from jixiao.engine.file.style_sheet import StyleSheet

_LINE, _MARGIN, _HIGHEST = 14.5, 4.0, 409.0  # points
_STYLE = re.compile(r"<c\b[^>]*?\ss=\"(\d+)\"")


class RowHeights:
    """Cells in merged areas do not count, as in Excel."""

    def __init__(self, columns: Columns, styles: StyleSheet, cells: Cells, merged: Sequence[Area]) -> None:
        self._columns = columns
        self._styles = styles
        self._cells = cells
        self._merged = merged

    def points(self, row: int, cells: Mapping[int, str]) -> float | None:
        """Of a row, whose cells are given as XML by column. None where one line is enough."""
        lines = 1
        for column, value in enumerate(self._cells.row(row), 1):
            if value.__class__ is str and value:
                needed = self._lines(value, column)
                if needed > lines and column in cells and self._wraps(row, column, cells[column]):
                    lines = needed
        return None if lines == 1 else min(lines * _LINE + _MARGIN, _HIGHEST)

    def _lines(self, text: str, column: int) -> int:
        fitting = self._columns.characters(column)
        if fitting is None or (2 * len(text) <= fitting and "\n" not in text):
            return 1
        # GBK has two bytes for exactly the characters that are two columns wide in a Chinese font.
        widths = (len(line.encode("gbk", "replace")) for line in text.split("\n"))
        return sum(max(1, -(-width // fitting)) for width in widths)

    def _wraps(self, row: int, column: int, cell: str) -> bool:
        style = _STYLE.match(cell)
        merged = any(area.contains(row, column) for area in self._merged)
        return not merged and self._styles.wraps(int(style[1]) if style else 0)
