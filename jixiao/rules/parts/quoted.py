"""Where in the table a quoted indicator stands, and how its value there compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.narrative import Quote
from jixiao.model.records import Indicator
from jixiao.model.value import IndicatorValue, Kind, Operator
from jixiao.rules.similarity import likeness, normalised

_NEAR, _RELATED = 0.8, 0.3
_SHORTEST_PART = 4


class Value(IntEnum):
    """How a quoted value compares with the table's, the best first."""

    SAME = 0
    UNSAID = 1  # the quote gives none
    NOTATION = 2  # one number or meaning, written differently
    DIFFERENT = 3


class By(IntEnum):
    """By what a row was found, the best first."""

    NAME = 0
    SPELLING = 1
    DESCRIPTION = 2


class Match(NamedTuple):
    row: Indicator
    by: By
    value: Value


class Reader:
    """Compares with the words of one profile."""

    def __init__(self, endings: Sequence[str]) -> None:
        self._endings = _endings(tuple(endings))

    def best_match(self, quote: Quote, rows: Sequence[Indicator]) -> Match | None:
        """The row the quote speaks of; None where no row has its name, or one like it with its value."""
        found = list(self._matches(quote, rows))
        if not found:
            return None
        best = min(found, key=lambda match: (match.by is not By.NAME, match.value, match.by))
        return None if best.by is not By.NAME and best.value is Value.DIFFERENT else best

    def _matches(self, quote: Quote, rows: Sequence[Indicator]) -> Iterator[Match]:
        for row in rows:
            by = self._found_by(quote, row)
            if by is not None:
                yield Match(row, by, compare(quote.value, row.value))

    def _found_by(self, quote: Quote, row: Indicator) -> By | None:
        name, own = normalised(quote.level3), normalised(row.level3)
        if name == own:
            return By.NAME
        if self._core(name) == self._core(own) or likeness(name, own, _NEAR):
            return By.SPELLING
        if _is_near(name, normalised(row.description)):
            return By.DESCRIPTION
        return By.SPELLING if _is_near(normalised(quote.description), normalised(row.description)) else None

    def _core(self, name: str) -> str:
        return self._endings.sub("", name) or name

    def nearest(self, quote: Quote, rows: Sequence[Indicator]) -> Indicator | None:
        """The row most like the quote by its name and description; None where none has much in common with it."""
        scored = [(self._score(quote, row), place) for place, row in enumerate(rows)]
        score, place = max(scored, default=(0.0, 0), key=lambda entry: (entry[0], -entry[1]))
        return rows[place] if score >= _RELATED else None

    def _score(self, quote: Quote, row: Indicator) -> float:
        texts = (row.level3, row.description)
        score = max(likeness(text, other) for text in (quote.level3, quote.description) for other in texts)
        return score + (0.1 if compare(quote.value, row.value) is Value.SAME else 0)


def compare(quoted: IndicatorValue, own: IndicatorValue) -> Value:
    """A row without a value contradicts nothing: JX501 speaks of it."""
    if own.kind is Kind.EMPTY:
        return Value.SAME
    if quoted.kind is Kind.EMPTY:
        return Value.UNSAID
    if quoted.number is None and own.number is None:
        return _compare_words(quoted, own)
    if quoted.number is None or own.number is None or (quoted.upper is None) is not (own.upper is None):
        return Value.DIFFERENT
    return _compare_numbers(quoted, own)


def _compare_words(quoted: IndicatorValue, own: IndicatorValue) -> Value:
    first, second = normalised(quoted.words), normalised(own.words)
    if first == second:
        return Value.SAME
    is_date = quoted.kind is own.kind is Kind.DATE
    is_shorter_date = is_date and (first.endswith(second) or second.endswith(first))  # 2024年5月底前, 5月底前
    return Value.NOTATION if is_shorter_date or _is_near(first, second) else Value.DIFFERENT


def _compare_numbers(quoted: IndicatorValue, own: IndicatorValue) -> Value:
    mine, theirs = _amount(quoted), _amount(own)
    if mine.numbers != theirs.numbers:
        shares = {_share(quoted), _share(own)}
        return Value.NOTATION if len(shares) == 1 and None not in shares else Value.DIFFERENT
    first, second = (value.operator or Operator.EQUAL for value in (quoted, own))
    if first is not second:
        is_unsaid = quoted.operator is None or own.operator is None
        return Value.NOTATION if is_unsaid else Value.DIFFERENT
    if mine.unit == theirs.unit:
        return Value.SAME
    both_said = mine.unit and theirs.unit
    return Value.DIFFERENT if both_said and quoted.is_percent is not own.is_percent else Value.NOTATION


class _Amount(NamedTuple):
    """1.2万人 as 12000 and 人."""

    numbers: tuple[Decimal, ...]
    unit: str


_SCALE = re.compile(r"(十|百|千)?(万|亿)?(?=.)")
_FACTORS = {None: 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def _amount(value: IndicatorValue) -> _Amount:
    unit = normalised(value.unit)
    scale = _SCALE.match(unit)
    tens, myriads = scale.groups() if scale and (scale[2] or scale[1] == "千") else (None, None)
    factor = _FACTORS[tens] * _FACTORS[myriads]
    numbers = (number * factor for number in (value.number, value.upper) if number is not None)
    return _Amount(tuple(numbers), unit[len(tens or "") + len(myriads or "") :])


def _share(value: IndicatorValue) -> tuple[Operator | None, Decimal] | None:
    """A share as a number: 0.9 and 90% are one; None for what is no share."""
    if value.number is None or value.upper is not None:
        return None
    if value.unit == "%":
        return value.operator, value.number / 100
    return (value.operator, value.number) if not value.unit and 0 < value.number < 1 else None


def _is_near(text: str, other: str) -> bool:
    """Like it, or a part of it that is long enough to mean it."""
    if not (text and other):
        return False
    short, long = sorted((text, other), key=len)
    is_part = len(short) >= _SHORTEST_PART and short in long and 2 * len(short) >= len(long)
    return is_part or bool(likeness(text, other, _NEAR))


@lru_cache(maxsize=8)
def _endings(endings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(endings)})+$")
