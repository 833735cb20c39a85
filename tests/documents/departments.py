"""Departments for the tests of documents, and a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from jixiao.model.money import Money
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project
from jixiao.model.value import parse_value
from jixiao.profiles import load_profile

HEBEI = load_profile("hebei")
TODAY = date(2024, 1, 5)
ROWS = (
    ("产出指标", "数量指标", "培训场次", "全年举办的场次", "≥12次", "依据《某某县培训办法》（某财〔2023〕1号）确定"),
    (
        "产出指标",
        "质量指标",
        "培训合格率",
        "合格人数占参训人数的比例",
        "≥90%",
        "依据《某某县培训办法》（某财〔2023〕1号）确定",
    ),
    ("效益指标", "社会效益指标", "持证上岗率", "持证人员占在岗人员的比例", ">＝80%", "上年统计数据"),
    ("满意度指标", "服务对象满意度指标", "学员满意度", "满意学员占受访学员的比例", "≥90%", "上年统计数据"),
)


def indicator(*texts: str) -> Indicator:
    level1, level2, level3, description, value, basis = texts
    return Indicator(level1, level2, level3, description, parse_value(value), basis)


def plan(*shares: str) -> SpendPlan:
    nodes = zip((3, 6, 10, 12), shares, strict=False)
    return SpendPlan(tuple(Node(month, Decimal(share) if share else None) for month, share in nodes))


def project(**changes: object) -> Project:
    whole = Project(
        code="13022924P004R2810292F", name="示范培训项目", unit_code="101001", unit_name="某某县示范局本级",
        budget=Money.of_yuan("115600"), fiscal=Money.of_yuan("115600"), purpose="用于培训的讲师费和场地费",
        plan=plan("20", "50", "80", "100"), goal="1.全年完成示范培训12次.",
        indicators=tuple(indicator(*row) for row in ROWS),
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def basic(**changes: object) -> BasicExpenditure:
    whole = BasicExpenditure(
        name="人员经费", budget=Money.of_yuan("5013844.46"), plan=plan("25", "50", "75", "100"),
        goal="保障工资正常发放", indicators=tuple(indicator(*row[:5], "") for row in ROWS), basis="相关政策文件规定",
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def department(*projects: Project, **changes: object) -> Department:
    whole = Department(
        unit_code="101001", unit_name="某某县示范局本级", year=2024, region="130229", profile="hebei",
        overall_goal="全年完成培训12次。\n服务全县。", measures="1.加强管理。\n2.按月通报。",
        basics=(basic(),), projects=projects,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]
