"""JX3: the spend plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from jixiao.model.fields import node_field
from jixiao.model.money import HUNDRED, ZERO
from jixiao.model.plan import Node, SpendPlan, exact_percent, linear_progress, percent_text
from jixiao.model.records import Spending
from jixiao.rules.core import (
    FORM,
    GOOD_PRACTICE,
    Case,
    Fault,
    On,
    Settings,
    Severity,
    Wording,
    fault,
    rule,
)

_NO_SHARE: dict[str, Wording] = {
    "no-plan": Wording("资金支出计划没有填写", "填 {months}的累计支出百分比，最后一个节点为 100%"),
    "error": Wording("{month}月底的支出计划是错误值 {shown}", "改正公式，或直接填累计百分比，如 {linear}"),
    "uncalculated": Wording(
        "{month}月底的支出计划是公式，文件中没有保存它的计算结果",
        "用 Excel 或 WPS 打开，等公式计算完成后保存，再重新校验",
    ),
    "text": Wording("{month}月底的支出计划填的“{shown}”不是百分比", "只填百分比，不写别的文字，如 {linear}"),
    "date": Wording(
        "{month}月底的支出计划是日期 {shown}，不是百分比", "把单元格格式改为“百分比”后重新填写，如 {linear}"
    ),
    "unreadable": Wording("{month}月底的支出计划填的“{shown}”无法读取", "填累计百分比，如 {linear}"),
}


@rule(
    "JX301",
    "spend-plan-incomplete",
    Severity.ERROR,
    on=On.SPENDING,
    title="资金支出计划的各节点都应填写",
    source=FORM,
    says="{month}月底的支出计划没有填写",
    advice="填年初至{month}月底的累计支出百分比，如 {linear}",
    variants=_NO_SHARE,
    example=Case("20%、（空）、80%、100%", "20%、50%、80%、100%"),
)
def spend_plan_incomplete(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """缺一个节点就画不出支出曲线，也无法汇总部门的支出进度。

    节点以表头印的月份为准。整个计划空白的只报一次。错误值、没有结果的公式、文字、日期分别说明。
    Word 导出的“20%”文本能读懂，不算差错。
    """
    nodes, defects = spending.plan.nodes, spending.origin.defects
    empty = [node for node in nodes if node.share is None and node_field(node.month) not in defects]
    if len(empty) == len(nodes):
        field = node_field(nodes[0].month) if nodes else "plan"
        yield fault(spending, field, "no-plan", months=_months(spending.plan, settings))
        return
    for node in nodes:
        field = node_field(node.month)
        broken = spending.origin.broken(field)
        if broken:
            variant = broken.kind if broken.kind in _NO_SHARE else "unreadable"
            yield fault(spending, field, variant, month=node.month, linear=_linear(node), shown=broken.shown)
        elif node.share is None:
            yield fault(spending, field, month=node.month, linear=_linear(node))


def _linear(node: Node) -> str:
    """An example for a message: the linear progress in whole per cent."""
    return f"{round(linear_progress(node.month))}%"


def _months(plan: SpendPlan, settings: Settings) -> str:
    months = plan.months or settings.profile.nodes
    return "、".join(f"{month}月底" for month in months)


@rule(
    "JX302",
    "spend-plan-out-of-range",
    Severity.ERROR,
    on=On.SPENDING,
    title="累计支出比例应在 0% 至 100% 之间",
    source=FORM,
    says="{month}月底的累计支出比例是 {share}，不在 0% 至 100% 之间",
    advice="改为 0% 至 100% 之间的累计百分比",
    variants={
        "points": Wording(
            "{month}月底的单元格里是 {shown}，按 {share} 读取{others}",
            "写成带百分号的 {share}：单元格格式设为“百分比”再填写",
            Severity.WARNING,
        )
    },
    example=Case("12月底 120%", "12月底 100%"),
)
def spend_plan_out_of_range(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """累计支出不会是负数，也不会超过预算数。

    单元格里填 20 而不是 20% 时，按 20% 读取并作警告，一张表只报一次；按原值计算的公式会把它当成 2000%。
    """
    points = [node for node in spending.plan.nodes if _in_points(spending, node)]
    for node in spending.plan.nodes:
        if node.share is None:
            continue
        if not _in_range(node):
            yield fault(spending, node_field(node.month), month=node.month, share=exact_percent(node.share))
        elif points and node is points[0]:
            yield fault(
                spending, node_field(node.month), "points", month=node.month, share=exact_percent(node.share),
                shown=spending.origin.defects[node_field(node.month)].shown,
                others=f"（这样填的共 {len(points)} 处）" if len(points) > 1 else "",
            )  # fmt: skip


def _in_points(spending: Spending, node: Node) -> bool:
    defect = spending.origin.defects.get(node_field(node.month))
    return defect is not None and defect.kind == "points" and _in_range(node)


def _in_range(node: Node) -> bool:
    return node.share is not None and 0 <= node.share <= HUNDRED


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

    空着的、无法读取的或超出 0% 至 100% 的节点不参加比较。各节点合计正好 100% 的，多半填了各期比例，由 JX304 说明。
    """
    if _looks_per_period(spending.plan):
        return
    known = [(node.month, node.share) for node in spending.plan.nodes if node.share is not None and _in_range(node)]
    for (earlier_month, earlier), (month, share) in pairwise(known):
        if share < earlier:
            yield fault(
                spending, node_field(month), month=month, share=exact_percent(share),
                earlier_month=earlier_month, earlier=exact_percent(earlier),
            )  # fmt: skip


