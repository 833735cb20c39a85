"""The report as text for a terminal and as JSON, and what all reports share."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.curves import department_curves
from jixiao.model.money import Money
from jixiao.model.origin import Defect, Origin, Place
from jixiao.model.records import Department, Project
from jixiao.report.as_json import as_json, curves_as_json
from jixiao.report.columns import columns, elide, pad, wrap
from jixiao.report.common import why_excluded
from jixiao.report.text import as_text
from jixiao.rules.core import RuleChoices, Severity
from jixiao.rules.runner import Report, check
from jixiao.sample import real_department
from tests.case_files import PLAN, TODAY, build_department
from tests.report_samples import HOSTILE, NODES, curves, department, finding, plan, report

WHOLE_TEXT = """\
绩效目标校验结果：目标.xlsx
单位：101001 某某县示范局本级；预算年度：2024年；行政区划：130229；规则口径：河北口径（产出、效益、满意度）；\
项目：2 个；预算合计：140,000.00 元（1 项没有可用的预算数，未计入）
错误 2 条，警告 1 条，提示 2 条；未校验 1 处；未识别 1 张表；已忽略 1 条

【部门】错误 1
  错误  C8  JX206  合计不符
                   建议：填写指标值，如“≥12次”。依据：财预〔2015〕88号 中央部门预算绩效目标管理办法

【1.示范培训（示范培训项目）】错误 1，警告 1，提示 1
  错误  E12  JX501  培训场次：指标值没有填写
                    建议：填写指标值，如“≥12次”。依据：财预〔2015〕88号 中央部门预算绩效目标管理办法
  警告  E13  JX511  及时性：“及时”无法分档评分
                    建议：填写指标值，如“≥12次”。依据：财预〔2015〕88号 中央部门预算绩效目标管理办法
  提示  D7   JX305  10月底计划支出 50%
                    建议：填写指标值，如“≥12次”。依据：财预〔2015〕88号 中央部门预算绩效目标管理办法

【2.另一张表（示范培训项目）】提示 1
  提示  整表  JX702  <script>alert('x')</script> & "引号" ]]> <b>粗</b>
                     建议：<script>alert('x')</script> & "引号" ]]> <b>粗</b>。\
依据：财预〔2015〕88号 中央部门预算绩效目标管理办法

未校验（以下内容没有判断，不等于合格）
  2.另一张表!C5  取决于预算数（单元格内容“#REF!”无法读取）。涉及规则：JX201、JX202

未识别（以下工作表没有读取，不等于合格）
  填写说明  不是项目绩效目标表

已忽略（由本单位决定不再提示）
  警告  1.示范培训!D14  JX512  “进一步”是含糊的词
        理由：上级文件原文；负责人：王会计；有效期至 2025-12-31

未生效的忽略设置
  JX512  1.示范培训!D14 已于 2023-12-31 到期，不再生效

