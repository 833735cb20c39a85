"""The page, in points: A4 with the margins of government documents, narrower ones beside the tables."""

from __future__ import annotations

from typing import NamedTuple

from jixiao.documents.project_form import FORM_WIDTH

_MILLIMETRE = 72 / 25.4
WIDTH, HEIGHT = 595.3, 841.9


def points(millimetres: float) -> float:
    return millimetres * _MILLIMETRE


def twips(points: float) -> int:
    """Word counts in twentieths of a point."""
    return round(points * 20)


class Margins(NamedTuple):
    top: float
    bottom: float
    side: float

    @property
    def text_width(self) -> float:
        return WIDTH - 2 * self.side

    @property
    def text_height(self) -> float:
        return HEIGHT - self.top - self.bottom


# GB/T 9704: 37 mm above, a text block of 156 x 225 mm.
TEXT_PAGE = Margins(points(37), points(35), (WIDTH - points(156)) / 2)
TABLE_PAGE = Margins(points(28), points(26), (WIDTH - points(FORM_WIDTH)) / 2)

TEXT_SIZE, TEXT_LINE = 16.0, 28.0  # 三号
TABLE_SIZE, TABLE_LINE = 10.5, 15.0  # 五号
FORM_TITLE_SIZE, FORM_TITLE_LINE = 16.0, 28.0
FORM_TITLE_AFTER = 4.0
CELL_SIDE = 3.6  # left and right of a cell's text
CELL_ABOVE = 3.2  # above and below it
SEAM = 1.0  # the paragraph that keeps two tables apart


def lines_needed(text: str, width: float, size: float, indent: float = 0) -> int:
    """How many lines the text takes; Latin words and numbers are not broken, closing marks may hang over the edge."""
    lines, used = 1, indent
    for word, kind in _words(text):
        wide = sum(_width(sign) for sign in word) * size
        if used + wide > width + 0.1 and not (kind == "closing" and used <= width):
            full, rest = divmod(wide, width) if wide > width else (0, wide)
            lines, used = lines + 1 + int(full), rest
        else:
            used += wide
    return lines


_CLOSING = frozenset("，。、；：？！）》”’】〕」』％%")


def _words(text: str) -> list[tuple[str, str]]:
    """Pieces that stay together."""
    pieces: list[tuple[str, str]] = []
    latin = ""
    for sign in text:
        if sign.isascii() and not sign.isspace():
            latin += sign
            continue
        if latin:
            pieces.append((latin, "latin"))
            latin = ""
        pieces.append((sign, "closing" if sign in _CLOSING else "sign"))
    return [*pieces, (latin, "latin")] if latin else pieces


def _width(sign: str) -> float:
    """In ems, for Times New Roman beside Chinese fonts."""
    if not sign.isascii():
        return 1.0
    if sign in ".,:;|!'il ":
        return 0.28
    if sign == "%":
        return 0.83
    return 0.7 if sign.isupper() else 0.5
