"""From the value of a cell to the value of a field, with the reason where that fails. Never raises, never guesses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import NamedTuple

from jixiao.model.money import HUNDRED, Money, NotMoney
from jixiao.model.origin import Defect
from jixiao.model.value import fold
from jixiao.workbook.grid import ERROR_VALUES, CellValue
from jixiao.workbook.layout import MONEY_UNITS

_TIMES = (date, time, timedelta)  # datetime is a date
_LEAST_POINTS = 5  # a number above this is in per cent points: 500 % is no share


class Text(NamedTuple):
    text: str
    defect: Defect | None = None


class Amount(NamedTuple):
    money: Money | None
    defect: Defect | None = None


class Share(NamedTuple):
    percent: Decimal | None
    defect: Defect | None = None


def is_empty(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def shown(value: CellValue) -> str:
    """What a person sees in the cell, as near as the value tells."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return f"{_decimal(value):f}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    return str(value).strip()


def read_text(value: CellValue) -> Text:
    if isinstance(value, str):
        text = value.strip()
        return Text("", Defect("error", text)) if text in ERROR_VALUES else Text(text)
    if isinstance(value, _TIMES):
        return Text("", Defect("date", shown(value)))
    return Text(shown(value))


def read_amount(value: CellValue, unit: str = "元") -> Amount:
    """`unit` is what the sheet declares; the amount is in whole 分 all the same."""
    if is_empty(value):
        return Amount(None)
    text = shown(value)
    if isinstance(value, str) and text in ERROR_VALUES:
        return Amount(None, Defect("error", text))
    if isinstance(value, _TIMES):
        return Amount(None, Defect("date", text))
    number = _number(value)
    if number is None:
        return Amount(None, Defect("text", text))
    try:
        money = Money.of_yuan(number * (1 if text.endswith("元") else MONEY_UNITS.get(unit, 1)))
    except NotMoney as problem:
        return Amount(None, Defect(problem.problem, text))
    return Amount(money, Defect("number-as-text", text) if isinstance(value, str) else None)


def read_shares(values: Sequence[CellValue]) -> list[Share]:
    """The nodes of one plan. 0.2, 20% and 20 all mean 20 per cent; the last leaves the defect `points`."""
    numbers = [float(number) for value in values if (number := _bare_number(value)) is not None and number > 0]
    points, shares = sum(number > _LEAST_POINTS for number in numbers), sum(number <= 1 for number in numbers)
    return [_share(value, points > shares) for value in values]


def _bare_number(value: CellValue) -> Decimal | None:
    """A number without %, typed as such or as a text."""
    if isinstance(value, _TIMES) or is_empty(value) or (isinstance(value, str) and fold(value).endswith("%")):
        return None
    return _number(value)


def _share(value: CellValue, in_points: bool) -> Share:
    """`in_points`: most of the plan's bare numbers are; one far above the others is so by itself."""
    if is_empty(value):
        return Share(None)
    text = shown(value)
    if isinstance(value, str):
        return _share_of_text(text, in_points)
    if isinstance(value, _TIMES):
        return Share(None, Defect("date", text))
    number = _number(value)
    if number is None:
        return Share(None, Defect("text", text))
    if in_points or number > _LEAST_POINTS:
        return Share(number, Defect("points", text))
    return Share(number * HUNDRED)


def _share_of_text(text: str, in_points: bool) -> Share:
    if text in ERROR_VALUES:
        return Share(None, Defect("error", text))
    folded = fold(text)
    number = _number(folded.removesuffix("%"))
    if number is None:
        return Share(None, Defect("text", text))
    if folded.endswith("%"):
        return Share(number)
    is_share = not in_points and number <= 1
    return Share(number * HUNDRED if is_share else number, Defect("points", text))


def read_year(text: str) -> int | None:
    """2024 or 2024年 -> 2024."""
    digits = fold(text).removesuffix("年度").removesuffix("年")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else None


def _number(value: CellValue) -> Decimal | None:
    """The number, or the number a text spells; None where there is none. A truth value is no number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _decimal(value) if isfinite(value) else None
    text = fold(str(value)).removesuffix("元").removeprefix("¥").replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and "_" not in text else None


def _decimal(number: float) -> Decimal:
    """A spreadsheet shows 15 digits of a number; so much is read."""
    return Decimal(f"{number:.15g}")
