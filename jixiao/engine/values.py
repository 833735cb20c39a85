"""Cell values: what a macro hands over, what a cell holds, what a macro gets back. As xlwings has it with Excel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite, isnan
from numbers import Real
from typing import Any

from jixiao.engine.members import EngineError
from jixiao.refusal import Refusal

ERROR_VALUES = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
LONGEST_TEXT = 32_767
LONGEST_FORMULA = 8_192

_DAY = timedelta(days=1)
_EPOCH = datetime(1899, 12, 30)
_FIRST_OF_MARCH_1900 = datetime(1900, 3, 1)
_DAYS_TO_1904 = 1_462
_FIRST_YEAR = 1900
_NO_XML_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class CannotWrite(EngineError, Refusal):
    """A value or a change that a workbook cannot hold. The text is Chinese, for the user."""


class Formula(str):
    """The text of a formula, beginning with "="."""

    __slots__ = ()


Written = str | float | bool | datetime | None  # a Formula is a str


def prepare_element(value: Any, options: Mapping[str, Any] | None = None) -> Any:
    """One value on its way from the macro to the cell; "" is an empty cell, as everywhere in xlwings."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool | date):
        return value if value == value else ""  # pandas' NaT is a date that differs from itself
    if isinstance(value, Decimal | Real):
        number = float(value)
        return "" if isnan(number) else number
    if hasattr(value, "item"):
        return prepare_element(value.item(), options)
    raise CannotWrite(f"单元格里放不下 {type(value).__name__} 类型的值：{value!r}")


def clean_data(
    data: Iterable[Iterable[Any]],
    date_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Rows of cell values on their way to the macro: numbers are floats, dates are built, errors are None or text."""

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if value.__class__ is str:
            return None if value[0] == "#" and value in ERROR_VALUES and not err_to_str else value
        if isinstance(value, bool):
            return value
        if isinstance(value, date):
            return _built(value, date_builder)
        number = _days(value) if isinstance(value, time | timedelta) else float(value)
        return number if number_builder is None else number_builder(number)

    return [[clean(value) for value in row] for row in data]


def _built(value: date, builder: Callable[..., Any]) -> Any:
    day = moment(value)
    if builder is datetime:
        return day
    return builder(
        year=day.year, month=day.month, day=day.day, hour=day.hour, minute=day.minute, second=day.second,
        microsecond=day.microsecond, tzinfo=None,
    )  # fmt: skip


def moment(value: date) -> datetime:
    """A date as a datetime without time zone."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)


def _days(value: time | timedelta) -> float:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    return value / _DAY


def serial_number(value: datetime, since_1904: bool = False) -> float:
    """Excel's number for a moment: days since 1900, or since 1904 in workbooks that count so."""
    serial = (value - _EPOCH) / _DAY
    if since_1904:
        serial -= _DAYS_TO_1904
    elif value < _FIRST_OF_MARCH_1900:
        serial -= 1  # Excel's 1900 has a 29 February
    if serial < 0:
        raise CannotWrite(f"Excel 不能存放 {value:%Y-%m-%d} 这样早的日期")
    return serial


def to_write(value: Any) -> Written:
    """What a cell shall hold: "=…" is a formula, a leading apostrophe keeps the rest as text."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text_to_write(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return _date_to_write(value)
    number = float(value)
    if not isfinite(number):
        raise CannotWrite(f"{number} 不是 Excel 能存放的数")
    return number + 0.0  # Excel knows no negative zero


def _date_to_write(value: date) -> datetime:
    if value.year < _FIRST_YEAR:
        raise CannotWrite(f"Excel 不能存放 {value:%Y-%m-%d} 这样早的日期")
    return moment(value)


def _text_to_write(text: str) -> Written:
    if text[0] == "=" and len(text) > 1:
        if len(text) > LONGEST_FORMULA:
            raise CannotWrite(f"公式有 {len(text)} 个字符，Excel 最多 {LONGEST_FORMULA} 个")
        return Formula(text)
    text = text.removeprefix("'")
    length = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > LONGEST_TEXT:
        raise CannotWrite(f"文字有 {length} 个字符，一个单元格最多 {LONGEST_TEXT} 个")
    return text or None


def would_be_read_as_formula(text: str) -> bool:
    """Whether Excel would take the text for a formula once somebody edits the cell."""
    return text[:1] in ("=", "+", "-", "@")


def escaped(text: str) -> str:
    """Characters that XML cannot hold, in the way the file format spells them: _x000B_."""
    if "_x" in text:
        text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    return _NO_XML_CHARACTER.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def shown_as_formula(value: Any) -> str:
    """What `Range.formula` has for a cell without one: the constant as text."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        value = serial_number(moment(value))
    elif isinstance(value, time | timedelta):
        value = _days(value)
    return f"{value:.15g}" if isinstance(value, float | int) else str(value)


def as_rows(data: Sequence[Any]) -> Sequence[Sequence[Any]]:
    """Raw data as rows: a flat list is one row."""
    return data if data and isinstance(data[0], list | tuple) else [data]
