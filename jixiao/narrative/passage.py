"""One passage of 分项绩效目标 read: name, amount, goal, plan, levels, counts, quoted indicators, basis.

Nothing is guessed: what the passage does not say, or says in a way that is not understood, stays empty.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import zip_longest

from jixiao.model.narrative import Passage
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.value import fold
from jixiao.narrative.amounts import NUMERAL, amount_of, count_of, digits_of
from jixiao.narrative.paragraphs import begins_passage, name_in
from jixiao.narrative.quotes import read_quotes

# As passages write them -> as the form calls them.
BASIC_NAMES = {
    "人员经费": "人员经费", "人员支出": "人员经费", "日常公用经费": "日常公用经费", "公用经费": "日常公用经费",
}  # fmt: skip

_PLAN = re.compile(r"(?:项目)?(?:资金|经费|预算)?(?:累计)?(?:支出|使用|支付|执行)(?:进度|计划|比例)[^。；]*")
_TOKEN = re.compile(
    r"(?P<month>1[0-2]|[1-9])\s*月\s*(?:底|末|份)?(?!\d)|(?P<share>\d+(?:\.\d+)?)\s*(?:%|(?=[、,，。;；和及]|$))"
)
_GOAL = re.compile(
    r"(?:(?:此项|该项目?|本项目?|项目)?(?:资金)?(?:主要|总体|年度|绩效)*目标(?:为|是|：|:|主要是)+"
    r"|(?:此项|该项目?|本项目?|项目)?(?:资金|经费)?主要用于|(?:绩效)目标[:：])(?P<goal>.+)"
)
_LEVELS = re.compile(
    r"(?:项目|此项|本项|该项目?)?共?设(?:置|立|有|定)?(?:了|的)?"
    rf"(?P<names>[^，。；]*?)(?:等|共)?(?P<count>{NUMERAL})个一级(?:绩效)?指标"
)
_LEVEL_NAME = re.compile(r"[、,，和及与以]+")
_COUNT = re.compile(rf"(?P<count>{NUMERAL})\s*个(?P<of>(?:[一二三]级?[、和及与]?)*[二三]级(?:绩效)?指标)")
_QUOTES = re.compile(r"(?:具体(?:指标)?(?:如下|为|是)?|(?:代表性|主要|核心)指标(?:为|有|是|包括)|分别为)\s*[：:]")
_BASIS = re.compile(r"(?:以上|上述|各项)(?:各项)?(?:绩效)?指标(?:值|的)*(?:设定|确定)?(?P<basis>.*)$", re.DOTALL)
_BASIS_WORDS = re.compile(r"^(?:的)?(?:依据|根据|按照|依照)(?:为|是|：|:)?")


def read_passage(text: str, source: str = "") -> Passage | None:
    """None where the text does not begin with a spending's name and amount."""
    beginning = begins_passage(text)
    if beginning is None:
        return None
    name = name_in(beginning)
    rest = text[beginning.end() :]
    rest, basis = _basis(rest)
    head, quotes = _split_quotes(rest)
    plan, is_cumulative = _plan(head)
    levels, level_count = _levels(head)
    count, of = _count(head)
    return Passage(
        name=name,
        is_basic=name in BASIC_NAMES,
        budget=amount_of(beginning) if beginning["number"] else None,
        budget_digits=digits_of(beginning),
        goal=_goal(head),
        plan=plan,
        is_cumulative=is_cumulative,
        named_levels=levels,
        level_count=level_count,
        declared_count=count,
        declared_of=of,
        quotes=read_quotes(quotes),
        basis=basis,
        text=text,
        source=source,
    )


def _basis(text: str) -> tuple[str, str]:
    """What stands before the sentence of the basis, and the basis without its leading 依据."""
    match = _BASIS.search(text)
    if match is None:
        return text, ""
    return text[: match.start()], _BASIS_WORDS.sub("", match["basis"].strip()).strip().rstrip("。.；;")


def _split_quotes(text: str) -> tuple[str, str]:
    """What stands before the quoted indicators, and they."""
    match = _QUOTES.search(text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def _goal(text: str) -> str:
    """From 主要目标为 to the sentence of the plan or of the levels."""
    ends = [match.start() for match in (_PLAN.search(text), _LEVELS.search(text)) if match]
    match = _GOAL.search(text[: min(ends, default=len(text))])
    return match["goal"].strip().rstrip("。；;.，, ") if match else ""


def _plan(text: str) -> tuple[SpendPlan, bool]:
    """The nodes of the sentence that has months and percentages, and whether it says 累计."""
    for match in _PLAN.finditer(text):
        sentence = fold(match[0])
        nodes = _nodes(sentence)
        if nodes:
            return SpendPlan(nodes), "累计" in sentence
    return SpendPlan(), False


def _nodes(sentence: str) -> tuple[Node, ...]:
    """3月底、6月底分别达到25%、50%, or 3月底25%、6月底50%; a month without a percentage of its own has None."""
    tokens = list(_TOKEN.finditer(sentence))
    months = [int(token["month"]) for token in tokens if token["month"]]
    shares = [Decimal(token["share"]) for token in tokens if token["share"]]
    if not months or len(shares) > len(months):
        return tuple(Node(month, None) for month in months) if shares else ()
    kinds = ["month" if token["month"] else "share" for token in tokens]
    if len(shares) < len(months) and kinds != sorted(kinds):
        return _paired(tokens)
    if len(shares) < len(months):  # which of them is missing cannot be told
        return tuple(Node(month, None) for month in months)
    return tuple(Node(month, share) for month, share in zip(months, shares, strict=True))


def _paired(tokens: list[re.Match[str]]) -> tuple[Node, ...]:
    """Each month with the percentage that follows it at once."""
    nodes = []
    for token, following in zip_longest(tokens, tokens[1:]):
        if token["month"]:
            share = following["share"] if following else None
            nodes.append(Node(int(token["month"]), Decimal(share) if share else None))
    return tuple(nodes)


def _levels(text: str) -> tuple[tuple[str, ...], int | None]:
    match = _LEVELS.search(text)
    if match is None:
        return (), None
    names = (name.strip() for name in _LEVEL_NAME.split(match["names"]))
    return tuple(name for name in names if name), count_of(match["count"])


def _count(text: str) -> tuple[int | None, str]:
    """How many indicators are declared, and of which level; 三级 where several are told apart."""
    found = [(count_of(match["count"]), match["of"]) for match in _COUNT.finditer(text)]
    if not found:
        return None, ""
    return next((entry for entry in reversed(found) if "三" in entry[1]), found[-1])
