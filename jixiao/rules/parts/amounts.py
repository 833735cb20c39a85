"""Amounts as a passage writes them: how exactly, and how telling they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from jixiao.model.money import Money
from jixiao.model.value import fold

_WRITTEN = re.compile(r"[\d,]+(?:\.(?P<decimals>\d+))?(?P<unit>\D+)")
_FEW_DIGITS = 2


def step_of(written: str, units: Mapping[str, int]) -> Decimal:
    """One more or less in the last digit, in yuan: 100 for 11.56万元. 0 where the text is no amount with a unit."""
    match = _WRITTEN.fullmatch(fold(written))
    factor = units.get(match["unit"]) if match else None
    if match is None or factor is None:
        return Decimal(0)
    return Decimal(factor).scaleb(-len(match["decimals"] or ""))


def is_telling(amount: Money) -> bool:
    """Not a round amount that two projects may share: 115,600, and not 100,000."""
    return len(str(amount.fen).rstrip("0")) > _FEW_DIGITS


def in_words(amount: Money, written: str) -> str:
    """The amount in yuan, or in the 万元 that the passage uses: `11.56万元`."""
    if "万" not in written:
        return f"{amount} 元"
    return f"{(amount.yuan / 10_000).normalize():f}万元"
