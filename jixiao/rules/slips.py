"""Slips of the pen in one text: repeated phrases, likely typos, what a conversion left behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.normal import HAN
from jixiao.profiles import load_profile


class Repeat(NamedTuple):
    """`phrase` stands at `start` and at once a second time."""

    phrase: str
    start: int


_SHORTEST, _LONGEST = 3, 40
_TWICE = re.compile(rf"(.{{{_SHORTEST},{_LONGEST}}})\1", re.DOTALL)
_HAN_SIGNS = re.compile(f"[{HAN}]")
_STATED_VALUE = re.compile(r"[≥≤＞＜＝><=]{1,2}\d[^、，,；;/]*")
# 一件事一件事地办, 一个村一个村: repeated on purpose.
_ON_PURPOSE = re.compile(r"[一每逐].{2,3}")


def find_repeat(text: str) -> Repeat | None:
    """The first phrase of at least three Chinese characters, or value such as `≥90%`, written twice running."""
    if not _TWICE.search(text):
        return None
    seen: dict[str, int] = {}
    for place in range(len(text) - _SHORTEST + 1):
        trigram = text[place : place + _SHORTEST]
        start = seen.get(trigram, place)
        seen[trigram] = place
        length = place - start
        if _SHORTEST <= length <= _LONGEST and text.startswith(text[start:place], place):
            repeat = _whole_items(Repeat(text[start:place], start), text)
            if repeat and _is_slip(repeat, text):
                return repeat
    return None


def _whole_items(repeat: Repeat, text: str) -> Repeat | None:
    """图书馆、文化馆、文化站 repeats no item, though 馆、文化 stands there twice; a repeat of whole items does."""
    phrase, start = repeat
    shift = phrase.rfind("、") + 1
    if not 0 < shift < len(phrase):
        return repeat
    item = phrase[shift:] + phrase[: shift - 1]
    end = start + shift + 2 * len(item) + 1
    follows_mark = not _HAN_SIGNS.match(text, end)
    return Repeat(item + "、", start + shift) if text[:end].endswith(f"{item}、{item}") and follows_mark else None


_LINE_NUMBER = re.compile(r"[\s（(]*[\d一二三四五六七八九十]{1,3}[)）.．、]\s*")
_SHORTEST_LINE = 6


def find_repeated_line(text: str) -> str:
    """The first line that stands in the text twice, whatever its number; "" if there is none."""
    if "\n" not in text:
        return ""
    seen: set[str] = set()
    for line in text.splitlines():
        plain = _LINE_NUMBER.sub("", line, count=1).strip().rstrip("。；;.，,")
        if plain in seen:
            return plain
        if len(_HAN_SIGNS.findall(plain)) >= _SHORTEST_LINE:
            seen.add(plain)
    return ""


def _is_slip(repeat: Repeat, text: str) -> bool:
    phrase = repeat.phrase
    if "\n" in phrase or _ON_PURPOSE.fullmatch(phrase):
        return False
    if len(set(_HAN_SIGNS.findall(phrase))) < 2:
        return bool(_STATED_VALUE.fullmatch(phrase))
    return len(_HAN_SIGNS.findall(phrase)) >= _SHORTEST and not _is_word_border(repeat, text)


def _is_word_border(repeat: Repeat, text: str) -> bool:
    """委员会委员会议 is 委员会 + 委员 + 会议, and repeats nothing."""
    after = text[repeat.start + 2 * len(repeat.phrase) :][:1]
    return repeat.phrase.endswith("会") and after != "" and after in "议场员徽计"


class Typo(NamedTuple):
    start: int
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class TypoList:
    """`any_wrong` finds the wrong spellings; `pairs` gives, by wrong spelling, its context and its right spelling.

    Contexts are patterns as they are written: there are hundreds, and few are ever compiled.
    """

    any_wrong: re.Pattern[str]
    pairs: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=32)
def typo_list(profile: str, own: tuple[str, ...] = (), accepted: tuple[str, ...] = ()) -> TypoList:
    """The pairs of the profile and the user's `own` (`误→正`), without the `accepted` spellings."""
    pairs = {
        entry["wrong"]: (entry.get("context", re.escape(entry["wrong"])), entry["right"])
        for entry in load_profile(profile).words["typos"]
    }
    for pair in own:
        wrong, arrow, right = (part.strip() for part in pair.replace("->", "→").partition("→"))
        if wrong and arrow and wrong != right:
            pairs[wrong] = (re.escape(wrong), right)
    kept = {wrong: pair for wrong, pair in pairs.items() if wrong not in accepted}
    longest_first = sorted(kept, key=len, reverse=True)
    return TypoList(re.compile("|".join(map(re.escape, longest_first)) or r"(?!)"), kept)


