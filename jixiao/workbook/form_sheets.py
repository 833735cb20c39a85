"""Building the form of a project, and of the basic expenditures, with its drop-downs, hints and helper columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from jixiao.model.money import HUNDRED, Money, money_to_number
from jixiao.model.plan import SpendPlan
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project
from jixiao.profiles import Profile
from jixiao.workbook import form_formulas, layout, style
from jixiao.workbook.build import (
    colour_by_flags,
    colour_when,
    formula,
    input_rule,
    label,
    lines_needed,
    mark_columns,
    print_on_a4,
    put,
    widths,
)
from jixiao.workbook.form_table import HELPER_LOOK, ROW_HEIGHT, build_table, colour_verdicts, rows_of

_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_MONEY_FIELDS = ("budget", "fiscal", "other")
_ALIGNMENTS = {
    "title": style.CENTRE, "unit": style.LEFT_ONE_LINE, "money_unit": style.RIGHT, "code": style.ONE_LINE_TO_FIT,
    "budget": style.CENTRE, "fiscal": style.CENTRE, "other": style.CENTRE, "name": style.CENTRE,
}  # fmt: skip
_PROMPTS = {
    "code": ("项目编码", "21位：区划6位+年度2位+类别1位+顺序码11位+校验码1位，从一体化系统复制"),
    "name": ("项目名称", "与一体化系统中的项目名称一致"),
    "purpose": ("用途", "写清资金用在哪些方面；如写金额，应与预算数一致"),
    "goal": ("绩效目标", "分条写清做什么、做到什么程度、何时完成，尽量用数字"),
}
_TEXT_WIDTH = sum(column.width for column in layout.FORM_COLUMNS[2:])
_LEAST_HEIGHTS = {"purpose": 34.0, "goal": 64.0, "basis": 22.0}


def shifted(area: str, rows: int) -> str:
    """The area, further down."""
    return _REFERENCE.sub(lambda match: f"{match[1]}{int(match[2]) + rows}", area)


def build_project_sheet(sheet: Worksheet, profile: Profile, department: Department, project: Project | None) -> None:
    """A project's form, filled with `project` or blank."""
    own = project or Project()
    _columns(sheet)
    offset = layout.PROJECT_FIRST_ROW - 1
    for row in range(2, layout.PROJECT_TABLE_ROW):
        sheet.row_dimensions[offset + row].height = ROW_HEIGHT
    for cell in layout.PROJECT_FORM:
        _form_cell(sheet, cell, offset, _project_value(cell.field, own, department) if cell.field else None)
    sheet.row_dimensions[offset + 1].height = 30
    _fit_text_row(sheet, offset + 5, "purpose", own.purpose)
    _fit_text_row(sheet, offset + 8, "goal", own.goal)
    _plan(sheet, offset + layout.PROJECT_PLAN_ROW, own.plan, profile, f"$C${offset + 4}")
    header = offset + layout.PROJECT_TABLE_ROW
    last = build_table(sheet, header, rows_of(own.indicators, profile), f"$C${offset + 4}")
    _project_helpers(sheet, offset + 3, header, last)
    _form_look(sheet, last)


def build_basic_sheet(sheet: Worksheet, profile: Profile, department: Department) -> None:
    """基本支出: one block each for 人员经费 and 日常公用经费."""
    _columns(sheet)
    put(sheet, "A2:G2", layout.SHEET_TITLES[layout.Kind.BASIC], font=style.TITLE, alignment=style.CENTRE)
    put(sheet, "A3:E3", _unit_line(department), alignment=style.LEFT_ONE_LINE)
    put(sheet, "F3:G3", f"{layout.MONEY_UNIT_PREFIX}元", alignment=style.RIGHT)
    sheet.row_dimensions[2].height = 30
    row = layout.BASIC_FIRST_ROW
    known = {basic.name: basic for basic in department.basics}
    for name in layout.BASIC_NAMES:
        row = _basic_block(sheet, row, profile, known.get(name, BasicExpenditure(name))) + 2
    _form_look(sheet, row - 2)


