"""The mends that need no judgement: what is listed, and that it is all JX905 reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jixiao.model.records import Department
from jixiao.normalise import changes
from jixiao.rules.core import RuleChoices
from jixiao.rules.runner import check
from jixiao.workbook.reader import read_workbook
from tests.case_files import INDICATORS, build_department
from tests.workbooks import grids_of

HALF = "《某某办法》,按月发放"
FULL = "《某某办法》，按月发放"
ROW = ["产出指标", "数量指标", "发放月数", "按月发放的月数", "＝12月", HALF]


@pytest.fixture
def department() -> Department:
    """A half-width comma in every text that may be mended."""
    return build_department({
        "department": {"overall_goal": HALF, "measures": HALF},
        "basic": {"goal": HALF, "basis": HALF, "indicators": [ROW]},
        "project": {"purpose": HALF, "goal": HALF, "indicators": [[*INDICATORS[0][:2], HALF, HALF, "≥12次", HALF]]},
    })  # fmt: skip


def test_every_text_is_mended_where_it_stands(department: Department) -> None:
    told = [(change.place.sheet, change.field, change.after) for change in changes(department)]
    assert told == [
        ("department", "overall_goal", FULL), ("department", "measures", FULL),
        ("basic", "goal", FULL), ("basic", "basis", FULL), ("basic indicator 1", "basis", FULL),
        ("project 1", "purpose", FULL), ("project 1", "goal", FULL),
        ("project 1 indicator 1", "level3", FULL), ("project 1 indicator 1", "description", FULL),
        ("project 1 indicator 1", "basis", FULL),
    ]  # fmt: skip


def test_what_the_rule_of_punctuation_reports_is_what_is_mended(department: Department) -> None:
    report = check(department, RuleChoices(), today=date(2024, 10, 15), codes=["JX905"])
    reported = {(finding.place.sheet, finding.field) for finding in report.findings}
    assert reported == {(change.place.sheet, change.field) for change in changes(department)}


def test_the_cell_of_a_change_is_the_cell_of_the_workbook(tmp_path: Path, department: Department) -> None:
    grids = {grid.name: grid for grid in grids_of(tmp_path, department)}
    found = changes(read_workbook(list(grids.values())).department)
    assert [change.field for change in found].count("basis") == 3
    for change in found:
        grid = grids[change.place.sheet]
        assert grid.rows[change.place.row - grid.first_row][change.place.column - grid.first_column] == change.before


def test_a_text_in_order_is_not_listed() -> None:
    assert changes(build_department({"basic": {}})) == []