def find_typos(text: str, typos: TypoList) -> list[Typo]:
    """Every wrong spelling that stands in its context, in reading order."""
    wrong: list[Typo] = []
    place = 0
    while found := typos.any_wrong.search(text, place):
        context, right = typos.pairs[found[0]]
        is_typo = re.compile(context).match(text, found.start())
        if is_typo:
            wrong.append(Typo(found.start(), found[0], right))
        place = found.end() if is_typo else found.start() + 1
    return wrong


def mend_typos(text: str, typos: Sequence[Typo]) -> str:
    for typo in reversed(typos):
        text = text[: typo.start] + typo.right + text[typo.start + len(typo.wrong) :]
    return text


class Residue(NamedTuple):
    """`what` names it in Chinese; the rest is its place."""

    what: str
    start: int
    end: int


_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_BLANKS = " \t\u00a0\u2000-\u200a\u202f\u3000"
# Asked before all else, for few texts do; it must let through whatever `_RESIDUES` finds.
may_hold_residue = re.compile(rf"[\[&<_误#XxＸ×*＊{_BLANKS}{_INVISIBLE}{_CONTROL}\ufffd\ue000-\uf8ffE]").search
_RESIDUES = re.compile(
    r"(?P<bookmark>\[bookmark:[^\]\n]*\]?|_(?:Toc|Ref|Hlk)_?\d[\d_]*)"
    r"|(?P<field>错误[!！]\s*(?:未找到引用源|未定义书签)[。.]?|Error! (?:Reference source|Bookmark) not \w+\.?)"
    r"|(?P<entity>&(?:nbsp|lt|gt|amp|quot|ensp|emsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});)"
    r"|(?P<tag></?(?:br|p|span|div|td|tr|table|font|strong|b|u)\b[^<>\n]{0,80}>)"
    rf"|(?P<control>_x00[0-1][0-9A-F]_|[{_CONTROL}])"
    rf"|(?P<invisible>[{_INVISIBLE}]+)"
    r"|(?P<unreadable>[\ufffd\ue000-\uf8ff]+)"
    r"|(?P<failed>#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!))"
    r"|(?P<unfilled>(?<![A-Za-z])(?:X{2,}|x{2,}|Ｘ{2,}|×{2,})(?![A-Za-z])|_{3,}|\*{2,}|＊{2,})"
    rf"|(?P<blanks>(?<=[^\s])[{_BLANKS}]{{2,}}(?=[^\s]))"
)
_NAMES = {
    "bookmark": "书签残留", "field": "域代码错误提示", "entity": "网页转义符", "tag": "网页标签", "control": "控制字符",
    "invisible": "不可见字符", "unreadable": "无法显示的字符", "blanks": "连续空格",
    "failed": "公式错误值", "unfilled": "未填写的空位",
}  # fmt: skip


def find_residues(text: str) -> tuple[Residue, ...]:
    """What a conversion from Word, a web page or another system, or a template, left in the text."""
    return tuple(Residue(_NAMES[found.lastgroup or ""], *found.span()) for found in _RESIDUES.finditer(text))
