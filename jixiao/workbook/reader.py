"""From grids to the department: which sheet is what, what each says, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from jixiao.model.narrative import Passage
from jixiao.model.origin import Defect, Place, column_letters
from jixiao.model.records import BasicExpenditure, Department, Project
from jixiao.model.value import fold
from jixiao.rules.core import RuleChoices
from jixiao.rules.runner import Unchecked
from jixiao.workbook import labels
from jixiao.workbook.block import forms_in, map_of, whole, width_of
from jixiao.workbook.cells import is_empty, read_year
from jixiao.workbook.choices import read_choices
from jixiao.workbook.form_map import SheetMap
from jixiao.workbook.forms import read_basic, read_project, right_of
from jixiao.workbook.grid import CannotRead, Grid
from jixiao.workbook.labels import Hit
from jixiao.workbook.layout import FLAGS_HEADING, MARKS_HEADING, SHEET_TITLES, TITLE_ROWS, Kind

if TYPE_CHECKING:
    from jixiao.workbook.narrative_sheet import NarrativeSheet

_KIND_OF_TITLE = {fold(title): kind for kind, title in SHEET_TITLES.items()}
_TITLE_SIGNS = {title[0] for title in _KIND_OF_TITLE}
_RESULTS = (Kind.SUMMARY, Kind.INDICATORS, Kind.CURVE, Kind.FINDINGS)  # full of labels and titles of others
_KIND_OF_NAME = {kind.value: kind for kind in SHEET_TITLES}


@dataclass(frozen=True, slots=True)
class MarkColumns:
    """Where a sheet's marks go: the row of the headings 校验 and 标记, their columns, the sheet's last row.

    `repeated`: rows below that hold the headings again, as they do above a second form; the first columns serve all.
    """

    heading_row: int
    marks: int
    flags: int
    last_row: int
    repeated: frozenset[int] = frozenset()


@dataclass(slots=True)
class Reading:
    """One workbook as read. `kinds` and `marks` by sheet name; `extents` is (last row, last column) by sheet name."""

    department: Department = field(default_factory=Department)
    choices: RuleChoices = field(default_factory=RuleChoices)
    unchecked: list[Unchecked] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)
    marks: dict[str, MarkColumns] = field(default_factory=dict)
    extents: dict[str, tuple[int, int]] = field(default_factory=dict)
    narrative: NarrativeSheet | None = None

    def sheet_of(self, kind: Kind) -> str | None:
        """The first sheet of the kind."""
        return next((name for name, known in self.kinds.items() if known is kind), None)


def read_workbook(grids: Sequence[Grid]) -> Reading:
    """Raises CannotRead where no sheet is a project's form."""
    reading = Reading()
    projects: list[Project] = []
    basics: list[BasicExpenditure] = []
    blank = 0
    for grid in grids:
        sheet = map_of(grid)
        kind = _kind_of(grid, sheet)
        _keep_sheet(reading, grid, sheet, kind)
        if kind is Kind.DEPARTMENT:
            reading.department = _read_department(grid, sheet)
        elif kind is Kind.BASIC:
            basics += [read_basic(block) for block in forms_in(grid, sheet, labels.BASIC_START)]
        elif kind is Kind.NARRATIVE:
            reading.narrative = reading.narrative or _read_narrative(grid, sheet.hits)
        elif kind is Kind.SETTINGS:
            reading.choices, problems = read_choices(grid)
            reading.unchecked += problems
        elif kind is Kind.PROJECT:
            found = [read_project(block) for block in forms_in(grid, sheet, labels.PROJECT_START)]
            filled = [project for project in found if not is_blank(project)]
            projects += filled
            blank += 0 if grid.name == Kind.BLANK.value else len(found) - len(filled)
            _note_blank(reading, grid, bool(filled))
    if not projects:
        raise CannotRead(_no_projects(blank, Kind.BLANK in reading.kinds.values()))
    basics = [basic for basic in basics if not _is_blank_basic(basic)]
    passages = reading.narrative.passages if reading.narrative else ()
    reading.department = _completed(reading.department, tuple(basics), tuple(projects), passages)
    if reading.sheet_of(Kind.DEPARTMENT) is None:
        reading.unchecked.append(
            Unchecked(Place(Kind.DEPARTMENT.value, 0, 0), "没有“部门信息”表，预算年度、控制数等未校验")
        )
    return reading


def _read_narrative(grid: Grid, hits: Sequence[Hit]) -> NarrativeSheet | None:
    from jixiao.workbook.narrative_sheet import read_narrative  # here: most workbooks have no Part 1

    return read_narrative(grid, hits)


def is_blank(project: Project) -> bool:
    """Nothing of it is filled in but what the form prints."""
    return not (
        project.code or project.name or project.purpose or project.goal or project.indicators
        or project.budget or project.fiscal or project.other
        or any(share is not None for share in project.plan.shares)
        or project.origin.defects.keys() - {"title", "unit_code", "unit_name"}
    )  # fmt: skip


