"""JX807: the indicators that the passage quotes are those of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jixiao.model.narrative import Passage, Quote
from jixiao.model.records import Indicator, Spending
from jixiao.rules.core import GOOD_PRACTICE, Case, Fault, On, Settings, Severity, Unjudged, Wording, fault, rule
from jixiao.rules.levels import Taxonomy, stem, taxonomy_of
from jixiao.rules.parts.matching import Pair
from jixiao.rules.parts.places import both, cell_of, part1, part2, row_place, short
from jixiao.rules.parts.quoted import By, Match, Reader, Value
from jixiao.rules.required import has_content

_COPY = "引用表中已有的指标，照抄名称和指标值；确需这一条的，补进表中"

_QUOTED: dict[str, Wording] = {
    "value": Wording(
        "{part1}引用的“{quoted}”指标值是“{stated}”，{place}是“{expected}”", "两处改为同一指标值；表写错了的，改表"
    ),
    "notation": Wording(
        "{part1}引用的“{quoted}”指标值是“{stated}”，{place}写作“{expected}”，写法不同",
        "两处用同样的符号、数字和单位", Severity.WARNING,
    ),
    "no-value": Wording(
        "{part1}引用的“{quoted}”没有写指标值，{place}“{own}”的指标值是“{expected}”",
        "写作“{own}，指标值为{expected}”", Severity.WARNING,
    ),
    "spelling": Wording(
        "{part1}引用的“{quoted}”，{place}的名称是“{own}”，指标值相同", "改为同一名称", Severity.WARNING
    ),
    "description": Wording(
        "{part1}引用的“{quoted}”，在{place}是“{own}”的绩效指标描述，不是指标名称，指标值相同",
        "引用三级指标的名称“{own}”，描述写在括号里", Severity.WARNING,
    ),
    "level": Wording(
        "{part1}把“{quoted}”写在“{stated}”下，{place}是“{expected}”", "按表改正它所属的一级、二级指标",
        Severity.WARNING,
    ),
}  # fmt: skip


@rule(
    "JX807",
    "quoted-indicator-differs",
    Severity.ERROR,
    on=On.PAIR,
    title="第一部分引用的指标应与表中一致",
    source=GOOD_PRACTICE,
    says="{part1}引用的“{quoted}”{stated}，{part2}里没有{nearest}",
    advice=_COPY,
    variants=_QUOTED,
    example=Case(
        "第一部分“家站利用率，指标值为≥85%”，表中没有家站利用率", "第一部分“培训完成率，指标值为≥85%”，与表相同"
    ),
)
def quoted_indicator_differs(pair: Pair, settings: Settings) -> Iterator[Fault | Unjudged]:
    """第一部分引用的指标，应能在表中找到，名称和指标值相同；引用往年的、改名前的指标，自评时没有对应的表可以填。

    比较时不计空格、标点、书名号、全半角，“>＝90%”“大于等于90%”“90%以上”与“≥90%”相同，万人、万元换算成人、元。
    指标值相同、只是名称略有不同或者写成了描述的，数字相同、只是少写符号或单位的，没有写指标值的，都只作警告。描述不同不报告。
    表中没有指标或指标值空着的，由 JX401、JX501 检查。
    基本支出和基本支出表里的指标比较。
    """
    found = both(pair)
    if not found:
        return
    passage, spending = found
    rows = [row for row in spending.indicators if has_content(row)]
    reader = Reader(settings.words("parts")["indicator_endings"])
    for quote in passage.quotes if rows else ():
        if quote.level3:
            match = reader.best_match(quote, rows)
            if match is None:
                yield _missing(passage, quote, spending, reader.nearest(quote, rows))
            elif match.row.origin.broken("value"):
                yield Unjudged(match.row, "value")
            else:
                yield from _differing(passage, quote, spending, match, taxonomy_of(settings.profile))


def _missing(passage: Passage, quote: Quote, spending: Spending, nearest: Indicator | None) -> Fault:
    stated = f"（指标值 {short(quote.value.text)}）" if quote.value.text else "（没有写指标值）"
    return fault(
        quote, "text", part1=part1(passage), quoted=short(quote.level3), stated=stated, part2=part2(spending),
        nearest=_described(nearest) if nearest else "",
    )  # fmt: skip


def _described(row: Indicator) -> str:
    place = cell_of(row.origin, ("level3",))
    parts = (("描述：", row.description), ("指标值：", row.value.text))
    details = "；".join(f"{label}{short(text)}" for label, text in parts if text)
    return f"；最接近的是 {place}“{short(row.level3)}”" + (f"（{details}）" if details else "")


def _differing(passage: Passage, quote: Quote, spending: Spending, match: Match, taxonomy: Taxonomy) -> Iterator[Fault]:
    row = match.row
    variant = _variant(match)
    stated, expected = short(quote.value.text), short(row.value.text)
    if not variant and (levels := _other_levels(quote, row, taxonomy)):
        variant, (stated, expected) = "level", levels
    if variant:
        field = {"value": "value", "notation": "value", "no-value": "value"}.get(variant, "level3")
        yield fault(
            quote, field, variant, part1=part1(passage), quoted=short(quote.level3), stated=stated,
            place=row_place(spending, row, _cell_of(variant)), own=short(row.level3), expected=expected,
        )  # fmt: skip


def _variant(match: Match) -> str:
    """ "" for a quote that agrees."""
    if match.value is Value.UNSAID:
        return "no-value"
    if match.by is By.NAME:
        return {Value.SAME: "", Value.NOTATION: "notation"}.get(match.value, "value")
    return "spelling" if match.by is By.SPELLING else "description"


def _cell_of(variant: str) -> str:
    return {"spelling": "level3", "description": "description", "level": "level2"}.get(variant, "value")


def _other_levels(quote: Quote, row: Indicator, taxonomy: Taxonomy) -> tuple[str, str] | None:
    """The levels of quote and row, where both say them and mean different ones."""
    pairs = ((quote.level1, row.level1, taxonomy.meant1), (quote.level2, row.level2, taxonomy.meant2))
    for said, own, meant in pairs:
        if said and own and (meant(said) or stem(said)) != (meant(own) or stem(own)):
            return _path((quote.level1, quote.level2)), _path((row.level1, row.level2))
    return None


def _path(levels: Sequence[str]) -> str:
    return "－".join(level for level in levels if level)
