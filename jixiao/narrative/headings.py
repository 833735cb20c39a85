"""The headings that Part 1 is known to have, and what stands below each."""

from __future__ import annotations

import re
from enum import StrEnum

from jixiao.model.value import fold


class Role(StrEnum):
    """What a paragraph is; the value is what the user reads."""

    COVER = "封面"
    CONTENTS = "目录"
    HEADING = "标题"
    OVERALL = "总体绩效目标"
    PASSAGE = "分项绩效目标"
    CONTINUED = "分项绩效目标（续）"
    DUTY = "职责绩效目标"
    MEASURES = "工作保障措施"
    UNKNOWN = "未识别"


NUMBERING = re.compile(
    r"(?:第[一二三四五六七八九十]+[部章节]?分?|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]"
    r"|[一二三四五六七八九十]+ )\s*"
)
PAGE_NUMBER = re.compile(r"(?P<title>.*?\S)(?:\s*[.…·．]{2,}\s*|\s+|\t+)\d{1,3}")

BASIC_HEADINGS = (
    "人员经费绩效目标", "人员经费", "人员支出绩效目标", "人员支出", "日常公用经费绩效目标", "日常公用经费",
    "公用经费绩效目标", "公用经费", "日常公用支出绩效目标", "日常公用支出",
)  # fmt: skip
# A heading without its numbering -> the role of the paragraphs below it; None where it is a title alone.
_SECTIONS: dict[str, Role | None] = {
    **dict.fromkeys(
        ("总体绩效目标", "总体目标", "部门总体绩效目标", "年度总体绩效目标", "部门总体目标", "年度总体目标",
         "总体绩效目标情况", "部门职责及总体绩效目标"), Role.OVERALL),
    **dict.fromkeys(
        ("分项绩效目标", "分项目标", "部门分项绩效目标", "项目绩效目标", "项目支出绩效目标", "专项项目绩效目标",
         "项目支出", "基本支出绩效目标", "基本支出", "部门职责绩效目标", "职责绩效目标", "工作活动绩效目标",
         "分项绩效目标情况", "专项资金绩效目标", "项目经费绩效目标", "项目经费", *BASIC_HEADINGS), Role.PASSAGE),
    **dict.fromkeys(
        ("工作保障措施", "保障措施", "绩效保障措施", "实现绩效目标的保障措施", "绩效目标保障措施",
         "实现年度目标的保障措施", "实现年度发展规划目标的保障措施", "绩效目标实现的保障措施"), Role.MEASURES),
    **dict.fromkeys(
        ("部门整体绩效目标", "部门整体支出绩效目标", "整体绩效目标", "预算项目绩效目标", "部门预算项目绩效目标",
         "项目绩效目标表", "项目支出绩效目标表",
         "部门整体支出绩效目标表", "部门预算绩效目标", "部门预算绩效文本", "部门预算绩效目标文本",
         "预算绩效文本", "单位整体绩效目标", ""), None),
}  # fmt: skip
_PART = re.compile(r"第[一二三]部分")
_YEAR = re.compile(r"(?:\d{4}年度?|本年度?)")
_LONGEST = 30


def heading_of(text: str) -> str | None:
    """The known heading that the paragraph is, without numbering and page number; None where it is none."""
    page = PAGE_NUMBER.fullmatch(text)
    title = page["title"] if page else text
    if len(title) > _LONGEST:
        return None
    bare = fold(without_numbering(title.strip())).rstrip(":。")
    if bare in ("目录", "目次"):
        return ""
    if not bare and not _PART.search(title):
        return None
    known = bare if bare in _SECTIONS else _YEAR.sub("", bare, count=1)
    return known if known in _SECTIONS else None


def section_below(heading: str) -> Role | None:
    """What the paragraphs below a known heading are."""
    return _SECTIONS[heading]


def without_numbering(title: str) -> str:
    match = NUMBERING.match(title)
    return title[match.end() :] if match else title
