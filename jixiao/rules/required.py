"""Which cells of the form must be filled, and what to say of those that are not: the work behind JX101."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from jixiao.model.fields import FIELD_LABELS, field_label
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project, Spending
from jixiao.model.value import Kind
from jixiao.profiles import PROFILES
from jixiao.rules.core import Fault, Record, fault

_DEPARTMENT, _PROJECT, _BASIC, _INDICATOR = "部门", "项目", "基本支出", "指标"
_FIELD_OF_LABEL = {label: name for name, label in FIELD_LABELS.items()}
_HINTS = {
    "unit_code": "填 6 位数字（3 位部门＋3 位单位），如 101001",
    "unit_name": "填单位全称，与各项目表表头一致",
    "year": "填四位年份，如 2024",
    "region": "填 6 位数字的行政区划代码，如 130229",
    "profile": f"改为 {' 或 '.join(PROFILES)}；改正前按默认口径校验",
    "code": "从预算管理一体化系统复制 21 位项目编码",
    "budget": "填本年预算数，如 40000.00",
    "fiscal": "填财政资金数；没有财政资金的填 0.00",
    "purpose": "写明资金用在哪里",
    "goal": "写明本年要完成什么、达到什么数量或效果",
    "description": "写明指标的含义或计算方法",
    "basis": "写明依据的文件、标准或数据来源",
}
# Other rules say what is wrong with these.
_JUDGED_ELSEWHERE = frozenset(("budget", "fiscal", "other", "control_total", "value"))


def cell_faults(department: Department, cells: tuple[str, ...]) -> Iterator[Fault]:
    """The compulsory cells of the whole department that are empty, and all text cells that hold no text.

    `cells` names them as `表.项目`. Without a sheet of its own the department has no cells to fill.
    """
    required = _required(cells)
    if department.origin.sheet:
        yield from _record_faults(department, required[_DEPARTMENT])
        if department.profile and department.profile not in PROFILES and "profile" not in department.origin.defects:
            yield _unreadable(department, "profile", "unknown", department.profile)
    for spending in department.spendings:
        yield from _record_faults(spending, required[_PROJECT if isinstance(spending, Project) else _BASIC])
        yield from _indicator_faults(spending, required[_INDICATOR])


@lru_cache(maxsize=16)
def _required(cells: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Table -> its compulsory fields. What names no field of the form demands nothing."""
    fields: dict[str, list[str]] = {table: [] for table in (_DEPARTMENT, _PROJECT, _BASIC, _INDICATOR)}
    for cell in cells:
        table, _, label = cell.partition(".")
        name = _FIELD_OF_LABEL.get(label)
        if name and table in fields:
            fields[table].append(name)
    return {table: tuple(names) for table, names in fields.items()}


def _record_faults(record: Record, fields: tuple[str, ...]) -> Iterator[Fault]:
    defects = record.origin.defects
    for name, defect in defects.items():
        if not (defect.readable or name in _JUDGED_ELSEWHERE or name.startswith("plan.")):
            kind = defect.kind if defect.kind in ("error", "uncalculated", "date") else "unknown"
            yield _unreadable(record, name, kind, defect.shown)
    for name in fields:
        if getattr(record, name, True) in ("", None) and name not in defects:
            variant = "blank-source" if _is_nothing(record, name) else ""
            yield fault(record, name, variant, label=field_label(name), hint=_hint(name))


def _is_nothing(record: Record, name: str) -> bool:
    """A blank source of money is 0.00 where the other one may make up the budget."""
    if name == "fiscal" and isinstance(record, Project):
        return record.other is not None and record.other == record.budget
    return name == "other"


def _unreadable(record: Record, name: str, kind: str, shown: str) -> Fault:
    return fault(record, name, kind, label=field_label(name), shown=shown, hint=_hint(name))


def _hint(name: str) -> str:
    return _HINTS.get(name) or f"填写{field_label(name)}"


def _indicator_faults(spending: Spending, fields: tuple[str, ...]) -> Iterator[Fault]:
    # Basic expenditure has no table in the published text: its indicators are quoted, many without a description,
    # and may share one basis.
    if isinstance(spending, BasicExpenditure):
        common = {"basis"} if spending.basis else set()
        fields = tuple(name for name in fields if name not in common | {"description"})
    above: Indicator | None = None
    for indicator in spending.indicators:
        if has_content(indicator):
            for found in _record_faults(indicator, fields):
                if not (found.variant == "" and _same_gap(found.field, indicator, above)):
                    yield found
            above = indicator


def has_content(indicator: Indicator) -> bool:
    """Anything but the 一级, which a merged cell lends to the blank rows of a form too."""
    return bool(
        indicator.level2
        or indicator.level3
        or indicator.description
        or indicator.basis
        or indicator.value.kind is not Kind.EMPTY
        or indicator.origin.defects
    )


def _same_gap(name: str, indicator: Indicator, above: Indicator | None) -> bool:
    """The row above lacks the same level: one merged cell is empty, not two."""
    if above is None or name not in ("level1", "level2"):
        return False
    return not getattr(above, name) and above.level1 == indicator.level1
