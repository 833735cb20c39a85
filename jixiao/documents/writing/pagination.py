"""On which page each heading and each form begins, reckoned before Word lays the document out.

Word shows the numbers stored in a table of contents until the user updates it, prints, or saves a PDF; so they should
be right from the start. Line heights are exact and rows have their heights, which leaves little to guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.documents.writing import page
from jixiao.documents.writing.form_layout import FormLayout
from jixiao.documents.writing.publication import Level, Line

_LINES_A_PAGE = int(page.TEXT_PAGE.text_height / page.TEXT_LINE)


@dataclass(frozen=True, slots=True)
class Pages:
    """Numbers as printed. headings: of the lines that are headings of the first level, in order."""

    part1: int
    headings: tuple[int, ...]
    part2: int
    forms: tuple[int, ...]


def paginate(lines: Sequence[Line], layouts: Sequence[FormLayout]) -> Pages:
    """Each part has a title page of its own, each form begins on a new page."""
    headings, last = _text_pages(lines, 2)
    part2 = last + 1
    forms: list[int] = []
    number = part2 + 1
    for layout in layouts:
        forms.append(number)
        number += layout.pages
    return Pages(1, tuple(headings), part2, tuple(forms))


def _text_pages(lines: Sequence[Line], first: int) -> tuple[list[int], int]:
    """The pages of the first level's headings, and the last page. A heading stays with the line that follows."""
    found: list[int] = []
    number, used = first, 0
    for place, line in enumerate(lines):
        if line.level and used + _block(lines[place:]) > _LINES_A_PAGE:
            number, used = number + 1, 0
        if line.level is Level.HEADING:
            found.append(number)
        used += _text_lines(line)
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
