"""The profile's words about indicators, compiled once, and what they say of one indicator.

Several rules ask the same question (is this a cost indicator? which rule speaks of this text?); it is answered here
once, so that two rules never blame one cell for one cause.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from jixiao.model.records import Indicator
from jixiao.model.value import IndicatorValue, Kind
from jixiao.profiles import Profile
from jixiao.rules.core import Settings
from jixiao.rules.indicator.endings import Endings
from jixiao.rules.similarity import same

PERCENT_UNITS = ("%", "‰", "百分比", "百分数")
_MONEY_UNIT = re.compile(r"元|^[千百十]?[万亿]$")
_TRAILING_BRACKET = re.compile(r"\([^()]*\)$")
_LAST_BRACKET = re.compile(r"[(（][≥≤*＊]*([^()（）*]+)[)）]$")
_FOLDED_AWAY = ("情况", "指标")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_CHINESE_COUNT = re.compile(
    r"[一二两三四五六七八九十百千几][万亿]?(?:人|次|个|场|期|份|件|家|户|项|天|日|月|年|季|套|台|条|篇|处|所|批|名|位|轮|遍|亩|公里|米|吨|元|倍|成|分之|周|小时)"
)
# A digit that is no year, date, session or list number.
QUANTITY = re.compile(r"(?<![\d.〔\[第])\d+(?:[.,]\d+)*(?![\d年月日号.、)\]〕届])")
_CLAUSE_END = re.compile(r"[。；;！!？?\n]|[，,](?!\s*(?:达|至|到|不低于|不少于|[≥>＞]))")
_LAW_NAME = re.compile(r"《[^《》]*》")
_LONGEST_NAME = 200  # a name beyond this is none, and would cost time
_CLAUSE = 60  # characters in which a number after a vague word is looked for
_BARE_DEGREE = 5  # 显著提升, 进一步完善: no longer text is only a vague word and a verb


@lru_cache(maxsize=32768)
def head(name: str) -> str:
    """What a name measures: folded, without blanks, trailing brackets and a trailing 情况 or 指标."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    if len(folded) > _LONGEST_NAME:
        return folded
    while (shorter := _TRAILING_BRACKET.sub("", folded)) not in ("", folded):
        folded = shorter
    for ending in _FOLDED_AWAY:
        folded = folded.removesuffix(ending) or folded
    return folded


def is_percentage(value: IndicatorValue) -> bool:
    return value.is_numeric and value.unit in PERCENT_UNITS


def is_money(value: IndicatorValue) -> bool:
    return value.is_numeric and _MONEY_UNIT.search(value.unit) is not None


def says_nothing(value: IndicatorValue) -> bool:
    """Empty, or signs only, such as `/`, `—` or `≥`."""
    return value.kind is Kind.EMPTY or (value.kind is Kind.TEXT and _LETTER_OR_DIGIT.search(value.text) is None)


def has_number(text: str) -> bool:
    """A digit, or a number in words before a counter: 三次."""
    return _DIGIT.search(text) is not None or _CHINESE_COUNT.search(text) is not None


def has_quantity(text: str) -> bool:
    """Like `has_number`, but a year or the number of a document is no quantity."""
    return QUANTITY.search(text) is not None or _CHINESE_COUNT.search(text) is not None


