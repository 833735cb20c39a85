"""JX808: the same basis in both parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jixiao.model.records import BasicExpenditure, Indicator, Spending
from jixiao.model.value import fold
from jixiao.rules.core import GOOD_PRACTICE, Case, Fault, On, Settings, Severity, Wording, fault, rule
from jixiao.rules.parts.matching import Pair
from jixiao.rules.parts.places import both, part1, part2, row_place, short
from jixiao.rules.similarity import likeness, normalised

_NEAR, _NEAR_AS_WRITTEN = 0.5, 0.6
_TITLE = re.compile(r"《([^《》]{2,})》")
_NUMBER = re.compile(r"[〔﹝\[(【]((?:19|20)\d\d)[〕﹞\])】]第?0*(\d+)号?")


@rule(
    "JX808",
    "basis-differs-between-parts",
    Severity.WARNING,
    on=On.PAIR,
    title="两部分写的依据应一致",
    source=GOOD_PRACTICE,
    says="{part1}“{name}”的依据是“{stated}”，{place}是“{expected}”{others}",
    advice="两处写同一个文件或标准",
    variants={
        "vague": Wording(
            "{part1}“{name}”的依据写明了“{stated}”，{place}只写“{expected}”{others}",
            "把第一部分写明的文件填进表中相应的行", Severity.INFO,
        ),
        "vague-passage": Wording(
            "{part1}“{name}”的依据只写“{stated}”，{place}写明了“{expected}”{others}",
            "第一部分也写明文件名称", Severity.INFO,
        ),
    },
    example=Case("第一部分“依据省市人大相关规定”，表中“依据单位指标考核”", "两处都是“《某某县会议费管理办法》”"),
)  # fmt: skip
def basis_differs_between_parts(pair: Pair, settings: Settings) -> Iterator[Fault]:
    """同一批指标，两部分说的依据不同，审核人不知道指标值从哪里来。

    都写了文件的，有一个文件名称或文号相同就算一致；表中各行依据不同的，有一行一致就够。“依据……确定”“按照……执行”“相关文件规定”等套话不计，
    其余文字相同、互相包含或大体相近的不报告。一处写明文件、另一处只有套话的，只作提示。依据空着的由 JX101 检查。
    """
    found = both(pair)
    if not found or not found.passage.basis:
        return
    passage, spending = found
    records = _stated(spending)
    fillers = tuple(settings.words("basis")["filler"])
    variants = {_compare(passage.basis, record.basis, fillers) for record in records}
    if not records or None in variants:
        return
    variant = next(kind for kind in ("vague", "vague-passage", "") if kind in variants)
    first = next(record for record in records if _compare(passage.basis, record.basis, fillers) == variant)
    yield fault(
        passage, "basis", variant, part1=part1(passage), name=passage.name, stated=short(passage.basis),
        place=_place(spending, first), expected=short(first.basis),
        others=f"（表中共有 {len(records)} 种依据，都不相同）" if len(records) > 1 else "",
    )  # fmt: skip


def _stated(spending: Spending) -> Sequence[BasicExpenditure | Indicator]:
    """The records of the spending that state a basis, each basis once."""
    own: list[BasicExpenditure | Indicator] = [spending] if isinstance(spending, BasicExpenditure) else []
    by_text = {record.basis: record for record in reversed([*own, *spending.indicators]) if record.basis}
    return list(reversed(by_text.values()))


def _place(spending: Spending, record: BasicExpenditure | Indicator) -> str:
    return row_place(spending, record, "basis") if isinstance(record, Indicator) else part2(spending, "basis")


@lru_cache(maxsize=4096)
def _compare(stated: str, expected: str, fillers: tuple[str, ...]) -> str | None:
    """None where both say the same, or neither says anything; else the variant that tells what differs."""
    documents, others = _documents(stated), _documents(expected)
    if documents and others:
        return None if any(_is_same_document(one, other) for one in documents for other in others) else ""
    core, other = _core(stated, fillers), _core(expected, fillers)
    if core and other:
        is_part = core in other or other in core
        is_near = likeness(core, other, _NEAR) or likeness(stated, expected, _NEAR_AS_WRITTEN)
        return None if is_part or is_near else ""
    if documents or others:
        return "vague" if documents else "vague-passage"
    return None


def _documents(text: str) -> frozenset[str]:
    """Titles and numbers of the documents a text names."""
    folded = fold(text)
    titles = (normalised(title) for title in _TITLE.findall(folded))
    return frozenset((*titles, *(f"{year}-{number}" for year, number in _NUMBER.findall(folded))))


def _is_same_document(one: str, other: str) -> bool:
    return one in other or other in one


def _core(text: str, fillers: tuple[str, ...]) -> str:
    """What is left without the words that name nothing."""
    return normalised(_filler(fillers).sub("", fold(text)))


@lru_cache(maxsize=8)
def _filler(fillers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(fillers, key=len, reverse=True)))
