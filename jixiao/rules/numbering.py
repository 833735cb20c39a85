"""List numbers of a text, at the starts of its lines and sentences: do they run on, and are they written alike?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class ListNumber(NamedTuple):
    """One list number.

    sign: how its numeral is written: `1`, `一` or `①`. style: its writing with # for the numeral: `1#.`, `一（#）`.
    kind: which writings may be meant for the same: `1.` for `1#.` and `1#、`.
    """

    value: int
    sign: str
    style: str
    kind: str
    shown: str
    start: int


@dataclass(frozen=True, slots=True)
class Misnumbering:
    """`problem` is first, duplicate, gap, back or style; `expected` is written as it should stand."""

    problem: str
    found: str
    previous: str
    expected: str
    start: int


_CHINESE = ("", *"一二三四五六七八九十", *(f"十{sign}" for sign in "一二三四五六七八九"), "二十")
_CIRCLED = ("", *"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
# Not 13.5%, not 3、6、10月底, not 三、四季度; but 1.2024年 is a list number before a year.
_NUMBER = re.compile(
    r"(?:^|(?<=[。；;！!：:]))[ \t\u3000]*(?P<shown>(?P<circled>[①-⑳])|(?P<open>[（(]|目标|第)?"
    r"(?:(?P<digits>\d{1,2})|(?P<chinese>[一二三四五六七八九十]{1,3}(?!、[一二三四五六七八九十])))"
    r"(?P<close>[)）]|[.．、：:，,](?!\d)|[.．、](?=20\d\d年)|是))",
    re.MULTILINE,
)
# What may stand before the numeral -> what may stand behind it, those meant for the same together.
_CLOSINGS = {"": (".．、", ")）", "是"), "（": (")）",), "(": (")）",), "目标": ("：:.．、",), "第": ("，,、",)}


def find_misnumbering(text: str) -> Misnumbering | None:
    """The first list number of the text that does not run on, or is written otherwise than those of its list.

    A text may hold several lists, one below or within the other: a list may start anew at 1 within a line, after a line
    without a number, or after a number of another style.
    """
    seen: list[ListNumber] = []
    for number in _numbers(text):
        wrong = _judge(number, seen, text)
        if wrong:
            return wrong
        seen.append(number)
    return None


def _numbers(text: str) -> list[ListNumber]:
    found = (_read(match) for match in _NUMBER.finditer(text))
    return [number for number in found if number]


def _read(match: re.Match[str]) -> ListNumber | None:
    sign = "①" if match["circled"] else "1" if match["digits"] else "一"
    value = _value_of(match["circled"] or match["digits"] or match["chinese"])
    opening, closing = match["open"] or "", match["close"] or ""
    closings = next((signs for signs in _CLOSINGS[opening] if closing in signs), "")
    if not (value and closings) or (closings == "是" and sign != "一"):
        return None
    kind, style = f"{sign}{opening.strip('（(')}{closings[0]}", f"{sign}{opening}#{closing}"
    return ListNumber(value, sign, style, kind, match["shown"], match.start())


def _value_of(sign: str) -> int:
    if sign.isascii():
        return int(sign)
    known = _CIRCLED if sign in _CIRCLED else _CHINESE
    return known.index(sign) if sign in known else 0


def _may_restart(start: int, text: str) -> bool:
    """Within a line, or below a line that does not begin with a list number."""
    *above, own = text[:start].split("\n")
    last = next((line for line in reversed(above) if line.strip()), None)
    return bool(own) or (last is not None and not _NUMBER.match(last))


def _judge(number: ListNumber, seen: Sequence[ListNumber], text: str) -> Misnumbering | None:
    known = _latest(seen, "style", number.style)
    if number.value == 1:
        starts_anew = known is None or known is not seen[-1] or _may_restart(number.start, text)
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
    """The number before it stands elsewhere within a line: 总体目标为1.…"""
    if number.sign == "①":
        return _CIRCLED[number.value - 1] in text
    numeral = str(number.value - 1) if number.sign == "1" else _CHINESE[number.value - 1]
    closings = next(signs for group in _CLOSINGS.values() for signs in group if number.kind[-1] in signs)
    return bool(re.search(rf"(?<!\d)(?<!十){numeral}[{closings}]", text))


def _wrong(problem: str, number: ListNumber, previous: ListNumber | None) -> Misnumbering:
    if problem == "style" and previous:
        expected = _write(number.value, previous)
    else:
        expected = _write(previous.value + 1 if previous else 1, number)
    return Misnumbering(problem, number.shown, previous.shown if previous else "", expected, number.start)


def _write(value: int, like: ListNumber) -> str:
    numerals = {"一": _CHINESE, "①": _CIRCLED}.get(like.sign, ())
    return like.style[1:].replace("#", numerals[value] if value < len(numerals) else str(value))
