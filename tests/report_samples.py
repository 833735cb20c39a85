"""A department with something of everything a report can say, texts that attack the page among them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jixiao.curves import Curve, DepartmentCurves, department_curves, spending_curve
from jixiao.model.money import Money
from jixiao.model.origin import Place
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import Department, Project
from jixiao.rules.core import Severity, Suppression
from jixiao.rules.runner import Finding, Report, Suppressed, Unchecked
from tests.case_files import build_department

NODES = (3, 6, 10, 12)
HOSTILE = "<script>alert('x')</script> & \"引号\" ]]> <b>粗</b>"
AUTHORITY = "财预〔2015〕88号 中央部门预算绩效目标管理办法"


def finding(
    code: str = "JX501",
    severity: Severity = Severity.ERROR,
    place: Place | None = None,
    indicator: str | None = "培训场次",
    field: str = "value",
    value: str = "及时",
    message: str = "指标值没有填写",
    advice: str = "填写指标值，如“≥12次”",
) -> Finding:
    place = place or Place("1.示范培训", 12, 5)
    return Finding(
        code, "value-missing", severity, place, "13022924P004R2810292F", "示范培训项目", indicator, field, value,
        message, advice, AUTHORITY,
    )  # fmt: skip


def department() -> Department:
    """人员经费 100,000.00, a project of 40,000.00, and one without a budget."""
    return build_department({"basic": {}, "projects": [{}, {"name": "没有预算的项目", "budget": ""}]})


def curves() -> DepartmentCurves:
    return department_curves(department(), NODES)


def report() -> Report:
    on_department = replace(
        finding("JX206", Severity.ERROR, Place("部门", 8, 3), None, "control_total", "130,000.00", "合计不符"),
        project_code="",
        project="",
    )
    findings = (
        on_department,
        finding(),
        finding("JX511", Severity.WARNING, Place("1.示范培训", 13, 5), "及时性", message="“及时”无法分档评分"),
        finding("JX305", Severity.INFO, Place("1.示范培训", 7, 4), None, "plan.10", "50%", "10月底计划支出 50%"),
        finding("JX702", Severity.INFO, Place("2.另一张表", 0, 0), None, "goal", HOSTILE, HOSTILE, HOSTILE),
    )
    hidden = finding("JX512", Severity.WARNING, Place("1.示范培训", 14, 4), message="“进一步”是含糊的词")
    by = Suppression("JX512", "1.示范培训", "D14", "上级文件原文", "王会计", "2025-12-31")
    unchecked = (
        Unchecked(Place("2.另一张表", 5, 3), "取决于预算数（单元格内容“#REF!”无法读取）", ("JX201", "JX202")),
        Unchecked(Place("填写说明", 0, 0), "不是项目绩效目标表"),
    )
    void = ((replace(by, until="2023-12-31"), "已于 2023-12-31 到期，不再生效"),)
    return Report(department(), findings, unchecked, (Suppressed(hidden, by),), void)


def plan(shares: dict[int, str]) -> SpendPlan:
    return SpendPlan(tuple(Node(month, Decimal(share) if share else None) for month, share in shares.items()))


def curve(budget: str, shares: dict[int, str]) -> Curve:
    drawn = spending_curve(Project(name="项目", budget=Money.of_yuan(budget), plan=plan(shares)))
    assert drawn is not None
    return drawn
