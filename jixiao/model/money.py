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
_LARGEST_FEN = 10**15  # ten trillion yuan: beyond any budget and still exact in a spreadsheet's number


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
        try:
            fen = Decimal(yuan).scaleb(2)
        except InvalidOperation:
            raise NotMoney("text") from None
        if not fen.is_finite():
            raise NotMoney("text")
        if fen < 0:
            raise NotMoney("negative")
        if fen > _LARGEST_FEN:
            raise NotMoney("too-large")
        if fen != fen.to_integral_value():
            raise NotMoney("decimals")
        return cls(int(fen))


ZERO = Money(0)


def round_half_up(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def money_from_number(number: float) -> Money:
    """An amount typed or computed in a cell, in yuan. A spreadsheet shows 15 digits; so much is read."""
    return Money.of_yuan(Decimal(f"{number:.15g}"))


def money_to_number(money: Money) -> float:
    """The number for a cell, in yuan."""
    return money.fen / 100
