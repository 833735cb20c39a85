"""JX513-JX518: name, description and value say different things, and say them clearly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.records import Indicator
from jixiao.model.value import Kind
from jixiao.rules.core import GOOD_PRACTICE, MOF_2021_101, Case, Fault, On, Settings, Severity, Wording, fault, rule
from jixiao.rules.indicator.lexicon import Lexicon, head, lexicon
from jixiao.rules.similarity import exchanges, likeness_of_normalised, normalised, same

LONGEST_FORMULA = 500
_RATIO_SIGN = re.compile("占|/|÷|∕|除以|之比|的比")  # words alone, no class among them, are looked for fastest
_CLAUSE = re.compile(r"[^，。；：:,;()=]+")
_SHARE = re.compile(r"占(.+?)的?(?:百分比|百分率|比例|比率|比重|比值)")
_COMPARED = re.compile(r"[与和](.+?)(?:之比|的(?:百分比|比例|比率|比值))")
_DIVIDED = re.compile(r"(?:[/÷∕]|除以)([^×x*/÷∕]+)")
_LEADING = re.compile(r"^(?:主要|用于|用以)?(?:反映|考核|衡量|统计|指|即|为|是|按|用|以)+")
_WHOLENESS = re.compile(r"总|全部|全体|所有|的|之")


@rule(
    "JX513",
    "name-equals-value",
    Severity.WARNING,
    on=On.WORDED,
    title="指标值不应照抄三级指标名称",
    source=GOOD_PRACTICE,
    says="指标值“{shown}”与三级指标名称相同",
    advice="三级指标写考核什么，指标值写做到多少或什么程度，如名称“按期召开会议”、指标值“12月底前”",
    needs=("level3", "value"),
    example=Case("名称“提升政府公信力”，指标值“提升政府公信力”", "名称“政务公开事项按期公开率”，指标值“≥95%”"),
)
def name_equals_value(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """名称与指标值一样，说明只写了要做什么，没有写做到什么程度。比较时不计空格、标点和全角半角。

    名称、描述、指标值三者都相同时只在这里提示一次；满意度、成本和可计量指标由 JX508 至 JX510 提示。
    """
    words = lexicon(settings)
    for indicator in indicators:
        if words.text_speaker(indicator) == "JX513":
            yield fault(indicator, "value", shown=indicator.value.text)


@rule(
    "JX514",
    "name-equals-description",
    Severity.WARNING,
    on=On.INDICATORS,
    title="绩效指标描述不应照抄三级指标名称",
    source=GOOD_PRACTICE,
    says="绩效指标描述“{shown}”与三级指标名称相同",
    advice="描述写清统计什么、怎么计算，如“{example}”",
    variants={
        "near": Wording(
            "绩效指标描述“{shown}”与三级指标名称“{name}”几乎相同", "可补充统计范围或计算方法", Severity.INFO
        ),
    },
    parameters={"similarity": "名称与描述的相似度达到多少算几乎相同（0 到 1）"},
    needs=("level3", "description"),
    example=Case("名称“召开会议次数”，描述“召开会议次数”", "描述“全年召开人代会和常委会会议的次数”"),
)
def name_equals_description(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """描述是用来说明口径的：统计什么范围、怎么计算。照抄名称，年底取数时就各有各的算法。

    完全相同是警告，几乎相同是提示；相似度可以在校验设置里改。描述比名称多写了范围、对象或方法的，不提示；
    比率没有写明分子分母的，由 JX516 提示。
    """
    words, least = lexicon(settings), settings["similarity"]
    for indicator in indicators:
        name, description = normalised(indicator.level3), normalised(indicator.description)
        if not name or not description:
            continue
        if name == description:
            if indicator.value.kind is not Kind.TEXT or normalised(indicator.value.text) != name:
                example = _description(indicator, words)
                yield fault(indicator, "description", shown=indicator.description, example=example)
        elif likeness_of_normalised(name, description, least) and not _may_be_alike(indicator, words):
            yield fault(indicator, "description", "near", shown=indicator.description, name=indicator.level3)


def _may_be_alike(indicator: Indicator, words: Lexicon) -> bool:
    """JX516 speaks of a rate; a description that adds to the name says more than the name."""
    if words.is_rate(head(indicator.level3)):
        return True
    name, description = normalised(indicator.level3), normalised(indicator.description)
    return exchanges(name, description, words.duplicate_fillers) == {"insert"}


def _description(indicator: Indicator, words: Lexicon) -> str:
    """A description that says what is counted, of an indicator of the same kind."""
    if words.measures_satisfaction(indicator):
        return "满意人数占调查人数的比例"
    if words.is_rate(head(indicator.level3)):
        return "考核合格人数占参训人数的比例"
    if "成本" in indicator.level2:
        return "每名学员的讲师费、场地费和食宿费"
    return "全部设备安装调试完毕并通过验收的日期" if "时效" in indicator.level2 else "全年召开人代会和常委会会议的次数"


@rule(
    "JX515",
    "description-equals-value",
    Severity.WARNING,
    on=On.WORDED,
    title="指标值不应照抄绩效指标描述",
    source=GOOD_PRACTICE,
    says="指标值“{shown}”与绩效指标描述相同",
    advice="描述写统计什么、怎么计算，指标值写做到多少或什么程度",
    needs=("description", "value"),
    example=Case("描述“长期使用”，指标值“长期使用”", "描述“设备设计使用年限”，指标值“≥8年”"),
)
def description_equals_value(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """描述与指标值一样，等于没有指标值，年底无从打分。

    三级指标名称也相同的，由 JX513 提示一次；满意度、成本和可计量指标由 JX508 至 JX510 提示。
    """
    words = lexicon(settings)
    for indicator in indicators:
        if words.text_speaker(indicator) == "JX515":
            yield fault(indicator, "value", shown=indicator.value.text)


@rule(
    "JX516",
    "rate-without-formula",
    Severity.WARNING,
    on=On.INDICATORS,
    title="比率指标的描述应写明分子和分母",
    source=MOF_2021_101,
    says="“{name}”是比率，描述“{shown}”没有写明什么除以什么",
    advice="描述写成“……数占……总数的比例”，如“考核合格人数占参训人数的比例”",
    needs=("level3", "description"),
    example=Case("覆盖率：人大监督范围", "覆盖率：已监督的单位数占应监督单位数的比例"),
)
def rate_without_formula(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """同一个“覆盖率”，分母取计划数还是总数，结果可以差几倍。描述里写出分子和分母，年底才有统一的算法。

    描述空着或照抄名称的由 JX101、JX514 提示；满意率、增长率、死亡率、森林覆盖率等算法公认的不提示；
    效率、税率等不算比率。
    """
    words = lexicon(settings)
    for indicator in indicators:
        name = head(indicator.level3)
        if not indicator.description or not words.is_rate(name):
            continue
        if words.known_rates.search(name) or words.formula.search(indicator.description) or "占" in name[:-1]:
            continue
        if not same(indicator.level3, indicator.description):
            yield fault(indicator, "description", name=indicator.level3, shown=indicator.description)


@rule(
    "JX517",
    "ratio-of-itself",
    Severity.WARNING,
    on=On.INDICATORS,
    title="比率的分子和分母不应是同一个数",
    source=GOOD_PRACTICE,
    says="描述中的分子“{part}”和分母“{whole}”是同一个数，结果永远是 100%",
    advice="核对分子或分母，如“考核合格人数占参训人数的比例”",
    needs=("description",),
    example=Case("参训人数占参训人数的比例", "实际参训人数占应参训人数的比例"),
)
def ratio_of_itself(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """分子与分母相同，比率恒等于 100%，考核不出任何东西，多半是复制时漏改。只差“总”“全部”“的”等字的也算相同。

    分子多出限定词的不提示，那正是比率的写法：“问题整改挽回损失金额占挽回损失总金额的百分比”可以有别的挽回途径。
    """
    words = lexicon(settings)
    for indicator in indicators:
        described = indicator.description
        if len(described) > LONGEST_FORMULA or not _RATIO_SIGN.search(described):
            continue
        if found := _ratio(described):
            part, whole = found
            same_thing = _core(part) == _core(whole)
            if part == whole or (same_thing and _core(part) not in words.general_nouns):
                yield fault(indicator, "description", part=part, whole=whole)


@lru_cache(maxsize=16384)
def _ratio(description: str) -> tuple[str, str] | None:
    """Numerator and denominator, as the description names them."""
    text = "".join(unicodedata.normalize("NFKC", description).split())
    for clause in _CLAUSE.findall(text):
        for pattern in (_SHARE, _DIVIDED, _COMPARED):
            if (match := pattern.search(clause)) and match.start():
                return _LEADING.sub("", clause[: match.start()]), match[1]
    return None


def _core(text: str) -> str:
    return _WHOLENESS.sub("", normalised(text))


@rule(
    "JX518",
    "period-of-count-unclear",
    Severity.WARNING,
    on=On.INDICATORS,
    title="按期计数的指标值应写明是全年还是每期",
    source=GOOD_PRACTICE,
    says="描述或名称按“{period}”计数，指标值“{shown}”没有写明是全年的数还是每期的数",
    advice="全年的数写足全年（每期 1 次即 ≥{times}{unit}），每期的数写明期间，如 {shown}/{per}",
    needs=("level3", "description", "value"),
    example=Case("每季度开展活动的次数：≥3次", "每季度开展活动，全年次数：≥12次"),
)
def period_of_count_unclear(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """“每季度开展活动的次数”填“≥3次”，可以理解成每季度 3 次（全年 12 次），也可以理解成全年 3 次，年底打分会差四倍。

    下列不提示：单位里写了期间（≥1次/季度）；数字正好是每期若干次的全年数（季度 4、8 次，月 12、24 次）；
    写明全年、累计的。只看次、场、期等重复发生的事，按月发放的人数、户数不在此列。
    """
    words = lexicon(settings)
    for indicator in indicators:
        value = indicator.value
        if value.kind is not Kind.NUMBER or value.unit not in words.event_units or value.number is None:
            continue
        found = _period_in(f"{indicator.level3}，{indicator.description}", words)
        if found and value.number % found.times != 0:
            yield fault(indicator, "value", **found._asdict(), shown=value.text, unit=value.unit)


class _Period(NamedTuple):
    """How a text says that something is counted: 每季度, 4 times a year, written 季度 in a unit."""

    period: str
    times: int
    per: str


def _period_in(said: str, words: Lexicon) -> _Period | None:
    """The period by which the text counts, unless it says that the number is the year's."""
    if not words.any_period.search(said) or words.year_said.search(said):
        return None
    for pattern, times, per in words.periods:
        match = pattern.search(said)
        if match and not said.startswith(("期", "边", "年", "转", "节"), match.end()):
            return _Period(match[0], times, per)
    return None
