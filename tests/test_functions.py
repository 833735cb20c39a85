"""The worksheet functions: what they answer to what stands in the cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import udfs
from jixiao import __version__
from jixiao.curves import spending_curve
from jixiao.model.money import Money, money_to_number
from jixiao.model.origin import Origin
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import Department, Indicator, Project
from jixiao.rules.core import RuleChoices
from jixiao.rules.runner import check
from jixiao.sample import real_department, sample_department

GOOD = ("产出指标", "数量指标", "培训场次", "全年举办的培训场次", "≥12次", "《某某县培训管理办法》", 40000.0)
SHARES, MONTHS = [0.2, 0.5, 0.8, 1.0], [3.0, 6.0, 10.0, 12.0]
DAY = datetime(2024, 3, 5)


def row(**changes: Any) -> tuple[Any, ...]:
    """A faultless row with some cells changed."""
    names = ("level1", "level2", "level3", "description", "value", "basis", "budget", "unit")
    cells = dict(zip(names, (*GOOD, "元"), strict=True))
    return tuple({**cells, **changes}.values())


def verdict(**changes: Any) -> str:
    return udfs.JXCHECK(*row(**changes))


# JXCHECK


def test_a_faultless_row_passes_and_an_empty_one_says_nothing() -> None:
    assert udfs.JXCHECK(*GOOD) == "✓"
    assert udfs.JXCHECK(*GOOD[:6]) == "✓"
    assert udfs.JXCHECK("产出指标", "数量指标", None, "", "  ", None, 40000.0) == ""


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"value": None}, "错误 JX501："),
        ({"value": "200"}, "错误 JX503：指标值“200”只有数字，没有计量单位"),
        ({"value": 200.0}, "错误 JX503：指标值“200”只有数字，没有计量单位"),
        ({"value": "289份"}, "警告 JX502："),
        ({"basis": "依据相关政策文件确定"}, "警告 JX601："),
        ({"basis": "玉发[2005]11号"}, "提示 JX602："),
        ({"level1": "效益指标"}, "错误 JX403：二级指标“数量指标”应在一级指标“产出指标”下"),
        ({"level1": "成果"}, "错误 JX403：一级指标“成果”不在本口径的指标体系内"),
        ({"level2": "成本指标", "level3": "成本控制", "value": "≤4.1万元"}, "错误 JX202："),
        ({"level2": "成本指标", "level3": "成本控制", "value": "≤4万元"}, "提示 JX203："),
        ({"description": "更好的提升参训人员能力"}, "警告 JX903："),
    ],
)
def test_the_gravest_finding_of_a_row_is_told_with_severity_and_code(changes: dict[str, Any], answer: str) -> None:
    assert verdict(**changes).startswith(answer)


def test_an_error_comes_before_the_warnings_left_of_it() -> None:
    assert verdict(description="更好的提升", basis="依据相关政策文件确定", value="200").startswith("错误 JX503")


def test_a_sheet_in_ten_thousands_is_compared_in_ten_thousands() -> None:
    cost = {"level2": "成本指标", "level3": "成本控制", "description": "总成本", "value": "≤30万元"}
    assert verdict(**cost, budget=30.0, unit="单位：万元") == "✓"
    assert verdict(**cost, budget=29.0, unit="万元").startswith("错误 JX202")
    assert verdict(**cost, budget=30.0, unit="元").startswith("错误 JX202")


def test_levels_of_the_other_profile_are_no_fault_of_a_row() -> None:
    cost = ("成本指标", "经济成本指标", "培训总成本", "全年培训支出", "≤4万元", "《某某办法》")
    assert "JX403" not in udfs.JXCHECK(*cost, 400000.0, "元")
    assert "JX403" not in udfs.JXCHECK("", *cost[1:], 400000.0, "万元")
    assert udfs.JXCHECK(*cost[:4], "严格控制", *cost[5:]).startswith("错误 JX509")


def test_what_hinges_on_an_unreadable_cell_is_not_passed() -> None:
    assert verdict(value="#REF!") == "错误 JX501：指标值的单元格是错误值 #REF!，读不出内容"
    assert verdict(value=DAY).startswith("错误 JX501：指标值被 Excel 自动变成了日期 2024-03-05")
    assert verdict(basis="#NAME?") == "未校验：取决于指标值确定依据（单元格内容“#NAME?”无法读取）"
    assert verdict(budget="4万元左右") == "未校验：取决于预算数（单元格内容“4万元左右”无法读取）"


def test_a_long_text_gives_a_short_answer() -> None:
    assert len(verdict(value="有效提升" * 8000)) <= 160


def findings_of_row(department: Department, project: Project, indicator: Indicator) -> set[str]:
    """What the full check marks at the row where it is the table's only one, as JXCHECK would say it."""
    alone = replace(department, projects=(replace(project, indicators=(indicator,)),))
    report = check(alone, RuleChoices(), today=date(2024, 10, 15))
    places = {indicator.origin.place(name) for name in indicator.origin.cells}
    here = [finding for finding in report.findings if finding.place in places]
    return {f"{finding.severity.label} {finding.code}：{finding.message}" for finding in here}


