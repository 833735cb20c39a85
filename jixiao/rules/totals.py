"""Amounts in a text, and the one that the text names as the project's whole. In doubt there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.value import fold
from jixiao.profiles import Profile

_NUMBER = r"(?<![\d.])(?<!\d,)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AFTER_UNIT_PRICE = re.compile(r"/|每")
_SENTENCE_ENDS = "。;!?"
_CLAUSE_ENDS = _SENTENCE_ENDS + ",:()、"
_YEAR = re.compile(r"(20\d\d)年")


class Amount(NamedTuple):
    """An amount as it stands at `start` to `end` of the folded text. `grain`: half its last decimal place, in yuan."""

    yuan: Decimal
    grain: Decimal
    shown: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TotalWords:
    """Compiled from the profile's words; see there."""

    amount: re.Pattern[str]
    factors: Mapping[str, Decimal]
    label: re.Pattern[str]
    label_with_year: re.Pattern[str]
    vague: re.Pattern[str]
    unit_price: re.Pattern[str]
    other_years: re.Pattern[str]
    other_purses: re.Pattern[str]
    remainder: re.Pattern[str]


def contradicting_total(
    text: str, budget: Decimal, also: Iterable[Decimal], year: int | None, words: TotalWords
) -> Amount | None:
    """The amount that `text` names as the whole of the project and that is not the budget; all amounts in yuan.

    None where the text names no whole, or several, or where the amount may be a part of the budget, a unit price, an
    estimate or another year's. `also` are amounts it may agree with instead.
    """
    if "元" not in text:
        return None
    plain = "。".join(fold(line) for line in text.splitlines())
    if words.other_purses.search(plain):
        return None
    amounts = [_amount(match, words.factors) for match in words.amount.finditer(plain)]
    wholes = [amount for amount in amounts if _is_whole(plain, amount, year, words)]
    if len({amount.yuan for amount in wholes}) != 1:
        return None
    whole = wholes[0]
    others = [amount for amount in amounts if amount.yuan != whole.yuan and not _is_price(plain, amount, words)]
    agreeing = (whole, *others)
    if any(abs(amount.yuan - known) <= amount.grain for amount in agreeing for known in (budget, *also)):
        return None
    if whole.yuan < budget and _may_be_part(plain, whole, others, words):
        return None
    return whole


def _amount(match: re.Match[str], factors: Mapping[str, Decimal]) -> Amount:
    number, factor = Decimal(match["number"].replace(",", "")), factors[match["unit"]]
    places = -int(number.as_tuple().exponent)
    grain = Decimal(5).scaleb(-places - 1) * factor if places else Decimal(0)
    return Amount(number * factor, grain, match[0], match.start(), match.end())


def _is_whole(plain: str, amount: Amount, year: int | None, words: TotalWords) -> bool:
    if words.vague.match(plain, amount.end) or _AFTER_UNIT_PRICE.match(plain, amount.end):
        return False
    start = amount.start
    if plain[start - 1 : start] == ":":  # 项目总投资：5万元
        start -= 1
    clause = _before(plain, start, _CLAUSE_ENDS)
    if "其中" in _before(plain, start, _SENTENCE_ENDS):
        return False
    if clause.startswith(f"{year}年") and words.label_with_year.fullmatch(clause):
        return True
    years = {int(found) for found in _YEAR.findall(clause)}
    return bool(words.label.fullmatch(clause)) and years <= {year} and not words.other_years.search(plain)


def _before(plain: str, end: int, stops: str) -> str:
    """The piece of text before `end`, back to the nearest of the signs `stops`."""
    start = max(plain.rfind(stop, 0, end) for stop in stops) + 1
    return plain[start:end]


def _is_price(plain: str, amount: Amount, words: TotalWords) -> bool:
    clause = _before(plain, amount.start, _CLAUSE_ENDS)
    return bool(_AFTER_UNIT_PRICE.match(plain, amount.end) or words.unit_price.search(clause))


def _may_be_part(plain: str, whole: Amount, others: list[Amount], words: TotalWords) -> bool:
    """Other amounts stand beside it that it does not itself divide into, or the text speaks of a remainder."""
    beside = any("其中" not in plain[whole.end : amount.start] for amount in others)
    return beside or bool(words.remainder.search(plain))


@lru_cache(maxsize=8)
def total_words(profile: Profile) -> TotalWords:
    """The words of a profile, compiled once."""
    units, words = profile.words["money_units"], profile.words["total"]
    labels, links = words["labels"], _any(words["links"])
    return TotalWords(
        amount=re.compile(rf"(?P<number>{_NUMBER})(?P<unit>{_any(sorted(units, key=len, reverse=True))})"),
        factors={unit: Decimal(factor) for unit, factor in units.items()},
        label=re.compile(rf"(?:{_any(words['leads'])})*(?:{_any(labels)})(?:{links})*"),
        label_with_year=re.compile(rf"20\d\d年度?(?:{_any((*labels, *words['labels_with_year']))})(?:{links})*"),
        vague=re.compile(_any(words["vague"])),
        unit_price=re.compile(_any(profile.words["cost"]["unit_price"])),
        other_years=re.compile(_any(words["other_years"])),
        other_purses=re.compile(_any(words["other_purses"])),
        remainder=re.compile(_any(words["remainder"])),
    )


def _any(patterns: Iterable[str]) -> str:
    return "|".join(patterns)
