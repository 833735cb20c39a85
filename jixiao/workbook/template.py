"""Building a whole workbook with openpyxl: the blank template, or one filled from a department."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jixiao import __version__
from jixiao.model.records import Department
from jixiao.profiles import DEFAULT_PROFILE, load_profile
from jixiao.workbook.dictionary import build_dictionary
from jixiao.workbook.form_sheets import build_basic_sheet, build_project_sheet
from jixiao.workbook.generated_sheets import build_curve, build_findings, build_indicators, build_summary
from jixiao.workbook.import_sheets import ImportSheets, build_narrative, build_records
from jixiao.workbook.layout import Kind
from jixiao.workbook.names import sheet_name
from jixiao.workbook.plain_sheets import PROFILE_CELL, build_department, build_guide, build_settings

_TAB_COLOURS = {
    Kind.DEPARTMENT: "1F5FA8", Kind.BASIC: "1F5FA8", Kind.NARRATIVE: "8A6D00", Kind.IMPORT: "8A6D00",
    Kind.SUMMARY: "2E7D32", Kind.INDICATORS: "2E7D32", Kind.CURVE: "2E7D32", Kind.FINDINGS: "C62828",
}  # fmt: skip


def build_workbook(
    department: Department | None = None, *, blank_projects: int = 0, imported: ImportSheets | None = None
) -> Workbook:
    """Every sheet of the template, a filled form for each project, then `blank_projects` blank ones.

    `imported`: what is known of the document that the department was read from, on two sheets of its own.
    """
    own = department or Department()
    profile = load_profile(own.profile or DEFAULT_PROFILE)
    book = Workbook()
    book.remove(book.worksheets[0])
    build_guide(_add(book, Kind.GUIDE))
    build_department(_add(book, Kind.DEPARTMENT), profile, own)
    build_basic_sheet(_add(book, Kind.BASIC), profile, own)
    for project in own.projects:
        build_project_sheet(book.create_sheet(sheet_name(project.name, book.sheetnames)), profile, own, project)
    for number in range(1, blank_projects + 1):
        build_project_sheet(book.create_sheet(sheet_name(f"项目{number}", book.sheetnames)), profile, own, None)
    build_project_sheet(_add(book, Kind.BLANK), profile, own, None)
    if imported is not None:
        build_narrative(_add(book, Kind.NARRATIVE), imported)
        build_records(_add(book, Kind.IMPORT), imported)
    build_summary(_add(book, Kind.SUMMARY), profile)
    build_indicators(_add(book, Kind.INDICATORS))
    build_curve(_add(book, Kind.CURVE))
    build_findings(_add(book, Kind.FINDINGS))
    build_settings(_add(book, Kind.SETTINGS), profile)
    build_dictionary(_add(book, Kind.DICTIONARY), PROFILE_CELL)
    book.properties.creator, book.properties.title = "绩效助手", f"部门预算绩效目标（绩效助手 {__version__}）"
    book.calculation.fullCalcOnLoad = True
    return book


def _add(book: Workbook, kind: Kind) -> Worksheet:
    sheet = book.create_sheet(kind.value)
    if kind in _TAB_COLOURS:
        sheet.sheet_properties.tabColor = _TAB_COLOURS[kind]
    return sheet


if __name__ == "__main__":  # python -m jixiao.workbook.template template/绩效目标模板.xlsx
    import sys

    build_workbook(blank_projects=1).save(sys.argv[1])
