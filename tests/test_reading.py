"""A workbook is read by its labels, however it was changed, and findings stand where their cells stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.judging import Outcome, judge
from jixiao.model.money import Money
from jixiao.model.records import Department
from jixiao.sample import real_department, sample_department
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import CannotRead, CellValue, Grid
from jixiao.workbook.layout import Kind
from jixiao.workbook.reader import read_workbook
from jixiao.workbook.template import build_workbook
from tests import workbooks

TODAY = date(2024, 10, 15)
REAL = real_department()
PROJECT = "人大专项工作经费"
FORM_WIDTH, FORM_TOP = 7, 2
Key = tuple[str, str, str, int, int, str]


@pytest.fixture(scope="module")
def grids(tmp_path_factory: pytest.TempPathFactory) -> list[Grid]:
    return workbooks.grids_of(tmp_path_factory.mktemp("real"), REAL)


def told(grids: list[Grid]) -> Outcome:
    return judge(grids, today=TODAY)


def said(outcome: Outcome) -> Counter[Key]:
    return Counter(
        (finding.code, finding.field, finding.place.sheet, finding.place.row, finding.place.column, finding.message)
        for finding in outcome.report.findings
    )


def bare(record: Any) -> Any:
    """A record without its origin."""
    if is_dataclass(record) and not isinstance(record, type):
        return {f.name: bare(getattr(record, f.name)) for f in fields(record) if f.name != "origin"}
    if isinstance(record, tuple) and not hasattr(record, "_fields"):
        return [bare(one) for one in record]
    return record


@pytest.mark.parametrize("department", [REAL, sample_department(5)], ids=["real", "sample"])
def test_what_was_written_is_read_back_the_same(tmp_path: Path, department: Department) -> None:
    assert bare(read_workbook(workbooks.grids_of(tmp_path, department)).department) == bare(department)


def test_every_sheet_of_the_template_is_known(grids: list[Grid]) -> None:
    reading = read_workbook(grids)
    assert set(reading.kinds) == {grid.name for grid in grids}
    assert reading.unchecked == []


def test_origins_name_the_cells_of_the_form(grids: list[Grid]) -> None:
    project = next(one for one in read_workbook(grids).department.projects if one.name == PROJECT)
    places = {
        name: project.origin.place(name).a1
        for name in ("title", "code", "name", "budget", "other", "purpose", "plan.3", "goal")
    }
    assert places == {
        "title": "A2", "code": "C4", "name": "E4", "budget": "C5", "other": "G5", "purpose": "B6", "plan.3": "C8",
        "goal": "C9",
    }  # fmt: skip
    assert project.indicators[6].origin.place("value").a1 == "F17"


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_findings_move_with_their_cells(grids: list[Grid], data: st.DataObject) -> None:
    """Blank rows and columns anywhere in a form; findings of empty cells are compared by row alone.

    Where exactly an empty cell stands between two labels no reader can know.
    """
    before = told(grids)
    chosen = data.draw(st.sampled_from([p.name for p in REAL.projects]))
    grid = workbooks.named(grids, chosen)
    row = data.draw(st.integers(FORM_TOP, len(grid.rows)))
    column = data.draw(st.integers(1, FORM_WIDTH))
    changed = workbooks.with_blank_column(workbooks.with_blank_row(grid, row), column)
    after = told([changed if one is grid else one for one in grids])

    def moved(key: Key) -> Key:
        code, field, sheet, at_row, at_column, message = key
        if sheet != chosen or not at_row:
            return key
        return code, field, sheet, at_row + (at_row >= row), at_column + (at_column >= column), message

    empty = {(finding.code, finding.field) for finding in before.report.findings if not finding.value}

    def comparable(counter: Counter[Key]) -> Counter[Key]:
        return Counter({(*key[:4], 0 if key[:2] in empty else key[4], key[5]): n for key, n in counter.items()})

    assert comparable(Counter({moved(key): n for key, n in said(before).items()})) == comparable(said(after))


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(17)), number=st.integers(0, 16), down=st.integers(0, 5), right=st.integers(0, 5))
def test_order_names_and_place_of_sheets_do_not_matter(
    grids: list[Grid], order: list[int], number: int, down: int, right: int
) -> None:
    before = told(grids)
    other_name, old_name = "另一个名字", grids[number].name
    changed = [workbooks.moved(grid, down, right) for grid in grids]
    changed[number] = workbooks.renamed(changed[number], other_name)
    after = told([changed[index] for index in order])

    def moved(key: Key) -> tuple[str, str, str, int, int]:
        code, field, sheet, row, column, _ = key
        sheet = other_name if sheet == old_name else sheet
        return (code, field, sheet, row + down, column + right) if row else (code, field, sheet, row, column)

    across = ("JX105", "JX521")  # they stand on the first of several sheets, whichever that is
    expected = Counter(moved(key) for key in said(before) if key[0] not in across)
    assert Counter(key[:5] for key in said(after) if key[0] not in across) == expected


def test_a_sheet_that_is_not_ours_is_named(grids: list[Grid]) -> None:
    foreign = Grid("车辆台账", [["车牌", "里程"], ["冀B", 12000.0]])
    blank = Grid("Sheet9", [])
    reading = read_workbook([foreign, *grids, blank])
    assert [(entry.place.sheet, entry.why[:3]) for entry in reading.unchecked] == [
        ("车辆台账", "未识别"), ("Sheet9", "未识别"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "value", "code", "field"),
    [
        ((5, 3), "肆万元", "JX205", "budget"),
        ((5, 3), "40000.00", "JX205", "budget"),
        ((5, 3), datetime(2024, 3, 5), "JX205", "budget"),
        ((5, 5), -1.0, "JX205", "fiscal"),
        ((5, 5), 1.005, "JX205", "fiscal"),
        ((8, 3), 20.0, "JX302", "plan.3"),
        ((8, 4), datetime(2024, 3, 5), "JX301", "plan.6"),
        ((8, 4), "一半", "JX301", "plan.6"),
        ((17, 6), datetime(2024, 3, 5), "JX501", "value"),
        ((17, 6), "#REF!", "JX501", "value"),
        ((17, 4), "#NAME?", "JX101", "level3"),
        ((9, 3), "#VALUE!", "JX101", "goal"),
    ],
)
def test_a_cell_that_cannot_be_read_becomes_a_finding_there(
    grids: list[Grid], cell: tuple[int, int], value: CellValue, code: str, field: str
) -> None:
    grid = workbooks.named(grids, PROJECT)
    outcome = told([workbooks.with_cell(grid, *cell, value) if one is grid else one for one in grids])
    found = [f for f in outcome.report.findings if f.code == code and f.field == field and f.place.sheet == PROJECT]
    assert [(finding.place.row, finding.place.column) for finding in found] == [cell]


def test_a_rule_without_its_input_says_so(grids: list[Grid]) -> None:
    grid = workbooks.named(grids, PROJECT)
    outcome = told([workbooks.with_cell(grid, 5, 3, "#REF!") if one is grid else one for one in grids])
    entry = next(one for one in outcome.report.unchecked if one.place.a1 == "C5")
    assert {"JX201", "JX202"} <= set(entry.codes)
    assert "预算数" in entry.why


def test_formulas_without_a_stored_value_are_found_in_a_real_file(tmp_path: Path) -> None:
    book = build_workbook(REAL)
    book[PROJECT]["C5"] = "=E5+G5"
    book[PROJECT]["D17"] = "=1/0"
    book.save(tmp_path / "book.xlsx")
    outcome = told(read_grids(tmp_path / "book.xlsx"))
    cells = {(f.code, f.place.a1) for f in outcome.report.findings if f.place.sheet == PROJECT}
    assert {("JX205", "C5"), ("JX101", "D17")} <= cells


def test_several_forms_on_one_sheet_are_all_read(grids: list[Grid]) -> None:
    first, second = (workbooks.named(grids, project.name) for project in REAL.projects[:2])
    stacked = Grid("全部", [*first.rows, [None], *second.rows])
    names = [project.name for project in read_workbook([stacked]).department.projects]
    assert names == [project.name for project in REAL.projects[:2]]
    titles = [project.title for project in read_workbook([stacked]).department.projects]
    assert titles == [project.title for project in REAL.projects[:2]]


def test_amounts_in_ten_thousands_are_read_in_yuan(grids: list[Grid]) -> None:
    grid = workbooks.with_cell(workbooks.named(grids, PROJECT), 3, 6, "单位：万元")
    grid = workbooks.with_cell(grid, 5, 3, 10.5)
    project = read_workbook([grid]).department.projects[0]
    assert project.budget == Money.of_yuan("105000.00")


def test_levels_are_filled_down_merged_cells(grids: list[Grid]) -> None:
    project = next(one for one in read_workbook(grids).department.projects if one.name == PROJECT)
    assert [indicator.level1 for indicator in project.indicators] == ["产出指标"] * 4 + ["效益指标"] * 4 + [
        "满意度指标"
    ] * 2


@pytest.mark.parametrize(
    ("sheets", "said"),
    [([Grid("随便", [["a", "b"]])], "没有项目绩效目标表"), ([], "没有项目绩效目标表")],
)
def test_a_workbook_without_project_sheets_is_refused(sheets: list[Grid], said: str) -> None:
    with pytest.raises(CannotRead, match=said):
        read_workbook(sheets)


def test_a_blank_template_is_refused_as_not_filled_in(tmp_path: Path) -> None:
    build_workbook(blank_projects=2).save(tmp_path / "book.xlsx")
    with pytest.raises(CannotRead, match="的 2 张项目表都还没有填写"):  # the form to copy is none of the user's
        read_workbook(read_grids(tmp_path / "book.xlsx"))


def test_a_workbook_with_nothing_but_the_form_to_copy_says_what_to_do(tmp_path: Path) -> None:
    build_workbook().save(tmp_path / "book.xlsx")
    with pytest.raises(CannotRead, match="请复制“空白项目表”"):
        read_workbook(read_grids(tmp_path / "book.xlsx"))


def test_a_blank_project_sheet_among_filled_ones_is_named(grids: list[Grid]) -> None:
    blank = workbooks.renamed(workbooks.named(grids, Kind.BLANK.value), "新项目")
    reading = read_workbook([*grids, blank])
    assert [(entry.place.sheet, entry.why) for entry in reading.unchecked] == [("新项目", "空白的项目表，尚未填写")]


def test_a_department_without_its_sheet_takes_the_unit_from_the_projects(grids: list[Grid]) -> None:
    projects = [grid for grid in grids if grid.name in {project.name for project in REAL.projects}]
    reading = read_workbook(projects)
    assert (reading.department.unit_code, reading.department.year) == ("101001", None)
    assert reading.unchecked[0].place.sheet == Kind.DEPARTMENT.value
    assert replace(reading.department, projects=()).unit_name == REAL.unit_name


def test_a_cell_beside_its_heading_s_column_is_read_where_it_stands(grids: list[Grid]) -> None:
    """A heading over two columns, its texts in the second: as other programs write merged columns."""
    grid = workbooks.named(grids, PROJECT)
    moved = workbooks.with_cell(workbooks.with_cell(grid, 11, 1, None), 11, 2, "产出指标")
    project = read_workbook([moved]).department.projects[0]
    assert [indicator.level1 for indicator in project.indicators[:4]] == ["产出指标"] * 4
    assert project.indicators[0].origin.place("level1").a1 == "B11"
