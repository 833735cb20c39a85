"""On which page each heading and each form begins, reckoned before Word lays the document out.

Word shows the numbers stored in a table of contents until the user updates it, prints, or saves a PDF; so they should
be right from the start. Line heights are exact and rows have their heights, which leaves little to guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jixiao.documents import page
from jixiao.documents.plain import lines_of
from jixiao.documents.project_form import Look, ProjectForm, Row
from jixiao.documents.publication import Level, Line, Publication

_LINES_A_PAGE = int(page.TEXT_PAGE.text_height / page.TEXT_LINE)
_OUTSIDE = (Look.LEFT_OUTSIDE, Look.RIGHT_OUTSIDE)
_LEAST_ROW = 24.0
_LEAST_OUTSIDE_ROW = 20.0


@dataclass(frozen=True, slots=True)
class Pages:
    """Numbers as printed. headings: of the lines that are headings of the first level, in order."""

    part1: int
    headings: tuple[int, ...]
    part2: int
    forms: tuple[int, ...]


def paginate(publication: Publication) -> Pages:
    """Each part has a title page of its own, each form begins on a new page."""
    headings, last = _text_pages(publication.lines, 2)
    part2 = last + 1
    forms: list[int] = []
    number = part2 + 1
    for form in publication.forms:
        forms.append(number)
        number += form_pages(form)
    return Pages(1, tuple(headings), part2, tuple(forms))


def row_height(row: Row) -> float:
    """The height of the row's highest cell; a cell over several rows is left to the rows below."""
    outside = row[0].look in _OUTSIDE
    texts = (_cell_height(cell.text, cell.width) for cell in row if cell.rows == 1)
    return max(_LEAST_OUTSIDE_ROW if outside else _LEAST_ROW, *texts)


def fits_a_page(height: float) -> bool:
    """A row that is higher than half a page may be split."""
    return height <= page.TABLE_PAGE.text_height / 2


def form_pages(form: ProjectForm) -> int:
    """How many pages the form takes; on each further page the headings of the indicators come first."""
    top = title_height(form.title)
    pages, used = _fill(map(row_height, form.head), 1, top, 0)
    header, *rows = map(row_height, form.table)
    first = header + (rows[0] if rows else 0)  # the headings stay with the first indicator
    if used + page.SEAM + first > page.TABLE_PAGE.text_height:
        pages, used = pages + 1, 0.0
    pages, _ = _fill(rows, pages, used + page.SEAM + header, header)
    return pages


def title_height(title: str) -> float:
    lines = page.lines_needed(title, page.TABLE_PAGE.text_width, page.FORM_TITLE_SIZE)
    return lines * page.FORM_TITLE_LINE + page.FORM_TITLE_AFTER


def _cell_height(text: str, width: int) -> float:
    inner = page.points(width) - 2 * page.CELL_SIDE
    lines = sum(page.lines_needed(line, inner, page.TABLE_SIZE) for line in lines_of(text))
    return lines * page.TABLE_LINE + 2 * page.CELL_ABOVE


def _fill(heights: Iterable[float], pages: int, used: float, again: float) -> tuple[int, float]:
    """Rows below each other; `again`: what every further page begins with."""
    most = page.TABLE_PAGE.text_height
    for height in heights:
        if used + height > most and fits_a_page(height):
            pages, used = pages + 1, again
        used += height
        while used > most:
            pages, used = pages + 1, used - most + again
    return pages, used


def _text_pages(lines: Sequence[Line], first: int) -> tuple[list[int], int]:
    """The pages of the first level's headings, and the last page. A heading stays with two lines of what follows."""
    found: list[int] = []
    number, used = first, 0
    for place, line in enumerate(lines):
        needed = _text_lines(line)
        if line.level and used + _block(lines[place:]) > _LINES_A_PAGE:
            number, used = number + 1, 0
        if line.level is Level.HEADING:
            found.append(number)
        used += needed
        number, used = number + (used - 1) // _LINES_A_PAGE, (used - 1) % _LINES_A_PAGE + 1
    return found, number


def _block(lines: Sequence[Line]) -> int:
    """The lines of headings that follow each other, and the first one of the text below them."""
    total = 0
    for line in lines:
        if not line.level:
            return total + 1
        total += _text_lines(line)
    return total


def _text_lines(line: Line) -> int:
    return page.lines_needed(line.text, page.TEXT_PAGE.text_width, page.TEXT_SIZE, 2 * page.TEXT_SIZE)
