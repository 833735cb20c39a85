"""校验设置: rules off, other severities and parameters, and warnings somebody chose not to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from jixiao.commands import validate
from jixiao.engine.file import open_book
from jixiao.judging import Outcome, judge
from jixiao.rules.core import Severity
from jixiao.sample import real_department
from jixiao.workbook import layout
from jixiao.workbook.grid import CellValue, Grid
from jixiao.workbook.layout import Kind
from tests import workbooks

TODAY = date(2024, 10, 15)
SETTINGS = Kind.SETTINGS.value
SUPPRESSIONS = 8  # column of 忽略的代码, from 0
PROJECT = "代表之家联络站"


@pytest.fixture(scope="module")
def grids(tmp_path_factory: pytest.TempPathFactory) -> list[Grid]:
    return workbooks.grids_of(tmp_path_factory.mktemp("real"), real_department())


def row_of(grid: Grid, code: str) -> int:
    return next(number for number, row in enumerate(grid.rows, 1) if row and row[0] == code)


def with_setting(grids: list[Grid], code: str, column: int, value: CellValue) -> list[Grid]:
    settings = workbooks.named(grids, SETTINGS)
    changed = workbooks.with_cell(settings, row_of(settings, code), column, value)
    return [changed if grid is settings else grid for grid in grids]


def with_suppression(grids: list[Grid], *cells: CellValue) -> list[Grid]:
    settings = workbooks.named(grids, SETTINGS)
    changed = settings
    for offset, value in enumerate(cells):
        changed = workbooks.with_cell(changed, layout.SETTINGS_HEADER_ROW + 1, SUPPRESSIONS + 1 + offset, value)
    return [changed if grid is settings else grid for grid in grids]


def told(grids: list[Grid]) -> Outcome:
    return judge(grids, today=TODAY)


def codes(outcome: Outcome, sheet: str = "") -> list[str]:
    return [f.code for f in outcome.report.findings if sheet in ("", f.place.sheet)]


def test_a_rule_switched_off_is_silent(grids: list[Grid]) -> None:
    assert "JX601" in codes(told(grids))
    assert "JX601" not in codes(told(with_setting(grids, "JX601", 3, "否")))


def test_another_severity_is_used(grids: list[Grid]) -> None:
    outcome = told(with_setting(grids, "JX601", 4, "提示"))
    assert {f.severity for f in outcome.report.findings if f.code == "JX601"} == {Severity.INFO}


def test_another_parameter_is_used(grids: list[Grid]) -> None:
    assert "JX305" in codes(told(grids))
    assert "JX305" not in codes(told(with_setting(grids, "JX305", 6, 20.0)))


def test_a_parameter_that_is_no_number_is_reported_and_not_used(grids: list[Grid]) -> None:
    outcome = told(with_setting(grids, "JX305", 6, "很多"))
    assert "JX305" in codes(outcome)
    assert [entry.codes for entry in outcome.report.unchecked] == [("JX305",)]
    assert "很多" in outcome.report.unchecked[0].why


def test_a_list_as_parameter_is_read_as_one(grids: list[Grid]) -> None:
    outcome = told(with_setting(grids, "JX103", 6, "P、T"))
    assert outcome.reading.choices.parameters["JX103"]["kinds"] == ["P", "T"]


def test_a_suppressed_warning_is_listed_with_who_why_and_until(grids: list[Grid]) -> None:
    outcome = told(with_suppression(grids, "JX601", PROJECT, "G11", "省厅口头要求", "王会计", "2024-12-31"))
    one = outcome.report.suppressed[0]
    assert (one.finding.place.a1, one.by.person, one.by.reason, one.by.until) == (
        "G11", "王会计", "省厅口头要求", "2024-12-31",
    )  # fmt: skip
    assert len(outcome.report.suppressed) == 1
    assert codes(outcome, PROJECT).count("JX601") == codes(told(grids), PROJECT).count("JX601") - 1


def test_without_a_cell_the_whole_sheet_is_meant_and_dates_may_be_dates(grids: list[Grid]) -> None:
    outcome = told(with_suppression(grids, "jx601", PROJECT, None, "按省厅口径", "王会计", datetime(2024, 12, 31)))
    assert "JX601" not in codes(outcome, PROJECT)
    assert "JX601" in codes(outcome)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("JX601", PROJECT, None, "按省厅口径", "王会计", "2024-10-14"), "到期"),
        (("JX601", PROJECT, None, None, "王会计", "2024-12-31"), "理由"),
        (("JX601", PROJECT, None, "按省厅口径", None, "2024-12-31"), "负责人"),
        (("JX601", PROJECT, None, "按省厅口径", "王会计", None), "有效期"),
        (("JX601", PROJECT, None, "按省厅口径", "王会计", "年底"), "不是日期"),
        (("JX999", PROJECT, None, "按省厅口径", "王会计", "2024-12-31"), "没有规则"),
        (("JX202", None, None, "按省厅口径", "王会计", "2024-12-31"), "错误"),
    ],
)
def test_a_suppression_that_does_not_hold_is_said_and_suppresses_nothing(
    grids: list[Grid], cells: tuple[CellValue, ...], why: str
) -> None:
    outcome = told(with_suppression(grids, *cells))
    assert why in outcome.report.void[0][1]
    assert outcome.report.suppressed == ()
    assert codes(outcome) == codes(told(grids))


@pytest.mark.parametrize("place", [(PROJECT, "G12"), ("没有这张表", None)])
def test_a_suppression_that_covers_nothing_is_said(grids: list[Grid], place: tuple[str, str | None]) -> None:
    outcome = told(with_suppression(grids, "JX602", *place, "省厅口头要求", "王会计", "2024-12-31"))
    assert [(one.code, why.split("，")[0]) for one, why in outcome.report.void] == [("JX602", "没有找到对应的问题")]


def test_nothing_is_said_of_a_suppression_whose_rule_was_not_run(grids: list[Grid]) -> None:
    suppressed = with_suppression(grids, "JX602", "没有这张表", None, "省厅口头要求", "王会计", "2024-12-31")
    assert judge(suppressed, today=TODAY, codes={"JX101"}).report.void == ()


def test_suppressions_stand_in_the_list_of_findings(tmp_path: Path) -> None:
    path = workbooks.written(tmp_path, replace(real_department(), overall_goal="全年完成培训12次。"))
    book = open_book(path)
    row = layout.SETTINGS_HEADER_ROW + 1
    book.sheets[SETTINGS].range(f"I{row}:N{row}").value = [
        "JX601",
        PROJECT,
        "G11",
        "按省厅口径",
        "王会计",
        "'2024-12-31",
    ]
    validate(book, today=TODAY)
    rows = book.sheets[Kind.FINDINGS.value].used_range.options(ndim=2).value
    assert [row[1:5] for row in rows if row[1] == "已忽略"] == [["已忽略", "JX601", PROJECT, "G11"]]
    assert "王会计" in next(row[10] for row in rows if row[1] == "已忽略")
    book.close()