def occurring(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the words, the longest first; never anything if there are none."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)) or "(?!)")


class Misplaced:
    """One entry of the map of 二级指标: which names do not belong under which."""

    def __init__(self, entry: Mapping[str, Any]) -> None:
        self.under = frozenset(entry["under"])
        self.endings = tuple(entry["endings"])
        self.units = frozenset(entry.get("units", ()))
        self.mild: bool = entry.get("mild", False)
        self.containing = occurring(entry["containing"]) if "containing" in entry else re.compile("")
        self.exceptions = occurring(entry.get("except", ()))
        self.reflects: str = entry["reflects"]
        self.move: str = entry["move"]

    def fits(self, name: str, value: IndicatorValue) -> bool:
        return (
            name.endswith(self.endings)
            and self._unit_fits(value)
            and self.containing.search(name) is not None
            and self.exceptions.search(name) is None
        )

    def _unit_fits(self, value: IndicatorValue) -> bool:
        if not self.units:
            return True
        if "%" in self.units:
            return is_percentage(value)
        return is_money(value) if "money" in self.units else value.unit in self.units


class Lexicon:
    """Compiled word lists of one profile."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._speaker = lru_cache(maxsize=32768)(self._find_speaker)  # seven rules ask in turn
        text, vague, formula, count = words["text"], words["vague"], words["formula"], words["count"]
        self.rate_endings = tuple(words["rate_endings"])
        self.measured_endings = Endings((*self.rate_endings, *words["count_endings"]))
        self.not_measured = tuple(words["not_measured"])
        in_words = words["amount_in_words"]
        self.compared, self.whole, self.none = (occurring(in_words[key]) for key in ("compared", "whole", "none"))
        self.bounded_rates = tuple(words["bounded_rates"])
        self.unbounded_rates = occurring(words["unbounded_rates"])
        reverse = _reverse_endings(words["reverse"])
        self.reverse_endings = Endings(reverse)
        self.handled = occurring(words["handled"])
        self.lowered = occurring(words["lowered"])
        self.satisfaction_endings = tuple(words["satisfaction_endings"])
        self.positive_endings = Endings((*self.bounded_rates, *self.satisfaction_endings, *words["positive_endings"]))
        self.either_way = Endings((*reverse, *words["either_way"]))
        self.positive_unless = occurring(words["positive_unless"])
        self.not_satisfaction = occurring(words["not_satisfaction"])
        self.cost_without_money = occurring(words["cost_without_money"])
        self.cost_limited = tuple(words["cost_limited"])
        self.cost_more_is_better = occurring(words["cost_more_is_better"])
        self.dimensionless = occurring(words["dimensionless"])
        self.time_names = occurring(words["time_names"])
        self.unit_by_ending: dict[str, str] = {
            ending: unit for unit, endings in words["unit_by_ending"].items() for ending in endings
        }
        self.units = frozenset((*words["unit_by_ending"], *words["units"]))
        self.gradable = occurring(text["gradable"])
        self.tiers = frozenset(text["tiers"])
        self.aims = occurring(text["aims"])
        self.lasting = occurring(text["lasting"])
        self.graded = occurring(text["graded"])
        self.vague = _vague_pattern(vague["words"], vague["basically"])
        self.vague_in_value = _vague_pattern([*vague["words"], *vague["words_in_value"]], vague["basically"])
        self.definite = occurring(vague["definite"])
        self.formula = occurring(formula["words"])
        self.known_rates = occurring(formula["known_rates"])
        self.general_nouns = frozenset(formula["general_nouns"])
        self.periods = [(occurring(one["words"]), one["times"], one["per"]) for one in words["period"]]
        self.any_period = occurring(word for period in words["period"] for word in period["words"])
        self.event_units = frozenset(count["event_units"])
        self.year_said = occurring(count["year_said"])
        self.misplaced = _by_level2(map(Misplaced, words["misplaced"]))
        self.duplicate_fillers = occurring(words["duplicate"]["fillers"])
        self.forbidden_starts = "".join({sign[0] for sign in words["forbidden"]["signs"]})
        self.forbidden = re.compile(occurring(words["forbidden"]["signs"]).pattern, re.IGNORECASE)

    def is_satisfaction(self, level1: str, level2: str, level3: str) -> bool:
        """It measures satisfaction: its name says so, or it stands under 满意度 and is no count of complaints."""
        name = head(level3)
        if name.endswith(self.satisfaction_endings):
            return not name.endswith(("不满意", "不满意度", "不满意率"))
        return ("满意" in level1 or "满意" in level2) and self.not_satisfaction.search(name) is None

    def is_economic_cost(self, level1: str, level2: str, level3: str) -> bool:
        """It stands under 成本 and its value can be an amount of money."""
        if "成本" not in level2 and not (level1.startswith("成本") and not level2):
            return False
        return self.cost_without_money.search(level2 + level3) is None

    def is_rate(self, name: str) -> bool:
        """The head of a name speaks of a counted share; 效率 and the like do not."""
        return name.endswith(self.rate_endings) and not name.endswith(self.not_measured)

    def is_measured(self, name: str) -> bool:
        """The head of a name speaks of something that has a number."""
        return self.measured_endings.close(name) and not name.endswith(self.not_measured)

    def is_reverse(self, name: str) -> bool:
        """Less of it is better: 投诉率, but neither 投诉处理率 nor 零投诉."""
        return self.reverse_endings.close(name) and self.handled.search(name) is None

    def is_positive(self, name: str) -> bool:
        """A share of which more is better: 合格率, but neither 占比 nor 不合格率."""
        return (
            self.positive_endings.close(name)
            and not self.either_way.close(name)
            and self.positive_unless.search(name) is None
        )

    def limits_cost(self, name: str) -> bool:
        """A price or a sum that should stay small; no saving, and no standard people are entitled to."""
        return name.endswith(self.cost_limited) and self.cost_more_is_better.search(name) is None

    def unit_for(self, indicator: Indicator) -> str:
        """The unit a name ends with, or names in brackets, or asks for; "" if it does not say."""
        for text in (indicator.level3, indicator.description):
            if (match := _LAST_BRACKET.search(text)) and match[1] in self.units:
                return match[1]
        name = head(indicator.level3)
        return self.unit_by_ending.get(max(filter(name.endswith, self.unit_by_ending), key=len, default=""), "")

    def misplacing(self, indicator: Indicator) -> Misplaced | None:
        """Why the indicator does not belong under its 二级指标; None if it may."""
        entries = self.misplaced.get(_plain_level(indicator.level2), ())
        name = head(indicator.level3)
        return next((entry for entry in entries if entry.fits(name, indicator.value)), None)

    def measures_satisfaction(self, indicator: Indicator) -> bool:
        return self.is_satisfaction(indicator.level1, indicator.level2, indicator.level3)

    def measures_cost(self, indicator: Indicator) -> bool:
        return self.is_economic_cost(indicator.level1, indicator.level2, indicator.level3)

    def text_speaker(self, indicator: Indicator) -> str:
        """The one rule that speaks of a value that is a text or a date; "" if nothing is to be said."""
        value = indicator.value
        if value.is_numeric or says_nothing(value):
            return ""
        is_date = value.kind is Kind.DATE
        levels = indicator.level1, indicator.level2, indicator.level3
        return self._speaker(*levels, indicator.description, value.text, is_date)

    def _find_speaker(self, level1: str, level2: str, level3: str, description: str, text: str, is_date: bool) -> str:
        if self.is_satisfaction(level1, level2, level3):
            return "JX508"
        if self.is_economic_cost(level1, level2, level3) and not has_quantity(text):
            return "JX509"
        if self.is_measured(head(level3)) and (is_date or not has_number(text)):
            return "JX510"
        if is_date:
            return ""
        return self._speaker_of_words(level3, description, text)

    def _speaker_of_words(self, level3: str, description: str, text: str) -> str:
        if same(level3, text):
            return "JX513"
        if same(description, text):
            return "JX515"
        is_tier = text.strip("≥≤>＞。") in self.tiers
        if is_tier and self.graded.search(level3 + description):
            return ""
        return "JX512" if is_tier or self._is_gradable(text) else "JX511"

    def _is_gradable(self, text: str) -> bool:
        """What is neither a slogan nor beyond doubt vague is taken to be."""
        if has_number(text) or self.gradable.search(text):
            return True
        if len(text) <= _BARE_DEGREE and self.vague_words(text, in_value=False):
            return True
        return not (self.aims.search(text) or self.vague_words(text, in_value=True))

    def vague_words(self, text: str, *, in_value: bool) -> list[str]:
        """The vague words of a text, each once, in order; not where a number follows or a fixed phrase is meant."""
        pattern = self.vague_in_value if in_value else self.vague
        if not pattern.search(text):
            return []
        plain = self.definite.sub("·", _LAW_NAME.sub("·", text))
        found = [match[0] for match in pattern.finditer(plain) if not _number_follows(plain, match.end())]
        return list(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def _plain_level(level2: str) -> str:
    return "".join(level2.split()).removesuffix("指标")


def _by_level2(entries: Iterable[Misplaced]) -> dict[str, list[Misplaced]]:
    by_level2: defaultdict[str, list[Misplaced]] = defaultdict(list)
    for entry in entries:
        for level2 in entry.under:
            by_level2[level2].append(entry)
    return dict(by_level2)


def _reverse_endings(reverse: Mapping[str, list[str]]) -> tuple[str, ...]:
    counted = (event + measure for event in reverse["events"] for measure in reverse["measures"])
    return (*counted, *(f"{state}率" for state in reverse["states"]), *reverse["others"])


def _vague_pattern(words: Iterable[str], basically: Iterable[str]) -> re.Pattern[str]:
    """A quality that is measured (及时率, 有效性, 满意度) or denied (不合理) is not vague."""
    return re.compile(
        rf"(?<![不未无非])(?:(?:{occurring(words).pattern})(?![率性度])|基本(?={occurring(basically).pattern}))"
    )


def _number_follows(text: str, position: int) -> bool:
    farthest = min(position + _CLAUSE, len(text))
    end = _CLAUSE_END.search(text, position, farthest)
    return QUANTITY.search(text, position, end.start() if end else farthest) is not None


def lexicon(settings: Settings) -> Lexicon:
    """The lexicon of the settings' profile; compiled on first use."""
    return _lexicon(settings.profile)


@lru_cache(maxsize=8)
def _lexicon(profile: Profile) -> Lexicon:
    return Lexicon(profile.words["indicator"])
