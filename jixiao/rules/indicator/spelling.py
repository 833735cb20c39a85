"""JX501-JX504: a value is there, and has an operator and a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from jixiao.model.origin import Defect
from jixiao.model.records import Indicator
from jixiao.model.value import ABOUT, IndicatorValue, Kind, Operator, fold
from jixiao.rules.core import (
    FORM,
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
from jixiao.rules.indicator.lexicon import Lexicon, head, lexicon, says_nothing
from jixiao.rules.indicator.limits import is_bounded

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_YEAR_POINT_MONTH = re.compile(r"20\d\d(?:\.(?:0?[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:[0-3]\d)?)")
_YEAR = re.compile(r"20\d\d")
_TIME_UNIT = re.compile(r"[年月日号].*[前底末初后到成]|.*[日天时周月]之?以?内.")
_TIME_SPAN = re.compile(r"[年月周天日时钟秒]$|季度$")


@rule(
    "JX501",
    "value-missing",
    Severity.ERROR,
    on=On.INDICATORS,
    title="指标值必须填写",
    source=FORM,
    says="指标值没有填写",
    advice="填写“计算符号＋数字＋单位”，如 ≥90%；确实无法量化的，填可以判定是否做到的结果，如“按期完成”",
    variants={
        "signs": Wording(
            "指标值只有符号“{shown}”，没有内容", "填写“计算符号＋数字＋单位”，如 ≥90%；不需要这项指标的，删去整行"
        ),
        "error": Wording("指标值的单元格是错误值 {shown}，读不出内容", "删去出错的公式，直接输入指标值，如 ≥90%"),
        "uncalculated": Wording(
            "指标值的单元格是公式“{shown}”，文件里没有保存计算结果", "用 Excel 打开并保存一次，或直接输入指标值"
        ),
        "date": Wording(
            "指标值被 Excel 自动变成了日期 {shown}，原来输入的可能是“{typed}”",
            "先把单元格格式设为“文本”，再重新输入，如 {typed}次",
        ),
        "deadline": Wording(
            "指标值是 Excel 的日期 {shown}，导出和对照时会变样",
            "单元格格式设为“文本”，再输入，如 {deadline}",
            Severity.INFO,
        ),
        "unknown": Wording("指标值的单元格内容“{shown}”无法读取", "清空单元格，格式设为“文本”，再输入指标值，如 ≥90%"),
    },
    example=Case("（空）", "≥3次"),
)
def value_missing(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """指标值是自评打分的尺子，空着就无法考核，一体化系统也不接收。

    只填“/”“—”或“≥”之类符号的，等于没有填。单元格是错误值、没有计算结果的公式，或者“3-5”被 Excel 自动变成日期的，
    也在这里说明，其他规则不再重复。“无”“零”是内容（如重大事故：无），不算空。
    """
    for indicator in indicators:
        value = indicator.value
        if defect := indicator.origin.broken("value"):
            yield _unreadable(indicator, defect)
        elif value.kind is Kind.EMPTY:
            yield fault(indicator, "value")
        elif says_nothing(value):
            yield fault(indicator, "value", "signs", shown=value.text)


def _unreadable(indicator: Indicator, defect: Defect) -> Fault:
    variant = defect.kind if defect.kind in ("error", "uncalculated", "date") else "unknown"
    date = _ISO_DATE.search(defect.shown)
    if variant == "date" and date and "时效" in indicator.level2:
        deadline = f"{int(date[2])}月{int(date[3])}日前"
        return fault(indicator, "value", "deadline", shown=defect.shown, deadline=deadline)
    typed = f"{int(date[2])}-{int(date[3])}" if date else "3-5"
    return fault(indicator, "value", variant, shown=defect.shown, typed=typed)


def _wants_operator(advice: str) -> Wording:
    return Wording("指标值“{shown}”前没有计算符号，看不出是至少、至多还是恰好", advice)


@rule(
    "JX502",
    "operator-missing",
    Severity.WARNING,
    on=On.INDICATORS,
    title="数字前应有计算符号",
    source=INTEGRATED_SYSTEM,
    says="指标值“{shown}”前没有计算符号，看不出是至少、至多还是恰好",
    advice="至少要达到的写 ≥{body}，不得超过的写 ≤{body}，必须恰好等于的写 ＝{body}",
    variants={
        "least": _wants_operator("至少要达到的写 ≥{body}，必须恰好等于的写 ＝{body}"),
        "most": _wants_operator("不得超过的写 ≤{body}，必须恰好等于的写 ＝{body}"),
        "exactly": _wants_operator("写成 ＝{body}"),
    },
    needs=("value",),
    example=Case("289份", "≥289份"),
)
def operator_missing(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """一体化系统把指标值分成计算符号、数字、单位三项，自评打分也要看符号：≥ 超额也得满分，≤ 超过就扣分，＝ 要求恰好。

    区间（3-5次）、日期（12月底前）和文字不需要符号。
    """
    words = lexicon(settings)
    for indicator in indicators:
        value = indicator.value
        if value.kind is Kind.NUMBER and value.operator is None and not _is_time(indicator, words):
            body = _body(indicator, words)
            yield fault(indicator, "value", _direction(indicator, words), shown=value.text, body=body)


def _direction(indicator: Indicator, words: Lexicon) -> str:
    """What the number can only mean, as a variant; "" if that is open."""
    value, name = indicator.value, head(indicator.level3)
    if value.number == 0 or (value.is_percent and value.number == 100):
        return "exactly"
    is_time_limit = "时效" in indicator.level2 and _TIME_SPAN.search(value.unit) is not None
    is_cost_limit = words.measures_cost(indicator) and words.limits_cost(name)
    if is_time_limit or is_cost_limit or words.is_reverse(name):
        return "most"
    return "least" if "数量" in indicator.level2 or words.is_positive(name) else ""


def _body(indicator: Indicator, words: Lexicon) -> str:
    """Number and unit, the unit supplied where the name or the description tells it: `200人次`."""
    value = indicator.value
    if not value.unit:
        return _as_percent(value) if _may_be_a_share(indicator, words) else _plain(value) + words.unit_for(indicator)
    return _plain(value).removesuffix(value.unit) + ABOUT.sub("", value.unit)


def _plain(value: IndicatorValue) -> str:
    return value.normal.lstrip("".join(Operator))


def _is_time(indicator: Indicator, words: Lexicon) -> bool:
    """12月底到位, 2024.12, 2023.07-2024.01, or 2024 under 完成时间: a time that begins with a number."""
    value = indicator.value
    if value.operator is not None:
        return False
    if value.unit:
        return _TIME_UNIT.match(value.unit) is not None
    if _YEAR_POINT_MONTH.match(value.text):
        return value.upper is not None or "时效" in indicator.level2 or _names_time(indicator, words)
    return _YEAR.match(value.text) is not None and _names_time(indicator, words)


def _names_time(indicator: Indicator, words: Lexicon) -> bool:
    return words.time_names.search(indicator.level3) is not None


@rule(
    "JX503",
    "unit-missing",
    Severity.ERROR,
    on=On.INDICATORS,
    title="数字后必须有计量单位",
    source=INTEGRATED_SYSTEM,
    says="指标值“{shown}”只有数字，没有计量单位",
    advice="在数字后补上单位，如 {example}",
    variants={
        "open": Wording("指标值“{shown}”只有数字，没有计量单位", "在数字后补上实际的单位（个、人、次、天、元、% 等）"),
        "percent": Wording(
            "指标值“{shown}”只有数字，没有计量单位；也可能是百分比格式的单元格里的 {percent}",
            "如果是百分比，单元格格式设为“文本”，再输入 ≥{percent}；否则在数字后补上单位",
            Severity.WARNING,
        ),
    },
    needs=("value",),
    example=Case("200", "≥200人次"),
)
def unit_missing(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """“200”是 200 人、200 次还是 200%，只看这一格无从判断。一体化系统的计量单位是必填项，区间（3-5）也一样。

    三级指标或描述里写了单位也要写进指标值。指数、系数、pH 值、师生比等本来没有单位的除外；单位是什么不限。
    """
    words = lexicon(settings)
    for indicator in indicators:
        value = indicator.value
        if not value.is_numeric or value.unit or _has_no_unit(indicator, words):
            continue
        if _may_be_a_share(indicator, words):
            yield fault(indicator, "value", "percent", shown=value.text, percent=_as_percent(value))
        elif words.unit_for(indicator):
            sign = value.operator or {"most": "≤", "exactly": "＝"}.get(_direction(indicator, words), "≥")
            example = f"{'' if value.kind is Kind.RANGE else sign}{_body(indicator, words)}"
            yield fault(indicator, "value", shown=value.text, example=example)
        else:
            yield fault(indicator, "value", "open", shown=value.text)


def _has_no_unit(indicator: Indicator, words: Lexicon) -> bool:
    """An index, a coefficient, or a time."""
    said = indicator.level3 + indicator.description
    return words.dimensionless.search(said) is not None or _is_time(indicator, words)


def _may_be_a_share(indicator: Indicator, words: Lexicon) -> bool:
    """0.9 may be 90 % typed into a percent cell; 1 is so only where a rate is asked for."""
    value = indicator.value
    if value.kind is not Kind.NUMBER or value.number is None or not 0 < value.number <= 1:
        return False
    return value.number != 1 or words.unit_for(indicator) == "%"


def _as_percent(value: IndicatorValue) -> str:
    percent = f"{(value.number or Decimal(0)) * 100:f}"
    return (percent.rstrip("0").rstrip(".") if "." in percent else percent) + "%"


@rule(
    "JX504",
    "operator-not-standard",
    Severity.WARNING,
    on=On.INDICATORS,
    title="计算符号用 ≥ ＞ ＝ ＜ ≤",
    source=INTEGRATED_SYSTEM,
    says="指标值“{shown}”的计算符号“{spelled}”不是规定的五个符号（≥ ＞ ＝ ＜ ≤）之一",
    advice="写成 {normal}",
    variants={
        "half-width": Wording("指标值“{shown}”的计算符号“{spelled}”是半角的", "写成全角的 {normal}", Severity.INFO),
    },
    needs=("value",),
    example=Case(">=90%、大于等于80%、95%以上", "≥90%、≥80%、≥95%"),
)
def operator_not_standard(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """一体化系统的计算符号只有 ≥ ＞ ＝ ＜ ≤ 五个（另有“定性”）。

    两个字符拼成的 >=、文字“不低于”“以上”要在录入时改写，半角的 > < = 只作提示。意思不变，只改写法。
    """
    words = lexicon(settings)
    for indicator in indicators:
        value = indicator.value
        if value.operator is None or value.operator_is_standard:
            continue
        is_whole = value.is_percent and value.number == 100 and value.operator.wants_more
        normal = "＝100%" if is_whole and is_bounded(indicator, words) else value.normal
        variant = "half-width" if fold(value.spelled) == fold(value.operator) else ""
        yield fault(indicator, "value", variant, shown=value.text, spelled=value.spelled, normal=normal)
