"""How cells look, in Excel's measures: characters and points, where LibreOffice has hundredths of a millimetre."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jixiao.engine.column_widths import characters, pixels

NO_COLOR = -1

_PER_INCH = 2540  # hundredths of a millimetre
_PIXELS, _POINTS, _TWIPS = 96, 72, 20  # pixels and points to the inch, twips to the point


def trait(cells: Any, name: str) -> Any:
    """A property of all cells; None where they differ."""
    return None if cells.getPropertyState(name).value == "AMBIGUOUS_VALUE" else cells.getPropertyValue(name)


def parts(color: int) -> tuple[int, int, int]:
    return color >> 16 & 255, color >> 8 & 255, color & 255


def number(color: Iterable[int]) -> int:
    red, green, blue = color
    return red << 16 | green << 8 | blue


def column_width(cells: Any) -> float | None:
    """In characters; None where columns differ."""
    columns = cells.Columns
    found = _same(columns.getByIndex(index).Width for index in range(columns.Count))
    return None if found is None else characters(found * _PIXELS / _PER_INCH)


def width(characters: float) -> int:
    return round(pixels(characters) * _PER_INCH / _PIXELS)


def row_height(cells: Any) -> float | None:
    """In points; None where rows differ."""
    rows = cells.Rows
    found = _same(rows.getByIndex(index).Height for index in range(rows.Count))
    return None if found is None else round(found * _POINTS * _TWIPS / _PER_INCH) / _TWIPS


def height(points: float) -> int:
    return round(points * _PER_INCH / _POINTS)


def _same(numbers: Iterable[int]) -> int | None:
    """The one number they all are, as soon as that is known."""
    first: int | None = None
    for found in numbers:
        if first is not None and found != first:
            return None
        first = found
    return first
