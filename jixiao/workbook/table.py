"""Reading the indicator table of a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from jixiao.model.origin import Defect, Origin
from jixiao.model.records import Indicator
from jixiao.model.value import parse_value
from jixiao.workbook import labels, layout
from jixiao.workbook.block import Block, Found, in_span
from jixiao.workbook.cells import is_empty, read_text
from jixiao.workbook.grid import CellValue

_NO_TEXTS = dict.fromkeys(labels.INDICATOR.values(), "")
_LEAST_HEADINGS = 3
_CONTENT = ("level3", "description", "value")  # a row with levels alone is a line of the blank form, no indicator


def table_header(block: Block) -> tuple[int, dict[str, int]] | None:
    """The row of the indicator table's header and the column of each of its fields."""
    by_row: dict[int, dict[str, int]] = {}
    for hit in block.hits:
        name = labels.INDICATOR.get(hit.label)
        if name:
            by_row.setdefault(hit.row, {}).setdefault(name, hit.column)
    for row, columns in by_row.items():
        if "level1" in columns and len(columns) >= _LEAST_HEADINGS:
            return row, columns
    return None


def _repeated_headers(block: Block, header_row: int) -> set[int]:
    """Rows below the header that print it again, as a table does that goes on over a page."""
    counts = Counter(hit.row for hit in block.hits if hit.row > header_row and hit.label in labels.INDICATOR)
    return {row for row, count in counts.items() if count >= _LEAST_HEADINGS}


def read_indicators(block: Block) -> tuple[Indicator, ...]:
    header = table_header(block)
    if header is None:
        return ()
    header_row, columns = header
    block.keep("indicators", Found(header_row, columns["level1"], None))
    spans = _spans(columns, _filled(block.grid.rows[header_row]), block.right)
    headings = _Headings(tuple(spans), itemgetter(*(column for column, _ in spans.values())))
    indicators: list[Indicator] = []
    level1 = level2 = ""
    repeated = _repeated_headers(block, header_row)
    for row in range(header_row + 1, block.bottom):
        if row in repeated:
            continue
        cells = _plain_row(block, row, spans, headings) or _examined_row(block, row, spans)
        texts, defects = cells.texts, cells.origin.defects
        if texts["level1"] or "level1" in defects:
            level1, level2 = texts["level1"], ""
        level2 = texts["level2"] or level2
        if texts["level3"] or texts["description"] or texts["value"] or not defects.keys().isdisjoint(_CONTENT):
            indicators.append(_indicator(cells, level1, level2, is_quoted=_is_quoted(block, row)))
    return tuple(indicators)


def _is_quoted(block: Block, row: int) -> bool:
    """The user chose the row for Part 1."""
    if block.quoted is None:
        return False
    line = block.grid.rows[row]
    return len(line) > block.quoted and line[block.quoted] == layout.YES


def _filled(row: Sequence[CellValue]) -> list[int]:
    return [column for column, value in enumerate(row) if not is_empty(value)]


def _spans(columns: Mapping[str, int], headings: Sequence[int], right: int) -> dict[str, tuple[int, int]]:
    """Field -> the table column of its heading and where the next heading, known or not, begins."""
    ordered = sorted(columns.items(), key=lambda item: item[1])
    return {
        name: (column, min((heading for heading in headings if column < heading < right), default=right))
        for name, column in ordered
    }


class _Headings(NamedTuple):
    """The fields of a table, and what picks the cells under their headings out of a row."""

    names: tuple[str, ...]
    pick: Callable[[Sequence[CellValue]], tuple[CellValue, ...]]


class _Row(NamedTuple):
    """One row of the table; a field without a column has an empty text."""

    texts: dict[str, str]
    origin: Origin


class _PlacesInRow(Mapping[str, tuple[int, int]]):
    """The cells of a row whose texts all stand under their headings."""

    __slots__ = ("_first_column", "_row", "_spans")

    def __init__(self, row: int, first_column: int, spans: Mapping[str, tuple[int, int]]) -> None:
        self._row, self._first_column, self._spans = row, first_column, spans

    def __getitem__(self, name: str) -> tuple[int, int]:
        return self._row, self._spans[name][0] + self._first_column

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


def _plain_row(block: Block, row: int, spans: Mapping[str, tuple[int, int]], headings: _Headings) -> _Row | None:
    """The row where each cell is a text under its heading, or empty; None where one needs a closer look."""
    line = block.grid.rows[row]
    if len(line) < block.right:
        return None
    texts = _NO_TEXTS.copy()
    for name, value in zip(headings.names, headings.pick(line), strict=True):
        if value.__class__ is str and value:
            if value[0] == "#":
                return None
            texts[name] = value.strip()
        elif (value is not None and value != "") or not _is_blank(block, row, *spans[name]):
            return None
    grid = block.grid
    return _Row(texts, Origin(grid.name, _PlacesInRow(row + grid.first_row, grid.first_column, spans)))


def _is_blank(block: Block, row: int, column: int, stop: int) -> bool:
    """The empty cell under a heading holds nothing broken, and nothing stands beside it."""
    grid = block.grid
    if grid.broken and (row + grid.first_row, column + grid.first_column) in grid.broken:
        return False
    return stop - column == 1 or not any(grid.rows[row][column + 1 : stop])


def _examined_row(block: Block, row: int, spans: Mapping[str, tuple[int, int]]) -> _Row:
    grid = block.grid
    texts = _NO_TEXTS.copy()
    places: dict[str, tuple[int, int]] = {}
    defects: dict[str, Defect] = {}
    for name, span in spans.items():
        found = in_span(block, row, *span)
        texts[name], defect = read_text(found.value)
        places[name] = (row + grid.first_row, found.column + grid.first_column)
        problem = found.defect or defect
        if problem:
            defects[name] = problem
    return _Row(texts, Origin(grid.name, places, defects))


def _indicator(row: _Row, level1: str, level2: str, *, is_quoted: bool) -> Indicator:
    texts = row.texts
    value = parse_value(texts["value"])
    return Indicator(
        level1, level2, texts["level3"], texts["description"], value, texts["basis"], row.origin, is_quoted
    )
