"""JX3: the spend plan."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.model.fields import node_field
from jixiao.model.money import HUNDRED
from jixiao.model.plan import linear_progress, percent_text
from jixiao.model.records import Spending
from jixiao.rules.core import FORM, GOOD_PRACTICE, Case, Fault, On, Settings, Severity, fault, rule


@rule(
    "JX303",
    "spend-plan-decreasing",
    Severity.ERROR,
    on=On.SPENDING,
    title="累计支出比例不得下降",
    source=FORM,
    says="{month}月底的累计比例 {share} 低于前一节点（{earlier_month}月底）的 {earlier}",
    advice="资金支出计划填累计数：改为不低于 {earlier}，或改正前一节点",
    example=Case("20%、50%、40%、100%", "20%、50%、80%、100%"),
)
def spend_plan_decreasing(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """资金支出计划各节点填的是年初以来的累计支出比例，后一节点不可能小于前一节点。

    常见原因是误填了当期比例（如 20%、30%、30%、20%）。空着的或无法读取的节点不参加比较。
    """
    known = [(node.month, node.share) for node in spending.plan.nodes if node.share is not None]
    for (earlier_month, earlier), (month, share) in zip(known, known[1:], strict=False):
        if share < earlier:
            yield fault(
                spending, node_field(month), month=month, share=percent_text(share),
                earlier_month=earlier_month, earlier=percent_text(earlier),
            )  # fmt: skip


@rule(
    "JX305",
    "spend-plan-behind-time",
    Severity.INFO,
    on=On.SPENDING,
    title="支出计划明显落后于序时进度",
    source=GOOD_PRACTICE,
    says="{month}月底计划支出 {share}，比序时进度 {linear} 低 {gap} 个百分点（允许 {tolerance}）",
    advice="如非按合同或季节支付，可提前安排支出；确有原因的无需修改",
    parameters={"tolerance": "允许落后于序时进度的百分点"},
    example=Case("6月底 30%（序时进度 50%）", "6月底 45%"),
)
def spend_plan_behind_time(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """序时进度＝已过月份÷12。计划低于序时进度超过允许值时提示，只作参考：按合同、按季节付款的项目本来就不均匀。"""
    tolerance = settings["tolerance"]
    for node in spending.plan.nodes:
        if node.share is None or not 0 <= node.share <= HUNDRED:
            continue
        gap = linear_progress(node.month) - node.share
        if gap > tolerance:
            yield fault(
                spending, node_field(node.month), month=node.month, share=percent_text(node.share),
                linear=percent_text(linear_progress(node.month)), gap=percent_text(gap).rstrip("%"), tolerance=tolerance,
            )  # fmt: skip
