"""Spend curves for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.curves import Curve, CurveNode, DepartmentCurves
from jixiao.model.plan import linear_progress, percent_text
from jixiao.report.columns import columns, pad
from jixiao.report.common import why_excluded

_NAME_WIDTH, _AMOUNT_WIDTH = 34, 18


def chosen_curve(curves: DepartmentCurves, code: str | None) -> tuple[str, Curve | None]:
    """A title and the curve of the project with this code, or of the whole department; None where there is none."""
    if code is None:
        return "部门支出曲线", curves.department
    for spending, curve in curves.by_spending:
        if spending.code == code:
            return f"{spending.name}支出曲线", curve
    return "", None


def curves_as_text(curves: DepartmentCurves) -> str:
    """One line each for the department, its projects together, every spending: the amounts at the nodes."""
    months = [node.month for node in curves.department.nodes]
    lines = [_line("", "预算数", (f"{month}月底" for month in months))]
    named = [("部门合计", curves.department), ("项目合计", curves.projects_total)]
    named += [(spending.name, curve) for spending, curve in curves.by_spending]
    for name, curve in named:
        amounts = (str(curve.monthly[month - 1]) for month in months)
        lines.append(_line(name, str(curve.budget), amounts))
    lines += [f"未计入：{spending.name}（{why_excluded(spending)}）" for spending in curves.excluded]
    return "\n".join(["资金累计支出（元）", *lines]) + "\n"


def curve_as_text(title: str, curve: Curve) -> str:
    """The nodes with their shares and the linear time progress, then the months."""
    lines = [f"{title}　预算数 {curve.budget} 元", *map(_node_line, curve.nodes), "逐月累计（元）"]
    lines += [
        f"{month}月底".rjust(5) + str(amount).rjust(_AMOUNT_WIDTH) for month, amount in enumerate(curve.monthly, 1)
    ]
    return "\n".join(lines) + "\n"


def _node_line(node: CurveNode) -> str:
    linear = percent_text(linear_progress(node.month))
    return (
        f"{node.month}月底".rjust(5) + f"{node.amount!s:>{_AMOUNT_WIDTH}}  {percent_text(node.share)}（序时 {linear}）"
    )


def _line(name: str, budget: str, amounts: Iterable[str]) -> str:
    cells = (budget, *amounts)
    return pad(name, _NAME_WIDTH) + "".join(" " * (_AMOUNT_WIDTH - columns(cell)) + cell for cell in cells)