def _basic_block(sheet: Worksheet, first: int, profile: Profile, own: BasicExpenditure) -> int:
    offset = first - 1
    for row in range(first, offset + layout.BASIC_TABLE_ROW):
        sheet.row_dimensions[row].height = ROW_HEIGHT
    for cell in layout.BASIC_FORM:
        value = _money_value(own.budget) if cell.field == "budget" else getattr(own, cell.field, None)
        _form_cell(sheet, cell, offset, value)
    _fit_text_row(sheet, offset + 4, "goal", own.goal)
    _fit_text_row(sheet, offset + 5, "basis", own.basis)
    _plan(sheet, offset + layout.BASIC_PLAN_ROW, own.plan, profile, f"$E${first}")
    rows: list[Indicator] = [*own.indicators]
    rows += [Indicator()] * (layout.BASIC_TABLE_ROWS - len(rows))
    return build_table(sheet, offset + layout.BASIC_TABLE_ROW, rows, f"$E${first}")


def _columns(sheet: Worksheet) -> None:
    widths(sheet, [(column.letter, column.width) for column in layout.FORM_COLUMNS])
    widths(sheet, [(layout.QUOTED_COLUMN, 9), *((letter, 14.5) for letter in layout.HELPER_COLUMNS[:-1])])
    widths(sheet, [(layout.HELPER_COLUMNS[-1], 60)])  # the text of a check, which begins further left, ends here
    put(sheet, "A1", "第1行和H列以后不打印", font=style.HELPER, alignment=style.LEFT_ONE_LINE)
    mark_columns(sheet, 1, layout.MARKS_COLUMN, layout.FLAGS_COLUMN)
    put(sheet, "K1", layout.HELPER_HEADING, font=style.HELPER_HEADING, alignment=style.LEFT_ONE_LINE)
    put(sheet, "M1", "加载项：", font=style.HELPER, alignment=style.RIGHT)
    formula(sheet, "N1", form_formulas.CONNECTED, **HELPER_LOOK)
    put(sheet, f"{layout.LEVEL1_COLUMN}1", layout.LEVEL1_HEADING, font=style.HELPER)
    sheet.column_dimensions[layout.LEVEL1_COLUMN].hidden = True


def _form_cell(sheet: Worksheet, cell: layout.FormCell, offset: int, value: object) -> None:
    area = shifted(cell.area, offset)
    if cell.text:
        label(sheet, area, cell.text)
        return
    headline = cell.field in ("title", "unit", "money_unit")
    is_money = cell.field in _MONEY_FIELDS
    put(
        sheet, area, value,
        font=style.TITLE if cell.field == "title" else style.BODY,
        alignment=_ALIGNMENTS.get(cell.field, style.LEFT),
        boxed=not headline,
        number_format=style.MONEY if is_money else style.TEXT,
    )  # fmt: skip
    if is_money:
        _money_rule(sheet, area)
    elif cell.field in _PROMPTS:
        input_rule(sheet, area.split(":")[0], *_PROMPTS[cell.field])


def _money_rule(sheet: Worksheet, area: str) -> None:
    input_rule(
        sheet, area.split(":")[0], "金额（元）", "填数字，单位元，保留两位小数；没有的填 0",
        type="decimal", operator="greaterThanOrEqual", formula1="0",
        errorTitle="金额", error="请填不小于 0 的数字，单位为元，不要带文字",
    )  # fmt: skip


def _project_value(field: str, project: Project, department: Department) -> object:
    if field == "title":
        return project.title or f"{project.name}{layout.TITLE_SUFFIX if project.name else layout.PROJECT_TITLE}"
    if field == "unit":
        own = f"{project.unit_code}{project.unit_name}"
        return own or _unit_line(department)
    if field == "money_unit":
        return f"{layout.MONEY_UNIT_PREFIX}{project.money_unit}"
    if field in _MONEY_FIELDS:
        return _money_value(getattr(project, field))
    return getattr(project, field) or None


