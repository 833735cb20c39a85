"""JX505, JX507: the number and its direction fit what is measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jixiao.model.records import Indicator
from jixiao.model.value import IndicatorValue, Kind, Operator
from jixiao.rules.core import (
    GOOD_PRACTICE,
    INTEGRATED_SYSTEM,
    Case,
    Fault,
    On,
    Settings,
    Severity,
    Wording,
    fault,
    rule,
)
from jixiao.rules.indicator.lexicon import Lexicon, head, is_money, lexicon

# "占参训总人数的比例": a part of a whole, whatever the name is.
_PART_OF_WHOLE = re.compile(r"占.{0,16}?(?:总|全部|全体|所有)")
_AGAINST_A_PLAN = re.compile(r"计划|任务|目标|预期|预算|上年|去年|同期|应")


@rule(
    "JX505",
    "rate-above-100",
    Severity.WARNING,
    on=On.INDICATORS,
    title="部分占整体的比率不会超过 100%",
    source=GOOD_PRACTICE,
    says="“{name}”是部分占整体的比率，不会超过 100%，指标值却是“{shown}”",
    advice="改为不高于 100% 的指标值，或说明分子、分母的口径",
    variants={
        "exactly": Wording("“{name}”最高就是 100%，“{shown}”实际只能等于 100%", "写成 ＝100%"),
        "never": Wording("“{name}”最高就是 100%，“{shown}”永远达不到", "写成 ＝100%，或改为可以达到的指标值"),
    },
    needs=("value",),
    example=Case("培训合格率 ≥100%", "培训合格率 ＝100%"),
)
def rate_above_100(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """合格率、覆盖率、满意度等是部分占整体的比率，最大 100%：“＞100%”永远达不到，“≥100%”与“＝100%”是一回事，应写后者。

    增长率、提高率、完成率、资产负债率、毛入学率、保值增值率等可以超过 100%，不在此列；拿不准的比率不提示。
    """
    words = lexicon(settings)
    for indicator in indicators:
        value = indicator.value
        if value.unit == "%" and (variant := _too_high(value)) is not None and is_bounded(indicator, words):
            yield fault(indicator, "value", variant, name=indicator.level3, shown=value.text)


def _too_high(value: IndicatorValue) -> str | None:
    """The variant, if a part of a whole cannot be so much."""
    number = value.upper or value.number
    if number is None or number < 100:
        return None
    if number > 100:
        return ""
    return {Operator.AT_LEAST: "exactly", Operator.ABOVE: "never"}.get(value.operator) if value.operator else None


def is_bounded(indicator: Indicator, words: Lexicon) -> bool:
    """A part of a whole: 100 % is the most there can be."""
    name = head(indicator.level3)
    if words.unbounded_rates.search(name):
        return False
    if name.endswith(words.bounded_rates):
        return True
    described = indicator.description
    return (
        words.is_rate(name)
        and _PART_OF_WHOLE.search(described) is not None
        and not words.unbounded_rates.search(described)
        and not _AGAINST_A_PLAN.search(described)
    )


@rule(
    "JX507",
    "direction-against-kind",
    Severity.WARNING,
    on=On.INDICATORS,
    title="计算符号的方向应与指标性质一致",
    source=INTEGRATED_SYSTEM,
    says="“{name}”越低越好，指标值“{shown}”却要求不低于这个数",
    advice="计算符号改为 ≤，如 {mended}；如果指的是下降幅度，在名称里写明",
    variants={
        "cost": Wording("成本指标“{name}”应当不超过这个数，指标值“{shown}”却要求不低于", "计算符号改为 ≤，如 {mended}"),
        "satisfaction": Wording(
            "满意度“{name}”越高越好，指标值“{shown}”却要求不高于这个数", "计算符号改为 ≥，如 {mended}"
        ),
        "positive": Wording("“{name}”越高越好，指标值“{shown}”却要求不高于这个数", "计算符号改为 ≥，如 {mended}"),
    },
    needs=("value",),
    example=Case("总成本 ≥30万元", "总成本 ≤30万元"),
)
def direction_against_kind(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """自评时 ≥ 的指标做得越多得分越高，≤ 的越少越好。成本、投诉、差错、事故用了 ≥，或满意度、合格率用了 ≤，打分就反了。

    下列不提示：投诉处理率、事故整改率、零投诉等本来越多越好的；成本节约率、资金到位率；公用经费、补助、工资、低保等标准以“不低于”为要求的。
    """
    words = lexicon(settings)
    for indicator in indicators:
        value = indicator.value
        if value.kind is not Kind.NUMBER or value.operator is None or value.operator is Operator.EQUAL:
            continue
        wants_more = value.operator.wants_more
        wrong = _wrong_minimum(indicator, words) if wants_more else _wrong_maximum(indicator, words)
        if wrong is not None:
            mended = f"{Operator.AT_MOST if wants_more else Operator.AT_LEAST}{value.normal[1:]}"
            yield fault(indicator, "value", wrong, name=indicator.level3, shown=value.text, mended=mended)


def _wrong_minimum(indicator: Indicator, words: Lexicon) -> str | None:
    """The variant, if ≥ is against the kind of the indicator."""
    name = head(indicator.level3)
    if words.is_reverse(name):
        return None if words.lowered.search(indicator.description) else ""
    is_amount = is_money(indicator.value) or not indicator.value.unit
    return "cost" if is_amount and words.measures_cost(indicator) and words.limits_cost(name) else None


def _wrong_maximum(indicator: Indicator, words: Lexicon) -> str | None:
    """The variant, if ≤ is against the kind of the indicator."""
    name = head(indicator.level3)
    if indicator.value.unit != "%" or not words.is_positive(name):
        return None
    return "satisfaction" if name.endswith(words.satisfaction_endings) else "positive"
