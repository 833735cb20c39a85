"""The cells of a page's table on their grid: what `rowspan` and `colspan` cover is filled with covered cells."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jixiao.documents.reading.blocks import MOST_COLUMNS, TOO_WIDE, Block, RawCell, RawTable, Remark
from jixiao.documents.reading.limits import Allowance

_ALL = 1 << 30  # rows: `rowspan="0"` goes down to the end


class Spanning(NamedTuple):
    """A cell as the page has it."""

    blocks: Sequence[Block]
    across: int
    down: int


@dataclass(slots=True)
class _Open:
    """A cell that still reaches down into `rows` rows."""

    column: int
    across: int
    rows: int


def spans(across: str | None, down: str | None) -> tuple[int, int]:
    """The attributes as numbers; 1 for what is none."""
    return max(1, _number(across)), _number(down) or (_ALL if down is not None and down.strip() == "0" else 1)


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def placed(rows: Sequence[Sequence[Spanning]]) -> RawTable:
    """Raises Refused for spans without end."""
    table = RawTable([])
    opened: list[_Open] = []
    allowance = Allowance()
    for row in rows:
        if not row:
            continue
        allowance.take(len(row) + len(opened))
        cells, begun = _row(_narrow(row, table.remarks), opened)
        table.rows.append(cells)
        for each in opened:
            each.rows -= 1
        opened = sorted([each for each in opened if each.rows > 0] + begun, key=lambda each: each.column)
    return table


def _narrow(row: Sequence[Spanning], remarks: list[Remark]) -> Sequence[Spanning]:
    if sum(cell.across for cell in row) <= MOST_COLUMNS:
        return row
    remarks.append(TOO_WIDE)
    return [cell._replace(across=1) for cell in row]


def _row(row: Sequence[Spanning], opened: Sequence[_Open]) -> tuple[list[RawCell], list[_Open]]:
    """The row's cells in the columns that the cells above leave free; and which of them reach further down."""
    cells: list[RawCell] = []
    begun: list[_Open] = []
    above = deque(opened)
    column = 0
    for cell in row:
        while above and above[0].column <= column:
            column = _cover(cells, column, above.popleft())
        cells.append(RawCell(cell.blocks, cell.across))
        if cell.down > 1:
            begun.append(_Open(column, cell.across, cell.down - 1))
        column += cell.across
    for each in above:
        column = _cover(cells, column, each)
    return cells, begun


def _cover(cells: list[RawCell], column: int, above: _Open) -> int:
    """Add what a cell above covers, and columns without any cell before it; returns the next free column."""
    if above.column > column:
        cells.append(RawCell(across=above.column - column, covered=True))
    cells.append(RawCell(across=above.across, covered=True))
    return max(column, above.column + above.across)
