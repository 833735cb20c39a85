"""Blocks -> parts with their places, as a reader of the page counts paragraphs, tables, rows and cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jixiao.documents.reading.blocks import (
    Block,
    RawCell,
    RawTable,
    Remark,
    Text,
    is_layout,
    lines_of,
    remarks_of,
    table_in_place_of,
)
from jixiao.documents.reading.contents import contents_note, is_contents_title, without_contents
from jixiao.documents.reading.limits import Allowance
from jixiao.documents.source import Cell, Note, Paragraph, Source, Table

Part = Paragraph | Table


def assembled(blocks: Iterable[Block], notes: Iterable[Note] = ()) -> Source:
    """Raises Refused for too many pieces."""
    assembly = _Assembly(notes)
    assembly.add(blocks)
    return without_contents(Source(tuple(assembly.parts), tuple(assembly.finished_notes())))


class _Assembly:
    def __init__(self, notes: Iterable[Note]) -> None:
        self.parts: list[Part] = []
        self._notes = list(notes)
        self._paragraphs = self._tables = 0
        self._allowance = Allowance()
        self._contents: list[Paragraph] = []

    def add(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Text):
                self._add_text(block)
            elif is_layout(block):
                self._note(self._here(), block.remarks)
                for cell in block.cells:
                    self.add(cell.blocks)
            else:
                self._add_table(block)

    def finished_notes(self) -> list[Note]:
        if not self._contents:
            return self._notes
        text = "\n".join(entry.text for entry in self._contents)
        return [contents_note(self._contents[0].where, text), *self._notes]

    def _note(self, where: str, remarks: Iterable[Remark]) -> None:
        for text, why in remarks:
            self._allowance.take(1)
            self._notes.append(Note(where, text, why))

    def _here(self) -> str:
        return f"第 {self._paragraphs} 段之后" if self._paragraphs else "文档开头"

    def _add_text(self, text: Text) -> None:
        if not text.lines:
            self._note(self._here(), text.remarks)
            return
        self._paragraphs += 1
        self._allowance.take(len(text.lines))
        where = f"第 {self._paragraphs} 段"
        paragraphs = [Paragraph(line, where) for line in text.lines]
        if text.in_contents:
            self._take_contents_title()
            self._contents += paragraphs
        else:
            self.parts += paragraphs
        self._note(where, text.remarks)

    def _take_contents_title(self) -> None:
        last = self.parts[-1] if self.parts else None
        if not self._contents and isinstance(last, Paragraph) and is_contents_title(last.text):
            self._contents.append(last)
            self.parts.pop()

    def _add_table(self, table: RawTable) -> None:
        self._tables += 1
        where = f"第 {self._tables} 张表"
        self._note(where, table.remarks)
        rows: list[tuple[Cell, ...]] = []
        for number, row in enumerate(table.rows, 1):
            inner = table_in_place_of(row)
            if inner is None:
                rows.append(tuple(self._cells(row, f"{where}第 {number} 行")))
            else:
                self._close(rows, where)
                rows = []
                self.add([inner])
        self._close(rows, where)

    def _close(self, rows: Sequence[tuple[Cell, ...]], where: str) -> None:
        if any(cell.text for row in rows for cell in row):
            self.parts.append(Table(tuple(rows), where))

    def _cells(self, row: Sequence[RawCell], where: str) -> Iterator[Cell]:
        for number, cell in enumerate(row, 1):
            self._allowance.take(cell.across)
            place = f"{where}第 {number} 列"
            self._note(place, remarks_of(cell.blocks))
            yield Cell("\n".join(lines_of(cell.blocks)), place)
            for _ in range(cell.across - 1):
                yield Cell("", place)
