"""JX803, JX804, JX809: amounts and spend plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from jixiao.model.fields import node_field
from jixiao.model.money import Money
from jixiao.model.narrative import Passage
from jixiao.model.plan import SpendPlan, exact_percent
from jixiao.model.records import Spending
from jixiao.rules.core import (
    FORM,
    GOOD_PRACTICE,
    Case,
    Fault,
    On,
    Settings,
    Severity,
    Unjudged,
    Wording,
    fault,
    rule,
)
from jixiao.rules.parts.amounts import in_words, step_of
from jixiao.rules.parts.matching import Pair
from jixiao.rules.parts.places import both, months_text, part1, part2, plan_text

_NODES_SHOWN = 4


@rule(
    "JX803",
    "amount-differs-between-parts",
    Severity.ERROR,
    on=On.PAIR,
    title="第一部分的金额应与第二部分的预算数一致",
    source=GOOD_PRACTICE,
    says="{part1}“{name}”写的是 {stated}，{part2}的预算数是 {budget} 元，相差 {difference} 元",
    advice="按批复的预算数改正写错的一处；以表为准的，第一部分改为 {exact}",
    variants={
        "rounded": Wording(
            "{part1}“{name}”写的是 {stated}，{part2}的预算数是 {budget} 元，第一部分是四舍五入后的数",
            "可以写全：{exact}",
            Severity.INFO,
        ),
        "cut": Wording(
            "{part1}“{name}”写的是 {stated}，{part2}的预算数是 {budget} 元，第一部分像是去掉了尾数",
            "写全：{exact}",
            Severity.WARNING,
        ),
        "together": Wording(
            "{part1}“{name}”写的是 {stated}，第二部分这 {count} 个项目的预算数合计 {budget} 元，相差 {difference} 元",
            "核对金额，每个项目单独写一段",
            Severity.WARNING,
        ),
    },
    parameters={"tolerance": "允许的差额（元）"},
    example=Case("第一部分 11.5万元，第二部分 115600.00", "第一部分 11.56万元，第二部分 115600.00"),
)
def amount_differs_between_parts(pair: Pair, settings: Settings) -> Iterator[Fault | Unjudged]:
    """两部分的金额往往分别填写，改了一处忘了另一处，公开后最容易被问到。

    万元按 10,000 元换算。第一部分按所写的位数四舍五入的（400256.78 元写作 40.03万元），不是矛盾，只作提示；去掉尾数
    的、取整后相差超过 1% 的，作警告。
    没有写金额的不比较；名称和金额都不同的，由 JX801 提示确认。
    """
    passage = pair.passage
    if passage is None or pair.is_doubtful:
        return
    spendings = pair.together or ((pair.spending,) if pair.spending else ())
    yield from (Unjudged(record, "budget") for record in (passage, *spendings) if record.budget is None)
    budgets = [spending.budget for spending in spendings if spending.budget is not None]
    if passage.budget is None or not budgets or len(budgets) < len(spendings):
        return
    budget = Money.total(budgets)
    difference = abs(budget - passage.budget)
    if difference.yuan <= Decimal(str(settings["tolerance"])):
        return
    step = step_of(passage.budget_digits, settings.words("money_units"))
    yield fault(
        passage, "budget", "together" if pair.together else _kind(budget, passage.budget, step),
        part1=part1(passage), part2=part2(spendings[0], "budget"), name=passage.name, count=len(spendings),
        stated=passage.budget_digits or f"{passage.budget} 元", budget=budget, difference=difference,
        exact=in_words(budget, passage.budget_digits),
    )  # fmt: skip


def _kind(budget: Money, stated: Money, step: Decimal) -> str:
    """How an amount is written that is not the budget, with one more or less in its last digit worth `step` yuan."""
    missing = (budget - stated).yuan
    is_rounded = abs(missing) * 2 < step or missing * 2 == -step
    if is_rounded and abs(missing) * 100 <= budget.yuan:
        return "rounded"
    return "cut" if is_rounded or 0 < missing < step else ""


@rule(
    "JX804",
    "spend-plan-differs-between-parts",
    Severity.ERROR,
    on=On.PAIR,
    title="第一部分的支出进度应与第二部分的资金支出计划一致",
    source=GOOD_PRACTICE,
    says="{part1}“{name}”的支出进度是 {stated}，{part2}的资金支出计划是 {expected}：{nodes}",
    advice="按实际安排改正写错的一处，两处写同样的百分比",
    variants={
        "per-period": Wording(
            "{part1}“{name}”的支出进度 {stated} 是各期的比例，{part2}的资金支出计划 {expected} 是累计比例",
            "第一部分改为累计比例 {expected}",
            Severity.WARNING,
        ),
        "months": Wording(
            "{part1}“{name}”写的是 {stated}的支出进度，{part2}的资金支出计划是 {expected}，月份不同的不能比较",
            "第一部分按表中的月份写",
            Severity.INFO,
        ),
    },
    example=Case("第一部分 20%、40%、80%、100%，第二部分 25%、50%、80%、100%", "两部分都是 25%、50%、80%、100%"),
)
def spend_plan_differs_between_parts(pair: Pair, settings: Settings) -> Iterator[Fault | Unjudged]:
    """同一个项目公开了两个不同的支出进度，执行监控时不知道以哪个为准。

    按月份逐个比较，一个项目只报一次。只有一处写了的节点不比较；第一部分写的月份表中没有的，只作提示；写成各期比例、
    累加起来与表一致的，作警告。空着的由 JX301 检查。
    """
    found = both(pair)
    if not found:
        return
    passage, spending = found
    yield from _unreadable_nodes(passage, spending)
    expected = {node.month: node.share for node in spending.plan.nodes}
    differing = list(_differing(passage, expected))
    other_months = bool(expected) and not set(passage.plan.months) <= set(expected)
    if not (differing or other_months):
        return
    with_months = passage.plan.months != spending.plan.months
    first = node_field(differing[0].month) if differing else "plan"
    stated, planned = (plan_text(plan, with_months=with_months) for plan in (passage.plan, spending.plan))
    values = {"part1": part1(passage), "name": passage.name, "part2": part2(spending, first, *_node_fields(spending))}
    if differing:
        variant = "per-period" if _is_per_period(passage.plan, spending.plan) else ""
        yield fault(passage, "plan", variant, **values, stated=stated, expected=planned, nodes=_told(differing))
    else:
        months = {"stated": months_text(passage.plan), "expected": months_text(spending.plan)}
        yield fault(passage, "plan", "months", **values, **months)


def _is_per_period(stated: SpendPlan, expected: SpendPlan) -> bool:
    """Added up, the shares of the text are those of the table."""
    return stated.months == expected.months and list(accumulate(share or 0 for share in stated.shares)) == list(
        expected.shares
    )


def _unreadable_nodes(passage: Passage, spending: Spending) -> Iterator[Unjudged]:
    stated = {node.month for node in passage.plan.nodes if node.share is not None}
    for node in spending.plan.nodes:
        if node.month in stated and node.share is None:
            yield Unjudged(spending, node_field(node.month))


def _node_fields(spending: Spending) -> list[str]:
    return [node_field(month) for month in spending.plan.months]


class _Difference(NamedTuple):
    month: int
    stated: Decimal
    planned: Decimal


def _differing(passage: Passage, expected: Mapping[int, Decimal | None]) -> Iterator[_Difference]:
    for month, stated in passage.plan.nodes:
        planned = expected.get(month)
        if stated is not None and planned is not None and stated != planned:
            yield _Difference(month, stated, planned)


def _told(differing: list[_Difference]) -> str:
    shown = [
        f"{month}月底第一部分 {exact_percent(stated)}、表中 {exact_percent(planned)}"
        for month, stated, planned in differing[:_NODES_SHOWN]
    ]
    more = f"；共 {len(differing)} 个节点不同" if len(differing) > _NODES_SHOWN else ""
    return "，".join(shown) + more


@rule(
    "JX809",
    "plan-not-said-cumulative",
    Severity.INFO,
    on=On.PAIR,
    title="第一部分的支出进度应写明是累计数",
    source=FORM,
    says="{part1}“{name}”的支出进度 {stated} 没有写明是累计数",
    advice="写作“资金累计支出进度3月底、6月底……分别达到……”",
    example=Case(
        "资金支出进度3月底、6月底、10月底、12月底分别达到……", "资金累计支出进度3月底、6月底、10月底、12月底分别达到……"
    ),
)
def plan_not_said_cumulative(pair: Pair, settings: Settings) -> Iterator[Fault]:
    """表中的资金支出计划是年初以来的累计比例。第一部分不写“累计”，读者会当成各期的比例，加起来就超过 100%。

    没有写支出进度的、只写了一个节点的不提示。
    """
    passage = pair.passage
    if passage is None or passage.is_cumulative:
        return
    if sum(share is not None for share in passage.plan.shares) > 1:
        yield fault(passage, "plan", part1=part1(passage), name=passage.name, stated=passage.plan.text)