合计：错误 2 条，警告 1 条，提示 2 条；有未校验的内容，不等于合格。
"""


def test_the_text_says_everything_grouped_by_sheet_and_aligned() -> None:
    assert as_text(report(), "目标.xlsx") == WHOLE_TEXT


def test_a_faultless_department_is_said_to_be_so() -> None:
    lines = as_text(Report(department(), ()), "目标.xlsx").splitlines()
    assert lines[-1] == "合计：没有发现问题。"
    assert "未校验" not in "".join(lines)


def test_no_finding_is_no_acquittal_where_something_was_not_judged() -> None:
    text = as_text(Report(department(), (), unchecked=report().unchecked), "目标.xlsx")
    assert text.splitlines()[-1] == "合计：没有发现问题；有未校验的内容，不等于合格。"


def test_two_spendings_on_one_sheet_are_told_apart() -> None:
    place = Place("基本支出", 5, 2)
    both = tuple(replace(finding(place=place), project=name) for name in ("人员经费", "公用经费", "人员经费"))
    lines = as_text(Report(department(), both), "目标.xlsx").splitlines()
    assert [line for line in lines if "【" in line] == [
        "【基本支出（人员经费）】错误 2",
        "【基本支出（公用经费）】错误 1",
    ]


def test_findings_without_a_sheet_stand_under_their_project() -> None:
    placeless = finding(place=Place("", 0, 0))
    assert "【示范培训项目】错误 1" in as_text(Report(department(), (placeless,)), "目标.xlsx").splitlines()


def test_colour_is_there_only_when_asked_for_and_changes_no_word() -> None:
    coloured = as_text(report(), "目标.xlsx", colour=True)
    assert "\x1b[31;1m错误\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == WHOLE_TEXT


def test_text_of_the_workbook_cannot_steer_the_terminal_or_break_the_lines() -> None:
    nasty = finding(message="第一行\n第二行\x1b[2J\x07\r结尾", advice="改\u0000正")
    lines = as_text(Report(department(), (nasty,)), "目标\x1b]0;x\x07.xlsx").splitlines()
    assert "\x1b" not in "".join(lines) and "\x00" not in "".join(lines)
    assert sum("第一行 第二行" in line and "结尾" in line for line in lines) == 1


def test_long_lines_break_below_their_beginning_when_a_width_is_given() -> None:
    lines = as_text(report(), "目标.xlsx", width=60).splitlines()
    assert max(columns(line) for line in lines) <= 62  # a full stop may stand out by its two columns
    start = next(number for number, line in enumerate(lines) if "JX501" in line)
    assert lines[start + 1].startswith(" " * 20 + "建议：")
    assert lines[start + 2].startswith(" " * 20) and not lines[start + 2].startswith(" " * 21)


@given(st.text(alphabet="预算数，。（）《》“”ab1 %≥.", max_size=120), st.integers(20, 60))
def test_breaking_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(line.rstrip("，。）》”％%.")) <= width for line in lines)


def test_chinese_and_full_width_signs_take_two_columns_and_marks_none() -> None:
    assert [columns(text) for text in ("预算", "AB12", "（％", "e\u0301", "\u200b", "≥")] == [4, 4, 4, 1, 0, 2]
    assert pad("整表", 6) == "整表  "


def test_a_cut_text_ends_with_an_ellipsis_and_fits() -> None:
    assert elide("人大代表之家", lambda text: columns(text) <= 8) == "人大代…"[:3] + "…"
    assert elide("短", lambda text: columns(text) <= 8) == "短"


FINDING_KEYS = [
    "code", "name", "severity", "sheet", "cell", "project_code", "project", "indicator", "field", "value",
    "message", "advice", "authority",
]  # fmt: skip


def test_the_json_has_the_promised_keys_in_the_promised_order() -> None:
    content = json.loads(as_json(report(), "目标.xlsx"))
    assert list(content) == [
        "workbook", "department", "counts", "findings", "unchecked", "suppressed", "void",
    ]  # fmt: skip
    assert all(list(one) == FINDING_KEYS for one in content["findings"])
    assert list(content["unchecked"][0]) == ["sheet", "why", "cell", "codes"]
    assert list(content["suppressed"][0]) == ["finding", "by"]
    assert list(content["void"][0]) == ["code", "sheet", "cell", "reason", "person", "until", "why"]
    assert content["counts"] == {"error": 2, "warning": 1, "info": 2}


def test_the_json_gives_the_department_with_exact_amounts() -> None:
    content = json.loads(as_json(report(), "目标.xlsx"))
    assert content["department"] == {
        "unit_code": "101001",
        "unit_name": "某某县示范局本级",
        "year": 2024,
        "region": "130229",
        "profile": "hebei",
        "budget_total": "140000.00",
        "control_total": None,
        "project_count": 2,
    }
    limited = replace(department(), control_total=Money(123456789))
    assert json.loads(as_json(Report(limited, ()), "x"))["department"]["control_total"] == "1234567.89"


def test_the_json_finds_a_finding_word_for_word() -> None:
    first, second, *_, last = json.loads(as_json(report(), "目标.xlsx"))["findings"]
    assert first["indicator"] is None and first["project"] == "" and first["field"] == "control_total"
    assert second["sheet"] == "1.示范培训" and second["cell"] == "E12" and second["indicator"] == "培训场次"
    assert last["value"] == HOSTILE and last["cell"] == "" and last["severity"] == "info"


def test_the_json_is_readable_chinese_indented_by_two() -> None:
    text = as_json(report(), "目标.xlsx")
    assert text.startswith('{\n  "workbook": "目标.xlsx",\n  "department": {\n')
    assert "\\u" not in text


def test_the_curves_of_the_published_department_are_exact_in_json() -> None:
    content = json.loads(curves_as_json(department_curves(real_department(), NODES)))
    assert list(content) == ["department", "projects_total", "projects", "basics", "excluded"]
    assert content["projects_total"]["nodes"] == [
        {"month": 3, "amount": "237800.00", "share": "21.18"},
        {"month": 6, "amount": "591300.00", "share": "52.67"},
        {"month": 10, "amount": "878880.00", "share": "78.29"},
        {"month": 12, "amount": "1122600.00", "share": "100"},
    ]
    assert content["department"]["monthly"][-1] == "7015904.46" and len(content["department"]["monthly"]) == 12
    assert len(content["projects"]) == 7 and list(content["projects"][0]) == ["code", "name", "nodes", "monthly"]
    assert [one["name"] for one in content["basics"]] == ["人员经费", "日常公用经费"]
    assert content["excluded"] == []


def test_what_has_no_curve_is_named_with_the_reason() -> None:
    content = json.loads(curves_as_json(curves()))
    assert content["excluded"] == [{"code": "13022924P004R2810292F", "name": "没有预算的项目", "why": "预算数未填写"}]


@pytest.mark.parametrize(
    ("shares", "why"),
    [
        ({}, "没有资金支出计划"),
        ({3: "20", 6: "", 10: "", 12: "100"}, "资金支出计划缺6月底、10月底的比例"),
        ({3: "20", 6: "120", 12: "100"}, "资金支出计划6月底 120% 不在 0%-100% 之间"),
        ({3: "-5", 12: "100"}, "资金支出计划3月底 -5% 不在 0%-100% 之间"),
        ({3: "50", 6: "20", 12: "100"}, "资金支出计划6月底 20% 低于前一节点的 50%"),
        ({3: "50", 12: "90"}, "资金支出计划最后一个节点（12月底）是 90%，应为 100%"),
        ({12: "50", 6: "100"}, "资金支出计划的月份没有按先后排列"),
    ],
)
def test_the_reason_for_a_missing_curve_is_exact(shares: dict[int, str], why: str) -> None:
    project = Project(budget=Money(100), plan=plan(shares))
    assert not project.plan.is_usable
    assert why_excluded(project) == why


def test_an_unreadable_budget_is_quoted_as_the_reason() -> None:
    origin = Origin("1", {"budget": (4, 3)}, {"budget": Defect("error", "#REF!")})
    assert why_excluded(Project(origin=origin)) == "预算数无法读取（单元格内容“#REF!”）"


def test_a_real_run_appears_in_text_and_json_alike() -> None:
    falling = {"plan": {**PLAN, "10": "40"}}
    outcome = check(build_department({"project": falling}), RuleChoices(), today=TODAY, codes=["JX303"])
    assert outcome.count(Severity.ERROR) == 1
    message = outcome.findings[0].message
    assert message in as_text(outcome, "目标.xlsx")
    assert json.loads(as_json(outcome, "目标.xlsx"))["findings"][0]["message"] == message


def test_a_department_that_says_nothing_still_has_a_report() -> None:
    empty = check(Department(), RuleChoices(), today=date(2024, 1, 1), codes=[])
    assert "项目：0 个；预算合计：0.00 元" in as_text(empty, "空.xlsx")
    assert json.loads(as_json(empty, "空.xlsx"))["department"]["year"] is None
