"""JX801, JX802: the same projects under the same names in both parts."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.model.narrative import Passage
from jixiao.model.records import BasicExpenditure, Spending
from jixiao.rules.core import GOOD_PRACTICE, Case, Fault, On, Settings, Severity, Wording, fault, rule
from jixiao.rules.parts.amounts import in_words
from jixiao.rules.parts.matching import Pair, plain_name
from jixiao.rules.parts.places import named, part1, part2


@rule(
    "JX801",
    "project-name-differs",
    Severity.WARNING,
    on=On.PAIR,
    title="第一部分和第二部分的项目名称应一致",
    source=GOOD_PRACTICE,
    says="{part1}写作“{found}”，{part2}是“{expected}”",
    advice="改为同一名称；系统登记的是“{expected}”的，把第一部分改过来",
    variants={
        "doubtful": Wording(
            "{part1}写的是“{found}”{amount1}，{part2}是“{expected}”{amount2}，名称相近，但名称和金额都不同",
            "确认是不是同一个项目：是的，改为同一名称，再校验一次，就会比较金额、进度和指标；不是的，两部分各补上缺的项目",
        )
    },
    example=Case("第一部分“县人大代表活动”，第二部分“人大代表活动”", "两部分都是“人大代表活动”"),
)
def project_name_differs(pair: Pair, settings: Settings) -> Iterator[Fault]:
    """两部分的名称不同，读者分不清是一个项目还是两个，公开后也无法按名称查找。

    先按名称找对应的表；名称不同的，看金额是否只此一家、名称是否明显相近（只多“县”“项目”“经费”或年份等），再看作同一个项目，并在
    这里提示。空格、标点、全半角和名称后面的“项目”二字不计。名称、金额都不同的，只提示确认，不再比较其他内容。基本支出的名称不比较。
    """
    passage, spending = pair.passage, pair.spending
    if passage is None or spending is None or isinstance(spending, BasicExpenditure):
        return
    if passage.name and spending.name and plain_name(passage.name) != plain_name(spending.name):
        yield fault(
            passage, "name", "doubtful" if pair.is_doubtful else "",
            part1=part1(passage), part2=part2(spending, "name"), found=passage.name, expected=spending.name,
            amount1=_amount(passage), amount2=_amount(spending),
        )  # fmt: skip


def _amount(record: Passage | Spending) -> str:
    if record.budget is None:
        return ""
    return f"（{in_words(record.budget, getattr(record, 'budget_digits', ''))}）"


_ADD_PASSAGE = "在第一部分补上这个项目的一段，或核对它是否应列入"

_ONE_PART_ONLY: dict[str, Wording] = {
    "no-passage": Wording("{part2}的项目{name}{amount}，第一部分没有写{nearest}", _ADD_PASSAGE),
    "mentioned": Wording(
        "{part2}的项目{name}{amount}，第一部分没有单独写，只在{beside}里提到",
        "为它单独写一段：金额、目标、支出进度、指标；已合并到别的项目的，删去这张表",
        Severity.WARNING,
    ),
    "twice": Wording("{part1}又写了一段项目{name}，{beside}已经写过", "只保留一段，或改正其中一段的项目名称"),
    "together": Wording(
        "{part1}把 {count} 个项目写在一段里：{names}；只比较了金额合计，支出进度和指标没有比较",
        "每个项目单独写一段",
        Severity.INFO,
    ),
    "no-tables": Wording(
        "第二部分没有任何项目表，第一部分却写了 {count} 个项目（从{part1}“{name}”起）", "补上各项目的绩效目标表"
    ),
    "no-passages": Wording(
        "第一部分没有分项目写绩效目标，第二部分有 {count} 个项目", "逐个项目补写一段；本地格式不要求分项目写的可忽略",
        Severity.WARNING,
    ),
    "basic-no-passage": Wording(
        "{part2}有{name}{amount}，第一部分没有写", "在第一部分补上一段；没有这项支出的，清空表中的内容", Severity.INFO
    ),
    "basic-no-record": Wording(
        "{part1}写了{name}{amount}，基本支出表里没有", "把金额、目标和支出进度填入基本支出表", Severity.WARNING
    ),
}  # fmt: skip


@rule(
    "JX802",
    "project-in-one-part-only",
    Severity.ERROR,
    on=On.PAIR,
    title="两部分写的项目应相同",
    source=GOOD_PRACTICE,
    says="{part1}写的项目{name}{amount}，第二部分没有它的表{nearest}",
    advice="补上这个项目的绩效目标表，或删去第一部分的这一段；两部分名称不同的，改为同一名称",
    variants=_ONE_PART_ONLY,
    example=Case("第一部分有“人大研究会”，第二部分没有它的表", "两部分都有“人大研究会”"),
)
def project_in_one_part_only(pair: Pair, settings: Settings) -> Iterator[Fault]:
    """只在一个部分出现的项目，不是漏写就是没有删净，金额合计也对不上。

    没有第一部分原文时不检查。名称不同但看得出是同一个项目的，由 JX801 提示。
    第一部分一个项目都没有写的、第二部分一张表都没有的，各只报一次。几个项目合写一段的，按金额合计比较，并作提示。基本支出（人员经费、日常公用经费）没有公开的表，不作错误。
    """
    if pair.passage and pair.together:
        names = "、".join(named(spending) for spending in pair.together)
        yield fault(pair.passage, "name", "together", part1=part1(pair.passage), count=len(pair.together), names=names)
    elif pair.passage and pair.spending is None:
        yield from _without_table(pair, pair.passage, settings)
    elif pair.spending and pair.passage is None:
        yield from _without_passage(pair, pair.spending, settings)


def _without_table(pair: Pair, passage: Passage, settings: Settings) -> Iterator[Fault]:
    values = {"part1": part1(passage), "name": f"“{passage.name}”", "amount": _amount(passage)}
    if not passage.name:
        return
    if pair.beside:
        yield fault(passage, "name", "twice", **values, beside=part1(pair.beside))
    elif passage.is_basic:
        yield fault(passage, "name", "basic-no-record", **values)
    elif settings.department.projects:
        yield fault(passage, "name", **values, nearest=_nearest(pair))
    elif passage is next(one for one in settings.department.passages if not one.is_basic):
        count = sum(not one.is_basic for one in settings.department.passages)
        yield fault(passage, "name", "no-tables", part1=part1(passage), name=passage.name, count=count)


def _without_passage(pair: Pair, spending: Spending, settings: Settings) -> Iterator[Fault]:
    values = {"part2": part2(spending, "name"), "name": named(spending), "amount": _amount(spending)}
    projects = settings.department.projects
    if isinstance(spending, BasicExpenditure):
        yield fault(spending, "name", "basic-no-passage", **values)
    elif all(passage.is_basic for passage in settings.department.passages):
        if spending is projects[0]:
            yield fault(settings.department.passages[-1], "text", "no-passages", count=len(projects))
    elif pair.beside:
        beside = f"{part1(pair.beside)}“{pair.beside.name}”一段"
        yield fault(spending, "name", "mentioned", **values, beside=beside)
    else:
        yield fault(spending, "name", "no-passage", **values, nearest=_nearest(pair))


def _nearest(pair: Pair) -> str:
    return f"；名称最接近的是“{pair.nearest}”" if pair.nearest else ""
