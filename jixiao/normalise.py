"""The mends that need no judgement, as a list: operators in standard form, punctuation of Chinese text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jixiao.model.normal import mend_punctuation
from jixiao.model.origin import Place
from jixiao.model.records import Department, Indicator, Spending
from jixiao.model.value import ABOUT, IndicatorValue, Kind

_SPENDING_TEXTS = ("purpose", "goal", "basis")
_INDICATOR_TEXTS = ("level3", "description", "basis")
_DEPARTMENT_TEXTS = ("overall_goal", "measures")


class Change(NamedTuple):
    """The cell at `place` says `before` and should say `after`."""

    place: Place
    field: str
    before: str
    after: str


def changes(department: Department) -> list[Change]:
    """Every mend, in the order of the workbook. Cells without a readable text, or unchanged by it, are not listed."""
    found = list(_texts(department, _DEPARTMENT_TEXTS))
    for spending in department.spendings:
        found += _texts(spending, _SPENDING_TEXTS)
        for indicator in spending.indicators:
            found += _texts(indicator, _INDICATOR_TEXTS)
            found += _value(indicator)
    return found


def _texts(record: Department | Spending | Indicator, fields: tuple[str, ...]) -> Iterator[Change]:
    for name in fields:
        before = getattr(record, name, "")
        after = mend_punctuation(before) if before else before
        if after != before:
            yield Change(record.origin.place(name), name, before, after)


def _value(indicator: Indicator) -> Iterator[Change]:
    value = indicator.value
    if needs_normal_form(value):
        yield Change(indicator.origin.place("value"), "value", value.text, value.normal)


def needs_normal_form(value: IndicatorValue) -> bool:
    """`>=90%` and `289份` do; a number without a unit does not: what is missing there is not the operator alone.

    `5000余份` does not either: it says about, and ＝ would say exactly.
    """
    if value.kind is not Kind.NUMBER or not value.unit:
        return False
    return not (ABOUT.search(value.unit) if value.operator is None else value.operator_is_standard)
