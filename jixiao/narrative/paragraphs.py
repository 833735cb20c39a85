"""Part 1 told apart: which paragraph is a heading, the overall goal, a spending's passage, the measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from jixiao.narrative.beginnings import NUMBERED, begins_passage, begins_without_name
from jixiao.narrative.headings import (
    BASIC_HEADINGS,
    PAGE_NUMBER,
    Role,
    heading_of,
    section_below,
)
from jixiao.narrative.passage import states_basis
from jixiao.narrative.quotes import begins_quote

BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]|[\u200b\ufeff]")
_LONGEST_COVER_LINE = 40
_LONGEST_TITLE = 40
_SENTENCE = re.compile(r"[，。；：:;]")
_CHINESE_NUMBER = re.compile(r"([一二三四五六七八九十]+)、")
_CHINESE_ITEM = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、]")
_ATTACHMENT = re.compile(r"附[件表录]?[：:\d一二三四五六七八九十]*")
# What the sentences of a passage begin with.
_OF_PASSAGE = re.compile(
    "资金|经费|支出|项目|此项|该项|本项|具体|以上|上述|各项|指标|绩效|目标|主要|代表性|预算|产出|效益|效果|满意度|成本|其中|年初|共设|[一二三]级"
)
_DUTY = re.compile(r"(?:年度)?绩效(?:目标|指标)[：:]")
_ENDS = ("。", "！", "？", "!", "?")


class Classified(NamedTuple):
    """`text` without bookmarks and outer blanks."""

    role: Role
    text: str


def classify(texts: Sequence[str]) -> list[Classified]:
    """One entry a paragraph, in order."""
    return _Reader([BOOKMARK.sub("", raw).strip() for raw in texts]).all()


class _Reader:
    """Goes through the paragraphs; a paragraph's role depends on the heading above it and on its neighbours."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._section: Role | None = None
        self._number = ""  # the numbering of the section's heading, if it is 一、二、
        self._is_front = True
        self._open: Role | None = None  # PASSAGE or DUTY: what follows may belong to it
        self._has_basis = False

    def all(self) -> list[Classified]:
        return [Classified(self._role(index, text), text) for index, text in enumerate(self._texts)]

    def _role(self, index: int, text: str) -> Role:
        after = self._texts[index + 1] if index + 1 < len(self._texts) else ""
        heading = heading_of(text)
        if heading is None or (heading in BASIC_HEADINGS and begins_without_name(after)):
            role = self._role_of_text(index, text, after)
            self._is_front = self._is_front and role in (Role.COVER, Role.UNKNOWN)
            return role
        if PAGE_NUMBER.fullmatch(text):
            return Role.CONTENTS
        self._enter(section_below(heading), text)
        return Role.HEADING

    def _enter(self, section: Role | None, text: str) -> None:
        number = _CHINESE_NUMBER.match(text)
        self._section, self._number = section, number[1] if number else ""
        self._is_front, self._open = False, None

    def _role_of_text(self, index: int, text: str, after: str) -> Role:
        if self._leaves_section(text):
            self._enter(None, text)
            return Role.UNKNOWN
        if self._section in (Role.OVERALL, Role.MEASURES):
            return self._section
        if begins_passage(text) or (is_title(text) and begins_without_name(after)):
            self._open, self._has_basis = Role.PASSAGE, states_basis(text)
            return Role.PASSAGE
        if self._section is Role.PASSAGE and is_title(text) and begins_passage(after):
            self._open = None
            return Role.HEADING
        if self._is_duty(text, after):
            self._open = Role.DUTY
            return Role.DUTY
        if self._open and self._goes_on(index, text):
            self._has_basis = self._has_basis or states_basis(text)
            return Role.DUTY if self._open is Role.DUTY else Role.CONTINUED
        self._open = None
        if self._is_front and len(text) <= _LONGEST_COVER_LINE and not _SENTENCE.search(text):
            return Role.COVER
        return Role.UNKNOWN

    def _leaves_section(self, text: str) -> bool:
        """An attachment; or, as a title, the next number of the section's own row: a section that is not known."""
        if _ATTACHMENT.fullmatch(text):
            return True
        match = _CHINESE_NUMBER.match(text)
        return bool(match and self._number and match[1] == _NEXT.get(self._number) and is_title(text))

    def _is_duty(self, text: str, after: str) -> bool:
        """A duty's goal or indicators, or its name above them: they have no amount, and no table in Part 2."""
        if self._section is not Role.PASSAGE or self._open is Role.PASSAGE:
            return False
        return bool(_DUTY.match(text)) or (is_title(text) and bool(_DUTY.match(after)))

    def _goes_on(self, index: int, text: str) -> bool:
        """A broken line goes on; behind a whole sentence only what sounds like a passage."""
        if _CHINESE_ITEM.match(text) and is_title(text):
            return False
        if not self._texts[index - 1].endswith(_ENDS):
            return True
        return not self._has_basis and (begins_line(text) or _OF_PASSAGE.match(text) is not None)


_NUMERALS = [*"一二三四五六七八九十", *(f"十{one}" for one in "一二三四五六七八九"), "二十"]
_NEXT = dict(pairwise(_NUMERALS))


def is_title(text: str) -> bool:
    """Short, and no sentence: it may be the name of what follows. An indicator on its own line is none."""
    return 2 <= len(text) <= _LONGEST_TITLE and not _SENTENCE.search(text.rstrip("：:")) and not begins_quote(text)


def begins_line(text: str) -> bool:
    """The paragraph is an item of its own, and not the rest of a line that a page broke."""
    return bool(re.match(NUMBERED, text)) or begins_quote(text)
