"""JX508-JX512: the value can be scored at the end of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jixiao.model.records import BasicExpenditure, Indicator, Project
from jixiao.model.value import IndicatorValue, Kind
from jixiao.rules.core import (
    GOOD_PRACTICE,
    INTEGRATED_SYSTEM,
    MOF_2020_10,
    MOF_2021_101,
    Case,
    Fault,
    On,
    Record,
    Settings,
    Severity,
    Wording,
    fault,
    rule,
)
from jixiao.rules.indicator.lexicon import Lexicon, has_number, has_quantity, head, is_percentage, lexicon


@rule(
    "JX508",
    "satisfaction-not-percentage",
    Severity.ERROR,
    on=On.INDICATORS,
    title="满意度的指标值是计算符号加百分比",
    source=GOOD_PRACTICE,
    says="满意度指标“{name}”的指标值是“{shown}”，应为百分比",
    advice="写成计算符号加百分比，如 ≥90%，并在描述中写明满意人数占调查人数的比例",
    variants={
        "words": Wording(
            "满意度指标的指标值“{shown}”把百分比写在文字里", "只写计算符号加百分比，如 ≥90%", Severity.WARNING
        ),
        "compared": Wording(
            "满意度指标“{name}”的指标值“{shown}”只说与什么比，没有写百分比",
            "写成计算符号加百分比，如 ≥90%；上级统一规定这样填写的可以保留",
            Severity.WARNING,
        ),
        "score": Wording(
            "满意度指标的指标值“{shown}”是得分，不是百分比", "如能按人数统计，改为百分比，如 ≥90%", Severity.WARNING
        ),
        "number": Wording("满意度指标的指标值“{shown}”不是百分比", "改为百分比，如 ≥90%", Severity.WARNING),
        "range": Wording("满意度指标的指标值“{shown}”是区间，没有计算符号", "只写下限，如 ≥{lower}%", Severity.WARNING),
        "unusual": Wording(
            "满意度指标的指标值“{shown}”不在常用范围 {minimum}%-{maximum}% 内",
            "核对是否填错；确有依据的可以保留",
            Severity.WARNING,
        ),
    },
    parameters={"minimum": "满意度常用范围的下限（%）", "maximum": "满意度常用范围的上限（%）"},
    needs=("value",),
    example=Case("服务对象满意度：满意", "服务对象满意度：≥90%"),
)
def satisfaction_not_percentage(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """满意度来自问卷，结果是满意人数占调查人数的百分比。“满意”两个字没有尺度，年底 80% 满意算不算完成，谁也说不清。

    没有计算符号或没有单位的数字由 JX502、JX503 提示；超过 100% 的由 JX505 提示。列在满意度下的投诉次数等不受此限。
    “应为百分比”是编制实践，没有文件条文；百分比的常用范围可以在校验设置里改。
    """
    words = lexicon(settings)
    for indicator in indicators:
        value = indicator.value
        if value.kind is Kind.EMPTY:
            continue
        if not value.is_numeric:
            if words.text_speaker(indicator) == "JX508":
                yield fault(indicator, "value", _wordy(value.text, words), name=indicator.level3, shown=value.text)
        elif value.unit and words.measures_satisfaction(indicator):
            variant = _satisfaction_variant(value, settings)
            if variant:
                yield fault(
                    indicator, "value", variant, shown=value.text, lower=f"{value.number:f}",
                    minimum=settings["minimum"], maximum=settings["maximum"],
                )  # fmt: skip


def _wordy(text: str, words: Lexicon) -> str:
    """How nearly a text is a percentage; "" if not at all."""
    if "%" in text or "％" in text or has_number(text):
        return "words"
    return "compared" if words.compared.search(text) else ""


def _satisfaction_variant(value: IndicatorValue, settings: Settings) -> str:
    """What is unusual about a number with a unit; "" if nothing is."""
    if not is_percentage(value):
        return "score" if value.unit.startswith("分") else "number"
    if value.kind is Kind.RANGE:
        return "range"
    number = value.number or 0
    usual = settings["minimum"] <= number <= settings["maximum"]
    return "" if usual or number > 100 else "unusual"


@rule(
    "JX509",
    "cost-without-amount",
    Severity.WARNING,
    on=On.WORDED,
    title="成本指标应写出金额",
    source=MOF_2021_101,
    says="成本指标“{name}”的指标值“{shown}”没有金额",
    advice="写成 ≤ 加金额，如 ≤30万元、≤400元/人；也可以写成本节约率、成本偏差率的百分比",
    needs=("value",),
    example=Case("控制在预算成本内", "≤30万元"),
)
def cost_without_amount(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """“控制在预算成本内”等于没有说成本是多少：预算调整后它永远成立。写出金额，才能与项目预算数核对，年底才能比较。

    单价（≤400元/人）、百分比（成本节约率 ≥5%）都可以。社会成本、生态环境成本和时间成本不要求金额。
    河北口径下这是警告，财政部 2021 口径下是错误。
    """
    words = lexicon(settings)
    for indicator in indicators:
        if words.text_speaker(indicator) == "JX509":
            yield fault(indicator, "value", name=indicator.level3, shown=indicator.value.text)


@rule(
    "JX510",
    "measurable-without-number",
    Severity.ERROR,
    on=On.WORDED,
    title="率、数量、金额等指标必须有数字",
    source=INTEGRATED_SYSTEM,
    says="“{name}”是可以计量的指标，指标值“{shown}”却没有数字",
    advice="写成计算符号、数字加单位，如 {example}",
    variants={
        "words": Wording(
            "“{name}”是可以计量的指标，指标值“{shown}”用文字代替了数字", "写成数字，如 {example}", Severity.WARNING
        ),
        "total": Wording(
            "“{name}”是可以计量的指标，指标值“{shown}”用文字代替了数字",
            "写成应有的总数，如 {example}",
            Severity.WARNING,
        ),
        "compared": Wording(
            "“{name}”是可以计量的指标，指标值“{shown}”只说与什么比，没有写数字",
            "写出要达到的数，如 {example}",
            Severity.WARNING,
        ),
        "date": Wording(
            "“{name}”是可以计量的指标，指标值“{shown}”却是时间", "写成数字，如 {example}", Severity.WARNING
        ),
    },
    needs=("value",),
    example=Case("培训合格率：合格", "培训合格率：≥95%"),
)
def measurable_without_number(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """名称以率、比例、数量、次数、人次、金额等结尾的指标本身就是一个数，指标值没有数字，年底就无从对照，一体化系统也按定量指标要求数字。

    “全覆盖”“零”“应保尽保”“较上年下降”等能与确定的数比较，只作警告。效率、频率、税率等不是可计数的率；用汉字写的数（不少于三次）算有数字。
    满意度由 JX508、成本由 JX509 提示，不重复。
    """
    words = lexicon(settings)
    for indicator in indicators:
        if words.text_speaker(indicator) == "JX510":
            variant, example = _amount(indicator, words)
            yield fault(indicator, "value", variant, name=indicator.level3, shown=indicator.value.text, example=example)


def _amount(indicator: Indicator, words: Lexicon) -> tuple[str, str]:
    """The variant, and a value that could stand there instead of words."""
    name, text = head(indicator.level3), indicator.value.text
    few, unit = words.is_reverse(name), words.unit_for(indicator) or "个"
    unit = "万元" if unit == "元" else unit
    is_high = unit == "%" and not few and words.unbounded_rates.search(name) is None
    example = f"{'≤' if few else '≥'}{90 if is_high else 5}{unit}"
    if indicator.value.kind is Kind.DATE:
        return "date", example
    if words.compared.search(text):
        return "compared", example
    if words.whole.search(text):
        return ("words", "＝100%") if unit == "%" else ("total", f"＝350{unit}")
    if words.none.search(text):
        return "words", f"＝0{unit}" if few or unit != "%" else "＝100%"
    return "", example


@rule(
    "JX511",
    "text-value-not-gradable",
    Severity.WARNING,
    on=On.WORDED,
    title="文字指标值应能分档或能判定是否做到",
    source=MOF_2020_10,
    says="指标值“{shown}”分不出达成、部分达成、未达成，年底无法打分",
    advice="改为数字（如 ≥90%），或改为能判定的结果（如“按期完成”“验收合格”“较上年下降”）",
    variants={
        "lasting": Wording(
            "指标值“{shown}”没有说多久，年底无法打分", "写明年限，如 ≥5年，或改为能判定的结果，如“建立管护制度”"
        ),
    },
    needs=("value",),
    example=Case("促进社会发展", "新增就业人数 ≥50人"),
)
def text_value_not_gradable(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """定性指标在自评时分三档打分（达成、部分达成并有一定效果、未达成且效果较差）。“促进社会发展”“长期使用”这类口号分不出档，评多少分都说不出理由。

    能判定是否做到的（按期完成、验收合格、无重大事故、较上年下降），或本身是等级的（优、良、达标、是、否），不提示；拿不准的也不提示。
    只有程度词的（显著提升）由 JX512 提示；满意度、成本和可计量指标由 JX508、JX509、JX510 提示；
    照抄名称或描述的由 JX513、JX515 提示。同一格不重复。
    """
    words = lexicon(settings)
    for indicator in indicators:
        if words.text_speaker(indicator) == "JX511":
            text = indicator.value.text
            yield fault(indicator, "value", "lasting" if words.lasting.search(text) else "", shown=text)


@rule(
    "JX512",
    "vague-word",
    Severity.WARNING,
    on=On.RECORDS,
    title="指标值和绩效目标不用模糊词",
    source=GOOD_PRACTICE,
    says="“{words}”没有说到什么程度",
    advice="换成数字、时间或可以判定的结果，如“合格率达到95%以上”；只是修饰的词可以删去",
    variants={
        "beside": Wording(
            "“{words}”没有说到什么程度",
            "目标里另有数字，只起修饰作用的词可以保留或删去；说的就是目标的，换成数字、时间或可以判定的结果",
            Severity.INFO,
        ),
    },
    needs=("value", "goal"),
    example=Case("进一步提高服务水平", "服务对象满意度达到90%以上"),
)
def vague_word(records: Iterable[Record], settings: Settings) -> Iterator[Fault]:
    """“进一步”“显著”“有效”“较大”没有起点和终点，年底说做到了或没做到都行，审核时常被退回。一格里有几个，只提示一次；绩效目标里另有数字的，只作提示。

    加强、推动、促进、提升只在指标值里算模糊词，在绩效目标里是正常的动词。
    被计量的（及时率、有效性）、后面跟着数字的（有效提升到95%以上）、书名号里的、
    有固定含义的（基本医疗、可持续、有效衔接、充分就业、较大事故）、等级评定的结果（良好）都不算。
    指标值已由 JX508 至 JX511、JX513、JX515 提示的不再重复。
    """
    lexis = lexicon(settings)
    for record in records:
        if isinstance(record, Indicator):
            if record.value.kind is Kind.TEXT and (vague := _vague_in_value(record, lexis)):
                yield fault(record, "value", words=vague)
        elif isinstance(record, Project | BasicExpenditure):
            goal = record.goal
            if vague := "、".join(lexis.vague_words(goal, in_value=False)):
                yield fault(record, "goal", "beside" if has_quantity(goal) else "", words=vague)


def _vague_in_value(indicator: Indicator, lexis: Lexicon) -> str:
    found = lexis.vague_words(indicator.value.text, in_value=True)
    return "、".join(found) if found and lexis.text_speaker(indicator) == "JX512" else ""