def _is_blank_basic(basic: BasicExpenditure) -> bool:
    return not (
        basic.budget or basic.goal or basic.basis or basic.indicators or basic.origin.defects or any(basic.plan.shares)
    )


def _no_projects(blank: int, form_to_copy: bool) -> str:
    if blank:
        return f"工作簿里的 {blank} 张项目表都还没有填写；请先填写项目表"
    if form_to_copy:
        return f"工作簿里还没有项目表；请复制“{Kind.BLANK.value}”，一个项目一张，填写后再校验"
    return (
        "工作簿里没有项目绩效目标表：没有一张工作表含有“项目编码”“一级指标”“三级指标”等标签；"
        "请确认打开的是绩效目标工作簿"
    )


def _keep_sheet(reading: Reading, grid: Grid, sheet: SheetMap, kind: Kind | None) -> None:
    last_row = grid.first_row + len(grid.rows) - 1
    reading.extents[grid.name] = (last_row, grid.first_column + width_of(grid) - 1)
    if kind is None:
        reading.unchecked.append(Unchecked(Place(grid.name, 0, 0), _why_unknown(grid)))
        return
    reading.kinds[grid.name] = kind
    marks = _mark_columns(grid, sheet, last_row)
    if marks:
        reading.marks[grid.name] = marks
    if grid.stray:
        row, column = grid.stray
        reading.unchecked.append(
            Unchecked(
                Place(grid.name, row, column),
                f"单元格 {column_letters(column)}{row} 远离表格，表格范围以外的内容未校验；请删除该单元格的内容",
            )
        )


def _why_unknown(grid: Grid) -> str:
    if all(is_empty(value) for row in grid.rows for value in row):
        return "未识别：空白工作表"
    return "未识别：不是项目绩效目标表，也不是本工作簿的其他表，内容未校验"


def _note_blank(reading: Reading, grid: Grid, has_filled: bool) -> None:
    if not has_filled:
        if grid.name == Kind.BLANK.value:
            reading.kinds[grid.name] = Kind.BLANK
        else:
            reading.unchecked.append(Unchecked(Place(grid.name, 0, 0), "空白的项目表，尚未填写"))


def _kind_of(grid: Grid, sheet: SheetMap) -> Kind | None:
    named = _KIND_OF_NAME.get(grid.name) if sheet.hits else None
    if named in _RESULTS:
        return named
    for row in grid.rows[:TITLE_ROWS]:
        for value in row:
            if (
                value
                and isinstance(value, str)
                and value.lstrip()[:1] in _TITLE_SIGNS
                and (kind := _KIND_OF_TITLE.get(fold(value)))
            ):
                return kind
    return Kind.PROJECT if sheet.is_project else named


def _mark_columns(grid: Grid, sheet: SheetMap, last_row: int) -> MarkColumns | None:
    first = {hit.label: hit for hit in reversed(sheet.mark_headings)}
    if len(first) < 2:
        return None
    marks, flags = first[MARKS_HEADING], first[FLAGS_HEADING]
    again = (hit for hit in sheet.mark_headings if hit.column == marks.column and hit.row > marks.row)
    return MarkColumns(
        marks.row + grid.first_row,
        marks.column + grid.first_column,
        flags.column + grid.first_column,
        last_row,
        frozenset(hit.row + grid.first_row for hit in again),
    )


def _read_department(grid: Grid, sheet: SheetMap) -> Department:
    block = whole(grid, sheet)
    cells: dict[str, Hit] = {}
    for hit in sheet.inside:
        if name := labels.DEPARTMENT.get(hit.label):
            cells.setdefault(name, hit)
    texts = {
        name: block.text(name, right_of(block, cells.get(name)))
        for name in labels.DEPARTMENT.values()
        if name != "control_total"
    }
    year = read_year(texts["year"])
    if texts["year"] and year is None:
        block.defects["year"] = Defect("unknown", texts["year"])
    return Department(
        unit_code=texts["unit_code"],
        unit_name=texts["unit_name"],
        year=year,
        region=texts["region"],
        profile=texts["profile"],
        control_total=block.amount("control_total", right_of(block, cells.get("control_total")), "元"),
        overall_goal=texts["overall_goal"],
        measures=texts["measures"],
        origin=block.origin(),
    )


def _completed(
    department: Department,
    basics: tuple[BasicExpenditure, ...],
    projects: tuple[Project, ...],
    passages: tuple[Passage, ...],
) -> Department:
    """With what the project sheets say where there is no sheet 部门信息."""
    first = projects[0]
    known = bool(department.origin.sheet)
    return replace(
        department,
        unit_code=department.unit_code if known else first.unit_code,
        unit_name=department.unit_name if known else first.unit_name,
        basics=basics,
        projects=projects,
        passages=passages,
    )
