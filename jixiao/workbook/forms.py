"""Reading the form of a project or a basic expenditure out of a part of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jixiao.model.fields import node_field
from jixiao.model.money import Money
from jixiao.model.origin import Defect, Origin
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Indicator, Project
from jixiao.model.value import fold, parse_value
from jixiao.workbook import labels
from jixiao.workbook.cells import is_empty, read_amount, read_shares, read_text, shown
from jixiao.workbook.grid import CellValue, Grid
from jixiao.workbook.labels import Hit
from jixiao.workbook.layout import MONEY_UNIT_PREFIX, MONEY_UNITS, TITLE_SUFFIX

_UNIT = re.compile(r"(\d{6})(?!\d)(.*)", re.DOTALL)
_UNIT_LIKE = re.compile(r"(\d{3,9})(\D.*)", re.DOTALL)
_MONEY_UNIT = re.compile(rf"{re.escape(fold(MONEY_UNIT_PREFIX))}({'|'.join(MONEY_UNITS)})")
_TABLE_FIELDS = tuple(dict.fromkeys(labels.INDICATOR.values()))


class Found(NamedTuple):
    """A cell of the grid by its indices; the value is None where the cell is empty or holds no value."""

    row: int
    column: int
    value: CellValue
    defect: Defect | None = None


@dataclass(slots=True)
class Block:
    """Rows `top` to `bottom` (exclusive) and columns up to `right` (exclusive) of a grid: one form."""

    grid: Grid
    hits: Sequence[Hit]
    top: int
    bottom: int
    right: int
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    defects: dict[str, Defect] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Found:
        """The cell; a broken one holds nothing, so only where nothing is found a reason is looked for."""
        grid = self.grid
        cells = grid.rows[row]
        value = cells[column] if column < len(cells) else None
        if (value is None or value == "") and grid.broken:
            return Found(row, column, None, grid.broken.get((row + grid.first_row, column + grid.first_column)))
        return Found(row, column, value)

    def keep(self, name: str, found: Found, defect: Defect | None = None) -> None:
        """Remember where the field was found, and what is wrong with it there."""
        self.cells[name] = (found.row + self.grid.first_row, found.column + self.grid.first_column)
        problem = found.defect or defect
        if problem:
            self.defects[name] = problem

    def origin(self) -> Origin:
        return Origin(self.grid.name, self.cells, self.defects)

    def text(self, name: str, found: Found | None) -> str:
        if found is None:
            return ""
        text, defect = read_text(found.value)
        self.keep(name, found, defect)
        return text

    def amount(self, name: str, found: Found | None, unit: str) -> Money | None:
        if found is None:
            return None
        money, defect = read_amount(found.value, unit)
        self.keep(name, found, defect)
        return money


def read_project(block: Block) -> Project:
    fields = _label_cells(block, labels.PROJECT)
    title, unit, money_unit_cell = _head(block)
    unit_text = block.text("unit_code", unit)
    if unit:
        block.keep("unit_name", unit)
    unit_code, unit_name = _split_unit(unit_text)
    money_unit = _money_unit(money_unit_cell)
    return Project(
        code=block.text("code", right_of(block, fields.get("code"))),
        name=block.text("name", right_of(block, fields.get("name"))),
        unit_code=unit_code,
        unit_name=unit_name,
        title=block.text("title", title),
        money_unit=money_unit,
        budget=block.amount("budget", right_of(block, fields.get("budget")), money_unit),
        fiscal=block.amount("fiscal", right_of(block, fields.get("fiscal")), money_unit),
        other=block.amount("other", right_of(block, fields.get("other")), money_unit),
        purpose=block.text("purpose", _purpose(block, fields)),
        plan=_plan(block, fields.get("plan")),
        goal=block.text("goal", right_of(block, fields.get("goal"))),
        indicators=_indicators(block),
        origin=block.origin(),
    )


def read_basic(block: Block) -> BasicExpenditure:
    fields = _label_cells(block, labels.BASIC)
    money_unit = _money_unit(_head(block)[2])
    return BasicExpenditure(
        name=block.text("name", right_of(block, fields.get("name"))),
        budget=block.amount("budget", right_of(block, fields.get("budget")), money_unit),
        plan=_plan(block, fields.get("plan")),
        goal=block.text("goal", right_of(block, fields.get("goal"))),
        basis=block.text("basis", right_of(block, fields.get("basis"))),
        indicators=_indicators(block),
        origin=block.origin(),
    )


def _label_cells(block: Block, meaning: Mapping[str, str]) -> dict[str, Hit]:
    """field -> its first label in the block, outside the indicator table."""
    header = _table_header(block)
    table_row = header[0] if header else block.bottom
    found: dict[str, Hit] = {}
    for hit in block.hits:
        name = meaning.get(hit.label)
        if name and name not in found and hit.row < table_row:
            found[name] = hit
    return found


def right_of(block: Block, hit: Hit | None) -> Found | None:
    """The first filled cell right of a label, before the next label; the cell next to the label if none is filled."""
    if hit is None:
        return None
    stop = min(
        (other.column for other in block.hits if other.row == hit.row and other.column > hit.column),
        default=block.right,
    )
    for column in range(hit.column + 1, stop):
        found = block.at(hit.row, column)
        if found.defect or not is_empty(found.value):
            return found
    return block.at(hit.row, hit.column + 1)


def _purpose(block: Block, fields: Mapping[str, Hit]) -> Found | None:
    """用途 stands beside its label or, where the amounts stand there, in the row below them."""
    label = fields.get("purpose")
    if label is None:
        return None
    budget = fields.get("budget")
    if budget is None or budget.row != label.row:
        return right_of(block, label)
    labelled = {hit.row for hit in block.hits}
    below = next((row for row in range(label.row + 1, block.bottom) if row in labelled), block.bottom)
    rows = range(label.row + 1, below)
    for row in rows:
        for column in range(label.column + 1, block.right):
            found = block.at(row, column)
            if found.defect or not is_empty(found.value):
                return found
    return block.at(rows[0] if rows else label.row, label.column + 1)


def _plan(block: Block, label: Hit | None) -> SpendPlan:
    if label is None:
        return SpendPlan()
    rows = [hit.row for hit in block.hits if hit.row >= label.row and labels.node_month(hit.label)]
    if not rows:
        return SpendPlan()
    header_row = min(rows)
    header = [(labels.node_month(hit.label), hit.column) for hit in block.hits if hit.row == header_row]
    nodes = [(month, column) for month, column in header if month]
    stops = [column for _, column in nodes[1:]] + [block.right]
    found = _plan_cells(block, header_row, [(column, stop) for (_, column), stop in zip(nodes, stops, strict=True)])
    shares = read_shares([cell.value for cell in found])
    for (month, _), cell, share in zip(nodes, found, shares, strict=True):
        block.keep(node_field(month), cell, share.defect)
    block.keep("plan", Found(label.row, label.column, None))
    return SpendPlan(tuple(Node(month, share.percent) for (month, _), share in zip(nodes, shares, strict=True)))


def _plan_cells(block: Block, header_row: int, spans: Sequence[tuple[int, int]]) -> list[Found]:
    """The cells under the nodes: the first row below with anything in it, before the next labelled row."""
    labelled = {hit.row for hit in block.hits}
    stop = next((row for row in range(header_row + 1, block.bottom) if row in labelled), block.bottom)
    for row in range(header_row + 1, stop):
        cells = [_in_span(block, row, *span) for span in spans]
        if any(cell.defect or not is_empty(cell.value) for cell in cells):
            return cells
    row = min(header_row + 1, block.bottom - 1)
    return [block.at(row, column) for column, _ in spans]


def _in_span(block: Block, row: int, column: int, stop: int) -> Found:
    """The cell of a table column, which a merged or an inserted column may have pushed to the right."""
    first = block.at(row, column)
    if first.value or first.defect or not is_empty(first.value):
        return first
    for other in range(column + 1, min(stop, len(block.grid.rows[row]))):
        found = block.at(row, other)
        if found.defect or not is_empty(found.value):
            return found
    return first


def _table_header(block: Block) -> tuple[int, dict[str, int]] | None:
    """The row of the indicator table's header and the column of each of its fields."""
    by_row: dict[int, dict[str, int]] = {}
    for hit in block.hits:
        name = labels.INDICATOR.get(hit.label)
        if name:
            by_row.setdefault(hit.row, {}).setdefault(name, hit.column)
    for row, columns in by_row.items():
        if "level1" in columns and len(columns) >= 3:
            return row, columns
    return None


