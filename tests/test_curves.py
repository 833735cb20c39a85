"""Spend curves: never falling, ending at the budget, summing exactly."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.curves import amount_at, department_curves, node_amounts, share_of, spending_curve
from jixiao.model.money import ZERO, Money
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Department, Project

FORM_NODES = (3, 6, 10, 12)


def plan_of(**shares: str) -> SpendPlan:
    """plan_of(m3="20", m12="100")."""
    return SpendPlan(tuple(Node(int(month[1:]), Decimal(share)) for month, share in shares.items()))


@st.composite
def plans(draw: st.DrawFn) -> SpendPlan:
    """Usable plans with any nodes; the last one need not be December."""
    months = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=6)))
    percent = st.decimals(min_value=0, max_value=100, places=2)
    shares = sorted(draw(st.lists(percent, min_size=len(months) - 1, max_size=len(months) - 1)))
    return SpendPlan(tuple(Node(*node) for node in zip(months, [*shares, Decimal(100)], strict=True)))


BUDGETS = st.integers(0, 10**13).map(Money)
PROJECTS = st.builds(Project, budget=BUDGETS | st.none(), plan=plans() | st.just(SpendPlan()))
BASICS = st.builds(BasicExpenditure, budget=BUDGETS, plan=plans())
DEPARTMENTS = st.builds(
    Department,
    basics=st.lists(BASICS, max_size=2).map(tuple),
    projects=st.lists(PROJECTS, max_size=6).map(tuple),
)


@given(BUDGETS, plans())
def test_a_curve_never_falls_and_ends_at_the_budget(budget: Money, plan: SpendPlan) -> None:
    curve = spending_curve(Project(budget=budget, plan=plan))
    assert curve is not None
    assert all(earlier <= later for earlier, later in pairwise((ZERO, *curve.monthly)))
    assert curve.nodes[-1].amount == curve.monthly[-1] == curve.budget == budget
    assert len(curve.monthly) == 12


@given(BUDGETS, plans())
def test_the_months_pass_through_the_nodes(budget: Money, plan: SpendPlan) -> None:
    curve = spending_curve(Project(budget=budget, plan=plan))
    assert curve is not None
    assert [node.amount for node in curve.nodes] == list(node_amounts(budget, plan))
    assert all(curve.monthly[node.month - 1] == node.amount for node in curve.nodes)


@given(BUDGETS, plans())
def test_between_two_nodes_the_line_is_straight_to_the_fen(budget: Money, plan: SpendPlan) -> None:
    amounts = node_amounts(budget, plan)
    nodes = [(0, ZERO), *zip(plan.months, amounts, strict=True)]
    for (start, first), (end, last) in pairwise(nodes):
        for month in range(start + 1, end + 1):
            exact = first.fen + Decimal(last.fen - first.fen) * (month - start) / (end - start)
            assert abs(amount_at(plan.months, amounts, month).fen - exact) <= Decimal("0.5")


@given(BUDGETS, plans())
def test_each_node_is_its_share_of_the_budget_to_half_a_fen(budget: Money, plan: SpendPlan) -> None:
    for share, amount in zip(plan.shares, node_amounts(budget, plan), strict=True):
        assert share is not None
        assert abs(amount.fen - budget.fen * share / 100) <= Decimal("0.5")


@given(DEPARTMENTS)
def test_the_department_is_the_sum_of_its_parts(department: Department) -> None:
    curves = department_curves(department, FORM_NODES)
    assert {id(one) for one, _ in curves.by_spending} | {id(one) for one in curves.excluded} == {
        id(one) for one in department.spendings
    }
    assert len(curves.by_spending) + len(curves.excluded) == len(department.spendings)
    everything = [curve for _, curve in curves.by_spending]
    projects = [curve for spending, curve in curves.by_spending if isinstance(spending, Project)]
    for total, parts in ((curves.department, everything), (curves.projects_total, projects)):
        assert total.budget == Money.total(curve.budget for curve in parts)
        for month in range(12):
            assert total.monthly[month] == Money.total(curve.monthly[month] for curve in parts)
        assert [node.amount for node in total.nodes] == [total.monthly[month - 1] for month in FORM_NODES]
        assert total.nodes[-1].amount == total.budget


@pytest.mark.parametrize(
    ("fen", "share", "expected"),
    [
        (1, "50", 1), (1, "49.99", 0), (3, "50", 2), (5, "50", 3), (101, "50", 51), (250, "0.2", 1),
        (249, "0.2", 0), (1000, "33.35", 334), (1000, "33.34", 333), (115600, "20", 23120),
        (10**15, "33.33", 3333 * 10**11),
    ],
)  # fmt: skip
def test_half_a_fen_goes_up(fen: int, share: str, expected: int) -> None:
    assert node_amounts(Money(fen), plan_of(m3=share, m12="100"))[0] == Money(expected)


@pytest.mark.parametrize(
    ("month", "expected"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4), (9, 5), (12, 6)]
)
def test_half_a_fen_between_nodes_goes_up(month: int, expected: int) -> None:
    assert amount_at((12,), (Money(6),), month) == Money(expected)


def test_the_line_starts_at_nothing_and_stays_after_the_last_node() -> None:
    months, amounts = (3, 6), (Money(300), Money(900))
    assert [amount_at(months, amounts, month).fen for month in range(13)] == [
        0, 100, 200, 300, 500, 700, 900, 900, 900, 900, 900, 900, 900,
    ]  # fmt: skip


def test_no_curve_is_guessed_without_a_budget_or_a_usable_plan() -> None:
    good = plan_of(m6="50", m12="100")
    assert spending_curve(Project(budget=None, plan=good)) is None
    assert spending_curve(Project(budget=Money(100), plan=SpendPlan())) is None
    assert spending_curve(Project(budget=Money(100), plan=plan_of(m6="60", m12="50"))) is None


def test_a_project_without_money_has_a_flat_curve() -> None:
    curve = spending_curve(Project(budget=ZERO, plan=plan_of(m6="50", m12="100")))
    assert curve is not None
    assert set(curve.monthly) == {ZERO}
    assert [node.share for node in curve.nodes] == [0, 0]


def test_the_share_of_a_sum_is_no_mean_of_shares() -> None:
    early = Project(budget=Money(900_00), plan=plan_of(m6="100", m12="100"))
    late = Project(budget=Money(100_00), plan=plan_of(m6="0", m12="100"))
    half_year = department_curves(Department(projects=(early, late)), (6, 12)).projects_total.nodes[0]
    assert (half_year.amount, half_year.share) == (Money(900_00), Decimal(90))


def test_a_share_of_nothing_is_nothing() -> None:
    assert share_of(ZERO, ZERO) == 0
    assert share_of(Money(1), Money(8)) == Decimal("12.5")


def test_a_department_without_spendings_has_empty_curves() -> None:
    curves = department_curves(Department(), FORM_NODES)
    assert curves.department.budget == curves.projects_total.budget == ZERO
    assert (curves.by_spending, curves.excluded) == ((), ())
