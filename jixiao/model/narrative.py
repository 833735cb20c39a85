"""What Part 1 of the published text (部门整体绩效目标) says about each spending, beside the tables of Part 2."""

from __future__ import annotations

from dataclasses import dataclass, field

from jixiao.model.money import Money
from jixiao.model.origin import NOWHERE, Origin
from jixiao.model.plan import SpendPlan
from jixiao.model.value import NO_VALUE, IndicatorValue


@dataclass(frozen=True, slots=True)
class Quote:
    """An indicator as a passage quotes it: `一级－二级－三级（描述），指标值为…`.

    Texts as written; "" where not said.
    """

    level1: str = ""
    level2: str = ""
    level3: str = ""
    description: str = ""
    value: IndicatorValue = NO_VALUE
    text: str = ""
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Passage:
    """One spending's passage of 分项绩效目标. A thing the passage does not say is "", (), or None.

    name: as written between the quotation marks, or 人员经费, 日常公用经费. is_basic: one of these two.
    budget: exact; `budget_digits` is the amount as written (`11.56万元`), from which its precision is seen.
    plan: the nodes as written; is_cumulative: the sentence says 累计.
    named_levels: the 一级 it names, in its own words (效果指标); level_count: the number it gives for them.
    declared_count: the number of indicators it declares; declared_of: of which kind, as written (二、三级指标).
    source: where in the document the text stands, for people: 第 33 行.
    """

    name: str = ""
    is_basic: bool = False
    budget: Money | None = None
    budget_digits: str = ""
    goal: str = ""
    plan: SpendPlan = field(default_factory=SpendPlan)
    is_cumulative: bool = False
    named_levels: tuple[str, ...] = ()
    level_count: int | None = None
    declared_count: int | None = None
    declared_of: str = ""
    quotes: tuple[Quote, ...] = ()
    basis: str = ""
    text: str = ""
    source: str = ""
    origin: Origin = NOWHERE

    @property
    def code(self) -> str:
        return ""
