"""Rule cases as data: `tests/cases/*.toml`, one small department in, the findings of one rule out.

    [[case]]
    rule = "JX202"
    says = "a ceiling in 万元 above the budget in 元"
    project = { budget = "300000.00" }
    indicators = [["产出指标", "成本指标", "成本控制", "总成本", "≤30.03万元", "《某某办法》"]]
    expect = ["indicator 1 value"]

`project` (or `projects`, `basic`, `department`) overrides a small faultless one. `plan` is {3 = "20", …} in per cent.
`defects` is {budget = ["error", "#REF!"]}; `indicator_defects` likewise, by row:
{"1" = {value = ["date", "2024-03-05"]}}.
An expectation is `<record> <field>` with the record `department`, `project`, `project 2`, `basic`, `indicator 3`
(counted within the project) or `project 2 indicator 3`, and, where it is not the rule's own, the severity: `… info`.
`profile`, `choices` (the rule's parameters) and `unchecked = ["project budget"]` are optional.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from jixiao.model.money import Money
from jixiao.model.origin import Defect, Origin, Place
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project
from jixiao.model.value import parse_value
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import RuleChoices, Severity
from jixiao.rules.runner import Report, check

CASES = Path(__file__).parent / "cases"
MONEY_FIELDS = ("budget", "fiscal", "other", "control_total")
INDICATOR_FIELDS = ("level1", "level2", "level3", "description", "value", "basis")
PLAN = {"3": "25", "6": "50", "10": "85", "12": "100"}
TODAY = date(2024, 10, 15)

DEPARTMENT = {
    "unit_code": "101001", "unit_name": "某某县示范局本级", "year": 2024, "region": "130229", "profile": "hebei",
    "overall_goal": "全年完成培训12次。", "measures": "加强管理，按月通报执行进度。",
}  # fmt: skip
PROJECT = {
    "code": "13022924P004R2810292F", "name": "示范培训项目", "unit_code": "101001", "unit_name": "某某县示范局本级",
    "title": "1.示范培训项目绩效目标表", "budget": "40000.00", "fiscal": "40000.00", "other": "0.00",
    "purpose": "用于示范培训的讲师费和场地费", "goal": "全年完成示范培训12次，培训合格率达到90%以上。",
}  # fmt: skip
BASIC = {"name": "人员经费", "budget": "100000.00", "goal": "全年按月足额发放12次工资。", "basis": "《某某办法》"}
INDICATORS = [
    ["产出指标", "数量指标", "培训场次", "全年举办的培训场次", "≥12次", "《某某县培训管理办法》"],
    ["产出指标", "质量指标", "培训合格率", "考核合格人数占参训人数的比例", "≥90%", "《某某县培训管理办法》"],
    ["产出指标", "时效指标", "按期开班率", "按计划时间开班的班次占全部班次的比例", "≥95%", "《某某县培训管理办法》"],
    ["产出指标", "成本指标", "人均培训成本", "每名参训人员的培训支出", "≤400元/人", "《某某县培训费管理办法》"],
    ["效益指标", "社会效益指标", "持证上岗率", "持证人员占在岗人员的比例", "≥80%", "《某某县培训管理办法》"],
    ["满意度指标", "服务对象满意度指标", "学员满意度", "满意学员占受访学员的比例", "≥90%", "《某某县培训管理办法》"],
]


def load_cases() -> list[tuple[str, dict[str, Any]]]:
    """(id, case) of every case of every file."""
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            found.append((f"{case['rule']}: {case['says']}", case))
    return found


def outcome(case: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What the case's rule says: its findings and its unchecked entries, both written like expectations."""
    department = build_department(case)
    own = RULES[case["rule"]]
    choices = RuleChoices(parameters={own.code: case.get("choices", {})})
    report = check(department, choices, today=TODAY, codes=[own.code])
    usual = Severity(case.get("usual_severity", own.severity))
    findings = [
        _name(finding.place, finding.field) + ("" if finding.severity is usual else f" {finding.severity}")
        for finding in report.findings
    ]
    return findings, [_name(entry.place, "") for entry in report.unchecked]


def report_of(case: dict[str, Any]) -> Report:
    return check(build_department(case), RuleChoices(), today=TODAY)


def build_department(case: dict[str, Any]) -> Department:
    overrides = case.get("projects") or [
        {**case.get("project", {}), **{key: case[key] for key in ("indicators", "indicator_defects") if key in case}}
    ]
    projects = tuple(_project(number, own) for number, own in enumerate(overrides, 1))
    basics = (_basic(case["basic"]),) if "basic" in case else ()
    fields = {**DEPARTMENT, **case.get("department", {}), "profile": case.get("profile", "hebei")}
    defects = fields.pop("defects", {})
    return Department(
        **{key: _value(key, value) for key, value in fields.items()},
        basics=basics,
        projects=projects,
        origin=_origin("department", fields, defects),
    )


def _project(number: int, own: dict[str, Any]) -> Project:
    sheet = f"project {number}"
    fields = {**PROJECT, **own}
    return Project(**_spending(sheet, fields))


def _basic(own: dict[str, Any]) -> BasicExpenditure:
    return BasicExpenditure(**_spending("basic", {**BASIC, "indicators": [], **own}))


def _spending(sheet: str, fields: dict[str, Any]) -> dict[str, Any]:
    plan = fields.pop("plan", PLAN)
    rows = fields.pop("indicators", INDICATORS)
    defects = fields.pop("defects", {})
    row_defects = fields.pop("indicator_defects", {})
    nodes = tuple(Node(int(month), Decimal(share) if share else None) for month, share in plan.items())
    names = [*fields, "goal", "plan", "indicators", *(f"plan.{node.month}" for node in nodes)]
    return {
        **{key: _value(key, value) for key, value in fields.items()},
        "plan": SpendPlan(nodes),
        "indicators": tuple(
            _indicator(f"{sheet} indicator {number}", row, row_defects.get(str(number), {}))
            for number, row in enumerate(rows, 1)
        ),
        "origin": _origin(sheet, names, defects),
    }


def _indicator(sheet: str, row: list[str], defects: dict[str, Any]) -> Indicator:
    fields = dict(zip(INDICATOR_FIELDS, row, strict=True))
    value = parse_value(fields.pop("value"))
    return Indicator(**fields, value=value, origin=_origin(sheet, INDICATOR_FIELDS, defects))


def _value(key: str, value: Any) -> Any:
    if key in MONEY_FIELDS:
        return Money.of_yuan(value) if value else None
    if key == "year":
        return value or None
    return value


def _origin(sheet: str, names: Any, defects: dict[str, Any]) -> Origin:
    cells = {name: (1, column) for column, name in enumerate(dict.fromkeys(names), 1)}
    return Origin(sheet, cells, {name: Defect(*defect) for name, defect in defects.items()})


def _name(place: Place, field: str) -> str:
    record = place.sheet
    if record.startswith("project 1 indicator"):
        record = record.removeprefix("project 1 ")
    elif record == "project 1":
        record = "project"
    return f"{record} {field}".strip()
