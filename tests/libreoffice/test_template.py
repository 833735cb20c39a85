"""The template in a real spreadsheet program: everything in it arrives, and works while the user types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.engine.libreoffice import Office, open_book
from tests.libreoffice.live import error_places, lines, sheet_of, shown, type_into

pytestmark = pytest.mark.libreoffice

TEMPLATE = Path(__file__).parents[2] / "template" / "绩效目标模板.xlsx"
FORM = "人大专项工作经费"


@pytest.fixture(scope="module")
def template(office: Office) -> Iterator[xw.Book]:
    opened = open_book(TEMPLATE, office.context, read_only=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def expected() -> openpyxl.Workbook:
    return openpyxl.load_workbook(TEMPLATE)


def live_rule(template: xw.Book, sheet: str, cell: str) -> tuple[str, str]:
    """The kind and the formula of a cell's input rule."""
    validation = sheet_of(template, sheet).getCellRangeByName(cell).Validation
    kind = validation.Type.value.lower()
    if kind == "any":  # only a text that helps
        return kind, ""
    formula = template.impl.document.formulas.shown(validation.getFormula1(), validation.getSourcePosition())
    return kind, formula.removeprefix("=")


def input_rules(sheet: Worksheet) -> Iterator[tuple[str, str, DataValidation]]:
    """The first and the last cell of every area with an input rule."""
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            first, _, last = area.coord.partition(":")
            yield first, last or first, rule


def test_every_drop_down_and_input_rule_arrives(template: xw.Book, expected: openpyxl.Workbook) -> None:
    lists = 0
    for sheet in expected.worksheets:
        for first, last, rule in input_rules(sheet):
            kind, formula = live_rule(template, sheet.title, first)
            assert (kind, formula) == (rule.type or "any", str(rule.formula1 or "")), f"{sheet.title} {first}"
            assert live_rule(template, sheet.title, last)[0] == kind, f"{sheet.title} {last}"
            lists += kind == "list"
    assert lists >= 6


def test_every_conditional_format_arrives(template: xw.Book, expected: openpyxl.Workbook) -> None:
    for sheet in expected.worksheets:
        live = sheet_of(template, sheet.title).ConditionalFormats.getConditionalFormats()
        found = sorted((areas_of(one.Range), one.Count) for one in live)
        wanted = sorted(
            (sorted(area.coord for area in one.sqref.ranges), len(one.rules)) for one in sheet.conditional_formatting
        )
        assert found == wanted, sheet.title


def areas_of(ranges: Any) -> list[str]:
    return sorted(area.partition(".")[2] for area in ranges.RangeAddressesAsString.split(","))


def test_every_formula_arrives_and_none_is_an_error(template: xw.Book, expected: openpyxl.Workbook) -> None:
    for sheet in expected.worksheets:
        rows = template.sheets[sheet.title].range((1, 1), (sheet.max_row, sheet.max_column + 1)).formula
        found = {
            (row, column): text
            for row, values in enumerate(rows, 1)
            for column, text in enumerate(values, 1)
            if text.startswith("=")
        }
        wanted = {
            (cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        }
        assert found == wanted, sheet.title
    assert error_places(template) == []


def test_every_chart_arrives_with_its_lines(template: xw.Book, expected: openpyxl.Workbook) -> None:
    wanted = [
        (sheet.title, str(series.val.numRef.f).replace("'", "").replace("$", ""))
        for sheet in expected.worksheets
        for chart in sheet._charts
        for series in chart.series
    ]
    found = [(line.sheet, line.source.replace("$", "").replace("'", "").replace(".", "!")) for line in lines(template)]
    assert sorted(found) == sorted(wanted)
    assert len(found) == 4


def test_the_names_of_the_template_arrive(template: xw.Book, expected: openpyxl.Workbook) -> None:
    wanted = {name for name in expected.defined_names if not name.startswith("_xlnm")}
    assert wanted <= {name.name for name in template.names}


# typing


def test_a_wrong_amount_turns_the_check_on_the_form(book: xw.Book) -> None:
    assert shown(book, FORM, "K5") == "✓ 预算数＝财政资金＋其他资金"
    type_into(book, FORM, "E5", "99999")
    assert shown(book, FORM, "K5").startswith("✗")
    type_into(book, FORM, "E5", "100000")
    assert shown(book, FORM, "K5") == "✓ 预算数＝财政资金＋其他资金"


def test_a_corrected_value_takes_the_hint_away(book: xw.Book) -> None:
    assert shown(book, FORM, "L17") == "缺计算符号和计量单位"
    type_into(book, FORM, "F17", "≥200人次")
    assert shown(book, FORM, "L17") == ""


def test_the_amounts_of_the_plan_follow_the_budget(book: xw.Book) -> None:
    before = shown(book, FORM, "N8")
    type_into(book, FORM, "C5", "400000.5")
    assert before == "100,000.00"
    assert shown(book, FORM, "N8") == "400,000.50"


def test_a_new_project_code_that_is_too_short_is_told_at_once(book: xw.Book) -> None:
    assert shown(book, FORM, "K4").startswith("✓")
    type_into(book, FORM, "C4", "'123")
    assert shown(book, FORM, "K4") == "✗ 项目编码应为21位，现有3位"
