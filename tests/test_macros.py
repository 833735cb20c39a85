"""The macros, run unchanged on real files through the file engine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

import macros
from jixiao import commands
from jixiao.engine.file import engine, open_book
from jixiao.refusal import UserError
from jixiao.sample import real_department, sample_department
from jixiao.workbook import layout
from jixiao.workbook.blocks import CellBlock
from jixiao.workbook.book import CannotWriteBook, write_blocks
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.layout import Kind
from jixiao.workbook.template import build_workbook
from tests import workbooks

REAL = real_department()
PROJECT = "人大专项工作经费"
FORMS = [project.name for project in REAL.projects]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return workbooks.written(tmp_path, REAL)


@pytest.fixture
def book(path: Path) -> Iterator[xw.Book]:
    opened = open_book(path)
    opened.set_mock_caller()
    yield opened
    opened.close()


def values(book: xw.Book, sheet: str) -> list[list[object]]:
    return book.sheets[sheet].used_range.options(ndim=2).value


def saved_grids(book: xw.Book, path: Path) -> dict[str, list[list[object]]]:
    book.save(path)
    return {grid.name: [[cell or None for cell in row] for row in grid.rows] for grid in read_grids(path)}


def test_validate_lists_every_finding_and_goes_to_the_list(book: xw.Book) -> None:
    macros.validate()
    report = commands.judge_book(book).report
    rows = values(book, Kind.FINDINGS.value)
    header = layout.FINDINGS_HEADER_ROW
    assert len(rows) - header == len(report.findings)
    assert [row[2] for row in rows[header:]] == [finding.code for finding in report.findings]
    assert [row[4] for row in rows[header:]] == [finding.place.a1 for finding in report.findings]
    assert book.sheets.active.name == Kind.FINDINGS.value


def test_validate_marks_the_rows_and_flags_the_cells(book: xw.Book) -> None:
    macros.validate()
    mark, flags = book.sheets[PROJECT].range("I17:J17").value
    assert mark.startswith("错误 JX503 指标值：")
    assert ";6E;" in flags
    assert book.sheets[PROJECT].range("I11:J11").value[1] == ";5W;7W;"


def test_clear_marks_removes_every_trace(book: xw.Book, path: Path, tmp_path: Path) -> None:
    before = {grid.name: [[cell or None for cell in row] for row in grid.rows] for grid in read_grids(path)}
    macros.validate()
    macros.clear_marks()
    after = saved_grids(book, tmp_path / "cleared.xlsx")

    def trimmed(rows: list[list[object]]) -> list[list[object]]:
        rows = [row[: max((i + 1 for i, cell in enumerate(row) if cell is not None), default=0)] for row in rows]
        return rows[: max((i + 1 for i, row in enumerate(rows) if row), default=0)]

    own = Kind.FINDINGS.value
    assert {n: trimmed(r) for n, r in after.items() if n != own} == {
        n: trimmed(r) for n, r in before.items() if n != own
    }
    assert len(trimmed(after[own])) == layout.FINDINGS_HEADER_ROW


def test_marks_leave_the_user_s_formats_and_contents_alone(book: xw.Book, path: Path, tmp_path: Path) -> None:
    macros.validate()
    book.save(tmp_path / "marked.xlsx")
    before, after = openpyxl.load_workbook(path), openpyxl.load_workbook(tmp_path / "marked.xlsx")
    for name in FORMS:
        for row in before[name].iter_rows(max_col=8):
            for cell in row:
                now = after[name][cell.coordinate]
                assert (now.value, now.number_format, now.font.b, now.fill.fgColor.rgb, now.border.left.style) == (
                    cell.value, cell.number_format, cell.font.b, cell.fill.fgColor.rgb, cell.border.left.style,
                )  # fmt: skip
        assert len(after[name].conditional_formatting) == len(before[name].conditional_formatting)
        assert len(after[name].data_validations.dataValidation) == len(before[name].data_validations.dataValidation)


def test_validate_sheet_marks_the_active_sheet_alone(book: xw.Book) -> None:
    book.sheets[PROJECT].activate()
    macros.validate_sheet()
    assert "JX503" in book.sheets[PROJECT].range("I17").value
    others = [values(book, name) for name in FORMS if name != PROJECT]
    assert all(row[8] in (None, "校验") for rows in others for row in rows if len(row) > 8)
    assert book.sheets.active.name == PROJECT


def test_validate_sheet_on_another_sheet_says_where_to_go(book: xw.Book) -> None:
    book.sheets[Kind.GUIDE.value].activate()
    with pytest.raises(UserError, match="不是填报表"):
        commands.validate_sheet(book)


def test_the_summary_has_a_row_for_everything_and_exact_totals(book: xw.Book) -> None:
    macros.build_summary()
    rows = values(book, Kind.SUMMARY.value)
    header = layout.SUMMARY_HEADER_ROW
    names = [row[3] for row in rows[header:]]
    assert names == ["人员经费", "日常公用经费", *FORMS, "项目小计", "合计"]
    projects, total = rows[-2], rows[-1]
    assert projects[11:15] == [237800.0, 591300.0, 878880.0, 1122600.0]
    assert total[11:15] == [1711126.12, 3581925.23, 5298858.35, 7015904.46]
    assert total[4] == 7015904.46
    assert total[7] == pytest.approx(0.243893, abs=1e-6)  # weighted by amount, not a mean
    assert book.sheets.active.name == Kind.SUMMARY.value


def test_the_summary_built_twice_is_the_same(book: xw.Book, tmp_path: Path) -> None:
    macros.build_summary()
    once = saved_grids(book, tmp_path / "once.xlsx")
    macros.build_summary()
    assert saved_grids(book, tmp_path / "twice.xlsx") == once


def test_rows_that_vanished_leave_nothing_behind(book: xw.Book) -> None:
    macros.build_summary()
    macros.validate()
    book.sheets[PROJECT].delete()
    macros.build_summary()
    macros.validate()
    for kind in (Kind.SUMMARY, Kind.INDICATORS, Kind.CURVE, Kind.FINDINGS):
        assert not any(PROJECT in str(cell) for row in values(book, kind.value) for cell in row)
    rows = values(book, Kind.SUMMARY.value)
    assert [row[3] for row in rows if row[3]][-1] == "合计"


def test_links_lead_to_the_sheets(book: xw.Book) -> None:
    macros.build_summary()
    cell = book.sheets[Kind.SUMMARY.value].range((layout.SUMMARY_HEADER_ROW + 3, 4))
    assert cell.formula == f'=HYPERLINK("#\'{FORMS[0]}\'!E4","{FORMS[0]}")'


def test_refresh_curve_keeps_a_choice_that_exists_and_resets_one_that_does_not(book: xw.Book) -> None:
    choice = book.sheets[Kind.CURVE.value].range(layout.CURVE_CHOICE)
    choice.value = PROJECT
    macros.refresh_curve()
    assert choice.value == PROJECT
    choice.value = "没有的项目"
    macros.refresh_curve()
    assert choice.value == layout.CURVE_ALL
    first = book.sheets[Kind.CURVE.value].range("M7:O7").value
    assert first == [layout.CURVE_ALL, 7015904.46, 0.0]


def test_new_project_copies_the_blank_form(book: xw.Book, tmp_path: Path) -> None:
    macros.new_project()
    macros.new_project()
    assert [name for name in (sheet.name for sheet in book.sheets) if name.startswith("新项目")] == [
        "新项目",
        "新项目(2)",
    ]
    assert book.sheets.active.name == "新项目(2)"
    book.save(tmp_path / "new.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "new.xlsx")
    blank, copy = saved[Kind.BLANK.value], saved["新项目"]
    assert len(copy.data_validations.dataValidation) == len(blank.data_validations.dataValidation)
    assert len(copy.conditional_formatting) == len(blank.conditional_formatting)
    assert copy.print_area.replace("新项目", "") == blank.print_area.replace(Kind.BLANK.value, "")


def test_new_project_without_the_blank_form_says_what_to_do(book: xw.Book) -> None:
    book.sheets[Kind.BLANK.value].delete()
    with pytest.raises(UserError, match="空白项目表"):
        commands.new_project(book)


def test_normalise_changes_what_it_lists_and_nothing_else(book: xw.Book, path: Path, tmp_path: Path) -> None:
    made = commands.normalise(book)
    told = {(change.place.sheet, change.place.a1): (change.before, change.after) for change in made}
    assert told["人大代表订刊", "F11"] == ("289份", "＝289份")
    assert told["基本支出", "F12"] == (">＝95%", "≥95%")
    assert (PROJECT, "F17") not in told  # 200 has no unit: an operator alone would not mend it
    book.save(tmp_path / "mended.xlsx")
    before = {grid.name: grid.rows for grid in read_grids(path)}
    after = {grid.name: grid.rows for grid in read_grids(tmp_path / "mended.xlsx")}
    differing = {
        (name, openpyxl.utils.get_column_letter(j + 1) + str(i + 1))
        for name, rows in before.items()
        for i, row in enumerate(rows)
        for j, cell in enumerate(row)
        if cell != after[name][i][j]
    }
    assert differing == set(told)


def test_normalise_twice_changes_nothing_more(book: xw.Book) -> None:
    commands.normalise(book)
    assert commands.normalise(book) == []


def test_normalise_leaves_formulas_alone(path: Path) -> None:
    changed = openpyxl.load_workbook(path)
    changed[PROJECT]["E17"] = '="a,b"&"参观"'
    changed.save(path)
    book = open_book(path)
    commands.normalise(book)
    assert book.sheets[PROJECT].range("E17").formula == '="a,b"&"参观"'
    book.close()


def engine_calls(folder: Path, projects: int, command: str) -> int:
    book = open_book(workbooks.written(folder, sample_department(projects), f"{projects}.xlsx"))
    book.set_mock_caller()
    engine.calls.clear()
    getattr(macros, command)()
    total = sum(engine.calls.values())
    book.close()
    return total


@pytest.mark.parametrize("command", ["validate", "build_summary"])
def test_no_macro_works_cell_by_cell(tmp_path: Path, command: str) -> None:
    few, many = engine_calls(tmp_path, 5, command), engine_calls(tmp_path, 25, command)
    assert many - few <= 3 * 20
    assert few <= 3 * 5 + 80


def test_long_work_is_told_in_the_status_bar(tmp_path: Path) -> None:
    book = open_book(workbooks.written(tmp_path, sample_department(30)))
    told: list[object] = []
    book.app.impl.on_status = told.append
    commands.validate(book)
    assert "绩效助手：正在读取 20/40" in told
    assert book.app.status_bar is False
    book.close()


def test_a_block_that_cannot_be_written_takes_the_others_back(book: xw.Book) -> None:
    good = CellBlock(PROJECT, 2, 9, [["校验内容"]])
    bad = CellBlock(FORMS[0], 2, 9, [["长" * 40_000]])
    with pytest.raises(CannotWriteBook, match=FORMS[0]):
        write_blocks(book, [good, bad])
    assert book.sheets[PROJECT].range("I2").value is None


def test_text_of_the_user_never_becomes_a_formula(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://example.invalid","点我")'
    first = REAL.projects[0]
    indicator = replace(first.indicators[0], level3=evil, description="+1+1", basis="@SUM(A1)")
    department = replace(REAL, projects=(replace(first, name=evil, goal="-2+3", indicators=(indicator,)),))
    path = workbooks.written(tmp_path, department)
    book = open_book(path)
    commands.validate(book)
    commands.build_summary(book)
    book.save(tmp_path / "out.xlsx")
    book.close()
    saved = openpyxl.load_workbook(tmp_path / "out.xlsx")
    formulas = [
        cell.value
        for sheet in saved.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and isinstance(cell.value, str) and "example.invalid" in cell.value
    ]
    # The only formulas that carry the text are ours, with the text inside a literal.
    assert all(text.startswith('=HYPERLINK("#') for text in formulas)
    texts = [cell.value for row in saved[Kind.INDICATORS.value].iter_rows() for cell in row if cell.data_type == "s"]
    assert {evil, "+1+1", "@SUM(A1)"} <= set(texts)


def test_our_code_needs_neither_pandas_nor_openpyxl_in_a_macro(path: Path) -> None:
    script = f"""
