"""Defects of real documents, put into invented projects at the rate at which they are met."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.money import HUNDRED
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import Indicator, Project
from jixiao.model.value import Kind, Operator, parse_value


def with_defects(project: Project, random: Random) -> Project:
    """The project, with none, one or a few defects. About a third of the projects get any."""
    for rate, spoil in _DEFECTS:
        if random.random() < rate:
            project = spoil(project)
    return project


def _with_row(project: Project, fits: Callable[[Indicator], bool], change: Callable[[Indicator], Indicator]) -> Project:
    """The first indicator that fits is changed."""
    rows = list(project.indicators)
    for position, row in enumerate(rows):
        if fits(row):
            rows[position] = change(row)
            break
    return replace(project, indicators=tuple(rows))


def _with_value(project: Project, level2: str, text: Callable[[Indicator], str]) -> Project:
    """The first number under `level2` gives way to another value."""
    return _with_row(
        project,
        lambda row: row.level2 == level2 and row.value.kind is Kind.NUMBER,
        lambda row: replace(row, value=parse_value(text(row))),
    )


def _without_unit(project: Project) -> Project:
    return _with_value(project, "数量指标", lambda row: row.value.text.removesuffix(row.value.unit))


def _without_operator(project: Project) -> Project:
    return _with_value(project, "数量指标", lambda row: row.value.text.lstrip("≥＝"))


def _satisfied_in_a_word(project: Project) -> Project:
    return _with_value(project, "服务对象满意度指标", lambda row: "满意")


def _rate_in_a_word(project: Project) -> Project:
    return _with_value(project, "质量指标", lambda row: "全部达标")


def _operator_in_words(project: Project) -> Project:
    words = {Operator.AT_LEAST: "大于等于", Operator.AT_MOST: "小于等于", Operator.EQUAL: "等于"}
    return _with_value(
        project,
        "质量指标",
        lambda row: f"{words.get(row.value.operator or Operator.EQUAL, '')}{row.value.number}{row.value.unit}",
    )


def _operator_in_keyboard_signs(project: Project) -> Project:
    return _with_value(project, "服务对象满意度指标", lambda row: row.value.text.replace(Operator.AT_LEAST, ">＝"))


def _cost_above_budget(project: Project) -> Project:
    if project.budget is None:
        return project
    above = Decimal(project.budget.fen * 101 // 100 // 10_000 + 1).scaleb(-2)
    return _with_value(project, "成本指标", lambda row: f"≤{above}万元")


def _cost_in_a_phrase(project: Project) -> Project:
    return _with_value(project, "成本指标", lambda row: "控制在预算范围内")


def _behind_time(project: Project) -> Project:
    shares = (Decimal(5), Decimal(25), Decimal(60), HUNDRED)
    nodes = zip(project.plan.months, shares, strict=True)
    return replace(project, plan=SpendPlan(tuple(Node(month, share) for month, share in nodes)))


def _basis_that_names_nothing(project: Project) -> Project:
    rows = (replace(row, basis="依据相关政策文件确定") for row in project.indicators)
    return replace(project, indicators=tuple(rows))


def _stock_benefit(project: Project) -> Project:
    phrase = "促进地方经济发展"
    return _with_row(
        project,
        lambda row: row.level1 == "效益指标",
        lambda row: replace(row, level3=phrase, description=phrase, value=parse_value(phrase)),
    )


def _vague_goal(project: Project) -> Project:
    return replace(project, goal="1.进一步提升服务水平，取得较好成效")


def _name_as_description(project: Project) -> Project:
    first, *rest = project.indicators
    return replace(project, indicators=(replace(first, description=first.level3), *rest))


def _year_of_last_time(project: Project) -> Project:
    return replace(project, purpose=f"延续2022年工作安排，{project.purpose}")


_DEFECTS: tuple[tuple[float, Callable[[Project], Project]], ...] = (
    (0.04, _without_unit),
    (0.03, _without_operator),
    (0.04, _satisfied_in_a_word),
    (0.02, _rate_in_a_word),
    (0.03, _operator_in_words),
    (0.03, _operator_in_keyboard_signs),
    (0.02, _cost_above_budget),
    (0.03, _cost_in_a_phrase),
    (0.05, _behind_time),
    (0.04, _basis_that_names_nothing),
    (0.03, _stock_benefit),
    (0.03, _vague_goal),
    (0.03, _name_as_description),
    (0.01, _year_of_last_time),
)
