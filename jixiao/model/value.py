"""指标值: operator, number and unit, or a text; every spelling people use, and one normal form.

The integrated budget system stores three fields (计算符号, 指标值, 计量单位); this module reads them out of
what was typed into one cell.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache


class Operator(StrEnum):
    """计算符号. ≥ and ＞ want more, ≤ and ＜ want less, ＝ wants exactly this."""

    AT_LEAST = "≥"
    ABOVE = "＞"
    EQUAL = "＝"
    BELOW = "＜"
    AT_MOST = "≤"

    @property
    def wants_more(self) -> bool:
        return self in (Operator.AT_LEAST, Operator.ABOVE)

    @property
    def wants_less(self) -> bool:
        return self in (Operator.AT_MOST, Operator.BELOW)


class Kind(StrEnum):
    EMPTY = "empty"
    NUMBER = "number"
    RANGE = "range"
    DATE = "date"
    TEXT = "text"


# Longest first within one sign: `>=` must not be read as `>`.
_PREFIXES: dict[str, Operator] = {
    "大于或等于": Operator.AT_LEAST,
    "大于等于": Operator.AT_LEAST,
    "小于或等于": Operator.AT_MOST,
    "小于等于": Operator.AT_MOST,
    "不低于": Operator.AT_LEAST,
    "不少于": Operator.AT_LEAST,
    "不小于": Operator.AT_LEAST,
    "至少": Operator.AT_LEAST,
    "达到": Operator.AT_LEAST,
    "达": Operator.AT_LEAST,
    "不高于": Operator.AT_MOST,
    "不超过": Operator.AT_MOST,
    "不多于": Operator.AT_MOST,
    "不大于": Operator.AT_MOST,
    "至多": Operator.AT_MOST,
    "最多": Operator.AT_MOST,
    "大于": Operator.ABOVE,
    "高于": Operator.ABOVE,
    "多于": Operator.ABOVE,
    "超过": Operator.ABOVE,
    "小于": Operator.BELOW,
    "低于": Operator.BELOW,
    "少于": Operator.BELOW,
    "等于": Operator.EQUAL,
    "≥": Operator.AT_LEAST,
    "≧": Operator.AT_LEAST,
    "⩾": Operator.AT_LEAST,
    "≮": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "≦": Operator.AT_MOST,
    "⩽": Operator.AT_MOST,
    "≯": Operator.AT_MOST,
    ">=": Operator.AT_LEAST,
    "=>": Operator.AT_LEAST,
    "<=": Operator.AT_MOST,
    "=<": Operator.AT_MOST,
    ">": Operator.ABOVE,
    "〉": Operator.ABOVE,
    "<": Operator.BELOW,
    "〈": Operator.BELOW,
    "==": Operator.EQUAL,
    "═": Operator.EQUAL,
    "=": Operator.EQUAL,
}
_SUFFIXES: dict[str, Operator] = {
    "(含)以上": Operator.AT_LEAST,
    "及以上": Operator.AT_LEAST,
    "或以上": Operator.AT_LEAST,
    "以上": Operator.AT_LEAST,
    "(含)以下": Operator.AT_MOST,
    "及以下": Operator.AT_MOST,
    "或以下": Operator.AT_MOST,
    "以下": Operator.AT_MOST,
    "以内": Operator.AT_MOST,
    "之内": Operator.AT_MOST,
    "内": Operator.AT_MOST,
}
# How the standard signs look after folding full-width forms.
_FOLDED_STANDARD = {"≥": "≥", ">": "＞", "=": "＝", "<": "＜", "≤": "≤"}

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# Words of one script, joined by a sign: 元/人·月, 元/人*月, kg/亩, kW·h. (3A级 is no number.)
_WORD = r"(?:[一-鿿()]{1,8}?|[A-Za-zμ㎡㎥°²³()]{1,8}?|m[23])"
_UNIT = rf"(?:[%‰]|{_WORD}(?:[/·*]{_WORD}){{0,2}}?)"


def _alternatives(words: dict[str, Operator]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_VALUE = re.compile(
    rf"(?P<prefix>{_alternatives(_PREFIXES)})?"
    rf"(?P<sign>-?)(?P<number>{_NUMBER})"
    rf"(?:(?P<unit1>{_UNIT})?(?:-|~|—|–|至|到)(?P<upper>{_NUMBER}))?"
    rf"(?P<unit>{_UNIT})??"
    rf"(?P<suffix>{_alternatives(_SUFFIXES)})?"
)
_DAY = r"(?:\d{1,2}[日号]|[底末初]|[上中下]旬)"
_DATE = re.compile(
    r"\d{4}年度?(?:内|之?前|完成)?|[当本]?年度?内(?:完成)?|[当本]年度?完成|(?:\d{4}年|当年|本年|每年|年内|年)?"
    r"(?:\d{1,2}月?(?:-|~|—|–|至|到)(?=\d{1,2}月))?"
    rf"(?:\d{{1,2}}月{_DAY}?|每(?:季度?|月){_DAY}|[上下]半年|年?[底末]|第?[一二三四1-4]季度末?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"(?:(?:之|以)?前|以内|内|前?完成|之?前完成)?"
)
_CHINESE_PERCENT = re.compile(r"百分之([一二三四五六七八九十百]{1,4})(?!\w*分)")
_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True)
class IndicatorValue:
    """What stands in a 指标值 cell.

    text: as typed, outer blanks removed (not compared).
    operator: None for a text, or where a number was typed without one.
    number, upper: the number; `upper` only for a range such as 3-5次.
    words: a text or a date as typed; "" for a number.
    unit: as typed, full-width forms folded; "" if there is none.
    spelled: the operator as typed (`>=`, `以上`, `不低于…以上`), "" if there is none (not compared).
    """

    kind: Kind
    text: str = field(compare=False)
    operator: Operator | None = None
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    words: str = ""
    spelled: str = field(default="", compare=False)

    @property
    def is_numeric(self) -> bool:
        """定量: a number or a range of numbers."""
        return self.number is not None

    @property
    def is_percent(self) -> bool:
        return self.unit in ("%", "‰")

    @property
    def operator_is_standard(self) -> bool:
        return self.operator is None or self.spelled == self.operator.value

    @property
    def has_digit(self) -> bool:
        return any(sign.isdigit() for sign in self.text)

    @cached_property
    def normal(self) -> str:
        """The normal form, without blanks: `≥90%`, `＝289份`, `3-5次`; a text as it stands."""
        if self.number is None:
            return self.words
        if self.upper is not None:
            return f"{_plain(self.number)}-{_plain(self.upper)}{self.unit}"
        return (self.operator or Operator.EQUAL) + _plain(self.number) + self.unit


def _plain(number: Decimal) -> str:
    """Without trailing zeros: equal numbers look the same."""
    digits = f"{number or Decimal(0):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


# Compatibility folding would make `m2` of these, which reads as a number.
_AREA_SIGNS = re.compile("([㎡㎥²³])")


@lru_cache(maxsize=32768)
def fold(text: str) -> str:
    """Full-width letters, digits and signs to half width; blanks removed."""
    if not _AREA_SIGNS.search(text):
        return "".join(unicodedata.normalize("NFKC", text).split())
    parts = _AREA_SIGNS.split(text)
    parts[::2] = (unicodedata.normalize("NFKC", part) for part in parts[::2])
    return "".join("".join(parts).split())


@lru_cache(maxsize=8192)
def parse_value(text: str) -> IndicatorValue:
    """Read one 指标值. Never fails: what is no number is a date or a text."""
    text = text.strip()
    if not text:
        return NO_VALUE
    folded = _chinese_percent(fold(text)).replace("%(百分比)", "%")
    if _DATE.fullmatch(folded):
        return IndicatorValue(Kind.DATE, text, words=text)
    match = _VALUE.fullmatch(folded.rstrip("。.;,、"))
    return (match and _numeric(text, match)) or IndicatorValue(Kind.TEXT, text, words=text)


def _numeric(text: str, match: re.Match[str]) -> IndicatorValue | None:
    prefix, suffix, unit = match["prefix"] or "", match["suffix"] or "", match["unit"] or ""
    operator = _PREFIXES.get(prefix) or _SUFFIXES.get(suffix)
    if suffix and (_SUFFIXES[suffix] is not operator or unit.endswith(tuple(_SUFFIXES))):
        return None
    if match["unit1"] and match["unit1"] != unit:
        return None
    number = Decimal((match["sign"] + match["number"]).replace(",", ""))
    upper = Decimal(match["upper"].replace(",", "")) if match["upper"] else None
    if upper is not None and (upper <= number or prefix or suffix or match["sign"]):
        return None
    return IndicatorValue(
        Kind.NUMBER if upper is None else Kind.RANGE,
        text,
        operator,
        number,
        upper,
        unit,
        spelled=f"{prefix}…{suffix}" if prefix and suffix else _as_typed(text, prefix or suffix),
    )


def _as_typed(text: str, folded_operator: str) -> str:
    """The operator as it stands in the text, which folding may have changed (`＞` became `>`)."""
    standard = _FOLDED_STANDARD.get(folded_operator)
    if standard is not None and text.startswith(standard):
        return standard
    return folded_operator


def _chinese_percent(folded: str) -> str:
    return _CHINESE_PERCENT.sub(lambda match: f"{_chinese_number(match[1])}%", folded)


def _chinese_number(words: str) -> int:
    """一 to 一百."""
    if "百" in words:
        return 100
    tens, ten, ones = words.partition("十")
    if not ten:
        return _DIGITS.get(words, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


# What a unit says beside the unit: 5000余份, 7000人左右.
ABOUT = re.compile(r"^[余多]|左右$|上下$")

NO_VALUE = IndicatorValue(Kind.EMPTY, "")
