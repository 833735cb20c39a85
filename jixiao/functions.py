"""What the worksheet functions do: the values of cells in, one text or one number out.

Arguments are what a spreadsheet hands over: a text, a number, a truth value, a date, None for an empty cell, the text
of an error value, lists or tuples for a range. A function that answers with a text says in Chinese what is wrong with
an argument. One that answers with a number raises BadArgument: the cell then shows #N/A and IFERROR takes over.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from jixiao import __version__
from jixiao.arguments import (
    BadArgument,
    all_cells,
    money_of,
    month_of,
    one_cell,
    percent_of,
    plan_of,
    quoted,
    text_of,
    whole_of,
)
from jixiao.curves import MONTHS, amount_at, node_amounts
from jixiao.model.fields import field_label
from jixiao.model.money import HUNDRED, money_to_number
from jixiao.model.origin import Defect, Origin
from jixiao.model.plan import Node, SpendPlan, linear_progress
from jixiao.model.records import Department, Indicator, Project
from jixiao.model.value import IndicatorValue, fold, parse_value
from jixiao.profiles import PROFILES, load_profile
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import RuleChoices, Severity
from jixiao.rules.levels import taxonomy_of
from jixiao.rules.runner import Finding, Report, check
from jixiao.workbook.cells import Text, read_amount, read_shares, read_text, shown
from jixiao.workbook.layout import MONEY_UNIT_PREFIX, MONEY_UNITS

PASSED = "✓"
_LONGEST_ANSWER = 160
_FIELDS = ("level1", "level2", "level3", "description", "value", "basis")
_CONTENT = ("level3", "description", "value")  # a row with levels alone is a line of the blank form
# Rules of a whole form that judge each row by itself.
_OF_EACH_ROW = {"JX202", "JX203", "JX403", "JX601", "JX602"}
_ROW_RULES = frozenset(code for code, rule in RULES.items() if rule.on.is_many) | _OF_EACH_ROW
_CODE_RULES = frozenset({"JX102", "JX103"})
_PARTS = {
    "符号": "operator", "计算符号": "operator", "operator": "operator", "1": "operator",
    "数值": "number", "number": "number", "2": "number",
    "单位": "unit", "计量单位": "unit", "unit": "unit", "3": "unit",
    "类型": "kind", "kind": "kind", "4": "kind",
}  # fmt: skip


_P = ParamSpec("_P")
_Answer = TypeVar("_Answer")


def _explained(function: Callable[_P, _Answer]) -> Callable[_P, _Answer | str]:
    """A function of texts: where an argument is bad, its answer is the reason."""

    @wraps(function)
    def answer(*args: _P.args, **kwargs: _P.kwargs) -> _Answer | str:
        try:
            return function(*args, **kwargs)
        except BadArgument as problem:
            return str(problem)

    return answer


@_explained
def check_row(
    level1: Any, level2: Any, level3: Any, description: Any, value: Any, basis: Any,
    budget: Any = None, money_unit: Any = None,
) -> str:  # fmt: skip
    """The gravest finding of one indicator, the first of several; "✓" if there is none, "" for an empty row.

    The rules are the real ones, as far as a single row can be judged: nothing is said of the set of indicators, of
    cells of the form that are empty, or of anything that needs the department's year. `money_unit` is the unit of
    `budget`, 元 unless it says otherwise. What hinges on an unreadable cell is 未校验, not passed.
    """
    given = zip(_FIELDS, (level1, level2, level3, description, value, basis), strict=True)
    cells = {name: read_text(one_cell(content, field_label(name))) for name, content in given}
    if not any(cells[name].text or cells[name].defect for name in _CONTENT):
        return ""
    project = _project_of(_indicator(cells), budget, money_unit)
    profile = _profile_name(cells["level1"].text, cells["level2"].text)
    return _gravest(_judged(Department(profile=profile, projects=(project,)), _ROW_RULES))


@_explained
def value_part(text: Any, part: Any) -> str | float:
    """Operator, number, unit or kind of an indicator value; "" where it has none. A range's number is a text: `3-5`."""
    wanted = fold(shown(one_cell(part, "取哪一部分"))).lower()
    name = _PARTS.get(wanted)
    if name is None:
        problem = f"没有“{quoted(wanted)}”这一部分" if wanted else "没有写明取哪一部分"
        raise BadArgument(f"{problem}：应填 符号、数值、单位 或 类型")
    value = parse_value(text_of(text, "指标值"))
    if name == "operator":
        return value.operator.value if value.operator else ""
    if name == "number":
        return _number(value)
    return value.unit if name == "unit" else _kind(value)


