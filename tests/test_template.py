"""The template: current, complete, usable without any add-in, and clean in a real spreadsheet program."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jixiao.judging import judge
from jixiao.profiles import PROFILES, load_profile
from jixiao.sample import real_department
from jixiao.workbook import layout
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.layout import Kind
from jixiao.workbook.template import build_workbook
from tests.office import converted, page_texts

TODAY = date(2024, 10, 15)
TEMPLATE = Path(__file__).parents[1] / "template" / "绩效目标模板.xlsx"


def parts(path: Path) -> dict[str, bytes]:
    """The package's parts but the one that holds the time of writing."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}


def test_the_tracked_template_is_what_the_layout_builds(tmp_path: Path) -> None:
    build_workbook(blank_projects=1).save(tmp_path / "new.xlsx")
    assert parts(TEMPLATE) == parts(tmp_path / "new.xlsx")


def test_every_sheet_has_its_place() -> None:
    book = openpyxl.load_workbook(TEMPLATE)
    elsewhere = (Kind.PROJECT, Kind.BLANK, Kind.NARRATIVE, Kind.IMPORT)  # the last two only in imported workbooks
    expected = [kind.value for kind in Kind if kind not in elsewhere]
    assert [name for name in book.sheetnames if name not in ("项目1", Kind.BLANK.value)] == expected
    assert book[Kind.DICTIONARY.value].sheet_state == "hidden"


@pytest.mark.parametrize("profile", PROFILES)
def test_the_blank_form_offers_every_level_of_the_profile(profile: str) -> None:
    from jixiao.model.records import Department

    sheet = build_workbook(Department(profile=profile), blank_projects=1)["项目1"]
    level2s = {sheet.cell(row, 3).value for row in range(11, sheet.max_row + 1)}
    assert set(load_profile(profile).level2_order) == level2s - {None}


def test_only_the_official_form_is_printed_on_one_page_width_of_a4() -> None:
    sheet = openpyxl.load_workbook(TEMPLATE)["项目1"]
    assert re.fullmatch(r"'项目1'!\$A\$2:\$G\$\d+", sheet.print_area)
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
    assert layout.MARKS_COLUMN > "G"


def test_level2_choices_depend_on_level1() -> None:
    sheet = openpyxl.load_workbook(TEMPLATE)["项目1"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    level2 = next(rule for area, rule in rules.items() if area.startswith("C11"))
    assert "MATCH($O11," in level2.formula1
    assert level2.showErrorMessage


@pytest.mark.slow
def test_a_real_spreadsheet_program_finds_no_error_value(tmp_path: Path) -> None:
    build_workbook(real_department(), blank_projects=1).save(tmp_path / "book.xlsx")
    grids = {grid.name: grid for grid in read_grids(converted(tmp_path / "book.xlsx", "xlsx", tmp_path))}
    assert {name: dict(grid.broken) for name, grid in grids.items() if grid.broken} == {}
    form = grids["市县人大代表人大干部履职培训经费"].rows
    assert form[7][10:14] == [60000.0, 180000.0, 240000.0, 300000.0]
    assert form[4][10] == "✓ 预算数＝财政资金＋其他资金"
    assert form[8][10] == "定量指标占 50%"
    hints = [row[11] for row in grids["人大专项工作经费"].rows[10:20]]
    assert hints == ["", "", "", "", "", "", "缺计算符号和计量单位", "", "", ""]


@pytest.mark.slow
def test_each_form_is_printed_on_one_page_with_its_whole_text(tmp_path: Path) -> None:
    department = real_department()
    book = build_workbook(department)
    for name in [sheet.title for sheet in book.worksheets]:
        if name not in [project.name for project in department.projects]:
            del book[name]
    book.save(tmp_path / "forms.xlsx")
    pages = page_texts(converted(tmp_path / "forms.xlsx", "pdf", tmp_path))
    assert len(pages) == len(department.projects)
    for page, project in zip(pages, department.projects, strict=True):
        flat = "".join(page.split())
        assert project.code in flat
        assert "####" not in flat
        assert all("".join(indicator.level2.split()) in flat for indicator in project.indicators)


@pytest.mark.slow
def test_a_workbook_saved_by_another_program_reads_the_same(tmp_path: Path) -> None:
    department = real_department()
    build_workbook(department).save(tmp_path / "book.xlsx")
    own = judge(read_grids(tmp_path / "book.xlsx"), today=TODAY)
    other = judge(read_grids(converted(tmp_path / "book.xlsx", "xlsx", tmp_path)), today=TODAY)
    assert other.report.findings == own.report.findings
    assert other.report.unchecked == own.report.unchecked
