"""The tables of a document as grids, so that they are read like sheets; and which pieces of them were used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jixiao.documents.source import Cell, Paragraph, Table
from jixiao.model.origin import Origin
from jixiao.model.records import Project
from jixiao.model.value import fold
from jixiao.narrative.paragraphs import BOOKMARK
from jixiao.workbook import labels
from jixiao.workbook.block import Block, forms_in
from jixiao.workbook.forms import is_unit_line, money_unit_in, read_project
from jixiao.workbook.grid import Grid
from jixiao.workbook.labels import find_labels
from jixiao.workbook.layout import MONEY_UNIT_PREFIX, TITLE_SUFFIX

_LONGEST_HEADLINE = 60
_LEAST_HEADINGS = 3


@dataclass(slots=True)
class Form:
    """A table that begins a project's form, with the lines above it and the tables that go on with it.

    `used`: (row, column) of the form's grid, from 1, of what was read.
    """

    headlines: list[Cell]
    rows: list[tuple[Cell, ...]]
    used: set[tuple[int, int]] = field(default_factory=set)

    def cells(self) -> list[tuple[Cell, ...]]:
        """Headlines first, each a row of one cell."""
        return [*((line,) for line in self.headlines), *self.rows]

    def where(self, place: tuple[int, int]) -> str:
        """`place` is the row and column of the grid, from 1."""
        row, column = place
        rows = self.cells()
        return rows[row - 1][column - 1].where if column <= len(rows[row - 1]) else ""

    def unused(self) -> Iterable[tuple[Cell, ...]]:
        """Row by row the filled cells that nothing was read from."""
        for i, row in enumerate(self.cells(), 1):
            left = tuple(
                cell for j, cell in enumerate(row, 1) if plain(cell.text) and (i, j) not in self.used
            )
            if left:
                yield left


def plain(text: str) -> str:
    """Without bookmarks and outer blanks."""
    return BOOKMARK.sub("", text).strip()


def starts_form(table: Table) -> bool:
    """The table has the label that a project's form begins with."""
    return bool(_labels(table) & labels.PROJECT_START)


def continues_form(table: Table, form: Form, *, is_next: bool) -> bool:
    """An indicator table apart from its form; or, right behind a form, rows of the same width without labels."""
    found = _labels(table)
    if len([label for label in found if label in labels.INDICATOR]) >= _LEAST_HEADINGS:
        return True
    width = max((len(row) for row in form.rows), default=0)
    return is_next and not found and width - 1 <= max(len(row) for row in table.rows) <= width + 1


def _labels(table: Table) -> set[str]:
    return {label for row in table.rows for cell in row if (label := labels.label_of(cell.text.strip()))}


def with_money_unit(form: Form, unit: str) -> None:
    """What the document declared earlier holds for a form that says nothing itself."""
    if unit and not declared_money_unit(cell.text for row in form.cells() for cell in row):
        form.headlines.append(Cell(f"{MONEY_UNIT_PREFIX}{unit}", ""))


def headlines_before(paragraphs: Sequence[Paragraph]) -> list[Cell]:
    """The last of the paragraphs, as far as they are a form's title, its unit, or the unit of its money."""
    lines: list[Cell] = []
    for paragraph in reversed(paragraphs):
        text = plain(paragraph.text)
        if not _is_headline(text):
            break
        lines.insert(0, Cell(text, paragraph.where))
    return lines


_TITLE = re.compile(rf".*{TITLE_SUFFIX}(?:\(.*\))?")


def _is_headline(text: str) -> bool:
    if len(text) > _LONGEST_HEADLINE:
        return False
    return bool(_TITLE.fullmatch(fold(text)) or money_unit_in(text) or is_unit_line(text))


def declared_money_unit(texts: Iterable[str]) -> str:
    """The last 单位：… of the texts; "" where there is none."""
    return next((unit for text in reversed(list(texts)) if (unit := money_unit_in(plain(text)))), "")


def read_projects(form: Form) -> list[Project]:
    """The projects of the form, each with its places in the grid of the form; what was read is marked as used."""
    grid = Grid("", [[plain(cell.text) for cell in row] for row in form.cells()])
    hits = find_labels(grid)
    projects = []
    for block in forms_in(grid, hits, labels.PROJECT_START):
        project = read_project(block)
        form.used |= _used(block, project)
        projects.append(project)
    return projects


def _used(block: Block, project: Project) -> set[tuple[int, int]]:
    """The cells of labels, of the project's fields and of its indicators."""
    grid = block.grid
    used = {(hit.row + grid.first_row, hit.column + grid.first_column) for hit in block.hits}
    origins: list[Origin] = [project.origin, *(indicator.origin for indicator in project.indicators)]
    for origin in origins:
        used |= {origin.cells[name] for name in origin.cells}
    return used | _money_unit_cells(block)


def _money_unit_cells(block: Block) -> set[tuple[int, int]]:
    return {
        (row + 1, column + 1)
        for row in range(block.top, block.bottom)
        for column, value in enumerate(block.grid.rows[row])
        if isinstance(value, str) and money_unit_in(value)
    }
