"""What the readers of Word documents and pages deliver: texts and tables in reading order, still without places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias


class Remark(NamedTuple):
    """A note that gets its place later."""

    text: str
    why: str


MOST_COLUMNS = 200
TOO_WIDE = Remark("", f"表格一行超过 {MOST_COLUMNS} 列，合并的列数按 1 列读入")


@dataclass(slots=True)
class Text:
    """One paragraph as its lines, none of them blank; without lines only what is to be said of it.

    in_contents: it belongs to a table of contents.
    """

    lines: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    in_contents: bool = False


@dataclass(slots=True)
class RawCell:
    """`across`: the columns it spans. covered: a cell above, or nothing at all, stands in its place."""

    blocks: Sequence[Block] = ()
    across: int = 1
    covered: bool = False

    @property
    def has_text(self) -> bool:
        """Of its own, beside that of tables in it."""
        return any(isinstance(block, Text) and block.lines for block in self.blocks)

    @property
    def tables(self) -> list[RawTable]:
        return [block for block in self.blocks if isinstance(block, RawTable)]


@dataclass(slots=True)
class RawTable:
    rows: list[list[RawCell]]
    remarks: list[Remark] = field(default_factory=list)

    @property
    def cells(self) -> Iterator[RawCell]:
        return (cell for row in self.rows for cell in row if not cell.covered)


Block: TypeAlias = Text | RawTable


def is_layout(table: RawTable) -> bool:
    """A table that only places things on a page: a single column, or the frame around other tables.

    A form with a small table in one of its cells is none: at least two of its rows hold several texts of their own, and
    no cell holds both text and tables that are larger than the form.
    """
    if all(sum(not cell.covered for cell in row) <= 1 for row in table.rows):
        return True
    if not any(cell.tables for cell in table.cells):
        return False
    if sum(sum(cell.has_text for cell in row) > 1 for row in table.rows) < 2:
        return True
    size = sum(1 for _ in table.cells)
    return any((cell.has_text or len(cell.tables) > 1) and _size_inside(cell) > size for cell in table.cells)


def _size_inside(cell: RawCell) -> int:
    return sum(1 + _size_inside(inner) for table in cell.tables for inner in table.cells)


def table_in_place_of(row: Sequence[RawCell]) -> RawTable | None:
    """The table that is all that a row holds."""
    filled = [cell for cell in row if cell.has_text or cell.tables]
    if len(filled) == 1 and not filled[0].has_text and len(filled[0].tables) == 1:
        return filled[0].tables[0]
    return None


def lines_of(blocks: Sequence[Block]) -> Iterator[str]:
    """All texts: those of a table in a cell with one line a row."""
    for block in blocks:
        if isinstance(block, Text):
            yield from block.lines
        else:
            for row in block.rows:
                texts = (" ".join(lines_of(cell.blocks)) for cell in row)
                yield from filter(None, [" ".join(filter(None, texts))])


def remarks_of(blocks: Sequence[Block]) -> Iterator[Remark]:
    for block in blocks:
        yield from block.remarks
        if isinstance(block, RawTable):
            yield Remark("\n".join(lines_of([block])), "表格里还有表格，其中的文字按行写在单元格里")
            for cell in block.cells:
                yield from remarks_of(cell.blocks)
