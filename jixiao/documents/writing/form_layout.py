"""How a form is set: the widths of its columns, the size of its letters, the heights of its rows, its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from jixiao.documents.writing import page
from jixiao.documents.writing.plain import lines_of
from jixiao.documents.writing.project_form import FORM_WIDTH, TABLE_WIDTHS, Look, ProjectForm, Row

OUTSIDE = (Look.LEFT_OUTSIDE, Look.RIGHT_OUTSIDE)
_LEVEL3_WIDTHS = (20, 26, 32, 38)
_VALUE_WIDTHS = range(18, 34, 2)
_LEAST_DESCRIPTION = 26
# A font that stands in for another may be a little wider.
_SLACK = 0.96
_ROOM_ON_PAGE = 0.97 * page.TABLE_PAGE.text_height


class Lettering(NamedTuple):
    """Sizes in points, widths in millimetres.

    above: over and under a cell's text; the least heights are those of a row and of the line above the frame.
    level1, level2, bases: widths of columns with which the usual names and headings break well or not at all.
    """

    size: float
    line: float
    above: float
    least: float
    least_outside: float
    level1: int
    level2: int
    bases: tuple[int, ...]


USUAL = Lettering(10.5, 15.0, 3.0, 24.0, 20.0, 22, 29, (23, 29, 34, 40, 46, 52))  # 五号
SMALL = Lettering(9.0, 13.0, 2.0, 20.0, 18.0, 20, 26, (20, 26, 31, 37, 43, 49))  # 小五


@dataclass(frozen=True, slots=True)
class FormLayout:
    """joined: the indicators begin on the page where the head ends, so that one line parts the two tables."""

    form: ProjectForm
    lettering: Lettering
    pages: int
    joined: bool


def lay_out(form: ProjectForm) -> FormLayout:
    """In letters of the usual size, unless small ones save a page."""
    usual, small = _layout(form, USUAL), _layout(form, SMALL)
    return small if small.pages < usual.pages else usual


def row_height(row: Row, lettering: Lettering) -> float:
    """The height of the row's highest cell; a cell over several rows is left to the rows below."""
    least = lettering.least_outside if row[0].look in OUTSIDE else lettering.least
    return max(least, *(_cell_height(cell.text, cell.width, lettering) for cell in row if cell.rows == 1))


def fits_a_page(height: float) -> bool:
    """A row that is higher than half a page may be split."""
    return height <= _ROOM_ON_PAGE / 2


def title_height(title: str) -> float:
    lines = page.lines_needed(title, page.TABLE_PAGE.text_width, page.FORM_TITLE_SIZE)
    return lines * page.FORM_TITLE_LINE + page.FORM_TITLE_AFTER


def _layout(form: ProjectForm, lettering: Lettering) -> FormLayout:
    fitted = replace(form, table=_fitted(form.table, lettering))
    return FormLayout(fitted, lettering, *_pages(fitted, lettering))


def _fitted(table: tuple[Row, ...], lettering: Lettering) -> tuple[Row, ...]:
    widths = _best_widths(table, lettering)
    return tuple(tuple(replace(cell, width=width) for cell, width in zip(row, widths, strict=True)) for row in table)


def _best_widths(table: Sequence[Row], lettering: Lettering) -> tuple[int, ...]:
    """The widths with which the table is lowest; of equals the one nearest to the usual widths."""
    wide = tuple(tuple(page.ems(cell.text) * lettering.size for cell in row) for row in table)
    choices = _choices(_value_width([row[4] for row in wide]), lettering)
    return min(choices, key=lambda widths: (_rough_height(wide, widths), _distance(widths)))


def _value_width(wide: Sequence[float]) -> int:
    """The least width with which the short values, such as numbers with their units, stay on one line."""
    safe = [one / _SLACK for one in wide]  # digits are where fonts differ most
    short = [one for one in safe if one <= _room(_VALUE_WIDTHS[-1])]
    return next(width for width in _VALUE_WIDTHS if all(one <= _room(width) for one in short))


@lru_cache(maxsize=64)
def _choices(least_value: int, lettering: Lettering) -> tuple[tuple[int, ...], ...]:
    level1, level2 = lettering.level1, lettering.level2
    rest = FORM_WIDTH - level1 - level2
    return tuple(
        (level1, level2, level3, rest - level3 - value - basis, value, basis)
        for level3 in _LEVEL3_WIDTHS
        for value in (least_value, least_value + 6, least_value + 12)
        for basis in lettering.bases
        if rest - level3 - value - basis >= _LEAST_DESCRIPTION
    )


def _distance(widths: Sequence[int]) -> int:
    return sum((one - usual) ** 2 for one, usual in zip(widths, TABLE_WIDTHS, strict=True))


def _rough_height(wide: Iterable[Sequence[float]], widths: Sequence[int]) -> int:
    """In lines."""
    rooms = [_room(width) for width in widths[1:]]
    return sum(max([ceil(one / room) for one, room in zip(row[1:], rooms, strict=True)]) for row in wide)


def _room(width: int) -> float:
    """For the text of a cell this many millimetres wide."""
    return (page.points(width) - 2 * page.CELL_SIDE) * _SLACK


@lru_cache(maxsize=4096)
def _cell_height(text: str, width: int, lettering: Lettering) -> float:
    lines = sum(page.lines_needed(line, _room(width), lettering.size) for line in lines_of(text))
    return lines * lettering.line + 2 * lettering.above


def _pages(form: ProjectForm, lettering: Lettering) -> tuple[int, bool]:
    """On each further page the headings of the indicators come first."""
    pages, used = _fill((row_height(row, lettering) for row in form.head), 1, title_height(form.title), 0)
    header, *rows = (row_height(row, lettering) for row in form.table)
    first = header + (rows[0] if rows else 0)  # the headings stay with the first indicator
    joined = used + page.SEAM + first <= _ROOM_ON_PAGE
    if not joined:
        pages, used = pages + 1, 0.0
    pages, _ = _fill(rows, pages, used + page.SEAM + header, header)
    return pages, joined


def _fill(heights: Iterable[float], pages: int, used: float, again: float) -> tuple[int, float]:
    """Rows below each other; `again`: what every further page begins with."""
    for height in heights:
        if used + height > _ROOM_ON_PAGE and fits_a_page(height):
            pages, used = pages + 1, again
        used += height
        while used > _ROOM_ON_PAGE:
            pages, used = pages + 1, used - _ROOM_ON_PAGE + again
    return pages, used
