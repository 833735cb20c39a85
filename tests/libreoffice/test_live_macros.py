"""The macros, unchanged, on a live document: what they write, what the user sees, what the saved file says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

import macros
from jixiao import commands
from jixiao.engine.file import open_book as open_file
from jixiao.engine.libreoffice import Office, engine, open_book
from jixiao.engine.libreoffice.reading import area_of
from jixiao.judging import judge_file
from jixiao.sample import real_department, sample_department
from jixiao.workbook import layout
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.layout import Kind
from tests import workbooks
from tests.libreoffice.live import colours, error_places, lines, sheet_of, shown

pytestmark = pytest.mark.libreoffice

FORM = "人大专项工作经费"
FORMS = [project.name for project in real_department().projects]
RED, YELLOW = "#FFC7CE", "#FFE9B3"
TODAY = date.today()  # what the macros go by


@pytest.fixture
def without(path: Path, tmp_path: Path) -> Iterator[xw.Book]:
    """The same workbook in the file engine."""
    copy = tmp_path / "without" / path.name
    copy.parent.mkdir()
    shutil.copyfile(path, copy)
    opened = open_file(copy)
    yield opened
    opened.close()


def cells(sheet: xw.Sheet, last: tuple[int, int]) -> tuple[list[list[Any]], list[list[str]]]:
    """The values and the formulas from A1 to `last`."""
    area = sheet.range((1, 1), last)
    return area.options(ndim=2, err_to_str=True).value, area.formula


def differences(book: xw.Book, other: xw.Book) -> list[str]:
    """Cells with another formula or value; what formulas give only LibreOffice knows."""
    found = []
    assert book.sheet_names == other.sheet_names
    for one, two in zip(book.sheets, other.sheets, strict=True):
        ends = [sheet.used_range.last_cell for sheet in (one, two)]
        last = max(2, *(end.row for end in ends)), max(end.column for end in ends)
        values, formulas = cells(one, last)
        other_values, other_formulas = cells(two, last)
        for row in range(last[0]):
            for column in range(last[1]):
                formula, other_formula = formulas[row][column], other_formulas[row][column]
                calculated = formula.startswith("=") and not formula.startswith("=HYPERLINK")
                if formula != other_formula or (not calculated and values[row][column] != other_values[row][column]):
                    found.append(f"{one.name} {row + 1},{column + 1}: {formula!r} {other_formula!r}")
    return found


def run(macro: str, book: xw.Book) -> None:
    book.set_mock_caller()
    getattr(macros, macro)()


@pytest.mark.parametrize(
    "together",
    [
        ["validate"],
        ["build_summary"],
        ["validate", "clear_marks"],
        ["normalise_values", "validate"],
        ["new_project", "build_summary", "refresh_curve"],
    ],
    ids="+".join,
)
def test_every_cell_is_as_the_file_engine_has_it(book: xw.Book, without: xw.Book, together: list[str]) -> None:
    for macro in together:
        run(macro, book)
        run(macro, without)
    assert differences(book, without) == []
    assert error_places(book) == []
    assert book.sheets.active.name == without.sheets.active.name


def test_validate_colours_what_is_wrong_and_clearing_takes_it_away(book: xw.Book, tmp_path: Path) -> None:
    before = colours(book, tmp_path)
    macros.validate()
    after = colours(book, tmp_path)
    assert RED not in before["200"] and RED in after["200"]
    wrong = next(text for text in after if text.startswith("错误JX503指标值：指标值“200”"))
    assert RED in after[wrong]
    newly_yellow = {text for text in after if YELLOW in after[text] - before.get(text, set())}
    assert any(text.startswith("警告JX") for text in newly_yellow)
    macros.clear_marks()
    cleared = colours(book, tmp_path)
    assert [text for text in before.keys() & cleared.keys() if before[text] != cleared[text]] == []


def test_build_summary_draws_the_curve(book: xw.Book) -> None:
    assert all(not isinstance(number, float) for line in lines(book) for number in line.numbers)
    macros.build_summary()
    ends = {(line.sheet, line.numbers[-1]) for line in lines(book)}
    assert ends == {(Kind.SUMMARY.value, 7015904.46), (Kind.CURVE.value, 7015904.46)}
    curve = next(line.numbers for line in lines(book) if line.sheet == Kind.CURVE.value)
    assert curve[:4] == (0.0, 570375.37, 1140750.75, 1711126.12)


def test_the_curve_follows_the_choice_of_a_project(book: xw.Book) -> None:
    macros.build_summary()
    book.sheets[Kind.CURVE.value].range(layout.CURVE_CHOICE).value = FORM
    assert [line.numbers[-1] for line in lines(book) if line.sheet == Kind.CURVE.value] == [100000.0, 100000.0]


def test_the_rows_of_the_findings_are_as_high_as_their_texts(book: xw.Book) -> None:
    macros.validate()
    sheet = book.sheets[Kind.FINDINGS.value]
    rows = range(layout.FINDINGS_HEADER_ROW + 1, sheet.used_range.last_cell.row + 1)
    heights = {sheet.range((row, 1)).row_height for row in rows}
    assert len(heights) > 1 and min(heights) > 10


def test_a_link_in_the_findings_leads_to_its_cell(book: xw.Book) -> None:
    macros.validate()
    links = [
        text
        for row in book.sheets[Kind.FINDINGS.value].used_range.formula
        for text in row
        if text.startswith("=HYPERLINK")
    ]
    assert any(text.startswith(f"=HYPERLINK(\"#'{FORM}'!") for text in links)


def test_new_project_copies_the_blank_form_with_all_that_helps_to_fill_it(book: xw.Book) -> None:
    macros.new_project()
    macros.new_project()
    assert [name for name in book.sheet_names if name.startswith("新项目")] == ["新项目", "新项目(2)"]
    assert book.sheets.active.name == "新项目(2)"
    blank, copy = (sheet_of(book, name) for name in (Kind.BLANK.value, "新项目"))
    assert rules_and_formats(copy) == rules_and_formats(blank)
    assert copy.PrintAreas[0].EndColumn == blank.PrintAreas[0].EndColumn == 6
    book.sheets["新项目"]["C5"].value = 1000
    assert shown(book, "新项目", "K5").startswith("✗")


def rules_and_formats(sheet: Any) -> tuple[set[tuple[str, str]], int]:
    """The input rules of the form's cells; the conditions its cells are coloured by, counted for each cell, since
    LibreOffice joins equal formats of neighbours when it copies a sheet."""
    area = sheet.getCellRangeByName("A1:G24")
    rules = set()
    for row in range(24):
        for column in range(7):
            validation = area.getCellByPosition(column, row).Validation
            rules.add((f"{column},{row}", f"{validation.Type.value} {validation.InputMessage}"))
    conditions = 0
    for one in sheet.ConditionalFormats.getConditionalFormats():
        conditions += one.Count * sum(area_of(address).size for address in one.Range.RangeAddresses)
    return rules, conditions


def test_normalise_mends_the_values_and_the_hints_follow(book: xw.Book) -> None:
    macros.normalise_values()
    assert engine.app.alerts[-1].startswith("已规范 ")
    assert book.sheets["人大代表订刊"]["F11"].value == "＝289份"
    assert commands.normalise(book) == []


def test_the_saved_file_reads_as_the_live_document(book: xw.Book, tmp_path: Path) -> None:
    macros.validate()
    macros.build_summary()
    live = {sheet.name: trimmed(from_a1(sheet)) for sheet in book.sheets}
    expected = commands.judge_book(book, TODAY).report.findings
    book.save(tmp_path / "saved.xlsx")
    saved = {grid.name: trimmed(grid.rows) for grid in read_grids(tmp_path / "saved.xlsx")}
    assert saved == live
    assert judge_file(tmp_path / "saved.xlsx", today=TODAY).report.findings == expected


def from_a1(sheet: xw.Sheet) -> list[list[Any]]:
    last = sheet.used_range.last_cell
    rows: list[list[Any]] = sheet.range((1, 1), (last.row, last.column)).options(ndim=2).value
    return rows


def trimmed(rows: Any) -> list[list[Any]]:
    """Without empty cells at the ends; of a number LibreOffice writes no more than 15 digits into a file."""
    cut = [[float(f"{cell:.12g}") if isinstance(cell, float) else cell or None for cell in row] for row in rows]
    for row in cut:
        while row and row[-1] is None:
            row.pop()
    while cut and not cut[-1]:
        cut.pop()
    return cut


def test_the_saved_file_keeps_what_helps_to_fill_it(book: xw.Book, path: Path, tmp_path: Path) -> None:
    macros.validate()
    book.save(tmp_path / "saved.xlsx")
    before, after = openpyxl.load_workbook(path)[FORM], openpyxl.load_workbook(tmp_path / "saved.xlsx")[FORM]
    lists = [
        {area.coord for rule in sheet.data_validations.dataValidation if rule.type == "list" for area in rule.sqref}
        for sheet in (before, after)
    ]
    assert lists[0] == lists[1]
    assert sum(len(one.rules) for one in after.conditional_formatting) == sum(
        len(one.rules) for one in before.conditional_formatting
    )


def engine_calls(office: Office, folder: Path, projects: int, macro: str) -> int:
    book = open_book(workbooks.written(folder, sample_department(projects), f"{projects}.xlsx"), office.context)
    engine.calls.clear()
    run(macro, book)
    total = sum(engine.calls.values())
    book.close()
    return total


@pytest.mark.parametrize("macro", ["validate", "build_summary"])
def test_no_macro_works_cell_by_cell(office: Office, tmp_path: Path, macro: str) -> None:
    few, many = engine_calls(office, tmp_path, 5, macro), engine_calls(office, tmp_path, 25, macro)
    assert many - few <= 3 * 20
    assert few <= 3 * 5 + 80


def test_long_work_is_told_in_the_status_bar(office: Office, tmp_path: Path) -> None:
    book = open_book(workbooks.written(tmp_path, sample_department(30)), office.context)
    told: list[object] = []
    engine.app.on_status = told.append
    commands.validate(book)
    engine.app.on_status = None
    assert "绩效助手：正在读取 20/40" in told
    assert book.app.status_bar is False
    book.close()
