"""What `jixiao demo` says when it is done."""

from __future__ import annotations

from pathlib import Path

from jixiao.curves import DepartmentCurves
from jixiao.rules.core import Severity
from jixiao.rules.runner import Finding, Report

_SHOWN = 4


def demo_lines(report: Report, curves: DepartmentCurves, path: Path) -> list[str]:
    """A few lines: what was found, one error of each kind, the curve, which file to open."""
    department = report.department
    counts = "，".join(f"{severity.label} {report.count(severity)} 个" for severity in Severity)
    nodes = "，".join(f"{node.month}月底 {node.amount}" for node in curves.department.nodes)
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    shown = list({finding.code: finding for finding in reversed(errors)}.values())[::-1][:_SHOWN]
    more = f"  ……另有 {len(errors) - len(shown)} 个错误，见“校验结果”" if len(errors) > len(shown) else None
    lines = [
        f"{department.unit_name}（{department.year}年），{len(department.projects)} 个项目：{counts}",
        *(f"  {_finding_line(finding)}" for finding in shown),
        more,
        f"部门累计支出计划（元）：{nodes}",
        f"请打开 {path}：先看“校验结果”，再看“部门汇总”和“支出曲线”",
    ]
    return [line for line in lines if line is not None]


def _finding_line(finding: Finding) -> str:
    return f"{finding.severity.label} {finding.code} {finding.place.sheet}!{finding.place.a1}：{finding.message}"
