"""Column widths as Excel shows them, in characters of the usual fonts of 11 points."""

from __future__ import annotations

DIGIT = 7  # pixels of the widest digit
_PADDING = 5


def characters(pixels: float) -> float:
    """Without the padding of a cell."""
    full = (pixels - _PADDING) / DIGIT
    return round(full if full >= 1 else pixels / (DIGIT + _PADDING), 2)


def pixels(characters: float) -> float:
    """With the padding of a cell."""
    return characters * DIGIT + _PADDING if characters >= 1 else characters * (DIGIT + _PADDING)
