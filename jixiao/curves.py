"""Spend curves: cumulative amounts at the plan's nodes and month by month, exact to the 分.

A department's curve is the sum of amounts, never the mean of percentages. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jixiao.model.money import HUNDRED, ZERO, Money, round_half_up
from jixiao.model.plan import SpendPlan
from jixiao.model.records import Department, Project, Spending

MONTHS = 12


class CurveNode(NamedTuple):
    """By the end of `month`: the cumulative amount, and its share of the total in per cent."""

    month: int
    amount: Money
    share: Decimal


@dataclass(frozen=True, slots=True)
class Curve:
    """`monthly` holds 12 cumulative amounts, the ends of January to December."""

    budget: Money
    nodes: tuple[CurveNode, ...]
    monthly: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class DepartmentCurves:
    """`department` is everything, `projects_total` the projects alone.

    by_spending: in the order of the workbook.
    excluded: the spendings without a usable budget and plan; they are in no sum.
    """

    department: Curve
    projects_total: Curve
    by_spending: tuple[tuple[Spending, Curve], ...]
    excluded: tuple[Spending, ...]


def node_amounts(budget: Money, plan: SpendPlan) -> tuple[Money, ...]:
    """The amount at each node of a usable plan, half up to the 分; the last node is exactly the budget."""
    shares = [share for share in plan.shares if share is not None]
    return tuple(budget if share == HUNDRED else budget.share(share) for share in shares)


def amount_at(months: Sequence[int], amounts: Sequence[Money], month: int) -> Money:
    """The cumulative amount at the end of `month`, between nodes by linear interpolation, half up to the 分.

    Before the first node the line starts at nothing in month 0; after the last node it stays.
    """
    earlier_month, earlier = 0, ZERO
    for node_month, amount in zip(months, amounts, strict=True):
        if month <= node_month:
            gone = Decimal(amount.fen - earlier.fen) * (month - earlier_month) / (node_month - earlier_month)
            return Money(earlier.fen + round_half_up(gone))
        earlier_month, earlier = node_month, amount
    return earlier


def spending_curve(spending: Spending) -> Curve | None:
    """None where the budget is missing or the plan unusable: a curve is not guessed."""
    budget, plan = spending.budget, spending.plan
    if budget is None or not plan.is_usable:
        return None
    amounts = node_amounts(budget, plan)
    return _curve(budget, plan.months, amounts, _monthly(plan.months, amounts))


def department_curves(department: Department, node_months: Sequence[int]) -> DepartmentCurves:
    """All curves of a department; the sums are given at `node_months`, the nodes of its profile."""
    known: list[tuple[Spending, Curve]] = []
    excluded: list[Spending] = []
    for spending in department.spendings:
        curve = spending_curve(spending)
        if curve is None:
            excluded.append(spending)
        else:
            known.append((spending, curve))
    projects = [curve for spending, curve in known if isinstance(spending, Project)]
    return DepartmentCurves(
        _sum((curve for _, curve in known), node_months),
        _sum(projects, node_months),
        tuple(known),
        tuple(excluded),
    )


def _sum(curves: Iterable[Curve], node_months: Sequence[int]) -> Curve:
    parts = list(curves)
    monthly = tuple(Money.total(part.monthly[month] for part in parts) for month in range(MONTHS))
    budget = Money.total(part.budget for part in parts)
    return _curve(budget, tuple(node_months), tuple(monthly[month - 1] for month in node_months), monthly)


def _monthly(months: Sequence[int], amounts: Sequence[Money]) -> tuple[Money, ...]:
    return tuple(amount_at(months, amounts, month) for month in range(1, MONTHS + 1))


def _curve(budget: Money, months: Sequence[int], amounts: Sequence[Money], monthly: tuple[Money, ...]) -> Curve:
    ends = zip(months, amounts, strict=True)
    nodes = tuple(CurveNode(month, amount, share_of(amount, budget)) for month, amount in ends)
    return Curve(budget, nodes, monthly)


def share_of(part: Money, whole: Money) -> Decimal:
    """Per cent, unrounded; 0 of nothing."""
    return Decimal(part.fen) * HUNDRED / whole.fen if whole else Decimal(0)
