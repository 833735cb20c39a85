"""Punctuation in its normal form: full-width marks and curved quotes where Chinese is written.

Each mark is replaced by exactly one mark, so places in the text stay what they were; digits, letters and Chinese
characters are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

HAN = "一-鿿〇"

_FULL_WIDTH = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
MENDABLE = r"[,.;:?!()\-－–‐‑\"]"
_TO_LOOK_AT = re.compile(MENDABLE)
_IS_HAN = re.compile(f"[{HAN}]")
_HALF_MARK = re.compile(r"[,.;:?!]")
_BRACKET = re.compile(r"[()（）]")
_QUOTED = re.compile(r'"([^"\n]*)"')
_LONE_DASH = re.compile(f"(?<=[{HAN}])[-－—–‐‑](?=[{HAN}])")

# Marks inside these belong to another language.
_FOREIGN = re.compile(r"https?://[\w./:?=&%#~+-]+|www\.[\w./-]+|[\w.+-]+@[\w.-]+|&#?\w+;|\[bookmark:[^\]]*\]", re.ASCII)
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t\u3000]*\d{1,2}$")
_CHINESE_NUMBER = re.compile(r"(?:^|[\s，。；：、！？,.;:!?（(])[第其]?[一二三四五六七八九十]{1,3}$")
_LINE_START = re.compile(r"(?:^|\n)[ \t\u3000]*$")
_YEAR = re.compile(r"\s*(?:19|20)\d\d年?\s*")
_ENDS_SENTENCE = re.compile(rf"$|[\s{HAN}”’」』）)]|\d{{1,2}}[.、．]")
_ENDS_LINE = re.compile(r"\s*(?:$|\n)")

_CLOSING_BRACKETS = ")）"
_CLOSING = "%％‰》”’」』】]〕" + _CLOSING_BRACKETS
_FORMULA = "=＝/÷×*＊+＋-－<>≥≤＜＞"


def mend_punctuation(text: str) -> str:
    """`text` with full-width marks, brackets and quotes in its Chinese, and one kind of dash between its characters.

    Left alone: numbers, times, formulas, list numbers, addresses, the year in a document number, everything in a text
    without Chinese. Mending twice changes nothing more.
    """
    if not (_TO_LOOK_AT.search(text) and _IS_HAN.search(text)):
        return text
    foreign = [match.span() for match in _FOREIGN.finditer(text)]
    signs = list(text)
    for place, mark in (*_marks(text), *_brackets(text), *_quotes(text), *_dashes(text)):
        if not any(start <= place < end for start, end in foreign):
            signs[place] = mark
    return "".join(signs)


def _marks(text: str) -> Iterator[tuple[int, str]]:
    for match in _HALF_MARK.finditer(text):
        if _is_chinese_mark(text, match.start()):
            yield match.start(), _FULL_WIDTH[match[0]]


def _is_chinese_mark(text: str, place: int) -> bool:
    mark, before, after = text[place], text[place - 1 : place] or "\n", text[place + 1 : place + 2]
    if mark == ".":
        return _ends_chinese_sentence(text, place, before)
    if mark in ",;":
        return _is_han(before) or (_is_han(after) and _may_precede_comma(text, place, before))
    if mark in "?!":
        return _is_han(text[:place].rstrip("?!？！")[-1:])
    return _is_han(before) or (mark == ":" and before in _CLOSING)


def _may_precede_comma(text: str, place: int, before: str) -> bool:
    if _LIST_NUMBER.search(text, max(0, place - 20), place):
        return False
    return before in _CLOSING or before.isalnum()


def _ends_chinese_sentence(text: str, place: int, before: str) -> bool:
    if before in _CLOSING_BRACKETS:
        return bool(_ENDS_LINE.match(text, place + 1))
    if not _is_han(before) and before not in _CLOSING:
        return False
    if _CHINESE_NUMBER.search(text, max(0, place - 6), place):
        return False
    return bool(_ENDS_SENTENCE.match(text, place + 1))


def _brackets(text: str) -> Iterator[tuple[int, str]]:
    open_places: list[int] = []
    for match in _BRACKET.finditer(text):
        place = match.start()
        if match[0] in "(（":
            open_places.append(place)
        elif open_places:
            start = open_places.pop()
            if _is_chinese_bracket(text, start, place):
                yield start, "（"
                yield place, "）"


def _is_chinese_bracket(text: str, start: int, end: int) -> bool:
    content, before, after = text[start + 1 : end], text[start - 1 : start], text[end + 1 : end + 2]
    halves = (text[start] == "(") + (text[end] == ")")
    if halves < 2 or "\n" in content:
        return halves == 1 and "\n" not in content
    if _YEAR.fullmatch(content) or (before and before in _FORMULA) or (after and after in _FORMULA):
        return False
    if content.isdigit() and _LINE_START.search(text, max(0, start - 20), start):
        return False
    return _is_han(before) or bool(_IS_HAN.search(content))


def _quotes(text: str) -> Iterator[tuple[int, str]]:
    """Straight quotes in pairs, around or beside Chinese; 24" is an inch."""
    if text.count('"') % 2:
        return
    for match in _QUOTED.finditer(text):
        if _IS_HAN.search(match[1]) or _is_han(text[match.start() - 1 : match.start()]):
            yield match.start(), "“"
            yield match.end() - 1, "”"


def _dashes(text: str) -> Iterator[tuple[int, str]]:
    """Lone dashes between Chinese characters become alike: like the first that is no hyphen."""
    found = list(_LONE_DASH.finditer(text))
    if len({match[0] for match in found}) > 1:
        like = next(match[0] for match in found if match[0] != "-")
        for match in found:
            yield match.start(), like


def _is_han(sign: str) -> bool:
    return bool(_IS_HAN.match(sign))
