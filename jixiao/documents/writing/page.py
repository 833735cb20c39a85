"""The page, in points: A4 with the margins of government documents, narrower ones beside the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jixiao.documents.writing.project_form import FORM_WIDTH

_MILLIMETRE = 72 / 25.4
WIDTH, HEIGHT = 595.3, 841.9


def points(millimetres: float) -> float:
    return millimetres * _MILLIMETRE


def twips(points: float) -> int:
    """Word counts in twentieths of a point."""
    return round(points * 20)


class Margins(NamedTuple):
    """`foot`: from the page number to the edge of the paper."""

    top: float
    bottom: float
    side: float
    foot: float

    @property
    def text_width(self) -> float:
        return WIDTH - 2 * self.side

    @property
    def text_height(self) -> float:
        return HEIGHT - self.top - self.bottom


TEXT_SIZE, TEXT_LINE = 16.0, 28.0  # 三号
# GB/T 9704: 37 mm above, 22 lines of 28 characters.
TEXT_PAGE = Margins(points(37), points(35), (WIDTH - 28 * TEXT_SIZE - 0.3) / 2, points(22))
TABLE_PAGE = Margins(points(22), points(22), (WIDTH - points(FORM_WIDTH)) / 2, points(13))
FORM_TITLE_SIZE, FORM_TITLE_LINE = 16.0, 28.0
FORM_TITLE_AFTER = 4.0
CELL_SIDE = 3.6  # left and right of a cell's text
SEAM = 1.0  # the paragraph that keeps two tables apart


_OPENING = frozenset("《（“【〔「『‘(")
_CLOSING = frozenset("》）”】〕」』’％%")
_HANGING = frozenset("，。、；：？！")  # these may stand outside of the edge
_LATIN_WIDTH = 0.5  # in the Chinese fonts every Latin sign and digit is half as wide as a character


def lines_needed(text: str, width: float, size: float, indent: float = 0) -> int:
    """How many lines the text takes; words, numbers and marks with what they belong to are not broken."""
    lines, used = 1, indent
    for piece in _pieces(text):
        wide = ems(piece) * size
        if used + wide <= width + 0.1 or (piece in _HANGING and used <= width):
            used += wide
        else:
            lines += 1 if used else 0
            broken = int(wide / width) if wide > width else 0  # a word longer than a line
            lines, used = lines + broken, wide - broken * width
    return lines


def ems(text: str) -> float:
    """How wide the text is on one line, in ems."""
    half = sum(sign < "\x7f" for sign in text)
    return len(text) - half * _LATIN_WIDTH


def _pieces(text: str) -> Iterator[str]:
    """What stays together on a line; a mark that may hang over the edge is a piece of its own."""
    piece = ""
    for sign in text:
        if piece and not _holds(piece[-1], sign):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def _holds(before: str, after: str) -> bool:
    if before in _OPENING or after in _CLOSING:
        return before not in _HANGING
    return before.isascii() and after.isascii() and " " not in (before, after)
