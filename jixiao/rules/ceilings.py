"""What the cost indicators of a project say it may cost as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.records import Indicator, Project
from jixiao.model.value import IndicatorValue, Kind, fold, parse_value
from jixiao.rules.core import Settings
from jixiao.rules.levels import stem


class Ceiling(NamedTuple):
    """An indicator's limit to the cost of the whole project, with the unit it is stated in."""

    indicator: Indicator
    yuan: Decimal
    unit: str


_LIMITED_TO = re.compile(r"(?:总?(?:成本|费用|支出|投资|经费))?(?:严格)?控制(?:在|于)?")


def ceilings(project: Project, settings: Settings) -> Iterator[Ceiling]:
    """Unit prices, money of several years and money that is to be high are none."""
    words, units = settings.words("cost"), settings.words("money_units")
    cost_levels = {stem(name) for name in words["levels"]}
    not_the_whole = _alternatives((*words["unit_price"], *words["other_scope"]))
    for indicator in project.indicators:
        level = stem(indicator.level2) or stem(indicator.level1)
        if level not in cost_levels:
            continue
        value = _limit(indicator.value)
        if value.number is None or value.unit not in units or (value.operator and value.operator.wants_more):
            continue
        if not not_the_whole.search(f"{indicator.level3} {indicator.description}"):
            yield Ceiling(indicator, value.number * units[value.unit], value.unit)


def may_span_years(project: Project, settings: Settings) -> bool:
    """Its texts speak of other years' money or of other purses: a total above this year's budget may be right."""
    words = settings.words("total")
    beyond = _alternatives((*words["other_years"], *words["other_purses"]))
    return bool(beyond.search(f"{project.name}\n{project.purpose}\n{project.goal}"))


@lru_cache(maxsize=8)
def _alternatives(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _limit(value: IndicatorValue) -> IndicatorValue:
    """控制在30万元以内 means ≤30万元."""
    if value.kind is not Kind.TEXT:
        return value
    said = _LIMITED_TO.match(fold(value.text))
    return parse_value(fold(value.text)[said.end() :]) if said else value
