"""Years named in a text, and which of them look left over from another year's document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from jixiao.profiles import load_profile


class Year(NamedTuple):
    """A year and the place of its four digits."""

    year: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class YearWords:
    """What makes a year of the past, or of a plan, belong where it stands; each pattern looks at one side of it."""

    before: re.Pattern[str]
    horizon: re.Pattern[str]
    directly_after: re.Pattern[str]
    after: re.Pattern[str]
    yearly: re.Pattern[str]


# Full-width and Chinese digits become one digit each: places in the text stay what they were.
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE_YEAR = re.compile(r"二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

_TITLE = re.compile(
    r"《[^》]*》?"
    r"|20\d\d年?度?[〕\]）)】]?第?\d+[号期次]"
    r"|关于[^，。；、\n]{2,60}?的(?:通知|意见|办法|方案|规定|决定|决议|批复|函|请示|报告|通告|公告|细则)"
)
_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+")
_RANGE_MARK = r"\s*(?:[-–—~～/、至到和及与]|--|——)\s*"
_MENTION = re.compile(
    rf"(?<!\d)20\d\d(?=\s*年|(?:{_RANGE_MARK}20\d\d)+\s*年"
    r"|[-./](?:0?[1-9]|1[0-2])[-./](?:[12]\d|3[01]|0?[1-9])(?!\d))"
)
_LIKE_YEAR = re.compile(r"20\d\d")
_SHORT_RANGE = re.compile(r"(?<!\d)(20\d\d)年?[-–—/](\d\d)(?=\s*(?:年|学年))")
_RANGE = re.compile(r"(20\d\d)\s*年?(?:度|底|初|末|\d{1,2}月(?:\d{1,2}日)?份?)?\s*[-–—~～至到]{1,2}\s*(20\d\d)")
_PLAN = re.compile(r"规划|计划|行动|方案|三年|五年|周期|任期")
# Behind a number at the beginning of a name: 2000人健步走 names no year.
_MEASURE = (
    "[年月日天时岁届期级版人户名家个份元万亿千百亩套台件次场项块吨米平立公多余册本只头条座所处间张根盏"
    "支组批例篇幅辆棵株]"
)
_AT_START = re.compile(rf"\s*(?:\d{{1,2}}[.、．]\s*)?(20\d\d)(?=[一-鿿“])(?!{_MEASURE})")
_DATE_TAIL = r"\s*年?\s*度?(?:\d{1,2}月(?:\d{1,2}日)?份?)?(?:底|末|初)?"


# Asked before all else, for few texts name a year; it must let through whatever `_folded` turns into one.
may_name_year = re.compile("20|[二２]").search


def foreign_years(
    text: str, budget_year: int, words: YearWords, *, at_start: bool = False, is_source: bool = False
) -> tuple[Year, ...]:
    """The years that are not the budget year and that nothing around them explains.

    A year counts with 年 behind it, in a full date, or, where `at_start` (names, titles), as the text's beginning. In a
    text that `is_source` of a value, data of the past belong; only what is made anew each year does not.
    """
    folded = _folded(text)
    if set(_LIKE_YEAR.findall(folded)) <= {str(budget_year)}:
        return ()
    plain = _TITLE.sub(lambda match: "□" * len(match[0]), folded)
    found = [year for clause in _CLAUSE.finditer(plain) for year in _of_clause(plain, clause, budget_year, words)]
    if str(budget_year) in plain:  # who names the budget year means a later one
        found = [year for year in found if year.year < budget_year]
    if is_source:
        found = [year for year in found if words.yearly.match(plain, year.end)]
    start = _AT_START.match(plain) if at_start else None
    if start and int(start[1]) != budget_year and str(budget_year) not in plain:
        found.insert(0, Year(int(start[1]), *start.span(1)))
    return tuple(found)


def _folded(text: str) -> str:
    text = text.translate(_DIGITS)
    return _CHINESE_YEAR.sub(lambda match: "2" + match[0][1:].translate(_CHINESE_DIGITS), text)


def _of_clause(plain: str, clause: re.Match[str], budget_year: int, words: YearWords) -> Iterator[Year]:
    years = [Year(int(found[0]), *found.span()) for found in _MENTION.finditer(plain, *clause.span())]
    if not years or any(year.year == budget_year for year in years):
        return
    explained = list(_explained_ranges(plain, clause, budget_year))
    for year in years:
        inside = any(start <= year.start < end for start, end in explained)
        if not inside and not _is_explained(plain, year, clause, budget_year, words):
            yield year


def _explained_ranges(plain: str, clause: re.Match[str], budget_year: int) -> Iterator[tuple[int, int]]:
    """Places of ranges that hold the budget year, or are the years of a plan."""
    planned = bool(_PLAN.search(clause[0]))
    for pattern in (_SHORT_RANGE, _RANGE):
        for found in pattern.finditer(plain, *clause.span()):
            first, last = int(found[1]), 2000 + int(found[2]) % 100
            if planned or first <= budget_year <= last or last - first >= 2:
                yield found.span()


def _is_explained(plain: str, year: Year, clause: re.Match[str], budget_year: int, words: YearWords) -> bool:
    first, last = clause.span()
    if words.before.search(plain, first, year.start):
        return True
    if year.year > budget_year and words.horizon.search(plain, first, year.start):
        return True
    if words.directly_after.match(plain, year.end, last):
        return True
    return bool(words.after.match(plain, year.end, last))


@lru_cache(maxsize=8)
def year_words(profile: str) -> YearWords:
    """The words of the profile, compiled."""
    words = load_profile(profile).words["years"]
    return YearWords(
        re.compile(rf"(?:{_any(words['before'])})[（(]?\s*$"),
        re.compile(rf"(?:{_any(words['horizon'])})\s*$"),
        re.compile(rf"{_DATE_TAIL}(?:{_any(words['directly_after'])})"),
        re.compile(rf"{_DATE_TAIL}[^，。；]{{0,12}}?(?:{_any(words['after'])})"),
        re.compile(rf"[^，。；]{{0,20}}?(?:{_any(words['yearly'])})"),
    )


def _any(patterns: Iterable[str]) -> str:
    return "|".join(patterns)
