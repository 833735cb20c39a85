"""How messages name the places in both parts, and both texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jixiao.model.narrative import Passage
from jixiao.model.origin import Origin
from jixiao.model.plan import SpendPlan, exact_percent
from jixiao.model.records import BasicExpenditure, Indicator, Spending
from jixiao.rules.parts.matching import Pair

_LONGEST = 45


class Both(NamedTuple):
    passage: Passage
    spending: Spending


def both(pair: Pair) -> Both | None:
    """A passage and its spending that are to be compared; None where JX801 or JX802 has to be settled first."""
    if pair.passage is None or pair.spending is None or pair.is_doubtful:
        return None
    return Both(pair.passage, pair.spending)


def part1(passage: Passage) -> str:
    """`第一部分（第 33 行）`."""
    return f"第一部分（{passage.source}）" if passage.source else "第一部分"


def part2(spending: Spending, *fields: str) -> str:
    """`第二部分“人大会议费”表（C5）`: the sheet, and the cell of the first of the fields that has one."""
    return _place(spending, spending.origin, fields)


def row_place(spending: Spending, row: Indicator, field: str) -> str:
    """Likewise for a cell of the indicator table."""
    return _place(spending, row.origin, (field,))


def _place(spending: Spending, origin: Origin, fields: Iterable[str]) -> str:
    is_basic = isinstance(spending, BasicExpenditure)  # has no table in the published Part 2
    sheet = f"“{origin.sheet}”表" if origin.sheet else "基本支出表" if is_basic else ""
    cell = cell_of(origin, fields)
    return f"{'' if is_basic else '第二部分'}{sheet}" + (f"（{cell}）" if cell else "")


def cell_of(origin: Origin, fields: Iterable[str]) -> str:
    """The first cell that one of the fields has; "" if none."""
    return next((place.a1 for place in map(origin.place, fields) if place.a1), "")


def named(spending: Spending) -> str:
    return f"“{spending.name}”"


def short(text: str) -> str:
    """On one line, and not longer than a message can bear."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def plan_text(plan: SpendPlan, *, with_months: bool) -> str:
    """`20%、50%、80%、100%`, or `3月底20%、6月底50%…`; only nodes with a share."""
    if not with_months:
        return plan.text
    return "、".join(f"{node.month}月底{exact_percent(node.share)}" for node in plan.nodes if node.share is not None)


def months_text(plan: SpendPlan) -> str:
    return "、".join(f"{month}月底" for month in plan.months)
