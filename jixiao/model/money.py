"""Money in whole 分 (hundredths of a yuan), exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

HUNDRED = Decimal(100)


class NotMoney(ValueError):
    """The value is no amount of money; `problem` is one of the names in `PROBLEMS`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


PROBLEMS = ("text", "negative", "decimals", "too-large")
_LARGEST_YUAN = 10**13  # beyond any budget and still exact in a spreadsheet's number
_CENT = Decimal("0.01")
_NOISE = Decimal("0.00001")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole 分."""

    fen: int

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __abs__(self) -> Money:
        return Money(abs(self.fen))

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        """In yuan with thousands separators: `40,000.00`."""
        return f"{self.yuan:,.2f}"

    @property
    def yuan(self) -> Decimal:
        return Decimal(self.fen).scaleb(-2)

    def share(self, percent: Decimal) -> Money:
        """`percent` (20 means 20 %) of the amount, rounded half up to the 分."""
        return Money(round_half_up(self.fen * percent / HUNDRED))

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        return cls(sum(amount.fen for amount in amounts))

    @classmethod
    def of_yuan(cls, yuan: Decimal | int | str) -> Money:
        """Exactly this many yuan; raises NotMoney for text, a sign, more than two decimals."""
        amount = _decimal(yuan)
        if amount < 0:
            raise NotMoney("negative")
        if amount > _LARGEST_YUAN:
            raise NotMoney("too-large")
        if amount != amount.quantize(_CENT):
            raise NotMoney("decimals")
        return cls(int(amount.quantize(_CENT).scaleb(2)))


ZERO = Money(0)


def _decimal(number: Decimal | int | str) -> Decimal:
    if isinstance(number, str) and "_" in number:  # Python's digit grouping, no spelling of an amount
        raise NotMoney("text")
    try:
        decimal = Decimal(number)
    except InvalidOperation:
        raise NotMoney("text") from None
    if not decimal.is_finite():
        raise NotMoney("text")
    return decimal


def round_half_up(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def money_from_number(number: float) -> Money:
    """An amount typed or computed in a cell, in yuan. A spreadsheet shows 15 digits; so much is read.

    A formula such as =100000.1-100000 leaves 0.100000000005821: that is 0.1, and no amount with 15 decimals.
    """
    yuan = _decimal(f"{number:.15g}")
    if abs(yuan) < _LARGEST_YUAN and abs(yuan - yuan.quantize(_CENT)) < _NOISE:
        yuan = yuan.quantize(_CENT)
    return Money.of_yuan(yuan)


def money_to_number(money: Money) -> float:
    """The number for a cell, in yuan."""
    return money.fen / 100
