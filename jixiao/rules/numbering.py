"""List numbers at the starts of a text's lines: do they run on, and are they written alike?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class ListNumber(NamedTuple):
    """`style` is the number's writing with # for the number itself: `#.`, `（#）`; `kind` tells digits from 一二三."""

    value: int
    style: str
    kind: str
    shown: str
    start: int
    after_plain: bool


@dataclass(frozen=True, slots=True)
class Misnumbering:
    """`problem` is first, duplicate, gap, back or style; `expected` is written as it should stand."""

    problem: str
    found: str
    previous: str
    expected: str
    start: int


_CHINESE = ("", *"一二三四五六七八九十", *(f"十{sign}" for sign in "一二三四五六七八九"), "二十")
# Not 13.5%, not 3、6、10月底, not 三、四季度; but 1.2024年 is a list number before a year.
_NUMBER = re.compile(
    r"[ \t\u3000]*(?P<open>[（(]?)"
    r"(?:(?P<digits>\d{1,2})|(?P<chinese>[一二三四五六七八九十]{1,3}(?!、[一二三四五六七八九十])))"
    r"(?P<close>[)）]|[.．、](?!\d)|[.．、](?=20\d\d年))"
)


def find_misnumbering(text: str) -> Misnumbering | None:
    """The first list number of the text that does not run on, or is written otherwise than those of its list.

    A text may hold several lists, one below or within the other: a list may start anew at 1 after a line without a
    number or with a number of another style.
    """
    seen: list[ListNumber] = []
    for number in _numbers(text):
        wrong = _judge(number, seen, text)
        if wrong:
            return wrong
        seen.append(number)
    return None


def _numbers(text: str) -> list[ListNumber]:
    found: list[ListNumber] = []
    place, after_plain = 0, False
    for line in text.splitlines(keepends=True):
        match = _NUMBER.match(line)
        number = _read(match, place, after_plain) if match else None
        if number:
            found.append(number)
        after_plain = number is None and bool(line.strip())
        place += len(line)
    return found


def _read(match: re.Match[str], place: int, after_plain: bool) -> ListNumber | None:
    is_bracketed = match["close"] in ")）"
    if match["open"] and not is_bracketed:
        return None
    sign = match["digits"] or match["chinese"]
    value = int(sign) if match["digits"] else _chinese_value(sign)
    if not value:
        return None
    kind = ("1" if match["digits"] else "一") + (")" if is_bracketed else ".")
    style = f"{match['open']}#{match['close']}"
    return ListNumber(value, kind[0] + style, kind, match[0].strip(), place, after_plain)


def _chinese_value(sign: str) -> int:
    return _CHINESE.index(sign) if sign in _CHINESE else 0


def _judge(number: ListNumber, seen: Sequence[ListNumber], text: str) -> Misnumbering | None:
    known = _latest(seen, "style", number.style)
    if number.value == 1:
        starts_anew = known is None or known is not seen[-1] or number.after_plain
        return None if starts_anew else _wrong(_problem(number, known), number, known)
    if known and known.value == number.value - 1:
        return None
    sibling = _latest(seen, "kind", number.kind)
    if sibling and sibling.value == number.value - 1:
        return _wrong("style", number, sibling)
    start = known.start if known else 0
    if _stands_inline(number, text[start : number.start]):
        return None
    return _wrong(_problem(number, known), number, known)


def _latest(seen: Sequence[ListNumber], trait: str, wanted: str) -> ListNumber | None:
    return next((number for number in reversed(seen) if getattr(number, trait) == wanted), None)


def _problem(number: ListNumber, known: ListNumber | None) -> str:
    if known is None:
        return "first"
    if number.value == known.value:
        return "duplicate"
    return "gap" if number.value > known.value else "back"


def _stands_inline(number: ListNumber, text: str) -> bool:
    """The number before it stands within a line: 总体目标：1.…"""
    signs = str(number.value - 1) if number.kind[0] == "1" else _CHINESE[number.value - 1]
    mark = "[.．、]" if number.kind[1] == "." else "[)）]"
    return bool(re.search(rf"(?<!\d)(?<!十){signs}{mark}", text))


def _wrong(problem: str, number: ListNumber, previous: ListNumber | None) -> Misnumbering:
    if problem == "style" and previous:
        expected = _write(number, previous.style)
    else:
        expected = _write(number, number.style, previous.value + 1 if previous else 1)
    return Misnumbering(problem, number.shown, previous.shown if previous else "", expected, number.start)


def _write(number: ListNumber, style: str, value: int = 0) -> str:
    value = value or number.value
    sign = str(value) if style[0] == "1" else _CHINESE[value]
    return style[1:].replace("#", sign)
