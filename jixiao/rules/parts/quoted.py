"""Where in the table a quoted indicator stands, and how its value there compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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

    def __init__(self, endings: Sequence[str], money_units: Mapping[str, int]) -> None:
        self._endings, self._money_units = _endings(tuple(endings)), money_units

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
                yield Match(row, by, self.compare(quote.value, row.value))

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

    def compare(self, quoted: IndicatorValue, own: IndicatorValue) -> Value:
        if own.kind is Kind.EMPTY:  # JX501 says so
            return Value.SAME
        if quoted.kind is Kind.EMPTY:
            return Value.UNSAID
        if quoted.number is None and own.number is None:
            return _compare_words(quoted.words, own.words)
        if quoted.number is None or own.number is None or (quoted.upper is None) is not (own.upper is None):
            return Value.DIFFERENT
        return self._compare_numbers(quoted, own)

    def _compare_numbers(self, quoted: IndicatorValue, own: IndicatorValue) -> Value:
        if self._numbers(quoted) != self._numbers(own):
            is_share = {_percent(quoted), _percent(own)}
            return Value.NOTATION if len(is_share) == 1 and None not in is_share else Value.DIFFERENT
        first, second = (value.operator or Operator.EQUAL for value in (quoted, own))
        if first is not second:
            is_unsaid = quoted.operator is None or own.operator is None
            return Value.NOTATION if is_unsaid else Value.DIFFERENT
        if self._unit(quoted) == self._unit(own):
            return Value.SAME
        units_said = quoted.unit and own.unit
        return Value.DIFFERENT if units_said and quoted.is_percent is not own.is_percent else Value.NOTATION

    def _numbers(self, value: IndicatorValue) -> tuple[Decimal, Decimal]:
        """In yuan, where it is money."""
        factor = self._money_units.get(value.unit, 1)
        return (value.number or Decimal(0)) * factor, (value.upper or Decimal(0)) * factor

    def _unit(self, value: IndicatorValue) -> str:
        return "元" if value.unit in self._money_units else normalised(value.unit)

    def nearest(self, quote: Quote, rows: Sequence[Indicator]) -> Indicator | None:
        """The row most like the quote by its name and description; None where none has much in common with it."""
        scored = [(self._score(quote, row), place) for place, row in enumerate(rows)]
        score, place = max(scored, default=(0.0, 0), key=lambda entry: (entry[0], -entry[1]))
        return rows[place] if score >= _RELATED else None

    def _score(self, quote: Quote, row: Indicator) -> float:
        texts = (row.level3, row.description)
        score = max(likeness(text, other) for text in (quote.level3, quote.description) for other in texts)
        return score + (0.1 if self.compare(quote.value, row.value) is Value.SAME else 0)


def _is_near(text: str, other: str) -> bool:
    """Like it, or a part of it that is long enough to mean it."""
    if not (text and other):
        return False
    short, long = sorted((text, other), key=len)
    is_part = len(short) >= _SHORTEST_PART and short in long and 2 * len(short) >= len(long)
    return is_part or bool(likeness(text, other, _NEAR))


def _compare_words(quoted: str, own: str) -> Value:
    first, second = normalised(quoted), normalised(own)
    if first == second:
        return Value.SAME
    return Value.NOTATION if _is_near(first, second) else Value.DIFFERENT


def _percent(value: IndicatorValue) -> tuple[Operator | None, Decimal] | None:
    """A share as a number: 0.9 and 90% are one; None for what is no share."""
    if value.number is None or value.upper is not None:
        return None
    if value.unit == "%":
        return value.operator, value.number / 100
    return (value.operator, value.number) if not value.unit and 0 < value.number < 1 else None


@lru_cache(maxsize=8)
def _endings(endings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(endings)})+$")
