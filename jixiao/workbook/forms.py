"""Reading the form of a project or a basic expenditure out of a part of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jixiao.model.fields import node_field
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Project
from jixiao.model.value import fold
from jixiao.workbook import labels
from jixiao.workbook.block import Block, Found, in_span
from jixiao.workbook.cells import is_empty, read_shares, read_text, shown
from jixiao.workbook.labels import Hit
from jixiao.workbook.layout import MONEY_UNIT_PREFIX, MONEY_UNITS, TITLE_SUFFIX
from jixiao.workbook.table import read_indicators, table_header

_UNIT = re.compile(r"(\d{6})(?!\d)(.*)", re.DOTALL)
_UNIT_LIKE = re.compile(r"(\d{3,9})(\D.*)", re.DOTALL)
_MONEY_UNIT = re.compile(rf"(?:金额)?{re.escape(fold(MONEY_UNIT_PREFIX))}(?:人民币)?({'|'.join(MONEY_UNITS)})")


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
        indicators=read_indicators(block),
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
        indicators=read_indicators(block),
        origin=block.origin(),
    )


def _label_cells(block: Block, meaning: Mapping[str, str]) -> dict[str, Hit]:
    """field -> its first label in the block, outside the indicator table."""
    header = table_header(block)
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
    beside = [other.column for other in block.hits if other.row == hit.row and other.column > hit.column]
    stop = min(beside, default=block.right)
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
        cells = [in_span(block, row, *span) for span in spans]
        if any(cell.defect or not is_empty(cell.value) for cell in cells):
            return cells
    row = min(header_row + 1, block.bottom - 1)
    return [block.at(row, column) for column, _ in spans]


def _head(block: Block) -> tuple[Found | None, Found | None, Found | None]:
    """The title, the line of the unit's code and name, the unit of money: what stands above the first label."""
    title = unit = money_unit = None
    first = min((hit.row for hit in block.hits), default=block.top)
    for row in range(block.top, first):
        for column, value in enumerate(block.grid.rows[row][: block.right]):
            text = "" if value is None or value == "" else read_text(value).text
            if not text:
                continue
            found = block.at(row, column)
            folded = fold(text)
            if folded.endswith(TITLE_SUFFIX):
                title = title or found
            elif money_unit_in(text):
                money_unit = found
            elif is_unit_line(text):
                unit = unit or found
    return title, unit, money_unit


def _split_unit(text: str) -> tuple[str, str]:
    """101001某某局本级 -> code and name."""
    match = _UNIT.fullmatch(text) or _UNIT_LIKE.fullmatch(text)
    return (match[1], match[2].strip()) if match else ("", text)


def _money_unit(found: Found | None) -> str:
    return (money_unit_in(shown(found.value)) if found else None) or "元"


def money_unit_in(text: str) -> str | None:
    """单位：万元 -> 万元; None where the text declares no unit of money."""
    match = _MONEY_UNIT.fullmatch(fold(text))
    return match[1] if match else None


def is_unit_line(text: str) -> bool:
    """A unit's code and name: 101001某某局本级."""
    return bool(_UNIT_LIKE.fullmatch(text))
