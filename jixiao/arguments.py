"""Reading the arguments of worksheet functions: what a spreadsheet hands over, or why it cannot be used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from jixiao.curves import MONTHS
from jixiao.model.fields import field_label
from jixiao.model.money import HUNDRED, Money
from jixiao.model.plan import Node, SpendPlan, percent_text
from jixiao.model.value import fold
from jixiao.workbook.cells import Share, is_empty, read_amount, read_shares, read_text, shown
from jixiao.workbook.grid import CellValue
from jixiao.workbook.labels import node_month

_LONGEST_QUOTE = 20


class BadArgument(ValueError):
    """A function cannot answer. The text is Chinese, for the user: which argument, what stands there."""


def one_cell(value: Any, label: str) -> CellValue:
    """An argument that is one cell."""
    while isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    if isinstance(value, list | tuple):
        raise BadArgument(f"“{label}”应是一个单元格，不能是多个单元格的区域")
    return cast("CellValue", value)


def all_cells(value: Any) -> list[CellValue]:
    """A range, row by row."""
    if isinstance(value, list | tuple):
        return [cell for part in value for cell in all_cells(part)]
    return [value]


def text_of(value: Any, label: str) -> str:
    """A text or a number as it is shown; "" for an empty cell."""
    text, defect = read_text(one_cell(value, label))
    if defect:
        what = "错误值" if defect.kind == "error" else "日期"
        raise BadArgument(f"“{label}”单元格是{what} {defect.shown}，应为文字")
    return text


def money_of(value: Any) -> Money:
    """The budget, in yuan."""
    label = field_label("budget")
    money, defect = read_amount(one_cell(value, label))
    if money is None:
        raise BadArgument(f"“{label}”填的“{quoted(defect.shown)}”不是有效的金额" if defect else f"“{label}”没有填写")
    return money


def percent_of(share: Share, position: int) -> Decimal:
    """The share of the plan's node at `position`, from 0 to 100."""
    label = f"第 {position} 个节点的支出比例"
    if share.percent is None:
        problem = f"填的“{quoted(share.defect.shown)}”不是百分数" if share.defect else "没有填写"
        raise BadArgument(f"{label}{problem}")
    if not share.percent.is_finite() or not 0 <= share.percent <= HUNDRED:
        raise BadArgument(f"{label}是 {quoted(percent_text(share.percent))}，应在 0% 到 100% 之间")
    return share.percent


def plan_of(shares: Any, months: Any) -> SpendPlan:
    """A usable plan out of two ranges of the same length."""
    stated, headings = _without_empty_end(all_cells(shares)), _without_empty_end(all_cells(months))
    if len(stated) != len(headings):
        raise BadArgument(f"支出比例有 {len(stated)} 个，节点月份有 {len(headings)} 个，应一一对应")
    percents = [percent_of(share, position) for position, share in enumerate(read_shares(stated), 1)]
    nodes = zip((month_of(heading, 1) for heading in headings), percents, strict=True)
    plan = SpendPlan(tuple(Node(month, percent) for month, percent in nodes))
    if not plan.is_usable:
        raise BadArgument("支出计划画不成曲线：节点月份应从早到晚，累计比例不能下降，最后一个节点应为 100%")
    return plan


def _without_empty_end(cells: list[CellValue]) -> list[CellValue]:
    """The last node's cell may be merged over several columns: all but the first of them are empty."""
    filled = [number for number, cell in enumerate(cells, 1) if not is_empty(cell)]
    return cells[: filled[-1]] if filled else []


def month_of(value: CellValue, least: int) -> int:
    """3, or a heading such as 3月底."""
    return node_month(fold(shown(value))) or whole_of(value, "月份", least, MONTHS)


def whole_of(value: CellValue, label: str, least: int, most: int) -> int:
    """A whole number between the two, typed as a number or a text."""
    text = fold(shown(value))
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else None
    if number is None or not least <= number <= most:
        stands = f"现在是“{quoted(text)}”" if text else "现在是空的"
        raise BadArgument(f"“{label}”应是 {least} 到 {most} 的整数，{stands}")
    return number


def quoted(text: str) -> str:
    """What stands in a cell, cut to the length of a message."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
