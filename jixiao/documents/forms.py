"""The forms of a document as grids, so that they are read like sheets; and which pieces of them were used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from jixiao.documents.source import Cell, Paragraph
from jixiao.documents.tables import plain, start_labels
from jixiao.model.origin import Origin
from jixiao.model.records import Project
from jixiao.workbook.block import Block, forms_in, map_of
from jixiao.workbook.forms import is_title, is_unit_line, money_unit_in, read_project
from jixiao.workbook.grid import Grid
from jixiao.workbook.labels import normal_label
from jixiao.workbook.layout import MONEY_UNIT_PREFIX

_LONGEST_HEADLINE = 60
_GROUPS = frozenset({
    "绩效指标", "年度绩效指标", "指标", "项目资金", "项目基本情况", "项目基本信息", "基本情况", "基本信息", "资金情况",
    "项目资金情况", "绩效目标及指标",
})  # fmt: skip
_YEAR_LINE = re.compile(r"[（(]?\s*20\d\d\s*年度?\s*[)）]?")
_UNIT_AND_MONEY = re.compile(r"(?P<unit>\S.*?\S)\s+(?P<money>[（(]?(?:金额)?单位\s*[:：].*)")


@dataclass
class Form:
    """A table that begins a project's form, with the lines above it and the tables that go on with it.

    `used`: (row, column) of the form's grid, from 1, of what was read.
    """

    headlines: list[Cell]
    rows: list[tuple[Cell, ...]]
    used: set[tuple[int, int]] = field(default_factory=set)

    @cached_property
    def cells(self) -> list[tuple[Cell, ...]]:
        """Headlines first, each a row of one cell. To be asked for when the form is complete."""
        return [*((line,) for line in self.headlines), *self.rows]

    def pieces(self) -> Iterator[Cell]:
        return chain(self.headlines, *self.rows)

    def where(self, place: tuple[int, int]) -> str:
        """`place` is the row and column of the grid, from 1; beyond the row's last cell that cell is meant."""
        row, column = place
        line = self.cells[row - 1]
        return line[min(column, len(line)) - 1].where if line else ""

    def unused(self) -> Iterator[tuple[Cell, ...]]:
        """Row by row the filled cells that nothing was read from."""
        for i, row in enumerate(self.cells, 1):
            left = tuple(cell for j, cell in enumerate(row, 1) if (i, j) not in self.used and plain(cell.text))
            if left:
                yield left


def with_money_unit(form: Form, unit: str) -> None:
    """What the document declared earlier holds for a form that says nothing itself."""
    if unit and not declared_money_unit(cell.text for cell in form.pieces()):
        form.headlines.append(Cell(f"{MONEY_UNIT_PREFIX}{unit}", ""))


def headlines_before(paragraphs: Sequence[Paragraph]) -> tuple[list[Cell], int]:
    """The last of the paragraphs, as far as they are a form's title, its unit, or the unit of its money; their number.

    A second title above the form's own is that of a part.
    """
    lines: list[Cell] = []
    count, titled = 0, False
    for paragraph in reversed(paragraphs):
        text = plain(paragraph.text)
        if not _is_headline(text) or (titled and is_title(text)):
            break
        titled = titled or is_title(text)
        lines[:0] = [Cell(piece, paragraph.where) for piece in _headline_pieces(text)]
        count += 1
    return lines, count


def _headline_pieces(text: str) -> tuple[str, ...]:
    """101001某某局　单位：元 is two."""
    match = _UNIT_AND_MONEY.fullmatch(text)
    return (match["unit"], match["money"]) if match and money_unit_in(match["money"]) else (text,)


def _is_headline(text: str) -> bool:
    return len(text) <= _LONGEST_HEADLINE and all(
        is_title(piece) or is_unit_line(piece) or is_label_alone(piece) for piece in _headline_pieces(text)
    )


def declared_money_unit(texts: Iterable[str]) -> str:
    """The last 单位：… of the texts; "" where there is none."""
    found = ""
    for text in texts:
        if len(text) <= _LONGEST_HEADLINE and "单" in text:
            found = next((unit for piece in _headline_pieces(plain(text)) if (unit := money_unit_in(piece))), found)
    return found


def read_projects(form: Form) -> list[Project]:
    """The projects of the form, each with its places in the grid of the form; what was read is marked as used."""
    grid = Grid("", [[plain(cell.text) for cell in row] for row in form.cells])
    sheet = map_of(grid)
    projects: list[Project] = []
    for block in forms_in(grid, sheet, start_labels(form.rows)):
        unit = projects[-1].money_unit if projects else "元"
        project = read_project(block, unit)
        form.used |= _used(block, project)
        projects.append(project)
    return projects


def _used(block: Block, project: Project) -> set[tuple[int, int]]:
    """The cells of labels, of the project's fields and of its indicators."""
    grid = block.grid
    used = {(hit.row + grid.first_row, hit.column + grid.first_column) for hit in block.map.hits}
    origins: list[Origin] = [project.origin, *(indicator.origin for indicator in project.indicators)]
    for origin in origins:
        used.update(origin.cells.values())
    return used | _labels_without_content(block)


def _labels_without_content(block: Block) -> set[tuple[int, int]]:
    return {
        (row + 1, column + 1)
        for row in range(block.top, block.bottom)
        for column, value in enumerate(block.grid.rows[row])
        if isinstance(value, str) and 1 < len(value) < 16 and is_label_alone(value)
    }


def is_label_alone(text: str) -> bool:
    """The unit of money, the year, or the title of a group of rows."""
    return normal_label(text) in _GROUPS or bool(money_unit_in(text) or _YEAR_LINE.fullmatch(text))
