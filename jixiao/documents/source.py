"""A document as paragraphs and tables, whatever kind of file it came from; each piece knows its place for people."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.refusal import Refusal


class CannotImport(Refusal):
    """The document cannot be read. The text is one Chinese sentence for the user: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`where`: 第 120 行, or 第 3 张表第 2 行第 4 列. The text keeps its line breaks; "" in an empty cell."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line, never blank. `where`: 第 33 行, or 第 12 段.

    A paragraph that breaks its lines is as many of these, all at one place. A TAB may part two ends of a line.
    """

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells on the table's own grid: a merged cell stands where it begins, the cells it covers are "".

    Rows may differ in length. The first column of one row is the first column of all. `where`: 第 47 至 143 行, or
    第 3 张表. One form may be several tables with nothing between; in a text without headings one may be several forms.
    """

    rows: tuple[tuple[Cell, ...], ...]
    where: str


Part = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Note:
    """Something of the file that did not become a paragraph or a table, or not as it stands: what, and why.

    `where`: as of paragraphs and cells; also 第 12 段之后, 文档开头, 全文, 网页源代码第 3 行.
    """

    where: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """The parts in reading order, and what was left out or changed on the way."""

    parts: tuple[Part, ...]
    notes: tuple[Note, ...] = ()
