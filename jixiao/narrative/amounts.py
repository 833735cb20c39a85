"""Amounts, counts and lists of percentages in running text."""

from __future__ import annotations

import re
from decimal import Decimal

from jixiao.model.money import Money, NotMoney
from jixiao.model.value import fold

_UNITS = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
AMOUNT = re.compile(r"(?P<number>[\d０-９][\d０-９,，.．]*)\s*(?P<unit>亿元|万元|千元|元)")
_ROUGH_BEFORE, _ROUGH_AFTER = ("约", "近", "不足"), ("左右", "上下", "余")
_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2, "〇": 0, "零": 0}
NUMERAL = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"


def amount_of(match: re.Match[str]) -> Money | None:
    """The exact amount of a match with the groups `number` and `unit`; None for 约12万元 and for no whole 分."""
    if _is_rough(match):
        return None
    number = fold(match["number"]).replace(",", "").rstrip(".")
    try:
        return Money.of_yuan(Decimal(number) * _UNITS[match["unit"]]) if number.count(".") <= 1 else None
    except NotMoney:
        return None


def _is_rough(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start("number")], match.string[match.end("unit") :]
    return before.rstrip().endswith(_ROUGH_BEFORE) or after.startswith(_ROUGH_AFTER)


def digits_of(match: re.Match[str]) -> str:
    """The amount as written, blanks removed: `11.56万元`."""
    return f"{match['number']}{match['unit']}"


def count_of(numeral: str) -> int:
    """8, 八, 十二 -> the number."""
    text = fold(numeral)
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _NUMERALS.get(text, 0)
    return (_NUMERALS.get(tens, 1)) * 10 + _NUMERALS.get(ones, 0)