def _unit_line(department: Department) -> str | None:
    return f"{department.unit_code}{department.unit_name}" or None


def _money_value(money: Money | None) -> float | None:
    return None if money is None else money_to_number(money)


def _fit_text_row(sheet: Worksheet, row: int, field: str, text: str) -> None:
    """Merged cells do not grow by themselves: give their row the height the text needs."""
    sheet.row_dimensions[row].height = max(_LEAST_HEIGHTS[field], 15.0 * lines_needed(text, _TEXT_WIDTH) + 6)


def _plan(sheet: Worksheet, row: int, plan: SpendPlan, profile: Profile, budget: str) -> None:
    """Node headings, shares, and right of the print area the amounts a formula computes from them."""
    nodes = plan.nodes or [(month, None) for month in profile.nodes]
    areas = _plan_areas(len(nodes))
    cells = []
    for (month, share), (first, last) in zip(nodes, areas, strict=True):
        heading, value = f"{first}{row}:{last}{row}", f"{first}{row + 1}:{last}{row + 1}"
        if first == last:
            heading, value = f"{first}{row}", f"{first}{row + 1}"
        label(sheet, heading, f"{month}月底")
        number = None if share is None else float(share / HUNDRED)
        put(sheet, value, number, alignment=style.CENTRE, boxed=True, number_format=style.PERCENT)
        cells.append(f"{first}{row + 1}")
    _share_rules(sheet, cells)
    shares = f"${cells[0][0]}${row + 1}:${cells[-1][0]}${row + 1}"
    for number, (letter, cell) in enumerate(zip(layout.HELPER_COLUMNS, cells, strict=False), 1):
        formula(sheet, f"{letter}{row}", f'={cell[0]}{row}&"累计金额"', **HELPER_LOOK)
        formula(
            sheet, f"{letter}{row + 1}", form_formulas.node_total(number, cell, shares, budget),
            **HELPER_LOOK, number_format=style.MONEY,
        )  # fmt: skip


def _plan_areas(count: int) -> list[tuple[str, str]]:
    """The first and last column letter of each node; the last node takes the columns that are left."""
    letters = [column.letter for column in layout.FORM_COLUMNS[2:]]
    firsts = letters[: min(count, len(letters))]
    return [(letter, letter) for letter in firsts[:-1]] + [(firsts[-1], letters[-1])]


def _share_rules(sheet: Worksheet, cells: Sequence[str]) -> None:
    area = " ".join(cells)
    input_rule(
        sheet, area, "累计支出比例", "年初起累计，如 20%；逐个节点不下降，最后一个节点为 100%",
        type="decimal", operator="between", formula1="0", formula2="1",
        errorTitle="累计支出比例", error="请填 0% 到 100% 之间的百分数",
    )  # fmt: skip
    for cell in cells:
        colour_when(sheet, cell, f"ROUND({cell}*100,0)<>ROUND({cell}*100,6)", style.FINE_PERCENT)


def _project_helpers(sheet: Worksheet, code_row: int, header: int, last: int) -> None:
    """What can be said of the whole sheet: its code, the sum of the sources, the share of numeric values."""
    letter = layout.HELPER_COLUMNS[0]
    formula(sheet, f"{letter}{code_row}", form_formulas.code_check(f"C{code_row}"), **HELPER_LOOK)
    formula(sheet, f"{letter}{code_row + 1}", form_formulas.sources_check(code_row + 1), **HELPER_LOOK)
    colour_verdicts(sheet, f"{letter}{code_row}:{letter}{code_row + 1}")
    kinds = f"{letter}{header + 1}:{letter}{last}"
    formula(sheet, f"{letter}{header - 1}", form_formulas.numeric_share(kinds), **HELPER_LOOK)


def _form_look(sheet: Worksheet, last: int) -> None:
    colour_by_flags(sheet, f"A1:G{layout.FORM_ROWS}", layout.FLAGS_COLUMN)
    print_on_a4(sheet, f"A2:G{last}")
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = "A4"