def placed(department: Department) -> Department:
    """With a cell for every field, as if it had been read from a workbook without a budget year."""

    def at(sheet: str, row: int, indicator: Indicator) -> Indicator:
        fields = ("level1", "level2", "level3", "description", "value", "basis")
        return replace(indicator, origin=Origin(sheet, {name: (row, column) for column, name in enumerate(fields, 1)}))

    def all_at(project: Project) -> Project:
        rows = enumerate(project.indicators, 1)
        return replace(project, indicators=tuple(at(project.code, number, one) for number, one in rows))

    return replace(department, year=None, projects=tuple(all_at(project) for project in department.projects))


@pytest.mark.parametrize("department", [real_department(), sample_department(12)], ids=["real", "invented"])
def test_a_row_is_told_what_the_full_check_tells_of_it_and_nothing_else(department: Department) -> None:
    department = placed(department)
    told = set()
    for project in department.projects:
        budget = money_to_number(project.budget) if project.budget else None
        for indicator in project.indicators:
            texts = (indicator.level3, indicator.description, indicator.value.text, indicator.basis)
            answer = udfs.JXCHECK(indicator.level1, indicator.level2, *texts, budget, project.money_unit)
            assert answer in (findings_of_row(department, project, indicator) or {"✓"})
            told.add(answer[:2])
    assert told >= {"警告", "✓"} or told >= {"警告", "错误"}


# JXVALUE, JXNORM


@pytest.mark.parametrize(
    ("text", "operator", "number", "unit", "kind"),
    [
        ("≥90%", "≥", 90.0, "%", "定量"),
        ("大于等于 80％", "≥", 80.0, "%", "定量"),
        ("不超过5.5万元", "≤", 5.5, "万元", "定量"),
        ("1,200人次", "", 1200.0, "人次", "定量"),
        ("3-5次", "", "3-5", "次", "定量"),
        ("12月底前", "", "", "", "定性"),
        ("如期完成", "", "", "", "定性"),
        (0.9, "", 0.9, "", "定量"),
        (True, "", "", "", "定性"),
        (None, "", "", "", ""),
        ("", "", "", "", ""),
    ],
)
def test_a_value_has_its_parts(text: Any, operator: str, number: str | float, unit: str, kind: str) -> None:
    expected = [operator, number, unit, kind]
    for parts in (("符号", "数值", "单位", "类型"), ("operator", "Number", "UNIT", " kind "), (1.0, 2.0, 3, "4")):
        assert [udfs.JXVALUE(text, part) for part in parts] == expected


def test_a_number_with_hundreds_of_digits_stays_a_text() -> None:
    assert udfs.JXVALUE("9" * 400 + "次", "数值") == "9" * 400


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (" >= 90 % ", "≥90%"),
        ("289份", "＝289份"),
        ("不低于90%", "≥90%"),
        ("３ - ５ 次", "3-5次"),
        ("≥3", "≥3"),
        ("200", "200"),
        (200.0, "200"),
        ("如期完成", "如期完成"),
        ("12月底前", "12月底前"),
        (None, ""),
        ([["289份"]], "＝289份"),
    ],
)
def test_a_value_is_brought_into_its_normal_form(text: Any, normal: str) -> None:
    assert udfs.JXNORM(text) == normal
    assert udfs.JXNORM(normal) == normal


