"""The curves on the page: the department's with its figures, a small one for each spending."""

from __future__ import annotations

from decimal import Decimal

from jixiao.curves import Curve, CurveNode, DepartmentCurves
from jixiao.model.plan import linear_progress, percent_text
from jixiao.model.records import Department, Spending
from jixiao.report.charts import LARGE, MOST_SMALL, SMALL, curve_svg
from jixiao.report.common import markup, table_head, why_excluded


def curves_section(curves: DepartmentCurves, department: Department) -> str:
    """The section 支出进度曲线. Without any usable plan it says so and draws nothing."""
    parts = ['<section id="curves"><h2>支出进度曲线</h2>']
    if curves.by_spending:
        parts += [_department(curves.department, department), _small_ones(curves)]
    else:
        parts.append('<p class="lead">没有可用的资金支出计划，无法画出曲线。</p>')
    if curves.excluded:
        parts.append(_excluded(curves.excluded))
    return "\n".join([*parts, "</section>"])


def _department(curve: Curve, department: Department) -> str:
    """Two pictures of the same curve: the style shows the one that can be read at the width of the screen."""
    title = f"{department.unit_name or '本部门'}资金支出计划"
    return (
        '<p class="lead">蓝色实线为按金额汇总的累计支出计划，灰色虚线为序时进度（每月十二分之一）。</p>'
        f'<figure class="large">{curve_svg(curve, title, look=LARGE)}</figure>'
        f'<figure class="narrow">{curve_svg(curve, title, look=SMALL)}</figure>\n{_figures(curve)}'
    )


def _figures(curve: Curve) -> str:
    head = table_head("节点", "累计金额（元）", "占预算", "序时进度", "比序时进度（百分点）")
    rows = "".join(_figures_row(node) for node in curve.nodes)
    return f'<table class="figures">{head}<tbody>{rows}</tbody></table>'


def _figures_row(node: CurveNode) -> str:
    linear = linear_progress(node.month)
    compared = _compared(node.share - linear)
    cells = (f"{node.month}月底", node.amount, percent_text(node.share), percent_text(linear), compared)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _compared(gap: Decimal) -> str:
    points = percent_text(abs(gap)).rstrip("%")
    if points == "0":
        return "持平"
    return f"{'快' if gap > 0 else '慢'} {points}"


def _small_ones(curves: DepartmentCurves) -> str:
    drawn = curves.by_spending[:MOST_SMALL]
    figures = "\n".join(
        f"<figure>{curve_svg(curve, spending.name or _called(spending), look=SMALL)}</figure>"
        for spending, curve in drawn
    )
    left_out = len(curves.by_spending) - len(drawn)
    note = (
        f'<p class="lead">共 {len(curves.by_spending)} 项，按工作簿顺序画出前 {MOST_SMALL} 项，'
        f"其余 {left_out} 项未画出；上面的合计包含全部。</p>"
        if left_out
        else ""
    )
    return f'<h3>各项支出</h3><div class="small">{figures}</div>{note}'


def _excluded(excluded: tuple[Spending, ...]) -> str:
    items = "".join(f"<li><b>{markup(_called(one))}</b> {markup(why_excluded(one))}</li>" for one in excluded)
    return f"<h3>没有画出、也没有计入合计的支出</h3><ul>{items}</ul>"


def _called(spending: Spending) -> str:
    return f"{spending.code} {spending.name}".strip() or "（未命名）"
