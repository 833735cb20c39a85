"""From a checked department to the tables of the summary. Values only: amounts, shares, counts, links; no cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.curves import Curve, DepartmentCurves, share_of
from jixiao.model.money import ZERO, Money
from jixiao.model.origin import Place
from jixiao.model.records import Department, Indicator, Project, Spending
from jixiao.profiles import Profile
from jixiao.rules.core import Severity
from jixiao.rules.runner import Report

SUFFIX = "指标"


class Percent(NamedTuple):
    """20 is 20 %."""

    percent: Decimal


class Link(NamedTuple):
    """A text that leads to a place of the workbook."""

    text: str
    place: Place


Value = str | int | Decimal | Money | Percent | Link | None
Row = list[Value]


def summary_rows(department: Department, report: Report, curves: DepartmentCurves, profile: Profile) -> list[Row]:
    """One row each for 人员, 公用 and every project, then the projects' subtotal and the total.

    Columns: number, kind, code, name, budget, fiscal, other, the nodes' shares, the nodes' amounts, goal, share of
    numeric values, findings by severity, indicators by 一级, indicators by 二级.
    """
    by_record = {id(spending): curve for spending, curve in curves.by_spending}
    findings = _findings_by_sheet_and_project(report)
    rows: list[Row] = []
    for number, spending in enumerate(department.spendings, 1):
        own = findings.get((spending.origin.sheet, spending.code, spending.name), Counter())
        rows.append(_spending_row(number, spending, by_record.get(id(spending)), own, profile))
    if department.projects:
        rows.append(_total_row("项目小计", department.projects, curves.projects_total, findings, profile))
    rows.append(_total_row("合计", department.spendings, curves.department, findings, profile))
    return rows


_Findings = dict[tuple[str, str, str], Counter[Severity]]


def _findings_by_sheet_and_project(report: Report) -> _Findings:
    counts: _Findings = {}
    for finding in report.findings:
        key = (finding.place.sheet, finding.project_code, finding.project)
        counts.setdefault(key, Counter())[finding.severity] += 1
    return counts


def _spending_row(
    number: int, spending: Spending, curve: Curve | None, findings: Counter[Severity], profile: Profile
) -> Row:
    is_project = isinstance(spending, Project)
    return [
        number,
        "项目" if is_project else "基本支出",
        spending.code or None,
        Link(spending.name or "（未填名称）", spending.origin.place("name")),
        spending.budget,
        spending.fiscal if isinstance(spending, Project) else spending.budget,
        spending.other if isinstance(spending, Project) else None,
        *_curve_values(curve, profile),
        spending.goal or None,
        *_counts(spending.indicators, findings, profile),
    ]


def _total_row(name: str, spendings: Sequence[Spending], curve: Curve, findings: _Findings, profile: Profile) -> Row:
    indicators = [indicator for spending in spendings for indicator in spending.indicators]
    own: Counter[Severity] = Counter()
    for spending in spendings:
        own += findings.get((spending.origin.sheet, spending.code, spending.name), Counter())
    fiscal = (one.fiscal if isinstance(one, Project) else one.budget for one in spendings)
    other = (one.other for one in spendings if isinstance(one, Project))
    return [
        None,
        None,
        None,
        name,
        _sum(one.budget for one in spendings),
        _sum(fiscal),
        _sum(other),
        *_curve_values(curve, profile),
        None,
        *_counts(indicators, own, profile),
    ]


def _sum(amounts: Iterable[Money | None]) -> Money:
    return Money.total(amount or ZERO for amount in amounts)


def _curve_values(curve: Curve | None, profile: Profile) -> Row:
    """Shares, then amounts, at the profile's nodes; blank where there is no curve."""
    if curve is None:
        return [None] * (2 * len(profile.nodes))
    amounts = [curve.monthly[month - 1] for month in profile.nodes]
    return [*(Percent(share_of(amount, curve.budget)) for amount in amounts), *amounts]


def _counts(indicators: Sequence[Indicator], findings: Counter[Severity], profile: Profile) -> Row:
    """Share of numeric values, findings by severity, indicators by 一级 and by 二级."""
    stated = [indicator for indicator in indicators if indicator.value.text]
    numeric = sum(indicator.value.is_numeric for indicator in stated)
    level1 = Counter(indicator.level1.removesuffix(SUFFIX) for indicator in indicators)
    level2 = Counter(indicator.level2.removesuffix(SUFFIX) for indicator in indicators)
    return [
        Percent(Decimal(numeric * 100) / len(stated)) if stated else None,
        *(findings[severity] for severity in Severity),
        *(level1[name.removesuffix(SUFFIX)] for name in profile.levels),
        *(level2[name.removesuffix(SUFFIX)] for name in profile.level2_order),
    ]


def indicator_rows(department: Department) -> list[Row]:
    """All indicators of the department, one a row.

    Columns: number, code, spending, 一级, 二级, 三级, description, value, its operator, number and unit, 定量 or 定性,
    basis, sheet.
    """
    rows: list[Row] = []
    for spending in department.spendings:
        for indicator in spending.indicators:
            value = indicator.value
            rows.append([
                len(rows) + 1, spending.code or None, spending.name or None,
                indicator.level1 or None, indicator.level2 or None, indicator.level3 or None,
                indicator.description or None, value.text or None,
                value.operator.value if value.operator else None,
                value.number if value.upper is None else value.normal, value.unit or None,
                ("定量" if value.is_numeric else "定性") if value.text else None,
                indicator.basis or None, Link(indicator.origin.sheet, indicator.origin.place("level3")),
            ])  # fmt: skip
    return rows


def curve_rows(curves: DepartmentCurves, all_name: str, projects_name: str) -> list[Row]:
    """The department, the projects together, then every spending: name, budget, the ends of months 0 to 12.

    Names are made unique, so that a choice by name is a choice.
    """
    rows = [_curve_row(all_name, curves.department), _curve_row(projects_name, curves.projects_total)]
    seen = Counter({all_name: 1, projects_name: 1})
    for spending, curve in curves.by_spending:
        name = spending.name or spending.code or "（未填名称）"
        seen[name] += 1
        rows.append(_curve_row(name if seen[name] == 1 else f"{name}（{seen[name]}）", curve))
    return rows


def _curve_row(name: str, curve: Curve) -> Row:
    return [name, curve.budget, ZERO, *curve.monthly]
