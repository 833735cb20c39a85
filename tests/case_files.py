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
`passages` is what Part 1 says, a table each; it overrides a faultless passage on the faultless project:
passages = [{ name = "示范培训", amount = "4万元", quotes = [["产出指标", "数量指标", "培训场次", "", "≥12次"]] }]
An expectation on it is `passage budget`, `passage 2 name`, `passage quote 1 value`, `passage 2 quote 3 text`.
`profile`, `choices` (the rule's parameters) and `unchecked = ["project budget"]` are optional.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from jixiao.model.money import Money
from jixiao.model.narrative import Passage, Quote
from jixiao.model.origin import Defect, Origin, Place
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project
from jixiao.model.value import parse_value
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import RuleChoices, Severity
from jixiao.rules.runner import Finding, Report, check

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
PASSAGE = {
    "name": "示范培训", "amount": "4万元", "goal": "全年完成示范培训12次，培训合格率达到90%以上",
    "cumulative": True, "levels": ["产出指标", "效益指标", "满意度指标"], "level_count": 3, "count": 6,
    "of": "二、三级指标", "basis": "《某某县培训管理办法》", "source": "第 21 行",
    "text": "1、“示范培训”项目年初预算安排4万元，项目主要目标为全年完成示范培训12次，培训合格率达到90%以上。",
}  # fmt: skip
BASIC_PASSAGE = {
    **PASSAGE, "name": "人员经费", "amount": "100000元", "goal": "全年按月足额发放12次工资", "basis": "《某某办法》",
    "text": "人员经费年初预算安排100000元。", "levels": [], "level_count": 0, "count": 0, "quotes": [],
}  # fmt: skip
QUOTES = [[*INDICATORS[row][:3], "", INDICATORS[row][4]] for row in (0, 4, 5)]
UNITS = {"万元": 10_000, "元": 1}
PASSAGE_FIELDS = ("name", "budget", "goal", "plan", "named_levels", "declared_count", "basis", "text")


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
    findings = [expectation_of(finding, usual) for finding in report.findings]
    return findings, [_name(entry.place, "") for entry in report.unchecked]


def expectation_of(finding: Finding, usual: Severity) -> str:
    """The finding written like an expectation."""
    return _name(finding.place, finding.field) + ("" if finding.severity is usual else f" {finding.severity}")


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
        passages=tuple(passage_of(f"passage {number}", own) for number, own in enumerate(case.get("passages", []), 1)),
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
    nodes = _plan(plan).nodes
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


def passage_of(sheet: str, own: dict[str, Any]) -> Passage:
    """A passage as it would be read; `sheet` is where its fields and quotes say they stand."""
    fields = {**(BASIC_PASSAGE if own.get("basic") else PASSAGE), **own}
    plan = fields.get("plan", PLAN)
    return Passage(
        name=fields["name"],
        is_basic=fields.get("basic", False),
        budget=_amount(fields["amount"]),
        budget_digits=fields["amount"],
        goal=fields["goal"],
        plan=_plan(plan),
        is_cumulative=fields["cumulative"],
        named_levels=tuple(fields["levels"]),
        level_count=fields["level_count"] or None,
        declared_count=fields["count"] or None,
        declared_of=fields["of"],
        quotes=tuple(
            _quote(f"{sheet} quote {number}", row) for number, row in enumerate(fields.get("quotes", QUOTES), 1)
        ),
        basis=fields["basis"],
        text=fields["text"],
        source=fields["source"],
        origin=_origin(sheet, (*PASSAGE_FIELDS, *(f"plan.{month}" for month in plan)), fields.get("defects", {})),
    )


def _quote(sheet: str, row: list[str]) -> Quote:
    level1, level2, level3, description, value = row
    text = f"{level1}－{level2}－{level3}（{description}），指标值为{value}"
    origin = _origin(sheet, (*INDICATOR_FIELDS, "text"), {})
    return Quote(level1, level2, level3, description, parse_value(value), text, origin)


def _amount(written: str) -> Money | None:
    for unit, factor in UNITS.items():
        if written.endswith(unit):
            return Money.of_yuan(Decimal(written.removesuffix(unit).replace(",", "")) * factor)
    return None


def _plan(shares: dict[str, str]) -> SpendPlan:
    return SpendPlan(tuple(Node(int(month), Decimal(share) if share else None) for month, share in shares.items()))


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
    """The first, and mostly the only, project and passage go without their number."""
    return f"{_FIRST.sub(_unnumbered, place.sheet)} {field}".strip()


_FIRST = re.compile(r"^(project|passage) 1\b(?: (?=indicator))?")


def _unnumbered(match: re.Match[str]) -> str:
    """`project 1 indicator 3` is `indicator 3`, `passage 1 quote 2` is `passage quote 2`."""
    return "" if match[0].endswith(" ") else match[1]