def _indicators(block: Block) -> tuple[Indicator, ...]:
    header = _table_header(block)
    if header is None:
        return ()
    header_row, columns = header
    block.keep("indicators", Found(header_row, columns["level1"], None))
    ordered = sorted(columns.items(), key=lambda item: item[1])
    stops = [column for _, column in ordered[1:]] + [block.right]
    spans = {name: (column, stop) for (name, column), stop in zip(ordered, stops, strict=True)}
    indicators: list[Indicator] = []
    level1 = level2 = ""
    for row in range(header_row + 1, block.bottom):
        cells = {name: _in_span(block, row, *span) for name, span in spans.items()}
        stated1, stated2 = shown(cells["level1"].value), shown(cells["level2"].value) if "level2" in cells else ""
        if stated1 or cells["level1"].defect:
            level1, level2 = stated1, ""
        level2 = stated2 or level2
        if _is_filled(cells):
            indicators.append(_indicator(block.grid, cells, level1, level2))
    return tuple(indicators)


def _is_filled(cells: Mapping[str, Found]) -> bool:
    """A row with levels alone is a line of the blank form, no indicator."""
    return any(
        cell.defect or not is_empty(cell.value)
        for name, cell in cells.items()
        if name in ("level3", "description", "value")
    )


def _indicator(grid: Grid, cells: Mapping[str, Found], level1: str, level2: str) -> Indicator:
    places = {name: (found.row + grid.first_row, found.column + grid.first_column) for name, found in cells.items()}
    defects: dict[str, Defect] = {}
    texts: dict[str, str] = dict.fromkeys(_TABLE_FIELDS, "")
    for name, found in cells.items():
        value = found.value
        if value.__class__ is str and value[:1] != "#":
            texts[name] = value.strip()
            continue
        texts[name], defect = read_text(value)
        problem = found.defect or defect
        if problem:
            defects[name] = problem
    return Indicator(
        level1=level1,
        level2=level2,
        level3=texts["level3"],
        description=texts["description"],
        value=parse_value(texts["value"]),
        basis=texts["basis"],
        origin=Origin(grid.name, places, defects),
    )


def _head(block: Block) -> tuple[Found | None, Found | None, Found | None]:
    """The title, the line of the unit's code and name, the unit of money: what stands above the first label."""
    title = unit = money_unit = None
    first = min((hit.row for hit in block.hits), default=block.top)
    for row in range(block.top, first):
        for column in range(min(block.right, len(block.grid.rows[row]))):
            found = block.at(row, column)
            text = read_text(found.value).text
            if not text:
                continue
            folded = fold(text)
            if folded.endswith(TITLE_SUFFIX):
                title = title or found
            elif _MONEY_UNIT.fullmatch(folded):
                money_unit = found
            elif _UNIT_LIKE.fullmatch(text):
                unit = unit or found
    return title, unit, money_unit


def _split_unit(text: str) -> tuple[str, str]:
    """101001某某局本级 -> code and name."""
    match = _UNIT.fullmatch(text) or _UNIT_LIKE.fullmatch(text)
    return (match[1], match[2].strip()) if match else ("", text)


def _money_unit(found: Found | None) -> str:
    match = _MONEY_UNIT.fullmatch(fold(shown(found.value))) if found else None
    return match[1] if match else "元"
