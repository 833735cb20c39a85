"""A text file -> its paragraphs and tables.

Which line ends lie inside a paragraph cannot be known: one line, one paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from jixiao.documents.reading.characters import decoded
from jixiao.documents.reading.contents import without_contents
from jixiao.documents.reading.limits import Allowance
from jixiao.documents.reading.text_lines import LONG, is_bare_mark, is_heading
from jixiao.documents.reading.text_rows import (
    Row,
    Rows,
    follows_in_list,
    is_blank,
    place,
    read_rows,
    table_goes_on,
    with_more,
)
from jixiao.documents.source import Paragraph, Part, Source, Table


def read_text(content: bytes) -> Source:
    """Raises Refused for what is no text, or too much of it."""
    text, notes = decoded(content)
    lines = text.replace("\f", "\v").split("\n")
    allowance = Allowance()
    allowance.take(len(lines) + text.count("\t"))
    return without_contents(Source(tuple(_parts(lines)), notes))


def _parts(lines: Sequence[str]) -> Iterator[Part]:
    index = 0
    while index < len(lines):
        if is_blank(lines[index]):
            index += 1
        elif "\t" not in lines[index]:
            yield from _paragraphs(lines[index], index)
            index += 1
        else:
            run = _Run(lines, index)
            yield from run.parts()
            index = run.end


def _paragraphs(line: str, index: int) -> Iterator[Paragraph]:
    for piece in line.split("\v"):
        if piece.strip():
            yield Paragraph(piece.strip(), place(index))


class _Run:
    """Lines with TABs and what belongs to them, down to the next text that does not."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self._lines = lines
        self._listed, self._rows = read_rows(lines, start, None)
        while (more := self._more_rows()) is not None:
            self._rows += more.rows

        self._only_items = not self._listed and all(map(_is_item, self._rows))

    @property
    def end(self) -> int:
        return self._rows[-1].end

    def _more_rows(self) -> Rows | None:
        """The rows below the next blank lines, if the table goes on there in the same form."""
        index = self._next_line()
        while index < len(self._lines) and self._goes_on_with_list(index):
            self._rows[-1] = with_more(self._rows[-1], self._lines[index], index)
            index = self._next_line()
        if index >= len(self._lines) or "\t" not in self._lines[index]:
            return None
        more = read_rows(self._lines, index, self._listed)
        return more if more.listed is self._listed else None

    def _next_line(self) -> int:
        index = self.end
        while index < len(self._lines) and is_blank(self._lines[index]):
            index += 1
        return index

    def _goes_on_with_list(self, index: int) -> bool:
        line = self._lines[index]
        is_item = not line.startswith("\t") and follows_in_list(self._rows[-1], line)
        return is_item and table_goes_on(self._lines, index + 1)

    def parts(self) -> Iterator[Part]:
        table: list[Row] = []
        for row in self._rows:
            if self._is_text(row, bool(table)):
                yield from self._table(table)
                yield from self._texts(row)
                table = []
            else:
                table.append(row)
        yield from self._table(table)

    def _is_text(self, row: Row, inside: bool) -> bool:
        """A heading, or above a table any text, that is merely indented; or an item parted from its number by a TAB."""
        if self._listed:
            return len(row.cells) == 1 and (not inside or is_heading(row.cells[0].text))
        return self._only_items or (_is_item(row) and len(row.cells[1].text) > LONG)

    def _table(self, rows: list[Row]) -> Iterator[Part]:
        end = len(rows)
        while self._listed and end and len(rows[end - 1].cells) == 1 and len(rows[end - 1].cells[0].text) > LONG:
            end -= 1
        table, below = rows[:end], rows[end:]
        if len(table) > 1 and (not self._listed or _are_cells(table)):
            yield Table(tuple(row.cells for row in table), f"第 {table[0].start + 1} 至 {table[-1].end} 行")
        else:
            below = rows
        for row in below:
            yield from self._texts(row)

    def _texts(self, row: Row) -> Iterator[Part]:
        for index in range(row.start, row.end):
            yield from _paragraphs(self._lines[index], index)


def _is_item(row: Row) -> bool:
    """A text parted from its number by a TAB."""
    return len(row.cells) == 2 and is_bare_mark(row.cells[0].text) and row.cells[1].text != ""


def _are_cells(rows: Sequence[Row]) -> bool:
    """Not paragraphs that begin with a TAB for an indent."""
    lengths = [len(cell.text) for row in rows for cell in row.cells if cell.text]
    return sum(len(row.cells) > 1 for row in rows) > 1 and median(lengths or [0]) <= LONG
