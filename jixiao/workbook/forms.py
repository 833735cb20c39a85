"""Reading the form of a project or a basic expenditure out of a part of a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jixiao.model.fields import node_field
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Project
from jixiao.model.value import fold
from jixiao.workbook.block import Block, Found, in_span
from jixiao.workbook.cells import is_empty, read_shares, read_text, shown
from jixiao.workbook.form_map import PlanNodes
from jixiao.workbook.labels import Hit
from jixiao.workbook.layout import MONEY_UNIT_PREFIX, MONEY_UNITS, TITLE_SUFFIX
from jixiao.workbook.table import read_indicators

_UNIT = re.compile(r"(\d{6})(?!\d)(.*)", re.DOTALL)
_UNIT_BEHIND = re.compile(r"(.+)[（(](\d{6})[)）]", re.DOTALL)  # 某某局本级（101001）
_BETWEEN = " \u3000\t\n-－—–_:："  # a unit's code and its name
_UNIT_LIKE = re.compile(r"(\d{3,9})(?![\d年月日元万%.．、:：-])(\D.*)", re.DOTALL)
_UNIT_DASHED = re.compile(r"\d{6}[-－—–]\s*[一-鿿]")
_UNIT_PREFIX = re.compile(
    r"^(?:预算|填报|申报|项目)?(?:单位|部门)(?:[（(]单位[）)])?(?:编码|代码)?[及和]?(?:名称)?\s*[:：]\s*(?!人民币|[千万]?元)(?=.{4})"
)
_UNIT_LINES = (re.compile(rf"(?:{_UNIT_LIKE.pattern}|{_UNIT_BEHIND.pattern})\Z", re.DOTALL), _UNIT_DASHED, _UNIT_PREFIX)
_MONEY_UNITS = "|".join(MONEY_UNITS)
_MONEY_UNIT = re.compile(rf"\(?(?:金额|货币)?{re.escape(fold(MONEY_UNIT_PREFIX))}(?:人民币)?({_MONEY_UNITS})\)?")
_MONEY_UNIT_OF_LABEL = re.compile(rf".*\((?:单位:)?({_MONEY_UNITS})\):?")
_TITLE = re.compile(rf".*(?:{TITLE_SUFFIX}|绩效目标(?:申报|批复|公开)表)(?:\([^()]*\))?")
_LONGEST_LABEL = 24


def read_project(block: Block, money_unit: str = "元") -> Project:
    """`money_unit` is what holds where the block declares no unit of its own."""
    fields = block.map.project
    title, unit, money_unit_cell = _head(block)
    unit_code, unit_name = _unit(block, unit)
    money_unit = _money_unit(money_unit_cell) or _money_unit_inside(block) or money_unit
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
    fields = block.map.basic
    money_unit = _money_unit(_head(block)[2]) or "元"
    return BasicExpenditure(
        name=block.text("name", right_of(block, fields.get("name"))),
        budget=block.amount("budget", right_of(block, fields.get("budget")), money_unit),
        plan=_plan(block, fields.get("plan")),
        goal=block.text("goal", right_of(block, fields.get("goal"))),
        basis=block.text("basis", right_of(block, fields.get("basis"))),
        indicators=read_indicators(block),
        origin=block.origin(),
    )


def right_of(block: Block, hit: Hit | None) -> Found | None:
    """The first filled cell right of a label, before the next label; the cell meant for it if none is filled."""
    if hit is None:
        return None
    for column in range(hit.column + 1, block.map.stops[hit]):
        found = block.at(hit.row, column)
        if found.defect or not is_empty(found.value):
            return found
    return block.at(hit.row, block.map.value_column(hit))


def _purpose(block: Block, fields: Mapping[str, Hit]) -> Found | None:
    """用途 stands beside its label or, where the amounts stand there, in the row below them."""
    label = fields.get("purpose")
    if label is None:
        return None
    budget = fields.get("budget")
    if budget is None or budget.row != label.row:
        return right_of(block, label)
    rows = range(label.row + 1, block.next_labelled(label.row))
    for row in rows:
        for column in range(label.column + 1, block.right):
            found = block.at(row, column)
            if found.defect or not is_empty(found.value):
                return found
    return block.at(rows[0], block.map.value_column(label)) if rows else None


def _plan(block: Block, label: Hit | None) -> SpendPlan:
    nodes = block.map.plan(label) if label else None
    if label is None or nodes is None:
        return SpendPlan()
    found = _plan_cells(block, nodes)
    shares = read_shares([cell.value for cell in found])
    for month, cell, share in zip(nodes.months, found, shares, strict=True):
        block.keep(node_field(month), cell, share.defect)
    block.keep("plan", Found(label.row, label.column, None))
    return SpendPlan(tuple(Node(month, share.percent) for month, share in zip(nodes.months, shares, strict=True)))


def _plan_cells(block: Block, nodes: PlanNodes) -> list[Found]:
    """The cells under the nodes: the first row below with anything in it, before the next labelled row."""
    for row in range(nodes.row + 1, block.next_labelled(nodes.row)):
        cells = [in_span(block, row, *span) for span in nodes.spans]
        if any(cell.defect or not is_empty(cell.value) for cell in cells):
            return cells
    row = min(nodes.row + 1, block.bottom - 1)
    return [block.at(row, column) for column, _ in nodes.spans]


def _head(block: Block) -> tuple[Found | None, Found | None, Found | None]:
    """The title, the line of the unit's code and name, the unit of money: what stands above the first label."""
    title = unit = money_unit = None
    first = block.map.first_row
    for row in range(block.top, block.top if first is None else first):
        for column, value in enumerate(block.grid.rows[row][: block.right]):
            text = "" if value is None or value == "" else read_text(value).text
            if not text:
                continue
            found = block.at(row, column)
            if is_title(text):
                title = title or found
            elif money_unit_in(text):
                money_unit = found
            elif is_unit_line(text):
                unit = unit or found
    return title, unit, money_unit


