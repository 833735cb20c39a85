"""How a spending's passage begins: its name and its amount, in any of the orders in which they are written."""

from __future__ import annotations

import re
from typing import NamedTuple

from jixiao.model.value import fold
from jixiao.narrative.amounts import AMOUNT

# As passages write them -> as the form calls them.
BASIC_NAMES = {
    **dict.fromkeys(("人员经费", "人员支出", "人员经费支出", "人员类支出", "人员类经费"), "人员经费"),
    **dict.fromkeys(
        ("日常公用经费", "公用经费", "日常公用支出", "公用支出", "日常公用经费支出", "公用经费支出"), "日常公用经费"),
}  # fmt: skip

NUMBERED = r"(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?:[)）、]|[.．](?!\d))\s*|[①-⑳]\s*)"
_QUOTED = r"[“\"「『《‘][^“”\"「」『』]{2,60}?[”\"」』》’]"
_YEAR = r"(?:20\d\d年度?|年初|本年度?|全年|年度|当年)"
_BUDGET = r"(?:部门|财政)?(?:预算|安排|拟安排|申请|投入|下达|核定)"
# What may stand between the name and the amount; nothing of it says anything of its own.
_FILLER = (
    rf"(?:{_YEAR}|{_BUDGET}|绩效目标|专项|项目|支出|资金|经费|金额|规模|总额|总投资|数|共计|合计|共|约|为|是|于"
    r"|人民币|[，,：:\s])*"
)
_ANCHOR = (
    rf"(?:(?:项目(?:支出|资金|经费)?[，：:\s]*|[：:\s]*)(?:{_YEAR}|共?{_BUDGET})"
    r"|项目(?:支出|资金|经费|总投资)|绩效目标\s)"
)
_BEFORE = rf"(?:(?:{_YEAR}|{_BUDGET}|资金|用于|项目(?:名称)?|[，：:\s])*?)"
_NAMED = re.compile(
    rf"{NUMBERED}?(?:{_BEFORE}(?P<quoted>{_QUOTED})(?:项目)?(?:[（(][^（）()]{{1,30}}[）)])?"
    rf"|(?:20\d\d年度?，?)?(?P<bare>[^，。；：:“”\"\s]{{2,40}}?)(?={_ANCHOR}))"
    rf"{_FILLER}{AMOUNT.pattern}"
)
# The same below a line that is the name: 年初预算安排12万元
_UNNAMED = re.compile(rf"(?:该|此|本)?(?:项目|项)?(?={_ANCHOR}|资金|金额|总额){_FILLER}{AMOUNT.pattern}")
# A numbered passage whose amount is not written in digits.
_WITHOUT_AMOUNT = re.compile(
    rf"(?:{NUMBERED})?(?P<quoted>{_QUOTED})(?:专项)?(?:项目|资金|经费)(?=.*(?:预算|安排|资金))"
)

_QUOTATION = '“”"「」『』《》‘’'
_ENDINGS = ("绩效目标", "项目")
# They are not the name of one spending.
_NO_NAME = re.compile(
    r"(?:该|此|本|我|其|各|全|共)?(?:项目?|单位|部门|县|局|年|年度)?(?:一般公共|财政|部门|单位)?"
    r"(?:预算|项目|基本|资金|支出|收入|其中|合计|总计|共计|总额|安排|情况)*(?:为|共)?"
)


class Beginning(NamedTuple):
    """`end`: where the passage goes on. `amount`: the match of the amount, None where there is none in digits."""

    name: str
    amount: re.Match[str] | None
    end: int


def begins_passage(text: str) -> Beginning | None:
    """None where the text does not begin with the name of a spending, and its amount or quotation marks."""
    match = None if begins_without_name(text) else _NAMED.match(text)
    if match is None:
        bare = _WITHOUT_AMOUNT.match(text)
        return Beginning(_name(bare["quoted"]), None, bare.end()) if bare else None
    name = _name(match["quoted"] or match["bare"])
    if match["bare"] and (_NO_NAME.fullmatch(name) or len(name) < 2):
        return None
    return Beginning(name, match, match.end())


def begins_without_name(text: str) -> bool:
    """The name can only stand above: 年初预算安排12万元."""
    return _UNNAMED.match(text) is not None


def _name(written: str) -> str:
    """Without quotation marks; without quotation marks in the text, also without a closing 项目."""
    if written[0] in _QUOTATION:
        return written.strip(_QUOTATION)
    name = written.rstrip("：: ")
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name.strip()


def is_basic(name: str) -> bool:
    return fold(name) in BASIC_NAMES
