"""The report and the curves as JSON, for other programs.

The shapes are a promise: keys are added, never renamed. Amounts are yuan as strings with two decimals,
because a JSON number becomes binary floating point in most readers; shares are per cent as strings with at
most two decimals.
"""

from __future__ import annotations

import json
from typing import Any

from jixiao.curves import Curve, DepartmentCurves
from jixiao.model.money import Money
from jixiao.model.plan import percent_text
from jixiao.model.records import Department, Project, Spending
from jixiao.report.common import budget_total, severity_counts, why_excluded
from jixiao.rules.core import Suppression
from jixiao.rules.runner import Finding, Report, Suppressed, Unchecked

Json = dict[str, Any]


def as_json(report: Report, workbook_name: str) -> str:
    """One object: workbook, department, counts, findings, unchecked, suppressed, void.

    In a finding `cell` is "" where it concerns the sheet as a whole, `project` and `project_code` are ""
    where it concerns the department, `indicator` is null where it concerns no row of the indicator table. In
    `unchecked` an empty `codes` means that no rule has seen the sheet.
    """
    return _dumped(
        {
            "workbook": workbook_name,
            "department": department_json(report.department),
            "counts": {severity.value: count for severity, count in severity_counts(report.findings)},
            "findings": [_finding(finding) for finding in report.findings],
            "unchecked": [_unchecked(entry) for entry in report.unchecked],
            "suppressed": [_suppressed(entry) for entry in report.suppressed],
            "void": [{**_suppression(suppression), "why": why} for suppression, why in report.void],
        }
    )


def curves_as_json(curves: DepartmentCurves) -> str:
    """One object: department, projects_total, projects, basics, excluded. All amounts are cumulative."""
    return _dumped(
        {
            "department": _curve(curves.department),
            "projects_total": _curve(curves.projects_total),
            "projects": [_named(one, curve) for one, curve in curves.by_spending if isinstance(one, Project)],
            "basics": [_named(one, curve) for one, curve in curves.by_spending if not isinstance(one, Project)],
            "excluded": [{"code": one.code, "name": one.name, "why": why_excluded(one)} for one in curves.excluded],
        }
    )


def _dumped(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def department_json(department: Department) -> Json:
    return {
        "unit_code": department.unit_code,
        "unit_name": department.unit_name,
        "year": department.year,
        "region": department.region,
        "profile": department.profile,
        "budget_total": _yuan(budget_total(department)),
        "control_total": None if department.control_total is None else _yuan(department.control_total),
        "project_count": len(department.projects),
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "sheet": finding.place.sheet,
        "cell": finding.place.a1,
        "project_code": finding.project_code,
        "project": finding.project,
        "indicator": finding.indicator,
        "field": finding.field,
        "value": finding.value,
        "message": finding.message,
        "advice": finding.advice,
        "authority": finding.authority,
    }


def _unchecked(entry: Unchecked) -> Json:
    return {"sheet": entry.place.sheet, "why": entry.why, "cell": entry.place.a1, "codes": list(entry.codes)}


def _suppressed(entry: Suppressed) -> Json:
    return {"finding": _finding(entry.finding), "by": _suppression(entry.by)}


def _suppression(suppression: Suppression) -> Json:
    return {
        "code": suppression.code,
        "sheet": suppression.sheet,
        "cell": suppression.cell,
        "reason": suppression.reason,
        "person": suppression.person,
        "until": suppression.until,
    }


def _named(spending: Spending, curve: Curve) -> Json:
    return {"code": spending.code, "name": spending.name, **_curve(curve)}


def _curve(curve: Curve) -> Json:
    return {
        "nodes": [
            {"month": node.month, "amount": _yuan(node.amount), "share": percent_text(node.share).rstrip("%")}
            for node in curve.nodes
        ],
        "monthly": [_yuan(amount) for amount in curve.monthly],
    }


def _yuan(money: Money) -> str:
    return f"{money.yuan:.2f}"