def _looks_per_period(plan: SpendPlan) -> bool:
    """What was spent in each period, where the form asks for what was spent since January."""
    shares = [node.share for node in plan.nodes if node.share is not None]
    complete = len(shares) == len(plan.nodes) > 1 and all(share >= 0 for share in shares)
    return complete and sum(shares) == HUNDRED != shares[-1]


@rule(
    "JX304",
    "spend-plan-not-complete",
    Severity.ERROR,
    on=On.SPENDING,
    title="最后一个节点应为 100%",
    source=FORM,
    says="最后一个节点（{month}月底）的累计支出比例是 {share}，应为 100%",
    advice="年底应支出全部预算：改为 100%",
    variants={
        "per-period": Wording(
            "各节点 {shares} 合计正好 100%，像是各期的比例；最后一个节点（{month}月底）应为累计 100%",
            "资金支出计划填年初以来的累计比例：改为 {cumulative}",
        )
    },
    example=Case("20%、50%、80%、90%", "20%、50%、80%、100%"),
)
def spend_plan_not_complete(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """预算按年度安排，年底的累计支出比例应为 100%。

    各节点合计正好 100% 而最后一个不是 100% 的，多半是把各期比例当累计数填了，给出换算后的累计数。
    最后一个节点空着、无法读取或超出范围的，由 JX301、JX302 检查。预算数为 0（只用结转资金）而各节点都是 0% 的，不报告。
    """
    nodes = spending.plan.nodes
    if not nodes or not _in_range(nodes[-1]) or nodes[-1].share == HUNDRED or _has_nothing_to_spend(spending):
        return
    shares = [node.share for node in nodes if node.share is not None]
    variant = "per-period" if _looks_per_period(spending.plan) else ""
    yield fault(
        spending, node_field(nodes[-1].month), variant, month=nodes[-1].month, share=exact_percent(shares[-1]),
        shares=_list(shares), cumulative=_list([sum(shares[:count], Decimal(0)) for count in _counts(shares)]),
    )  # fmt: skip


def _has_nothing_to_spend(spending: Spending) -> bool:
    return spending.budget == ZERO and not any(spending.plan.shares)


def _counts(shares: list[Decimal]) -> range:
    return range(1, len(shares) + 1)


def _list(shares: list[Decimal]) -> str:
    return "、".join(exact_percent(share) for share in shares)


@rule(
    "JX305",
    "spend-plan-behind-time",
    Severity.INFO,
    on=On.SPENDING,
    title="支出计划明显落后于序时进度",
    source=GOOD_PRACTICE,
    says="{month}月底计划支出 {share}，比序时进度 {linear} 低 {gap} 个百分点（允许 {tolerance}）{others}",
    advice="如非按合同或季节支付，可提前安排支出；确有原因的无需修改",
    parameters={"tolerance": "允许落后于序时进度的百分点"},
    example=Case("6月底 30%（序时进度 50%）", "6月底 45%"),
)
def spend_plan_behind_time(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """序时进度＝已过月份÷12。计划低于序时进度超过允许值时提示，只作参考：按合同、按季节付款的项目本来就不均匀。

    一张表只提示差得最多的一个节点。计划不全、有下降或年底不是 100% 的，先按 JX301 至 JX304 改正；预算数为 0 的不检查。
    """
    if not spending.plan.is_usable or spending.budget == ZERO:
        return
    tolerance = settings["tolerance"]
    gaps = {node: linear_progress(node.month) - (node.share or 0) for node in spending.plan.nodes}
    late = [node for node in gaps if gaps[node] > tolerance]
    if late:
        node = max(late, key=lambda node: gaps[node])
        others = "、".join(f"{other.month}月底" for other in late if other is not node)
        yield fault(
            spending, node_field(node.month), month=node.month, share=percent_text(node.share or Decimal(0)),
            linear=percent_text(linear_progress(node.month)), gap=percent_text(gaps[node]).rstrip("%"),
            tolerance=tolerance, others=others and f"；{others}也低于序时进度",
        )  # fmt: skip