import sys
for name in ("pandas", "numpy", "openpyxl"):
    sys.modules[name] = None
from pathlib import Path
from jixiao.engine.file import open_book
import macros
book = open_book(Path({str(path)!r}))
book.set_mock_caller()
macros.validate()
macros.build_summary()
print(len(book.sheets))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(macros.__file__).parent
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_growth_keeps_the_layout(tmp_path: Path) -> None:
    for count in (3, 60):
        book = open_book(workbooks.written(tmp_path, sample_department(count), f"{count}.xlsx"))
        commands.build_summary(book, today=date(2024, 10, 15))
        rows = values(book, Kind.SUMMARY.value)
        assert rows[layout.SUMMARY_HEADER_ROW - 1][0] == "序号"
        assert len(rows) == layout.SUMMARY_HEADER_ROW + 2 + count + 2
        book.close()


def test_a_workbook_from_elsewhere_gets_its_result_sheets(tmp_path: Path) -> None:
    book = build_workbook(REAL)
    for name in [sheet.title for sheet in book.worksheets if sheet.title not in FORMS]:
        del book[name]
    book.save(tmp_path / "plain.xlsx")
    opened = open_book(tmp_path / "plain.xlsx")
    commands.build_summary(opened)
    commands.validate(opened)
    assert {Kind.SUMMARY.value, Kind.FINDINGS.value, Kind.CURVE.value} <= {sheet.name for sheet in opened.sheets}
    opened.close()
