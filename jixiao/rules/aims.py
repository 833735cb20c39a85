"""What a goal says: whether something in it can be checked at the year's end, and which words carry its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from jixiao.model.normal import HAN
from jixiao.profiles import load_profile


@dataclass(frozen=True, slots=True)
class GoalWords:
    """The word lists of the profile, compiled."""

    slogans: re.Pattern[str]
    deadlines: re.Pattern[str]
    results: re.Pattern[str]
    general: re.Pattern[str]
    stop: re.Pattern[str]


# Digits that measure nothing: document numbers, titles, ordinals, names such as PM2.5, 5G, 12345热线.
_IDLE_DIGITS = re.compile(
    r"《[^》]*》?"
    r"|[〔\[(（【]\d{4}[〕\])）】]\s*第?\d*号?"
    r"|第\s*\d+"
    r"|[A-Za-z]+-?\d[\d.]*|\d+(?:\.\d+)?[GKDA](?![A-Za-z])|\d\+N|N\+\d"
    r"|\d+\.\d版|(?:12345|12315|12369|12350|110|119|120|122)(?=[热专]线|平台|电话|指挥|报警|急救|接处?警|服务|[”’])"
)
_LIST_NUMBER = re.compile(
    r"(?:^|(?<=[\s；;。：:，]))\s*(?:[（(]?\d{1,2}[)）]|\d{1,2}(?:[、．.](?!\d)|[.．](?=20\d\d年)))"
)
_DIGIT = re.compile(r"\d")
_CHINESE_QUANTITY = re.compile(
    r"(?<![第其统万唯专单某每一二三四五六七八九十])(?!一[个项种])[一二两三四五六七八九十百千]{1,4}"
    r"(?:场|期(?!工程)|个|项|批|名|户|份|件|台|套|家|所|处|座|公里|亩|辆|篇|轮|周|季度|人次|次(?![会性全])|万元?|元)"
)
_DONE = re.compile(r"完成(?!率|情况|度|质量|时|的)")
_CLAUSE_END = re.compile(r"[，,。；;！\n]")
_HAN_RUN = re.compile(f"[{HAN}]+")
_REMAINING = 2


@lru_cache(maxsize=8192)
def is_measurable(goal: str, words: GoalWords) -> bool:
    """It has a number, a time limit or a concrete result. Of too short a text (见附表) nothing can be said."""
    text = _IDLE_DIGITS.sub("、", _LIST_NUMBER.sub("", goal))
    if _DIGIT.search(text):
        return True
    text = words.slogans.sub("、", text)  # whose numbers are words: 三保
    if len(_HAN_RUN.findall(text)) == 1 and len(text.strip()) < 4:
        return True
    return bool(
        _CHINESE_QUANTITY.search(text)
        or words.deadlines.search(text)
        or words.results.search(text)
        or any(_is_particular(text, done, words) for done in _DONE.finditer(text))
    )


def _is_particular(text: str, done: re.Match[str], words: GoalWords) -> bool:
    """完成 says of something in particular that it is done; 完成各项工作任务 does not."""
    start = max((end.end() for end in _CLAUSE_END.finditer(text, 0, done.start())), default=0)
    stop = _CLAUSE_END.search(text, done.end())
    what = text[done.end() : stop.start() if stop else len(text)]
    if not _HAN_RUN.search(what):
        what = text[start : done.start()]
    return sum(map(len, _HAN_RUN.findall(words.general.sub("", what)))) >= _REMAINING


def content_of(text: str, words: GoalWords) -> list[str]:
    """The runs of Chinese characters, without the words that fit any project."""
    return _HAN_RUN.findall(words.stop.sub(" ", text))


def pairs_in(runs: Iterable[str]) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(run[place : place + 2] for run in runs for place in range(len(run) - 1))


@lru_cache(maxsize=8)
def goal_words(profile: str) -> GoalWords:
    words = load_profile(profile).words["goal"]
    lists = (words[name] for name in ("slogans", "deadlines", "results", "general", "stop"))
    return GoalWords(*(re.compile(_any(entries)) for entries in lists))


def _any(entries: Iterable[str]) -> str:
    """Longest first, so that 按时完成 is not cut at 按时."""
    return "|".join(sorted(entries, key=len, reverse=True))
