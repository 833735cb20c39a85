"""The indicators of all projects as the integrated budget system (预算管理一体化) imports them: one row an indicator.

Its three fields 计算符号, 指标值, 计量单位 are made of the one cell of the form. Texts are stored as texts, so that
none of them becomes a formula. Basic expenditure has no project code in the form and is not among the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.documents.writing.gaps import system_gaps_of
from jixiao.documents.writing.plain import legal, one_line
from jixiao.documents.writing.zipped import write_package
from jixiao.model.records import Department, Indicator, Project
from jixiao.model.value import IndicatorValue, Operator
from jixiao.profiles import Profile
from jixiao.rules.levels import stem, taxonomy_of
from jixiao.workbook import style
from jixiao.workbook.build import column_heading, growing_row, lines_needed, print_on_a4, put

SHEET = "绩效指标"
QUALITATIVE = "定性"
_CELL_CHARACTERS = 32_767
_EXACT_DIGITS = 15
_CORE = "docProps/core.xml"


class _Column(NamedTuple):
    heading: str
    width: float
    alignment: Alignment = style.LEFT


COLUMNS = (
    _Column("项目编码", 29, style.LEFT_ONE_LINE),
    _Column("项目名称", 32),
    _Column("一级指标", 13, style.CENTRE),
    _Column("二级指标", 21, style.CENTRE),
    _Column("三级指标", 28),
    _Column("绩效指标描述", 44),
    _Column("计算符号", 10, style.CENTRE),
    _Column("指标值", 16, style.CENTRE),
    _Column("计量单位", 11, style.CENTRE),
    _Column("指标值确定依据", 40),
)
_LETTERS = [get_column_letter(number) for number in range(1, len(COLUMNS) + 1)]


def write_system_rows(department: Department, profile: Profile, path: Path, *, today: date) -> tuple[str, ...]:
    """Returns what is missing, cut short, or no single number. The file's dates are `today`."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _put_headings(sheet)
    rows = [row for project in department.projects for row in _project_rows(project, profile)]
    for number, row in enumerate(rows, 2):
        _put_row(sheet, number, row)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{_LETTERS[-1]}{len(rows) + 1}"
    print_on_a4(sheet, landscape=True)
    sheet.print_title_rows = "1:1"
    _save(book, path, today)
    return (*system_gaps_of(department), *_remarks(department))


def system_value(value: IndicatorValue) -> tuple[str, str, str]:
    """计算符号, 指标值, 计量单位. A number without a sign means ＝; a range, a date or a text is 定性."""
    if value.number is None or value.upper is not None:
        text = one_line(value.text)
        return (QUALITATIVE if text else ""), text, ""
    sign = value.operator or Operator.EQUAL
    return sign.value, value.normal.removeprefix(sign.value).removesuffix(value.unit), legal(value.unit)


def _project_rows(project: Project, profile: Profile) -> Iterator[list[str]]:
    for row in project.indicators:
        yield [
            one_line(project.code),
            one_line(project.name),
            *_levels(row, profile),
            one_line(row.level3),
            legal(row.description),
            *system_value(row.value),
            legal(row.basis),
        ]


def _levels(row: Indicator, profile: Profile) -> tuple[str, str]:
    """As the profile's dictionary spells them where only the suffix 指标 is missing."""
    taxonomy = taxonomy_of(profile)
    level1, level2 = one_line(row.level1), one_line(row.level2)
    spelled = {stem(name): name for name in taxonomy.home}
    return taxonomy.level1.get(stem(level1), level1), spelled.get(stem(level2), level2)


def _remarks(department: Department) -> Iterator[str]:
    for project in department.projects:
        name = one_line(project.name) or one_line(project.code)
        ranges = [one_line(row.value.text) for row in project.indicators if row.value.upper is not None]
        if ranges:
            yield f"项目“{name}”的指标值 {'、'.join(ranges)} 是区间，一体化系统只收一个数，已按定性导出"
        cut = sum(len(text) > _CELL_CHARACTERS for row in project.indicators for text in (row.description, row.basis))
        if cut:
            yield f"项目“{name}”有 {cut} 处文字超过 {_CELL_CHARACTERS} 字，单元格放不下，已截断"


def _put_headings(sheet: Worksheet) -> None:
    for letter, column in zip(_LETTERS, COLUMNS, strict=True):
        column_heading(sheet, f"{letter}1", column.heading)
        sheet.column_dimensions[letter].width = column.width
    sheet.row_dimensions[1].height = 24


def _put_row(sheet: Worksheet, number: int, row: list[str]) -> None:
    is_number = row[6] not in ("", QUALITATIVE)
    texts = [text[:_CELL_CHARACTERS] for text in row]
    for letter, column, text in zip(_LETTERS, COLUMNS, texts, strict=True):
        exact = column.heading == "指标值" and is_number and _is_exact(text)
        value = (float(text) if "." in text else int(text)) if exact else text or None
        number_format = "General" if exact else style.TEXT
        put(sheet, f"{letter}{number}", value, alignment=column.alignment, boxed=True, number_format=number_format)
    lines = max(lines_needed(text, column.width) for text, column in zip(texts, COLUMNS, strict=True))
    growing_row(sheet, number, 14.5 * lines + 6)


def _is_exact(digits: str) -> bool:
    """A cell's number holds fifteen digits; a longer one is stored as text."""
    return sum(sign.isdigit() for sign in digits) <= _EXACT_DIGITS


def _save(book: Workbook, path: Path, today: date) -> None:
    """openpyxl notes the time of day when it saves; the file depends on its contents and the date alone."""
    moment = datetime.combine(today, time(), UTC).replace(tzinfo=None)
    book.properties.creator, book.properties.title = "绩效助手", SHEET
    book.properties.created = moment
    saved = BytesIO()
    book.save(saved)
    noted = f"{book.properties.modified:%Y-%m-%dT%H:%M:%SZ}"
    with ZipFile(saved) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[_CORE] = parts[_CORE].replace(noted.encode(), f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode())
    write_package(path, parts, today)