# JXCODE


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("13022924P004R2810292F", "✓"),
        (" 13022924P004R2810292F ", "✓"),
        ("13022924T004R28102920", "✓"),
        (None, ""),
        ("13022924P004R281029F", "错误 JX102：项目编码“13022924P004R281029F”共 20 位，应为 21 位"),
        ("13022924p004R2810292F", "错误 JX102：项目编码“13022924p004R2810292F”第 9 位是小写字母“p”，应为大写“P”"),
        (130229240040281.0, "错误 JX102：项目编码“130229240040281”共 15 位，应为 21 位"),
    ],
)
def test_a_project_code_is_checked(code: Any, answer: str) -> None:
    assert udfs.JXCODE(code) == answer


def test_a_check_character_that_differs_is_a_hint_with_its_way_out() -> None:
    answer = udfs.JXCODE("13022924P004R2810229F")
    assert answer.startswith("警告 JX103：")
    assert answer.endswith("核对无误的可忽略")


# JXPLAN, JXCURVE, JXPROGRESS, JXVER


@pytest.mark.parametrize(
    "shares",
    [
        SHARES,
        (tuple(SHARES),),
        [[share] for share in SHARES],
        ["20%", "50％", " 80 %", "100%"],
        [20.0, 50.0, 80.0, 100.0],
        [*SHARES, None, ""],
    ],
)
def test_node_amounts_come_from_shares_in_any_spelling(shares: Any) -> None:
    assert [udfs.JXPLAN(40000.0, shares, node) for node in (1.0, 2, "3", 4.0)] == [8000.0, 20000.0, 32000.0, 40000.0]


def test_node_amounts_are_exact_where_a_spreadsheet_rounds_a_binary_fraction() -> None:
    assert udfs.JXPLAN(1.15, [0.3, 1.0], 1.0) == 0.35
    assert udfs.JXPLAN("1,000,000.01", [0.5, 1.0], 1.0) == 500000.01
    assert udfs.JXPLAN(1000000.01, 1.0, 1.0) == 1000000.01


def test_a_node_is_computed_though_a_later_one_is_not_yet_filled_in() -> None:
    assert udfs.JXPLAN(40000.0, [0.2, None, "未定", 1.0], 1.0) == 8000.0


def test_the_curve_runs_through_the_nodes_and_between_them() -> None:
    headings = ("3月底", "6月底", "10月末", "12月底", None)
    for months in (MONTHS, headings, [["3"], ["6月"], [10.0], ["12"]]):
        amounts = [udfs.JXCURVE(40000.0, SHARES, months, month) for month in (0.0, 1.0, 3.0, 4.0, "6月底", 12)]
        assert amounts == [0.0, 2666.67, 8000.0, 12000.0, 20000.0, 40000.0]


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 100), min_size=3, max_size=3).map(sorted),
)
def test_functions_and_curves_never_disagree(fen: int, percents: list[int]) -> None:
    plan = SpendPlan(tuple(Node(int(m), Decimal(p)) for m, p in zip(MONTHS, [*percents, 100], strict=True)))
    curve = spending_curve(Project(budget=Money(fen), plan=plan))
    assert curve is not None
    shares = [share / 100 for share in (*percents, 100)]
    nodes = [udfs.JXPLAN(fen / 100, shares, node) for node in range(1, 5)]
    assert nodes == [money_to_number(node.amount) for node in curve.nodes]
    months = [udfs.JXCURVE(fen / 100, shares, MONTHS, month) for month in range(1, 13)]
    assert months == [money_to_number(amount) for amount in curve.monthly]


def test_time_progress_is_a_fraction_of_the_year() -> None:
    assert [udfs.JXPROGRESS(month) for month in (0.0, 3.0, "6", "9月底", 12)] == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_the_version_is_a_number() -> None:
    assert f"{udfs.JXVER():06d}" == "".join(f"{int(part):02d}" for part in __version__.split("."))
