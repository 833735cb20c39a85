"""The department and what it plans to do with its money."""

from __future__ import annotations

from dataclasses import dataclass, field

from jixiao.model.money import Money
from jixiao.model.narrative import Passage
from jixiao.model.origin import NOWHERE, Origin
from jixiao.model.plan import SpendPlan
from jixiao.model.value import NO_VALUE, IndicatorValue


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the indicator table. Texts are stripped; "" where the cell is empty.

    representative: the user chose it to be quoted in Part 1 of the published text.
    """

    level1: str = ""
    level2: str = ""
    level3: str = ""
    description: str = ""
    value: IndicatorValue = NO_VALUE
    basis: str = ""
    origin: Origin = NOWHERE
    representative: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """One 项目绩效目标表. Amounts are None where the cell is empty or unreadable."""

    code: str = ""
    name: str = ""
    unit_code: str = ""
    unit_name: str = ""
    title: str = ""
    money_unit: str = "元"
    budget: Money | None = None
    fiscal: Money | None = None
    other: Money | None = None
    purpose: str = ""
    plan: SpendPlan = field(default_factory=SpendPlan)
    goal: str = ""
    indicators: tuple[Indicator, ...] = ()
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class BasicExpenditure:
    """人员经费 or 日常公用经费: an amount with a goal and a plan, but no table in the published Part 2."""

    name: str = ""
    budget: Money | None = None
    plan: SpendPlan = field(default_factory=SpendPlan)
    goal: str = ""
    indicators: tuple[Indicator, ...] = ()
    basis: str = ""
    origin: Origin = NOWHERE

    @property
    def code(self) -> str:
        return ""


Spending = Project | BasicExpenditure


@dataclass(frozen=True, slots=True)
class Department:
    """Everything one workbook says. `year` is the budget year, `region` six digits (GB/T 2260).

    passages: what Part 1 of a published text says about the spendings; empty where the workbook holds no such text.
    """

    unit_code: str = ""
    unit_name: str = ""
    year: int | None = None
    region: str = ""
    profile: str = ""
    control_total: Money | None = None
    overall_goal: str = ""
    measures: str = ""
    basics: tuple[BasicExpenditure, ...] = ()
    projects: tuple[Project, ...] = ()
    origin: Origin = NOWHERE
    passages: tuple[Passage, ...] = ()

    @property
    def spendings(self) -> tuple[Spending, ...]:
        """Basic expenditure first, then the projects, in the order of the workbook."""
        return (*self.basics, *self.projects)
