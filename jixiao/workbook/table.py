"""Reading the indicator table of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.origin import Defect, Origin
from jixiao.model.records import Indicator
from jixiao.model.value import parse_value
from jixiao.workbook import labels, layout
from jixiao.workbook.block import Block, Found, in_span
from jixiao.workbook.cells import is_empty, read_text
from jixiao.workbook.form_map import Columns

_NO_TEXTS = dict.fromkeys(labels.INDICATOR.values(), "")
# Lines below the table that are no indicators: who signed it, a total, a remark.
_CLOSING = re.compile(
    r"(?:(?:单位|部门|财务|项目|分管)?(?:填报|填表|制表|编制|审核|复核|负责|经办|联系)(?:人|单位|时间|日期|电话|领导)(?:签[字章名])?"
    r"|联系(?:方式|电话)|(?:填报|填表|制表|编制|公开)?(?:日期|时间)|合计|总计|小计|备注|说明|注)(?:[:：].*|)",
    re.DOTALL,
)
_OWN_FIELDS = ("level3", "description", "value", "basis")
_CONTENT = ("level3", "description", "value")  # a row with levels alone is a line of the blank form, no indicator


def read_indicators(block: Block) -> tuple[Indicator, ...]:
    header = block.map.table
    if header is None:
        return ()
    block.keep("indicators", Found(header.row, header.columns["level1"], None))
    headings = (column for column, value in enumerate(block.grid.rows[header.row]) if not is_empty(value))
    columns = block.map.columns(header, tuple(headings))
    indicators: list[Indicator] = []
    level1 = level2 = ""
    for row in range(header.row + 1, block.bottom):
        if row in block.map.repeated_headers:
            continue
        cells = _plain_row(block, row, columns) or _examined_row(block, row, columns.spans)
        texts, defects = cells.texts, cells.origin.defects
        if _is_closing(texts["level1"]):
            continue
        if block.grid.merged and (lacking := _lacking(texts)):
            cells = _with_merged(block, cells, lacking)
            texts, defects = cells.texts, cells.origin.defects
        if texts["level1"] or "level1" in defects:
            level1, level2 = texts["level1"], ""
        level2 = texts["level2"] or level2
        if texts["level3"] or texts["description"] or texts["value"] or not defects.keys().isdisjoint(_CONTENT):
            indicators.append(_indicator(cells, level1, level2, is_quoted=_is_quoted(block, row)))
    return tuple(indicators)


@lru_cache(maxsize=1024)
def _is_closing(text: str) -> bool:
    return _CLOSING.fullmatch(text) is not None


def _is_quoted(block: Block, row: int) -> bool:
    """The user chose the row for Part 1."""
    if block.quoted is None:
        return False
    line = block.grid.rows[row]
    return len(line) > block.quoted and line[block.quoted] == layout.YES


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


def _plain_row(block: Block, row: int, columns: Columns) -> _Row | None:
    """The row where each cell is a text under its heading, or empty; None where one needs a closer look."""
    line = block.grid.rows[row]
    if len(line) < block.right:
        return None
    texts = _NO_TEXTS.copy()
    for (name, span), value in zip(columns.spans.items(), columns.pick(line), strict=True):
        if value.__class__ is str and value:
            if value[0] == "#":
                return None
            texts[name] = value.strip()
        elif (value is not None and value != "") or not _is_blank(block, row, *span):
            return None
    grid = block.grid
    return _Row(texts, Origin(grid.name, _PlacesInRow(row + grid.first_row, grid.first_column, columns.spans)))


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


def _lacking(texts: Mapping[str, str]) -> list[str]:
    """The empty fields of an indicator. An empty 一级, and 二级 below it, mean those of the row above anyway."""
    if not any(map(texts.__getitem__, _CONTENT)):
        return []
    names = ("level2", *_OWN_FIELDS) if texts["level1"] else _OWN_FIELDS
    return [name for name in names if not texts[name]]


def _with_merged(block: Block, row: _Row, lacking: Iterable[str]) -> _Row:
    """With what stands above an empty cell that is merged with it."""
    grid, cells = block.grid, row.origin.cells
    asked = (name for name in lacking if name in cells and name not in row.origin.defects)
    holders = {name: holder for name in asked if (holder := grid.merged.get(cells[name]))}
    if not holders:
        return row
    texts, places = row.texts.copy(), dict(cells) | holders
    for name, (line, column) in holders.items():
        texts[name] = read_text(grid.rows[line - grid.first_row][column - grid.first_column]).text
    return _Row(texts, Origin(grid.name, places, row.origin.defects))


def _indicator(row: _Row, level1: str, level2: str, *, is_quoted: bool) -> Indicator:
    texts = row.texts
    value = parse_value(texts["value"])
    return Indicator(
        level1, level2, texts["level3"], texts["description"], value, texts["basis"], row.origin, is_quoted
    )
