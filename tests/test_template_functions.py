"""The worksheet functions in the template: asked rightly where the add-in is, replaced where it is not."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import udfs
from jixiao.curves import spending_curve
from jixiao.model.money import money_to_number
from jixiao.rules.core import RuleChoices
from jixiao.rules.runner import check
from jixiao.sample import real_department
from jixiao.workbook import layout
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.form_formulas import CONNECTED
from jixiao.workbook.layout import Kind
from jixiao.workbook.names import sheet_name
from jixiao.workbook.template import build_workbook
from tests.office import converted

TEMPLATE = Path(__file__).parents[1] / "template" / "绩效目标模板.xlsx"
CALL = re.compile(r"(JX[A-Z]+)\(([^()]*)\)")


def calls(sheet: Worksheet) -> list[tuple[str, str, list[str]]]:
    """(cell, function, arguments) of every worksheet function a sheet asks."""
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [
        (cell.coordinate, name, [argument for argument in arguments.split(",") if argument])
        for cell in formulas
        for name, arguments in CALL.findall(cell.value)
    ]


def asked(sheet: Worksheet, argument: str) -> object:
    """What Excel would hand over for an argument of a call."""
    reference = argument.removesuffix('&""').replace("$", "")
    if reference.isdigit():
        return float(reference)
    if ":" in reference:
        return [[cell.value for cell in row] for row in sheet[reference]]
    column, row = reference[0], int(reference[1:])
    if column == layout.LEVEL1_COLUMN:
        return next(sheet[f"A{above}"].value for above in range(row, 0, -1) if sheet[f"A{above}"].value)
    return sheet[reference].value


def test_every_formula_asks_a_function_that_exists_once_a_row_and_names_its_fallback() -> None:
    book = openpyxl.load_workbook(TEMPLATE)
    for sheet in book.worksheets:
        for cell, name, arguments in calls(sheet):
            inspect.signature(getattr(udfs, name)).bind(*arguments)
            assert f"IFERROR({name}(" in sheet[cell].value or sheet[cell].value == CONNECTED
            assert len(sheet[cell].value) < 250
        rows = [sheet[cell].row for cell, name, _ in calls(sheet) if name == "JXCHECK"]
        assert len(rows) == len(set(rows))
    asking = [sheet.title for sheet in book.worksheets if calls(sheet)]
    assert asking == [Kind.BASIC.value, "项目1", Kind.BLANK.value]


def test_the_functions_answer_what_the_rules_and_the_curves_say_of_each_form() -> None:
    department = real_department()
    book = build_workbook(department)
    report = check(replace(department, year=None), RuleChoices(), today=date(2024, 10, 15))
    messages = {(finding.project, f"{finding.code}：{finding.message}") for finding in report.findings}
    for project in department.projects:
        sheet = book[sheet_name(project.name, [])]
        told = partial(asked, sheet)
        answers = [(name, getattr(udfs, name)(*map(told, arguments))) for _, name, arguments in calls(sheet)]
        checks = [answer for name, answer in answers if name == "JXCHECK"]
        assert len(checks) == len(project.indicators)
        assert all(answer == "✓" or (project.name, answer[3:]) in messages for answer in checks)
        curve = spending_curve(project)
        assert curve is not None
        amounts = [answer for name, answer in answers if name == "JXPLAN"]
        assert amounts == [money_to_number(node.amount) for node in curve.nodes]
        assert [answer for name, answer in answers if name == "JXCODE"] == ["✓"]


@pytest.mark.slow
def test_without_the_add_in_plain_formulas_answer_and_no_cell_holds_an_error(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(TEMPLATE)
    form = book["项目1"]
    bad = {"C4": "1302", "C5": "四万", "C8": 0.2, "D11": "培训人次", "F12": "3次", "F13": 0.9, "F14": "≥90%"}
    for cell, value in bad.items():
        form[cell] = value
    good = {"C4": "13022924P004R2810292F", "C5": 0.35, "E5": 0.35, "C8": 0.3, "D8": "50%", "F8": 1}
    for cell, value in good.items():
        book[Kind.BLANK.value][cell] = value
    book.save(tmp_path / "book.xlsx")
    grids = {grid.name: grid for grid in read_grids(converted(tmp_path / "book.xlsx", "xlsx", tmp_path))}
    assert {name: dict(grid.broken) for name, grid in grids.items() if grid.broken} == {}
    assert {grids[name].rows[0][13] for name in (Kind.BASIC.value, "项目1", Kind.BLANK.value)} == {"未连接"}
    rows = grids["项目1"].rows
    assert (rows[3][10], rows[4][10]) == ("✗ 项目编码应为21位，现有4位", "✗ 金额应为数字")
    assert rows[7][10:14] == ["", "", "", ""]
    assert [row[11] for row in rows[10:15]] == ["缺指标值", "缺计算符号", "缺计算符号和计量单位", "", ""]
    rows = grids[Kind.BLANK.value].rows
    assert (rows[3][10], rows[4][10]) == ("✓ 项目编码21位", "✓ 预算数＝财政资金＋其他资金")
    assert rows[7][10:14] == [0.11, 0.18, "", 0.35]
    assert {row[11] for row in rows[10:]} <= {"", None}