@_explained
def normal_value(text: Any) -> str:
    """An indicator value in its normal form: `>= 90 %` is `≥90%`. A bare number stays: what it counts is not known."""
    value = parse_value(text_of(text, "指标值"))
    bare = value.is_numeric and not value.unit and value.operator is None
    return value.text if bare else value.normal


@_explained
def check_code(code: Any) -> str:
    """What is wrong with a project code, "✓" if nothing is; a check character that differs is a hint only."""
    text = text_of(code, field_label("code"))
    if not text:
        return ""
    report = _judged(Department(projects=(Project(code=text),)), _CODE_RULES)
    finding = next(iter(report.findings), None)
    if finding is None:
        return PASSED
    return _short(_told(finding) + ("" if finding.severity is Severity.ERROR else f"；{finding.advice}"))


def node_amount(budget: Any, shares: Any, node: Any) -> float:
    """The cumulative amount at the plan's `node` (1 is the first), in yuan, exact to the 分. Raises BadArgument."""
    money = money_of(budget)
    known = read_shares(all_cells(shares))
    position = whole_of(one_cell(node, "第几个节点"), "第几个节点", 1, len(known))
    percent = percent_of(known[position - 1], position)
    return money_to_number(node_amounts(money, SpendPlan((Node(MONTHS, percent),)))[0])


def amount_by(budget: Any, shares: Any, months: Any, month: Any) -> float:
    """The cumulative amount by the end of `month` (0 is the year's beginning), in yuan, between nodes by interpolation.

    Raises BadArgument, also for a plan that is incomplete, falls or does not end at 100 %: a curve is not guessed.
    """
    money, plan = money_of(budget), plan_of(shares, months)
    return money_to_number(amount_at(plan.months, node_amounts(money, plan), month_of(one_cell(month, "月份"), 0)))


def progress(month: Any) -> float:
    """序时进度 by the end of `month`, 0 to 12, as a fraction: 0.25 in March. Raises BadArgument."""
    return float(linear_progress(month_of(one_cell(month, "月份"), 0)) / HUNDRED)


def version() -> int:
    """The program's version as one number that grows: 10203 is 1.2.3."""
    major, minor, patch = (int(part) for part in re.findall(r"\d+", __version__)[:3])
    return major * 10_000 + minor * 100 + patch


def _judged(department: Department, codes: frozenset[str]) -> Report:
    return check(department, RuleChoices(), today=date.today(), codes=codes)


def _indicator(cells: dict[str, Text]) -> Indicator:
    """The row as a record; its columns count as on the form."""
    defects = {name: cell.defect for name, cell in cells.items() if cell.defect}
    return Indicator(
        level1=cells["level1"].text,
        level2=cells["level2"].text,
        level3=cells["level3"].text,
        description=cells["description"].text,
        value=parse_value(cells["value"].text),
        basis=cells["basis"].text,
        origin=Origin("", {name: (1, column) for column, name in enumerate(_FIELDS, 1)}, defects),
    )


def _project_of(indicator: Indicator, budget: Any, money_unit: Any) -> Project:
    stated = fold(shown(one_cell(money_unit, field_label("money_unit")))).removeprefix(fold(MONEY_UNIT_PREFIX))
    unit = stated if stated in MONEY_UNITS else "元"
    money, defect = read_amount(one_cell(budget, field_label("budget")), unit)
    defects: dict[str, Defect] = {"budget": defect} if defect else {}
    return Project(budget=money, money_unit=unit, indicators=(indicator,), origin=Origin(defects=defects))


def _profile_name(level1: str, level2: str) -> str:
    """The profile to which the levels belong, the usual one in doubt: a row does not name it."""

    def known(name: str) -> tuple[bool, bool]:
        taxonomy = taxonomy_of(load_profile(name))
        meant, home = taxonomy.meant1(level1), taxonomy.home.get(taxonomy.meant2(level2), "")
        return bool(meant), bool(home) and meant in ("", home)

    return max(PROFILES, key=known)


def _gravest(report: Report) -> str:
    finding = min(report.findings, key=lambda one: (one.severity.rank, one.place.column), default=None)
    if finding:
        return _short(_told(finding))
    return _short(f"未校验：{report.unchecked[0].why}") if report.unchecked else PASSED


def _told(finding: Finding) -> str:
    return f"{finding.severity.label} {finding.code}：{finding.message}"


def _kind(value: IndicatorValue) -> str:
    if not value.text:
        return ""
    return "定量" if value.is_numeric else "定性"


def _number(value: IndicatorValue) -> str | float:
    if value.number is None:
        return ""
    if value.upper is not None:
        return value.normal.removesuffix(value.unit)
    number = float(value.number)
    return number if math.isfinite(number) else str(value.number)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_ANSWER else f"{text[: _LONGEST_ANSWER - 1]}…"
