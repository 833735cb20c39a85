"""The rows of a table in a text file, out of lines with TABs.

Two forms are known. In a *listed* table every line begins with a TAB and holds one cell, and a blank line ends the row.
In a *tabbed* table every line is a row, its cells parted by TABs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from jixiao.documents.reading.text_lines import LONG, Item, is_heading, list_item
from jixiao.documents.source import Cell

_MOST_QUOTED_LINES = 200
_SOON = 50  # lines
_QUOTE_BEGINS = re.compile(r'(?:^|\t)"')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\Z)')
_UNQUOTED = re.compile(r"[^\t]*")


class Row(NamedTuple):
    """Its cells, and the lines it stands in: the first one's index, and that of the line behind the last one."""

    cells: tuple[Cell, ...]
    start: int
    end: int


class Rows(NamedTuple):
    """The rows that lie between two blank lines."""

    listed: bool
    rows: list[Row]


def is_blank(line: str) -> bool:
    """A line that begins with a TAB is an empty cell and not blank."""
    return not line.strip() and not line.startswith("\t")


def place(index: int) -> str:
    return f"第 {index + 1} 行"


def cell_at(text: str, index: int) -> Cell:
    """Without the blanks around each of its lines."""
    lines = [line.strip() for line in text.replace("\v", "\n").split("\n")]
    return Cell("\n".join(lines).strip("\n"), place(index))


def read_rows(lines: Sequence[str], start: int, listed_before: bool | None) -> Rows:
    """The rows that begin at a line with a TAB. `listed_before`: the form of the rows above, if there are any."""
    if _is_listed(lines, start, listed_before):
        return _listed_row(lines, start)
    return _tabbed_rows(lines, start)


def _is_listed(lines: Sequence[str], start: int, listed_before: bool | None) -> bool:
    ones = others = 0
    for index in range(start, len(lines)):
        if "\t" not in lines[index]:
            break
        ones, others = (ones + 1, others) if _is_one_cell(lines[index]) else (ones, others + 1)
    if ones + others == 1 and listed_before is not None and lines[start].startswith("\t"):
        return listed_before
    return ones >= others and lines[start].startswith("\t")


def _is_one_cell(line: str) -> bool:
    return line.startswith("\t") and "\t" not in line[1:]


def _listed_row(lines: Sequence[str], start: int) -> Rows:
    """One row; a line without a TAB at its beginning goes on with the cell above it."""
    cells: list[list[str]] = []
    places: list[int] = []
    index = start
    item: Item | None = None
    while index < len(lines) and not is_blank(lines[index]):
        line = lines[index]
        if line.startswith("\t"):
            cells.append([line[1:]])
            places.append(index)
            item = list_item(line[1:].strip())
        elif _goes_on_with(item, line) and (len(line) <= LONG or table_goes_on(lines, index)):
            cells[-1].append(line)
            item = list_item(line.strip()) or item
        else:
            break
        index += 1
    row = tuple(cell_at("\n".join(cell), at) for cell, at in zip(cells, places, strict=True))
    return Rows(True, [Row(row, start, index)])


def _tabbed_rows(lines: Sequence[str], start: int) -> Rows:
    rows: list[Row] = []
    index = start
    while index < len(lines) and not is_blank(lines[index]):
        texts, after = _fields(lines, index)
        if "\t" in lines[index] or len(texts) > 1:
            rows.append(Row(tuple(cell_at(text, index) for text in texts), index, after))
        elif follows_in_list(rows[-1], lines[index]):
            rows[-1], after = with_more(rows[-1], lines[index], index), index + 1
        else:
            break
        index = after
    return Rows(False, rows)


def _fields(lines: Sequence[str], index: int) -> tuple[list[str], int]:
    """The cells of one row; those with line ends stand between quotation marks, as spreadsheet programs copy them."""
    line = lines[index]
    if _QUOTE_BEGINS.search(line):
        for more in range(1, _MOST_QUOTED_LINES + 1):
            fields = _split(line)
            if fields is not None:
                return fields, index + more
            if index + more >= len(lines):
                break
            line = f"{line}\n{lines[index + more]}"
    return lines[index].split("\t"), index + 1


def _split(text: str) -> list[str] | None:
    """None if a quotation mark at the beginning of a cell is not closed at its end."""
    fields: list[str] = []
    at = 0
    while True:
        match = _QUOTED.match(text, at)
        if match is None:
            match = _UNQUOTED.match(text, at)
            assert match is not None
            if "\n" in match[0] or (match[0].startswith('"') and match[0].count('"') % 2):
                return None
            fields.append(match[0])
        else:
            fields.append(_without_quotes(match))
        at = match.end() + 1
        if at > len(text):
            return fields


def _without_quotes(match: re.Match[str]) -> str:
    """Marks around a text that needs none are the text's own."""
    return match[1].replace('""', '"') if re.search(r'[\n\t,]|""', match[1]) else match[0]


def follows_in_list(row: Row, line: str) -> bool:
    """Whether a line is the next item of the list that the row's last cell holds."""
    last = list_item(row.cells[-1].text.rpartition("\n")[2])
    return last is not None and list_item(line.strip()) == last.next and not is_heading(line.strip())


def with_more(row: Row, line: str, index: int) -> Row:
    """The row, its last cell with one line more."""
    cell = row.cells[-1]
    return Row((*row.cells[:-1], Cell(f"{cell.text}\n{line.strip()}", cell.where)), row.start, index + 1)


def table_goes_on(lines: Sequence[str], index: int) -> bool:
    """Whether a line with a TAB follows soon, and no heading before it."""
    for line in lines[index : index + _SOON]:
        if "\t" in line:
            return True
        if is_heading(line.strip()):
            return False
    return False


def _goes_on_with(last: Item | None, line: str) -> bool:
    """Whether a line just below a cell belongs to it: not a heading, nor an item of another list."""
    item = list_item(line.strip())
    return not is_heading(line.strip()) and (item is None or item == (last.next if last else Item(item.chinese, 1)))
