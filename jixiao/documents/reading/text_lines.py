"""What single lines of a published text look like: headings, items of a numbered list."""

from __future__ import annotations

import re
from typing import NamedTuple

LONG = 50  # characters; the cells of a form are mostly shorter, the paragraphs of a narrative longer

_DIGITS = "一二三四五六七八九十"
_NUMBERED = re.compile(
    rf"[（(]?(?:(\d{{1,2}})|([{_DIGITS}]{{1,2}}))"
    r"(?:[)）、．]|\.(?!\d(?!\d?月|\d{3}年)))"
)
_BARE_MARK = re.compile(rf"[（(]?(?:\d{{1,2}}|[{_DIGITS}]{{1,3}})[)）.、．]|[·●■◆-]")
_HEADING = re.compile(
    rf"\[bookmark:|第[{_DIGITS}\d]{{1,3}}部分|附[表件]|(?:备?注|说明|填表说明)[：:]"
    r"|.{0,80}(?:目标|情况|申报|监控|自评|汇总|明细)表(?:[（(].{0,20}[)）])?$"
)


def is_heading(line: str) -> bool:
    """A line that can only begin something new, wherever it stands."""
    return _HEADING.match(line) is not None


class Item(NamedTuple):
    chinese: bool
    number: int

    @property
    def next(self) -> Item:
        return Item(self.chinese, self.number + 1)


def list_item(line: str) -> Item | None:
    """The number of `2.征订`, `（二）征订`, `1.9月底前完成`; None for what is no item of a list, as `2.5万元`."""
    match = _NUMBERED.match(line)
    if match is None:
        return None
    return Item(False, int(match[1])) if match[1] else Item(True, _chinese_number(match[2]))


def is_bare_mark(text: str) -> bool:
    """Nothing but the number or dot before an item."""
    return _BARE_MARK.fullmatch(text) is not None


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.index(text[-1]) + 1
    return 10 * (_DIGITS.index(tens) + 1 if tens else 1) + (_DIGITS.index(ones) + 1 if ones else 0)
