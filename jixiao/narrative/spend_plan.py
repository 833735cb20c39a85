"""The spend plan in running text: months and cumulative percentages, together or one by one."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import zip_longest

from jixiao.model.plan import Node, SpendPlan
from jixiao.model.value import fold

_SPENDING = r"(?:支出|使用|支付|执行|拨付)"
_TOKEN = re.compile(
    r"(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?:[底末份]|(?!\d))|第?(?P<quarter>[一二三四1-4])季度[底末]"
    r"|(?P<share>\d+(?:\.\d+)?)(?:%|(?=[、,;。和及]|$))"
)
_QUARTERS = {sign: 3 * (place % 4 + 1) for place, sign in enumerate("一二三四1234")}
# What may stand between two of them.
_BETWEEN = re.compile(
    rf"(?:[、,;:.和及与以至到前]|累计|分别|应|计划|预计|争取|达到?|完成|实现|不低于|不少于|为|约|项目|资金|经费|预算|总额|的|{_SPENDING}"
    r"|进度|比例|序时)*"
)
_SAID = re.compile(rf"{_SPENDING}|进度")
_NEAR = 24  # characters before the first month in which the sentence says what the percentages are of


def read_plan(text: str) -> tuple[SpendPlan, bool]:
    """The first row of months and percentages of a spending, and whether its sentence says 累计."""
    folded = fold(text)
    for run in _runs(folded):
        start, end = run[0].start(), run[-1].end()
        sentence = folded[max(folded.rfind("。", 0, start) + 1, start - _NEAR) : end]
        nodes = _nodes(run) if _SAID.search(sentence) else ()
        if nodes:
            return SpendPlan(nodes), "累计" in sentence
    return SpendPlan(), False


def plan_start(text: str) -> int | None:
    """Where the sentence of the plan begins, for what stands before it."""
    for match in _SENTENCE.finditer(text):
        if read_plan(match[0])[0].nodes:
            return match.start()
    return None


_SENTENCE = re.compile(
    rf"(?:项目)?(?:资金|经费|预算)?(?:累计)?{_SPENDING}(?:进度|计划|比例)[^。]*"
    rf"|(?:资金|经费|预算)累计{_SPENDING}[^。]*|(?:1[0-2]|[1-9])\s*月[^。]*|第?[一二三四1-4]季度[^。]*"
)


def _runs(folded: str) -> list[list[re.Match[str]]]:
    """Tokens with nothing of another kind between them."""
    runs: list[list[re.Match[str]]] = []
    for token in _TOKEN.finditer(folded):
        if runs and _BETWEEN.fullmatch(folded, runs[-1][-1].end(), token.start()):
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def _nodes(tokens: list[re.Match[str]]) -> tuple[Node, ...]:
    """3月底、6月底分别达到25%、50%, or 3月底25%、6月底50%; a month without a percentage of its own has None."""
    months = [month for token in tokens if (month := _month(token))]
    shares = [Decimal(token["share"]) for token in tokens if token["share"]]
    if not months or not shares or tokens[0]["share"]:
        return ()
    if len(shares) == len(months):
        return tuple(Node(month, share) for month, share in zip(months, shares, strict=True))
    if len(shares) < len(months) and tokens[1]["share"]:
        return _paired(tokens)
    return tuple(Node(month, None) for month in months)  # which of them is missing cannot be told


def _month(token: re.Match[str]) -> int | None:
    if token["quarter"]:
        return _QUARTERS[token["quarter"]]
    return int(token["month"]) if token["month"] else None


def _paired(tokens: list[re.Match[str]]) -> tuple[Node, ...]:
    """Each month with the percentage that follows it at once."""
    nodes = []
    for token, following in zip_longest(tokens, tokens[1:]):
        month = _month(token)
        if month:
            share = following["share"] if following else None
            nodes.append(Node(month, Decimal(share) if share else None))
    return tuple(nodes)
