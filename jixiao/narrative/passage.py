"""One passage of 分项绩效目标 read: name, amount, goal, plan, levels, counts, quoted indicators, basis.

Nothing is guessed: what the passage does not say, or says in a way that is not understood, stays empty.
"""

from __future__ import annotations

import re

from jixiao.model.narrative import Passage
from jixiao.narrative.amounts import NUMERAL, amount_of, count_of, digits_of
from jixiao.narrative.beginnings import begins_passage, is_basic
from jixiao.narrative.quotes import first_quote, read_quotes
from jixiao.narrative.spend_plan import plan_start, read_plan

_GOAL = re.compile(
    r"(?:(?:此项|该项目?|本项目?|项目)?(?:资金)?(?:主要|总体|年度|绩效)*目标(?:主要)?(?:为|是|：|:)+"
    r"|(?:此项|该项目?|本项目?|项目)?(?:资金|经费)?主要用于|^[，,\s]*(?:资金|经费)?用于)(?P<goal>.+)",
    re.DOTALL,
)
_LEVELS = re.compile(
    r"(?:项目|此项|本项|该项目?)?共?设(?:置|立|有|定)?(?:了|的)?"
    rf"(?P<names>[^，。；]*?)(?:等|共)?(?P<count>{NUMERAL})[个项]一级(?:绩效)?指标"
)
_LEVEL_NAME = re.compile(r"[、,，和及与以]+")
_COUNT = re.compile(rf"(?P<count>{NUMERAL})\s*[个项条]\s*(?P<of>(?:[一二三]级?[、和及与]?)*[二三]级(?:绩效)?指标)")
_QUOTES = re.compile(
    r"(?:具体(?:绩效)?(?:指标)?(?:如下|为|是)?|(?:代表性|主要|核心|绩效)指标(?:如下|为|有|是|包括)?|分别为)\s*[：:]\s*"
)
_SET = r"(?:设定|确定|设置|制定)"
_BASIS = re.compile(
    rf"(?:(?:以上|上述|各项)(?:各项)?(?:绩效)?指标(?:值|的)*{_SET}?(?=.{{0,4}}(?:依据|根据|按照|依照))"
    rf"|(?:绩效)?指标(?:值)?的?{_SET}?(?=依据|根据|按照|依照))(?P<basis>.*)$",
    re.DOTALL,
)
_BASIS_WORDS = re.compile(r"^[均的主要]*(?:依据|根据|按照|依照)(?:为|是|：|:)?")
_ENDS = "。；;.，,、 \n"


def read_passage(text: str, source: str = "") -> Passage | None:
    """None where the text does not begin with a spending's name and amount."""
    beginning = begins_passage(text)
    if beginning is None:
        return None
    amount = beginning.amount
    rest, basis = _basis(text[beginning.end :])
    head, quotes = _split_quotes(rest)
    plan, is_cumulative = read_plan(head)
    levels, level_count = _levels(head)
    count, of = _count(head)
    return Passage(
        name=beginning.name,
        is_basic=is_basic(beginning.name),
        budget=amount_of(amount) if amount else None,
        budget_digits=digits_of(amount) if amount else "",
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


def states_basis(text: str) -> bool:
    """The sentence that a passage ends with."""
    return _BASIS.search(text) is not None


def _basis(text: str) -> tuple[str, str]:
    """What stands before the sentence of the basis, and the basis without its leading 依据."""
    match = _BASIS.search(text)
    if match is None:
        return text, ""
    return text[: match.start()], _BASIS_WORDS.sub("", match["basis"].strip()).strip().rstrip("。.；;")


def _split_quotes(text: str) -> tuple[str, str]:
    """What stands before the quoted indicators, and they."""
    for match in _QUOTES.finditer(text):
        if first_quote(text, match.end()) == match.end():
            return text[: match.start()], text[match.end() :]
    start = first_quote(text, 0)
    return (text, "") if start is None else (text[:start], text[start:])


def _goal(text: str) -> str:
    """From 主要目标为 to the sentence of the plan or of the levels."""
    levels = _LEVELS.search(text)
    ends = [end for end in (plan_start(text), levels.start() if levels else None) if end is not None]
    match = _GOAL.search(text[: min(ends, default=len(text))])
    return match["goal"].strip().rstrip(_ENDS) if match else ""


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
