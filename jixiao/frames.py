"""The department, its findings and its curves as pandas DataFrames, for analysis: the one home of pandas.

Amounts are whole 分 in `Int64` columns named `…_fen`: exact, summed and grouped at full speed, with `<NA>`
where the form has no amount. Decimal objects would be exact too, but a column of objects has no running sum
past a missing value, is described as if it held names, and says nothing in its dtype; `column / 100` gives
yuan for a plot. Texts are `string`, with "" for an empty cell and `<NA>` where the column does not apply;
shares are `Float64` per cent. Every frame has its columns and dtypes even without a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from jixiao.curves import MONTHS, Curve, DepartmentCurves, share_of
from jixiao.model.money import Money
from jixiao.model.plan import linear_progress
from jixiao.model.records import Department, Indicator, Project, Spending
from jixiao.rules.core import Severity
from jixiao.rules.runner import Finding, Report

TEXT, WHOLE, NUMBER, FLAG = "string", "Int64", "Float64", "boolean"
SEVERITIES = pd.CategoricalDtype([severity.value for severity in reversed(Severity)], ordered=True)
"""Ordered info < warning < error: `frame[frame.severity >= "warning"]`."""
KINDS = pd.CategoricalDtype(["basic", "project"])
SERIES = pd.CategoricalDtype(["department", "projects_total", "basic", "project"])

Dtypes = Mapping[str, Any]

_PROJECTS: Dtypes = {
    "sheet": TEXT, "code": TEXT, "name": TEXT, "unit_code": TEXT, "unit_name": TEXT,
    "budget_fen": WHOLE, "fiscal_fen": WHOLE, "other_fen": WHOLE,
    "purpose": TEXT, "goal": TEXT, "indicators": WHOLE,
}  # fmt: skip
_INDICATORS: Dtypes = {
    "sheet": TEXT, "row": WHOLE, "kind": KINDS, "project_code": TEXT, "project": TEXT,
    "level1": TEXT, "level2": TEXT, "level3": TEXT, "description": TEXT,
    "value": TEXT, "value_kind": TEXT, "operator": TEXT, "number": NUMBER, "upper": NUMBER, "unit": TEXT,
    "basis": TEXT,
}  # fmt: skip
_FINDINGS: Dtypes = {
    "code": TEXT, "name": TEXT, "severity": SEVERITIES,
    "sheet": TEXT, "cell": TEXT, "row": WHOLE, "column": WHOLE,
    "project_code": TEXT, "project": TEXT, "indicator": TEXT, "field": TEXT, "value": TEXT,
    "message": TEXT, "advice": TEXT, "authority": TEXT,
}  # fmt: skip
_CURVES: Dtypes = {
    "series": SERIES, "code": TEXT, "name": TEXT, "month": WHOLE, "amount_fen": WHOLE, "share": NUMBER,
    "linear_share": NUMBER, "is_node": FLAG,
}  # fmt: skip


def projects_frame(department: Department) -> pd.DataFrame:
    """A row a project, in the order of the workbook; basic expenditure is not among them.

    Columns: sheet, code, name, unit_code, unit_name; budget_fen, fiscal_fen, other_fen; purpose, goal;
    indicators (how many); then share_3, share_6 …, the planned cumulative per cent, for every month any
    project states.
    """
    months = sorted({node.month for project in department.projects for node in project.plan.nodes})
    dtypes = {**_PROJECTS, **{f"share_{month}": NUMBER for month in months}}
    return _frame((_project(project) for project in department.projects), dtypes)


def indicators_frame(department: Department) -> pd.DataFrame:
    """A row an indicator, those of basic expenditure (kind `basic`) first.

    Columns: sheet, row (of the sheet); kind, project_code, project; level1, level2, level3, description;
    value as typed; value_kind (number, range, date, text, empty), operator (≥ ＞ ＝ ＜ ≤, `<NA>` if
    none), number, upper (of a range), unit; basis.
    """
    rows = (_indicator(owner, one) for owner in department.spendings for one in owner.indicators)
    return _frame(rows, _INDICATORS)


def findings_frame(report: Report) -> pd.DataFrame:
    """A row a finding, in the report's order, without the suppressed ones.

    Columns as in the JSON, with row and column of the cell (`<NA>` for a sheet as a whole); severity is an
    ordered category, info < warning < error; indicator is `<NA>` where it concerns no row of the indicator
    table.
    """
    return _frame((_finding(finding) for finding in report.findings), _FINDINGS)


def curves_frame(curves: DepartmentCurves) -> pd.DataFrame:
    """Twelve rows a curve: department, projects_total, then each spending that has a curve.

    Columns: series (category), code, name (`<NA>` for the two sums); month 1-12; amount_fen, cumulative by
    the end of the month; share, the same in per cent of the curve's budget; linear_share (序时进度);
    is_node.
    """
    rows = [*_months("department", curves.department), *_months("projects_total", curves.projects_total)]
    for spending, curve in curves.by_spending:
        rows += _months(_kind(spending), curve, spending)
    return _frame(rows, _CURVES)


def _frame(rows: Iterable[Mapping[str, object]], dtypes: Dtypes) -> pd.DataFrame:
    """Column by column, so that no column ever passes through a guessed dtype."""
    known = list(rows)
    columns = {name: pd.array(_column(known, name), dtype=dtype) for name, dtype in dtypes.items()}
    return pd.DataFrame(columns)


def _column(rows: Sequence[Mapping[str, object]], name: str) -> list[object]:
    return [pd.NA if row.get(name) is None else row[name] for row in rows]


def _project(project: Project) -> dict[str, object]:
    return {
        "sheet": project.origin.sheet,
        "code": project.code,
        "name": project.name,
        "unit_code": project.unit_code,
        "unit_name": project.unit_name,
        "budget_fen": _fen(project.budget),
        "fiscal_fen": _fen(project.fiscal),
        "other_fen": _fen(project.other),
        "purpose": project.purpose,
        "goal": project.goal,
        "indicators": len(project.indicators),
        **{f"share_{node.month}": _number(node.share) for node in project.plan.nodes},
    }


def _indicator(owner: Spending, indicator: Indicator) -> dict[str, object]:
    value, place = indicator.value, indicator.origin.place("level3")
    return {
        "sheet": place.sheet,
        "row": place.row or None,
        "kind": _kind(owner),
        "project_code": owner.code,
        "project": owner.name,
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.level3,
        "description": indicator.description,
        "value": value.text,
        "value_kind": value.kind.value,
        "operator": value.operator.value if value.operator else None,
        "number": _number(value.number),
        "upper": _number(value.upper),
        "unit": value.unit,
        "basis": indicator.basis,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "sheet": finding.place.sheet,
        "cell": finding.place.a1,
        "row": finding.place.row or None,
        "column": finding.place.column or None,
        "project_code": finding.project_code,
        "project": finding.project,
        "indicator": finding.indicator,
        "field": finding.field,
        "value": finding.value,
        "message": finding.message,
        "advice": finding.advice,
        "authority": finding.authority,
    }


def _months(series: str, curve: Curve, spending: Spending | None = None) -> list[dict[str, object]]:
    nodes = {node.month for node in curve.nodes}
    return [
        {
            "series": series,
            "code": spending.code if spending else None,
            "name": spending.name if spending else None,
            "month": month,
            "amount_fen": amount.fen,
            "share": _number(share_of(amount, curve.budget)),
            "linear_share": _number(linear_progress(month)),
            "is_node": month in nodes,
        }
        for month, amount in zip(range(1, MONTHS + 1), curve.monthly, strict=True)
    ]


def _kind(spending: Spending) -> str:
    return "project" if isinstance(spending, Project) else "basic"


def _fen(money: Money | None) -> int | None:
    return None if money is None else money.fen


def _number(exact: Decimal | None) -> float | None:
    return None if exact is None else float(exact)
