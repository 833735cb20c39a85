"""What all reports say alike: the department's figures, the two kinds of 未校验, why a curve is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import pairwise

from jixiao.model.fields import field_label
from jixiao.model.money import HUNDRED, Money
from jixiao.model.origin import Place
from jixiao.model.plan import SpendPlan, percent_text
from jixiao.model.records import Department, Spending
from jixiao.report.columns import printable
from jixiao.rules.core import Severity
from jixiao.rules.runner import Finding, Report, Unchecked, profile_of

WHOLE_WORKBOOK = "整个工作簿"


def budget_total(department: Department) -> Money:
    """Basic expenditure and projects; what has no readable budget counts as nothing."""
    return Money.total(spending.budget for spending in department.spendings if spending.budget is not None)


def facts(department: Department) -> list[tuple[str, str]]:
    """(label, text) of the report's head; only what is known."""
    unit = f"{department.unit_code} {department.unit_name}".strip()
    known = [
        ("单位", unit),
        ("预算年度", f"{department.year}年" if department.year else ""),
        ("行政区划", department.region),
        ("规则口径", profile_of(department).title),
        ("项目", f"{len(department.projects)} 个"),
        ("预算合计", f"{budget_total(department)} 元{_not_counted(department)}"),
    ]
    return [(label, text) for label, text in known if text]


def _not_counted(department: Department) -> str:
    missing = sum(spending.budget is None for spending in department.spendings)
    return f"（{missing} 项没有可用的预算数，未计入）" if missing else ""


def markup(content: str) -> str:
    """Text of the user, safe inside elements and quoted attributes of HTML and SVG."""
    return escape(printable(content))


def table_head(*names: str) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def severity_counts(findings: Sequence[Finding]) -> list[tuple[Severity, int]]:
    return [(severity, sum(one.severity is severity for one in findings)) for severity in Severity]


@dataclass(frozen=True, slots=True)
class SheetFindings:
    """The findings about one project (or none: `project` is "") on one sheet, in reading order."""

    sheet: str
    project: str
    findings: tuple[Finding, ...]

    @property
    def shows_project(self) -> bool:
        """Whether the project's name says more than the sheet's."""
        return self.project not in self.sheet


def by_sheet(findings: Sequence[Finding]) -> Iterator[SheetFindings]:
    """In the order of the report, which is that of the sheets; two spendings on one sheet are kept apart."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.place.sheet, finding.project), []).append(finding)
    for (sheet, project), members in groups.items():
        yield SheetFindings(sheet or project or WHOLE_WORKBOOK, project, tuple(members))


def place_text(place: Place) -> str:
    """`Sheet!C4`, or the sheet as a whole."""
    sheet = place.sheet or WHOLE_WORKBOOK
    return f"{sheet}!{place.a1}" if place.a1 else sheet


def unrecognised(report: Report) -> list[Unchecked]:
    """未识别: whole sheets no rule has seen."""
    return [entry for entry in report.unchecked if not entry.codes]


def unjudged(report: Report) -> list[Unchecked]:
    """未校验: cells that some rules could not judge."""
    return [entry for entry in report.unchecked if entry.codes]


def label_of(field: str) -> str:
    """What the form calls the field; "" for what the form has no word for."""
    try:
        return field_label(field)
    except KeyError:
        return ""


def why_excluded(spending: Spending) -> str:
    """Why there is no curve of this spending."""
    defect = spending.origin.broken("budget")
    if defect is not None:
        return f"预算数无法读取（单元格内容“{defect.shown}”）"
    if spending.budget is None:
        return "预算数未填写"
    return _why_unusable(spending.plan)


def _why_unusable(plan: SpendPlan) -> str:
    if not plan.nodes:
        return "没有资金支出计划"
    missing = [f"{node.month}月底" for node in plan.nodes if node.share is None]
    if missing:
        return f"资金支出计划缺{'、'.join(missing)}的比例"
    if list(plan.months) != sorted(set(plan.months)):
        return "资金支出计划的月份没有按先后排列"
    return _why_shares_unusable([(month, share) for month, share in plan.nodes if share is not None])


def _why_shares_unusable(nodes: Sequence[tuple[int, Decimal]]) -> str:
    for month, share in nodes:
        if not 0 <= share <= HUNDRED:
            return f"资金支出计划{month}月底 {percent_text(share)} 不在 0%-100% 之间"
    for (_, earlier), (month, share) in pairwise(nodes):
        if share < earlier:
            return f"资金支出计划{month}月底 {percent_text(share)} 低于前一节点的 {percent_text(earlier)}"
    month, last = nodes[-1]
    return f"资金支出计划最后一个节点（{month}月底）是 {percent_text(last)}，应为 100%"
