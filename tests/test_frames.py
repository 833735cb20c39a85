"""The frames: rows, dtypes, exact sums, and frames without a row."""

from __future__ import annotations

import pandas as pd

from jixiao.curves import department_curves
from jixiao.frames import curves_frame, findings_frame, indicators_frame, projects_frame
from jixiao.model.records import Department
from jixiao.rules.runner import Report
from jixiao.sample import real_department
from tests.case_files import build_department
from tests.report_samples import NODES, curves, department, report


def test_projects_are_rows_with_exact_amounts_in_fen() -> None:
    frame = projects_frame(real_department())
    assert len(frame) == 7
    assert frame["budget_fen"].sum() == 112_260_000
    assert str(frame["budget_fen"].dtype) == "Int64"
    assert frame.loc[frame["name"] == "代表之家联络站", "budget_fen"].tolist() == [4_000_000]


def test_an_empty_budget_is_missing_and_not_nothing() -> None:
    frame = projects_frame(department())
    assert frame["budget_fen"].isna().tolist() == [False, True]
    assert frame["budget_fen"].sum() == 4_000_000


def test_the_plan_has_a_column_for_every_month_stated_anywhere() -> None:
    other = {"code": "x", "plan": {"6": "40", "9": "", "12": "100"}}
    frame = projects_frame(build_department({"projects": [{}, other]}))
    columns = [name for name in frame.columns if name.startswith("share_")]
    assert columns == ["share_3", "share_6", "share_9", "share_10", "share_12"]
    assert frame["share_6"].tolist() == [50.0, 40.0]
    assert frame["share_9"].isna().all() and frame["share_3"].isna().tolist() == [False, True]


def test_indicators_are_rows_with_the_value_taken_apart() -> None:
    rows = [
        ["产出指标", "成本指标", "总成本", "全部支出", "≤30.03万元", "《办法》"],
        ["产出指标", "质量指标", "效果", "说明", "满意", ""],
    ]
    frame = indicators_frame(build_department({"basic": {"indicators": rows[1:]}, "indicators": rows[:1]}))
    assert frame["kind"].tolist() == ["basic", "project"]
    text, cost = frame.to_dict("records")
    assert (cost["operator"], cost["number"], cost["unit"], cost["value_kind"]) == ("≤", 30.03, "万元", "number")
    assert (cost["sheet"], cost["row"], cost["project"]) == ("project 1 indicator 1", 1, "示范培训项目")
    assert text["value"] == "满意" and pd.isna(text["number"]) and pd.isna(text["operator"])


def test_findings_keep_the_order_of_the_report_and_their_severities_are_ordered() -> None:
    frame = findings_frame(report())
    assert frame["code"].tolist() == ["JX206", "JX501", "JX511", "JX305", "JX702"]
    assert frame.loc[frame["severity"] >= "warning", "code"].tolist() == ["JX206", "JX501", "JX511"]
    assert frame["cell"].tolist() == ["C8", "E12", "E13", "D7", ""]
    assert frame["row"].tolist()[:4] == [8, 12, 13, 7] and frame["row"].isna().tolist()[4]
    assert frame["indicator"].isna().tolist() == [True, False, False, True, True]


def test_curves_are_twelve_months_each_and_agree_with_the_exact_curves() -> None:
    exact = department_curves(real_department(), NODES)
    frame = curves_frame(exact)
    assert len(frame) == 12 * (2 + 9)
    projects = frame[frame["series"] == "projects_total"]
    assert projects.loc[projects["is_node"], "amount_fen"].tolist() == [23_780_000, 59_130_000, 87_888_000, 112_260_000]
    single = frame[frame["series"].isin(["project", "basic"])].groupby("month")["amount_fen"].sum()
    assert single.tolist() == [amount.fen for amount in exact.department.monthly]


def test_shares_stand_beside_linear_progress() -> None:
    frame = curves_frame(curves())
    june = frame[(frame["series"] == "project") & (frame["month"] == 6)].iloc[0]
    assert (june["share"], june["linear_share"]) == (50.0, 50.0)


def test_frames_without_a_row_have_the_same_columns_and_dtypes() -> None:
    full, empty = report(), Report(Department(), ())
    assert findings_frame(empty).dtypes.equals(findings_frame(full).dtypes)
    assert indicators_frame(Department()).dtypes.equals(indicators_frame(full.department).dtypes)
    assert projects_frame(Department()).columns.tolist() == projects_frame(full.department).columns.tolist()[:11]
    assert curves_frame(department_curves(Department(), NODES)).dtypes.equals(curves_frame(curves()).dtypes)