def _split_unit(text: str) -> tuple[str, str]:
    """101001某某局本级 -> code and name."""
    text = _UNIT_PREFIX.sub("", text, count=1)
    if match := _UNIT_BEHIND.fullmatch(text):
        return match[2], match[1].strip()
    match = _UNIT.fullmatch(text) or _UNIT_LIKE.fullmatch(text)
    return (match[1], match[2].strip(_BETWEEN)) if match else ("", text)


def _unit(block: Block, line: Found | None) -> tuple[str, str]:
    """The unit's code and name: from its line above the form, else from the cells beside their labels."""
    if line:
        text = block.text("unit_code", line)
        block.keep("unit_name", line)
        return _split_unit(text)
    fields = block.map.department
    code = block.text("unit_code", right_of(block, fields.get("unit_code")))
    name_cell = right_of(block, fields.get("unit_name"))
    if code or name_cell is None:
        return code, block.text("unit_name", name_cell)
    return _split_unit(block.text("unit_name", name_cell))


def _money_unit(found: Found | None) -> str | None:
    return money_unit_in(shown(found.value)) if found else None


def _money_unit_inside(block: Block) -> str | None:
    """The unit that a label states, 预算数（万元）, or a cell beside the labels."""
    table = block.map.table
    for row in range(block.top, table.row if table else block.bottom):
        for value in block.grid.rows[row][: block.right]:
            if isinstance(value, str) and len(value) <= _LONGEST_LABEL and "元" in value:
                match = _MONEY_UNIT_OF_LABEL.fullmatch(fold(value))
                unit = match[1] if match else money_unit_in(value)
                if unit:
                    return unit
    return None


def money_unit_in(text: str) -> str | None:
    """单位：万元 -> 万元; None where the text declares no unit of money."""
    match = _MONEY_UNIT.fullmatch(fold(text))
    return match[1] if match else None


def is_unit_line(text: str) -> bool:
    """A unit's code and name: 101001某某局本级; or its name behind 预算单位：."""
    return any(pattern.match(text) for pattern in _UNIT_LINES)


def is_title(text: str) -> bool:
    """1.代表之家绩效目标表."""
    return _TITLE.fullmatch(fold(text)) is not None
