"""What the workbook does not say and the document therefore leaves blank, as sentences for the user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jixiao.documents.passages import bases_of
from jixiao.documents.plain import one_line
from jixiao.model.fields import field_label, node_field
from jixiao.model.records import Department, Indicator, Project, Spending

_DEPARTMENT = ("unit_name", "year", "overall_goal", "measures")
_SPENDING = ("budget", "goal")
_PROJECT = ("code", "name", "budget", "fiscal", "purpose", "goal")
_INDICATOR = ("level1", "level2", "level3", "description", "basis")


def gaps_of(department: Department) -> Iterator[str]:
    """The department's own first, then one sentence a spending."""
    missing = [field_label(field) for field in _DEPARTMENT if getattr(department, field) in ("", None)]
    if missing:
        yield f"部门信息没有填写：{'、'.join(missing)}"
    for basic in department.basics:
        missing = _missing(basic)
        if missing:
            yield f"“{one_line(basic.name) or '未填名称的基本支出'}”没有填写：{'、'.join(missing)}"
    if not department.projects:
        yield "没有项目，第二部分没有表"
    for number, project in enumerate(department.projects, 1):
        missing = _missing(project)
        if missing:
            name = one_line(project.name)
            yield f"{f'项目“{name}”' if name else f'第{number}个项目'}没有填写：{'、'.join(missing)}"


def _missing(spending: Spending) -> list[str]:
    """The names of the empty fields; of those of the indicators how many there are."""
    is_project = isinstance(spending, Project)
    fields = _PROJECT if is_project else _SPENDING
    names = [field_label(field) for field in fields if getattr(spending, field) in ("", None)]
    names += _missing_plan(spending)
    if is_project and not spending.indicators:
        names.append(field_label("indicators"))
    counts: Counter[str] = Counter()
    for row in spending.indicators:
        counts.update(_missing_of_row(row, with_basis=is_project))
    if spending.indicators and not is_project and not bases_of(spending):
        names.append("确定依据")
    return names + [f"{field_label(field)}（{count}处）" for field, count in counts.items()]


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
