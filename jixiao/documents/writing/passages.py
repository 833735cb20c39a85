"""分项绩效目标 of Part 1, written from the records: what it says is what the tables of Part 2 show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jixiao.documents.writing.plain import lines_of, one_line
from jixiao.model.money import HUNDRED, Money
from jixiao.model.plan import percent_text
from jixiao.model.records import BasicExpenditure, Indicator, Project, Spending
from jixiao.model.value import fold
from jixiao.profiles import Profile
from jixiao.rules.levels import stem

BLANK = "（未填写）"
_STOPS = "。．.；;，,、 \u3000"
_FEN_IN_WAN_CENT = 10_000  # 0.01 万元
_LIST_NUMBER = re.compile(
    r"(?:(\d{1,2})(?:[、．]|\.(?!\d)|\.(?=(?:19|20)\d\d年))|[（(](\d{1,2})[）)]|([①-⑳]))"
    r"[ \u3000]*"
)
_ITEM_END = re.compile(r"(?<=[；;。])")
_LEADING_WORD = re.compile(r"(?:依据|根据|按照|参照|依照|遵照)[:：为]?")
_VERBS = ("执行", "制定", "测算", "核定", "计算", "设定", "安排", "编制")
_ONES = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


def basic_passage(basic: BasicExpenditure, profile: Profile) -> str:
    """人员经费 or 日常公用经费. It has no table, so all its indicators are quoted unless the user marked some."""
    rows = basic.indicators
    quoted = representatives(rows) if any(row.representative for row in rows) else rows
    start = f"{one_line(basic.name) or BLANK}年初预算安排{_amount(basic.budget)}，此项主要目标为{_goal(basic.goal)}。"
    return start + _rest(basic, profile, quoted)


def project_passage(number: int, project: Project, profile: Profile) -> str:
    name = one_line(project.name) or BLANK
    start = f"{number}、“{name}”项目年初预算安排{_amount(project.budget)}，项目主要目标为{_goal(project.goal)}。"
    return start + _rest(project, profile, representatives(project.indicators))


def representatives(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Of each 一级 the indicators the user marked, else its first, in the order of the table."""
    by_level: dict[str, list[Indicator]] = {}
    for row in indicators:
        by_level.setdefault(stem(row.level1), []).append(row)
    chosen = {
        id(row) for rows in by_level.values() for row in ([row for row in rows if row.representative] or rows[:1])
    }
    return [row for row in indicators if id(row) in chosen]


def amount_text(money: Money) -> str:
    """`11.56万元` where two decimals say it exactly, else `879460元`, `5013844.46元`."""
    if money and money.fen % _FEN_IN_WAN_CENT == 0:
        return f"{_digits(Decimal(money.fen).scaleb(-6))}万元"
    return f"{_digits(money.yuan)}元"


def share_text(share: Decimal) -> str:
    """At most two decimals, but 99.999% must not look like 100%."""
    text = percent_text(share)
    return f"{_digits(share)}%" if text == "100%" and share != HUNDRED else text


def chinese_count(count: int) -> str:
    """How many there are: 一, 两, 三 … 十二 … 二十."""
    if count == 2:
        return "两"
    tens, ones = divmod(count, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_ONES[tens]}十"
    return f"{ten}{_ONES[ones]}" if count < 100 else str(count)


def bases_of(spending: Spending) -> list[str]:
    """What the values rest on, each said once: the basic expenditure's own words, then those of the rows."""
    own = [spending.basis] if isinstance(spending, BasicExpenditure) else []
    texts: dict[str, str] = {}
    for basis in (*own, *(row.basis for row in spending.indicators)):
        text = _LEADING_WORD.sub("", one_line(basis), count=1).rstrip(_STOPS)
        text = text.removesuffix("确定").rstrip(_STOPS) or text
        if text:
            texts.setdefault(fold(text), text)
    return list(texts.values())


def _amount(budget: Money | None) -> str:
    return BLANK if budget is None else amount_text(budget)


def _digits(number: Decimal) -> str:
    """All decimals that are not zero, and no others."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _goal(goal: str) -> str:
    """The items of the goal as one sentence without its final stop; a single item needs no number."""
    items = list(_items(goal))
    if len(items) == 1:
        return items[0][1] or BLANK
    parts = (f"（{number}）{text}" if number else text for number, text in items)
    return "".join(part if part.endswith(("：", ":")) else f"{part}；" for part in parts).removesuffix("；")


def _items(goal: str) -> Iterator[tuple[str, str]]:
    """Number and text of each item: a line, or what follows a number behind a stop; "" where there is no number."""
    for place, line in enumerate(lines_of(goal), 1):
        number = text = ""
        for part in _ITEM_END.split(line):
            found = _LIST_NUMBER.match(part.strip()) or (re.match(rf"({place})\.", part) if place > 1 else None)
            if found and text:
                yield number, text.rstrip(_STOPS)
            if found:
                number, text = _plain_number(found), ""
            text += part.strip()[found.end() :] if found else part
        yield number, text.rstrip(_STOPS)


def _plain_number(found: re.Match[str]) -> str:
    sign = next(group for group in found.groups() if group)
    return sign if sign.isdigit() and sign.isascii() else str(ord(sign) - ord("①") + 1)


def _rest(spending: Spending, profile: Profile, quoted: Sequence[Indicator]) -> str:
    if not spending.indicators:
        return _plan(spending, profile) + _basis(spending, "以上目标")
    return _plan(spending, profile) + _count(spending.indicators) + _quotes(quoted) + _basis(spending, "以上指标")


def _plan(spending: Spending, profile: Profile) -> str:
    nodes = spending.plan.nodes
    months = "、".join(f"{month}月底" for month in spending.plan.months or profile.nodes)
    if all(node.share is None for node in nodes):
        return f"资金累计支出进度{months}分别达到{BLANK}。"
    shares = "、".join(BLANK if node.share is None else share_text(node.share) for node in nodes)
    return f"资金累计支出进度{months}{'分别' if len(nodes) > 1 else ''}达到{shares}。"


def _count(indicators: Sequence[Indicator]) -> str:
    names: dict[str, str] = {}
    for row in indicators:
        if row.level1:
            names.setdefault(stem(row.level1), one_line(row.level1))
    levels = list(names.values())
    named = f"{'、'.join(levels)}{chinese_count(len(levels))}个" if levels else BLANK
    return f"项目共设{named}一级指标，下设{len(indicators)}个二、三级指标。"


def _quotes(indicators: Sequence[Indicator]) -> str:
    return "具体为：" + "".join(f"{number}、{_quote(row)}。" for number, row in enumerate(indicators, 1))


def _quote(row: Indicator) -> str:
    """The value as the table has it, to the letter: a reader compares both parts by eye."""
    levels = (one_line(text).rstrip(_STOPS) or BLANK for text in (row.level1, row.level2, row.level3))
    description, value = (one_line(text).rstrip(_STOPS) for text in (row.description, row.value.text))
    return "－".join(levels) + (f"（{description}）" if description else "") + (f"，指标值为{value}" if value else "")


def _basis(spending: Spending, subject: str) -> str:
    bases = bases_of(spending)
    if not bases:
        return f"{subject}依据{BLANK}确定。" if spending.indicators else ""
    text = ("；" if any(set("、，；。") & set(basis) for basis in bases) and len(bases) > 1 else "、").join(bases)
    return f"{subject}依据{text}{'' if text.endswith(_VERBS) else '确定'}。"
