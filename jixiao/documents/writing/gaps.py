"""What the workbook does not say and the document therefore leaves blank, as sentences for the user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from jixiao.documents.writing.passages import bases_of
from jixiao.documents.writing.plain import one_line
from jixiao.model.fields import field_label, node_field
from jixiao.model.records import Department, Indicator, Project, Spending

_DEPARTMENT = ("unit_name", "year", "overall_goal", "measures")
_SPENDING = ("budget", "goal")
_PROJECT = ("code", "name", "budget", "fiscal", "purpose", "goal")
_SYSTEM = ("code", "name")
_INDICATOR = ("level1", "level2", "level3", "description", "basis")


def gaps_of(department: Department) -> Iterator[str]:
    """The department's own first, then one sentence a spending."""
    missing = _empty(department, _DEPARTMENT)
    if missing:
        yield f"部门信息没有填写：{'、'.join(missing)}"
    for basic in department.basics:
        missing = _empty(basic, _SPENDING) + _missing_plan(basic) + _missing_indicators(basic)
        if missing:
            yield f"“{one_line(basic.name) or '未填名称的基本支出'}”没有填写：{'、'.join(missing)}"
    if not department.projects:
        yield "没有项目，第二部分没有表"
    for number, project in enumerate(department.projects, 1):
        missing = _empty(project, _PROJECT) + _missing_plan(project) + _missing_indicators(project)
        if missing:
            yield f"{_called(number, project)}没有填写：{'、'.join(missing)}"


def system_gaps_of(department: Department) -> Iterator[str]:
    """The gaps among what the integrated system takes: codes, names and indicators of the projects."""
    if not department.projects:
        yield "没有项目，没有可导出的指标"
    for number, project in enumerate(department.projects, 1):
        missing = _empty(project, _SYSTEM) + _missing_indicators(project)
        if missing:
            yield f"{_called(number, project)}没有填写：{'、'.join(missing)}"


def _called(number: int, project: Project) -> str:
    name = one_line(project.name)
    return f"项目“{name}”" if name else f"第{number}个项目"


def _empty(record: Department | Spending, fields: Iterable[str]) -> list[str]:
    return [field_label(field) for field in fields if getattr(record, field) in ("", None)]


def _missing_indicators(spending: Spending) -> list[str]:
    """The names of the empty columns with how many cells of each; for basic expenditure one basis is enough."""
    is_project = isinstance(spending, Project)
    if not spending.indicators:
        return [field_label("indicators")] if is_project else []
    counts = Counter(field for row in spending.indicators for field in _missing_of_row(row, with_basis=is_project))
    names = [f"{field_label(field)}（{count}处）" for field, count in counts.items()]
    return names if is_project or bases_of(spending) else [*names, "确定依据"]


def _missing_plan(spending: Spending) -> list[str]:
    nodes = spending.plan.nodes
    empty = [node for node in nodes if node.share is None]
    if len(empty) == len(nodes):
        return [field_label("plan")]
    return [f"{field_label(node_field(node.month))}支出计划" for node in empty]


def _missing_of_row(row: Indicator, *, with_basis: bool) -> Iterator[str]:
    fields = _INDICATOR if with_basis else _INDICATOR[:3]
    yield from (field for field in fields if not getattr(row, field))
    if not row.value.text:
        yield "value"
