"""The fields of the records and what the form calls them: the vocabulary of messages and of the layout."""

from __future__ import annotations

FIELD_LABELS: dict[str, str] = {
    "unit_code": "单位编码",
    "unit_name": "单位名称",
    "year": "预算年度",
    "region": "行政区划代码",
    "profile": "规则口径",
    "control_total": "预算控制数",
    "overall_goal": "总体绩效目标",
    "measures": "工作保障措施",
    "title": "表标题",
    "money_unit": "金额单位",
    "code": "项目编码",
    "name": "名称",
    "budget": "预算数",
    "fiscal": "其中：财政资金",
    "other": "其他资金",
    "purpose": "用途",
    "plan": "资金支出计划",
    "goal": "绩效目标",
    "indicators": "绩效指标",
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "description": "绩效指标描述",
    "value": "指标值",
    "basis": "指标值确定依据",
    "text": "原文",
    "named_levels": "所列一级指标",
    "declared_count": "所称指标个数",
}

_NODE = "plan."


def node_field(month: int) -> str:
    """The field of the spend plan's node at the end of `month`."""
    return f"{_NODE}{month}"


def field_label(field: str) -> str:
    """What the form calls `field`: `plan.3` is `3月底`."""
    if field.startswith(_NODE):
        return f"{field.removeprefix(_NODE)}月底"
    return FIELD_LABELS[field]
