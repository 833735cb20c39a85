"""Part 1 told apart: which paragraph is a heading, the overall goal, a spending's passage, the measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from jixiao.model.value import fold
from jixiao.narrative.amounts import AMOUNT


class Role(StrEnum):
    """What a paragraph is; the value is what the user reads."""

    COVER = "封面"
    CONTENTS = "目录"
    HEADING = "标题"
    OVERALL = "总体绩效目标"
    PASSAGE = "分项绩效目标"
    CONTINUED = "分项绩效目标（续）"
    MEASURES = "工作保障措施"
    UNKNOWN = "未识别"


BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]|[​﻿]")
_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十]+[部章节]?分?|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]"
    r"|[一二三四五六七八九十]+ )\s*"
)
_PAGE_NUMBER = re.compile(r"^(?P<title>.*?\S)(?:\s*[.…·．]{2,}\s*|\s+|\t+)\d{1,3}$")

# A heading without its numbering -> the role of the paragraphs below it; None where it is a title alone.
_SECTIONS: dict[str, Role | None] = {
    **dict.fromkeys(("总体绩效目标", "总体目标", "部门总体绩效目标", "年度总体绩效目标", "部门总体目标"), Role.OVERALL),
    **dict.fromkeys(
        ("分项绩效目标", "分项目标", "部门分项绩效目标", "项目绩效目标", "项目支出绩效目标", "专项项目绩效目标",
         "人员经费绩效目标", "人员经费", "人员支出绩效目标", "日常公用经费绩效目标", "日常公用经费", "公用经费绩效目标",
         "公用经费", "基本支出绩效目标", "基本支出"), Role.PASSAGE),
    **dict.fromkeys(
        ("工作保障措施", "保障措施", "绩效保障措施", "实现绩效目标的保障措施", "绩效目标保障措施"), Role.MEASURES),
    **dict.fromkeys(
        ("部门整体绩效目标", "部门整体支出绩效目标", "整体绩效目标", "预算项目绩效目标", "部门预算项目绩效目标",
         "项目绩效目标表", "部门预算绩效目标", "部门预算绩效文本", "部门预算绩效目标文本", "预算绩效文本", ""), None),
}  # fmt: skip
_PART = re.compile(r"第[一二三]部分")
_COVER = re.compile(r"\d{4}年|预算|绩效|二[〇○零]")
_LONGEST_COVER_LINE = 40


class Classified(NamedTuple):
    """`text` without bookmarks and outer blanks."""

    role: Role
    text: str


def classify(texts: Sequence[str]) -> list[Classified]:
    """One entry a paragraph, in order."""
    return list(_classified(texts))


def _classified(texts: Sequence[str]) -> Iterator[Classified]:
    section: Role | None = None
    is_front = True
    is_open = False  # a passage has begun, and what follows may belong to it
    for raw in texts:
        text = BOOKMARK.sub("", raw).strip()
        heading = heading_of(text)
        if heading is None:
            role = _role_of_text(text, section, is_front, is_open)
            is_open = role in (Role.PASSAGE, Role.CONTINUED)
        elif _PAGE_NUMBER.match(text):
            role = Role.CONTENTS
        else:
            role, is_open, is_front = Role.HEADING, False, False
            section = _SECTIONS[heading]
        yield Classified(role, text)


def heading_of(text: str) -> str | None:
    """The known heading that the paragraph is, without numbering and page number; None where it is none."""
    page = _PAGE_NUMBER.match(text)
    title = page["title"] if page else text
    if len(title) > 30:
        return None
    bare = fold(_NUMBERING.sub("", title.strip())).rstrip(":。")
    if bare in ("目录", "目次"):
        return ""
    known = bare if bare in _SECTIONS else _without_year(bare)
    if not bare and not _PART.search(title):
        return None
    return known if known in _SECTIONS else None


_YEAR = re.compile(r"^(?:\d{4}年度?|本年度?)")


def _without_year(title: str) -> str:
    return _YEAR.sub("", title)


def _role_of_text(text: str, section: Role | None, is_front: bool, is_open: bool) -> Role:
    if section in (Role.OVERALL, Role.MEASURES):
        return section
    if begins_passage(text):
        return Role.PASSAGE
    if is_open:
        return Role.CONTINUED
    if is_front and len(text) <= _LONGEST_COVER_LINE and _COVER.search(text):
        return Role.COVER
    return Role.UNKNOWN


_NUMBERED = r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)"
_YEARS = r"(?:年初|本年度?|全年|\d{4}年度?|当年)"
_BEGINNING = re.compile(
    rf"^{_NUMBERED}?(?P<name>[“\"「『《].{{2,60}}?[”\"」』》]|[^，。；“”]{{2,40}}?)"
    rf"(?:专项)?(?:项目)?(?:支出|资金)?，?于?{_YEARS}*(?:部门)?"
    rf"(?:预算|安排|拟安排|申请)(?:资金|预算|安排|数|金额|规模|总额|共|为|：|:|\s)*{AMOUNT.pattern}"
)
# A numbered passage whose amount is not written in digits.
_NAMED_ONLY = re.compile(
    rf"^{_NUMBERED}(?P<name>[“\"「『].{{2,60}}?[”\"」』])(?:专项)?(?:项目|资金|经费)(?P<number>)(?P<unit>)"
)
_QUOTATION = "“”\"「」『』《》"


def begins_passage(text: str) -> re.Match[str] | None:
    """The beginning of a spending's passage: groups `name`, `number`, `unit`; the last two empty without an amount."""
    return _BEGINNING.match(text) or _NAMED_ONLY.match(text)


def name_in(match: re.Match[str]) -> str:
    """The spending's name as the passage writes it, without quotation marks and a closing 项目."""
    name = match["name"].strip().rstrip("：:")
    quoted = name[0] in _QUOTATION
    bare = name.strip(_QUOTATION)
    return bare if quoted else bare.removesuffix("项目").strip()
