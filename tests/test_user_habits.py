"""What people do to a workbook that was theirs to change: it is read as they mean it, and nothing is made up."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao import files
from jixiao.commands import judge_book
from jixiao.engine.file import engine, open_book
from jixiao.judging import Outcome, judge_file, rule_codes
from jixiao.model.value import parse_value
from jixiao.normalise import needs_normal_form
from jixiao.rules.core import Severity
from jixiao.sample import real_department
from jixiao.workbook.layout import SHEET_TITLES, Kind
from tests import workbooks
from tests.test_cli import ERRORS_FOUND, FAILED, Capture, run

REAL = real_department()
FORM = REAL.projects[0].name
RESULTS = (Kind.SUMMARY, Kind.INDICATORS, Kind.CURVE, Kind.FINDINGS)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbooks.written(tmp_path, REAL)


def changed(book: Path, change: Callable[[Worksheet], object], sheet: str = FORM) -> Outcome:
    opened = openpyxl.load_workbook(book)
    change(opened[sheet])
    opened.save(book)
    return judge_file(book)


def found(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(one.code, one.place.sheet, one.place.a1) for one in outcome.report.findings]


def put(cells: dict[str, object]) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for place, value in cells.items():
            sheet[place] = value

    return change


@pytest.mark.parametrize(
    "lines",
    [
        {"A": "填报人：张三", "D": "联系电话：0315-6112345", "F": "填报日期：2025年1月5日"},
        {"A": "单位负责人签字：", "D": "财务负责人：李四"},
        {"A": "合计", "D": "3项", "F": "100分"},
        {"A": "备注：以上数据以批复为准"},
    ],
)
@pytest.mark.parametrize("below", [1, 2])
def test_what_stands_below_the_table_is_no_indicator(book: Path, lines: dict[str, object], below: int) -> None:
    before = found(judge_file(book))
    last = openpyxl.load_workbook(book)[FORM].max_row
    after = changed(book, put({f"{column}{last + below}": text for column, text in lines.items()}))
    assert found(after) == before


@pytest.mark.parametrize(("cell", "field"), [("C4", "code"), ("C9", "goal"), ("E4", "name"), ("C5", "budget")])
def test_an_empty_field_is_reported_where_it_is_to_be_filled_in(book: Path, cell: str, field: str) -> None:
    before = set(found(judge_file(book)))
    outcome = changed(book, put({cell: None}))
    new = [one for one in outcome.report.findings if (one.code, one.place.sheet, one.place.a1) not in before]
    assert [one.place.a1 for one in new if one.code == "JX101" and one.field == field] == [cell]


@pytest.mark.parametrize(
    ("headings", "months"),
    [
        (("一季度", "二季度", "三季度", "四季度"), (3, 6, 9, 12)),
        (("第一季度末", "第二季度末", "第三季度末", "第四季度末"), (3, 6, 9, 12)),
        (("3月底前", "6月底前", "9月底前", "12月底前"), (3, 6, 9, 12)),
        (("三月底", "六月底", "十月底", "十二月底"), (3, 6, 10, 12)),
        (("3月31日", "6月30日", "10月31日", "12月31日"), (3, 6, 10, 12)),
        (("1-3月", "1-6月", "1－10月", "1-12月"), (3, 6, 10, 12)),
        (("截至3月底", "上半年", "截至10月底", "全年"), (3, 6, 10, 12)),
        (("3月底累计", "6月底累计", "10月底累计", "12月底累计"), (3, 6, 10, 12)),
    ],
)
def test_the_plan_s_nodes_are_headed_in_many_ways(
    book: Path, headings: tuple[str, ...], months: tuple[int, ...]
) -> None:
    places = ["C7", "D7", "E7", "F7"]
    sheet = openpyxl.load_workbook(book)[FORM]
    assert [sheet[place].value for place in places] == ["3月底", "6月底", "10月底", "12月底"]
    project = changed(book, put(dict(zip(places, headings, strict=True)))).reading.department.projects[0]
    assert tuple(node.month for node in project.plan.nodes) == months
    assert project.plan.shares == REAL.projects[0].plan.shares


def test_results_that_were_deleted_are_made_anew_and_are_no_forms(book: Path) -> None:
    before = found(judge_file(book))
    opened = openpyxl.load_workbook(book)
    for kind in RESULTS:
        del opened[kind.value]
    opened.save(book)
    files.mark_file(book, book, None)
    files.summary_file(book, book)
    again = judge_file(book)
    assert found(again) == before
    assert {kind: again.reading.kinds.get(kind.value) for kind in RESULTS} == {kind: kind for kind in RESULTS}
    made = openpyxl.load_workbook(book)
    assert [made[kind.value]["A1"].value for kind in RESULTS] == [SHEET_TITLES[kind] for kind in RESULTS]


def test_a_list_of_findings_without_its_title_is_no_form(book: Path) -> None:
    files.mark_file(book, book, None)
    before = found(judge_file(book))
    assert found(changed(book, lambda sheet: sheet.delete_rows(1, 3), Kind.FINDINGS.value)) == before


def test_a_list_of_projects_under_another_name_is_no_form(book: Path) -> None:
    files.summary_file(book, book)
    opened = openpyxl.load_workbook(book)
    copy = opened.copy_worksheet(opened[Kind.INDICATORS.value])
    copy.title, copy["A1"] = "2025年指标库", "2025年指标库"
    opened.save(book)
    outcome = judge_file(book)
    assert len(outcome.reading.department.projects) == len(REAL.projects)
    assert [one.why[:3] for one in outcome.reading.unchecked if one.place.sheet == "2025年指标库"] == ["未识别"]


def settings_row(sheet: Worksheet, code: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == code)


@pytest.mark.parametrize(("heading", "entry"), [("级别", "严重"), ("启用", "不")])
def test_a_choice_that_is_not_understood_is_told(book: Path, heading: str, entry: str) -> None:
    def choose(sheet: Worksheet) -> None:
        column = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == heading)
        sheet.cell(settings_row(sheet, "JX502"), column).value = entry

    told = changed(book, choose, Kind.SETTINGS.value).report.unchecked
    assert [one.why for one in told if f"规则 JX502 的“{heading}”填了“{entry}”，应为" in one.why]


@pytest.mark.parametrize(
    ("value", "needed"), [("289份", True), ("5000余份", False), ("7000人左右", False), ("≥3次", False)]
)
def test_about_so_many_does_not_become_exactly_so_many(value: str, needed: bool) -> None:
    assert needs_normal_form(parse_value(value)) is needed


def test_codes_may_be_parted_by_commas() -> None:
    assert rule_codes(["JX301,JX302", "jx303"], []) == {"JX301", "JX302", "JX303"}


def test_a_report_replaces_no_pipe_or_device(book: Path, capsys: Capture) -> None:
    pipe = book.with_name("管道")
    os.mkfifo(pipe)
    assert run("validate", book, "-o", pipe) == FAILED
    assert "这不是普通文件" in capsys.readouterr().err
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("shares", "read", "points"),
    [
        ((25, 0.5, 0.75, 1), (25, 50, 75, 100), 1),
        (("25%", "50％", "0.75", "100"), (25, 50, 75, 100), 2),
        ((20, 50, 80, 100), (20, 50, 80, 100), 4),
        ((1, 25, 50, 100), (1, 25, 50, 100), 4),
        ((0.2, 0.5, 0.8, 1), (20, 50, 80, 100), 0),
    ],
)
def test_percentages_typed_in_different_ways_are_each_read_as_they_are_meant(
    book: Path, shares: tuple[object, ...], read: tuple[int, ...], points: int
) -> None:
    places = ["C8", "D8", "E8", "F8"]
    outcome = changed(book, put(dict(zip(places, shares, strict=True))))
    project = outcome.reading.department.projects[0]
    assert [float(share or 0) for share in project.plan.shares] == list(map(float, read))
    assert sum(defect.kind == "points" for defect in project.origin.defects.values()) == points
    own = [one.code for one in outcome.report.findings if one.place.sheet == FORM and one.code in ("JX303", "JX304")]
    assert own == []


@pytest.mark.parametrize(
    "line",
    ["101001-{name}", "填报单位：101001－{name}", "预算单位：{name}（101001）", "{name}(101001)", "101001 {name}"],
)
def test_the_unit_s_line_is_written_in_many_ways(book: Path, line: str) -> None:
    outcome = changed(book, put({"A3": line.format(name=REAL.unit_name)}))
    project = outcome.reading.department.projects[0]
    assert (project.unit_code, project.unit_name) == ("101001", REAL.unit_name)
    assert not [one for one in outcome.report.findings if one.code == "JX106"]


def test_a_date_as_a_deadline_is_no_error(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)[FORM]
    row = next(cell.row for cell in sheet["C"] if cell.value == "时效指标")
    outcome = changed(book, put({f"F{row}": date(2024, 12, 31)}))
    own = [one for one in outcome.report.findings if one.place.sheet == FORM and one.place.a1 == f"F{row}"]
    assert [(one.code, one.severity, "12月31日前" in one.advice) for one in own] == [("JX501", Severity.INFO, True)]


def test_a_form_without_columns_for_marks_is_named(book: Path, capsys: Capture) -> None:
    changed(book, lambda sheet: sheet.delete_cols(9, 7))
    assert run("validate", book, "--mark", "--in-place") == ERRORS_FOUND
    assert f"“{FORM}” 没有“校验”“标记”两列，没有写标记" in capsys.readouterr().err


def with_empty_cells(sheet: Worksheet) -> None:
    """Row 12 has a 一级 of its own, but neither 二级 nor 依据."""
    for area in [area for area in sheet.merged_cells.ranges if area.min_col == 1 and area.min_row > 10]:
        sheet.unmerge_cells(area.coord)
    put({"A12": sheet["A11"].value, "C11": "数量指标", "C12": None, "G12": None})(sheet)


def with_merged_cells(sheet: Worksheet) -> None:
    with_empty_cells(sheet)
    sheet.merge_cells("C11:C12")
    sheet.merge_cells("G11:G12")


@pytest.mark.parametrize("opened", [False, True])
def test_a_cell_merged_with_the_one_above_says_what_that_one_says(book: Path, opened: bool) -> None:
    outcome = changed(book, with_merged_cells)
    if opened:
        outcome = judge_book(open_book(book))
        engine.app.quit()
    first, second = outcome.reading.department.projects[0].indicators[:2]
    assert (second.level2, second.basis) == ("数量指标", first.basis) and first.basis
    assert second.origin.place("basis").a1 == "G11"
    own = [one for one in outcome.report.findings if one.place.sheet == FORM]
    assert not [one for one in own if one.code == "JX101" and one.field in ("level2", "basis")]


def test_an_empty_cell_below_a_filled_one_is_missing_all_the_same(book: Path) -> None:
    outcome = changed(book, with_empty_cells)
    own = [one for one in outcome.report.findings if one.place.sheet == FORM and one.code == "JX101"]
    assert {"C12", "G12"} <= {one.place.a1 for one in own}
