"""What the XML of a sheet says of its cells besides their values, read on first need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from html import unescape

from jixiao.engine.address import Area, parse_area
from jixiao.engine.formulas import as_shown, shifted, with_sheets_renamed

Place = tuple[int, int]

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>(?:\s*<(?:\w+:)?f\b([^>]*)>([^<]*))?")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*\bref=[\"']([^\"']*)[\"']")
_ATTRIBUTE = re.compile(rb"(?<![\w:])(\w+)\s*=\s*[\"']([^\"']*)[\"']")


class Contents:
    """`read` gives the XML; `renamed` are sheets that its formulas call by another name than they should."""

    def __init__(self, read: Callable[[], bytes] = bytes, renamed: Mapping[str, str | None] | None = None) -> None:
        self._read = read
        self._renamed = renamed or {}

    def copy(self, renamed: Mapping[str, str | None]) -> Contents:
        return Contents(self._read, renamed)

    @cached_property
    def merged(self) -> list[Area]:
        xml = self._read()
        start = max(0, xml.find(b"mergeCells"))
        areas = (parse_area(reference.decode()) for reference in _MERGED.findall(xml, start))
        return [area for area in areas if area and area.size > 1]

    def covered(self, area: Area) -> set[Place]:
        """The cells of `area` that lie under the first cell of a merged one and can hold nothing."""
        found: set[Place] = set()
        for merged in self.merged:
            rows = range(max(merged.row, area.row), min(merged.last_row, area.last_row) + 1)
            columns = range(max(merged.column, area.column), min(merged.last_column, area.last_column) + 1)
            found.update((row, column) for row in rows for column in columns)
            found.discard((merged.row, merged.column))
        return found

    @cached_property
    def filled(self) -> set[Place]:
        """Every cell that has anything in it, be it a formula that was never calculated."""
        return {place for place, *_ in _cells(self._read())}

    @cached_property
    def formulas(self) -> dict[Place, str]:
        """As Excel shows them."""
        return {
            place: with_sheets_renamed(f"={as_shown(formula)}", self._renamed)
            for place, formula, _ in _formulas(self._read())
        }


def shared_formulas(xml: bytes) -> dict[Place, str]:
    """As the file stores them, without "=", written out for every cell that has one in common with others."""
    return {place: formula for place, formula, shared in _formulas(xml) if shared}


def _formulas(xml: bytes) -> Iterator[tuple[Place, str, bool]]:
    """Cell, formula without "=", and whether the cell shares it with others."""
    holders: dict[str, tuple[Place, str]] = {}
    for (row, column), of_formula, text in _cells(xml):
        if of_formula is None:
            continue
        formula, attributes = unescape(text.decode()), _attributes(of_formula)
        shared = attributes.get("si") if attributes.get("t") == "shared" else None
        if shared is not None and formula:
            holders[shared] = (row, column), formula
        elif shared in holders:
            (first_row, first_column), formula = holders[shared]
            formula = shifted(formula, row - first_row, column - first_column)
        if formula:
            yield (row, column), formula, shared is not None


def _cells(xml: bytes) -> Iterator[tuple[Place, bytes | None, bytes]]:
    """Of every cell that is not empty its place, the attributes of its formula (None without one), and its text."""
    for match in _CELL.finditer(xml):
        place = None if match[2] else parse_area(_attributes(match[1]).get("r", ""))
        if place is not None:
            text = b"" if match[3] is None or match[3].endswith(b"/") else match[4]
            yield (place.row, place.column), match[3], text


def _attributes(xml: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(xml)}
