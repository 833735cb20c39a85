"""What is written into a workbook: whole blocks of cell values, computed before the first of them is written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from jixiao.curves import DepartmentCurves
from jixiao.model.fields import field_label
from jixiao.model.money import HUNDRED, Money, money_to_number
from jixiao.model.origin import Place, column_number
from jixiao.model.plan import linear_progress, percent_text
from jixiao.profiles import Profile
from jixiao.rules.core import Severity
from jixiao.rules.runner import Finding, Report
from jixiao.summary import Link, Percent, Row, Value, curve_rows, indicator_rows, summary_rows
from jixiao.workbook import layout
from jixiao.workbook.layout import Kind
from jixiao.workbook.reader import MarkColumns, Reading
from jixiao.workbook.summary_layout import summary_columns

CellContent = str | float | int | None
_LONGEST_TEXT = 32_000  # a cell holds 32,767 characters
_LONGEST_LITERAL = 250  # a text inside a formula holds 255
_LONGEST_EXCERPT = 80
_HEADINGS = (layout.MARKS_HEADING, layout.FLAGS_HEADING)
_FLAGS = {Severity.ERROR: "E", Severity.WARNING: "W"}


class CellBlock(NamedTuple):
    """`rows` of the same length, to be written at `row`, `column` of the sheet in one call.

    From row `fit_from` of the sheet on, rows are then made as high as their texts need; None leaves heights alone.
    """

    sheet: str
    row: int
    column: int
    rows: list[list[CellContent]]
    fit_from: int | None = None


def content(value: Value) -> CellContent:
    """The content of a cell. A text carries an apostrophe, so that no host takes it for a formula or a number."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return "'" + value[:_LONGEST_TEXT] if value else None
    if isinstance(value, Money):
        return money_to_number(value)
    if isinstance(value, Percent):
        return float(value.percent / HUNDRED)
    if isinstance(value, Link):
        return _hyperlink(value)
    return float(value) if isinstance(value, Decimal) else value


def _hyperlink(link: Link) -> str:
    sheet = link.place.sheet.replace("'", "''")
    target = f"#'{sheet}'!{link.place.a1 or 'A1'}".replace('"', '""')
    text = link.text[:_LONGEST_LITERAL].replace('"', '""')
    return f'=HYPERLINK("{target}","{text}")'


def mark_blocks(reading: Reading, findings: Iterable[Finding], sheets: Iterable[str] | None = None) -> list[CellBlock]:
    """The columns 校验 and 标记 of every form, or of `sheets`: the row's findings, and which cells they colour."""
    by_sheet: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_sheet[finding.place.sheet].append(finding)
    wanted = reading.marks.keys() if sheets is None else set(sheets) & reading.marks.keys()
    blocks: list[CellBlock] = []
    for sheet in reading.marks:
        if sheet in wanted:
            blocks += _marks_of(sheet, reading.marks[sheet], by_sheet[sheet])
    return blocks


def _marks_of(sheet: str, columns: MarkColumns, findings: Sequence[Finding]) -> list[CellBlock]:
    first = columns.heading_row + 1
    rows: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        rows[max(first, finding.place.row)].append(finding)
    last = max([columns.last_row, *rows])
    if last < first:
        return []
    written: dict[int, tuple[CellContent, CellContent]] = dict.fromkeys(columns.repeated, _HEADINGS)
    written |= {row: (content(_mark(found)), _flags(found)) for row, found in rows.items()}
    marks, flags = zip(*(written.get(row, (None, None)) for row in range(first, last + 1)), strict=True)
    if columns.flags == columns.marks + 1:
        return [CellBlock(sheet, first, columns.marks, [list(pair) for pair in zip(marks, flags, strict=True)])]
    return [
        CellBlock(sheet, first, columns.marks, [[mark] for mark in marks]),
        CellBlock(sheet, first, columns.flags, [[flag] for flag in flags]),
    ]


def _mark(findings: Sequence[Finding]) -> str:
    """The row's findings, the gravest first: 错误 JX503 指标值：…；警告 …"""
    ordered = sorted(findings, key=lambda finding: (finding.severity.rank, finding.place.column))
    return "；".join(
        f"{finding.severity.label} {finding.code} {field_label(finding.field)}：{finding.message}"
        for finding in ordered
    )


_CODES = re.compile(rf"(?:^|、|(?:{'|'.join(severity.label for severity in Severity)}) )(JX\d{{3}})(?!\d)")


def rule_codes_in(cells: Iterable[object]) -> list[str]:
    """The rules that a row of 校验结果, of the column 校验 or of 校验设置 names, in that order."""
    return list(dict.fromkeys(code for cell in cells if isinstance(cell, str) for code in _CODES.findall(cell)))


def _flags(findings: Sequence[Finding]) -> str | None:
    """`;5E;6W;`: column 5 has an error, column 6 a warning. An error hides a warning of the same cell."""
    flags: dict[int, str] = {}
    for finding in sorted(findings, key=lambda finding: finding.severity.rank, reverse=True):
        if finding.severity in _FLAGS:
            flags[finding.place.column] = _FLAGS[finding.severity]
    return f"'{''.join(f';{column}{flag}' for column, flag in sorted(flags.items()))};" if flags else None


def findings_block(reading: Reading, report: Report, today: date) -> CellBlock:
    """校验结果, whole: the counts, the findings, then what was not checked and what was chosen not to be shown."""
    rows: list[Row] = []
    for finding in report.findings:
        rows.append(_finding_row(len(rows) + 1, finding.severity.label, finding, finding.advice))
    for entry in report.unchecked:
        rows.append([
            len(rows) + 1, "未校验", "、".join(entry.codes) or None, entry.place.sheet,
            _place_link(reading, entry.place), None, None, None, None, entry.why, None, None,
        ])  # fmt: skip
    for one in report.suppressed:
        by = f"理由：{one.by.reason}；负责人：{one.by.person}；有效期至 {one.by.until}"
        rows.append(_finding_row(len(rows) + 1, "已忽略", one.finding, by))
    for suppression, why in report.void:
        rows.append([
            len(rows) + 1, "忽略失效", suppression.code, suppression.sheet or None, None,
            None, None, None, None, why, "在“校验设置”里补齐或删除这一条", None,
        ])  # fmt: skip
    headings: Row = [heading for heading, _ in layout.FINDINGS_COLUMNS]
    top: list[Row] = [[counts_text(report)], [f"校验日期 {today.isoformat()}"], [], headings]
    return _whole_sheet(reading, Kind.FINDINGS, 2, [*top, *rows], fit_below=layout.FINDINGS_HEADER_ROW)


def counts_text(report: Report) -> str:
    """错误 6 个，警告 44 个，提示 20 个；未校验 1 处；已忽略 2 处"""
    counts = "，".join(f"{severity.label} {report.count(severity)} 个" for severity in Severity)
    parts = [counts, f"未校验 {len(report.unchecked)} 处" if report.unchecked else "没有未校验的内容"]
    if report.suppressed:
        parts.append(f"已忽略 {len(report.suppressed)} 处")
    return "；".join(parts)


def _finding_row(number: int, label: str, finding: Finding, advice: str) -> Row:
    place = finding.place
    return [
        number, label, finding.code, place.sheet, Link(place.a1 or "整表", place) if place.sheet else None,
        finding.project or None, finding.indicator, field_label(finding.field), _excerpt(finding.value),
        finding.message, advice, finding.authority,
    ]  # fmt: skip


def _excerpt(value: str) -> str:
    """Enough to recognise the cell by; a goal of a whole page would push the findings off the screen."""
    return value if len(value) <= _LONGEST_EXCERPT else f"{value[:_LONGEST_EXCERPT]}……（共 {len(value)} 字）"


def _place_link(reading: Reading, place: Place) -> Link | None:
    """No link to a sheet that is not there."""
    return Link(place.a1 or "整表", place) if place.sheet in reading.extents else None


def summary_blocks(
    reading: Reading, report: Report, curves: DepartmentCurves, profile: Profile, today: date
) -> list[CellBlock]:
    """部门汇总, 指标汇总 and the data of 支出曲线."""
    department = reading.department
    headings: Row = [column.heading for column in summary_columns(profile)]
    unit = f"{department.unit_code}{department.unit_name}　{department.year or ''}年度　单位：元"
    text = f"{_projects_text(reading, curves)}；{counts_text(report)}；{profile.title}；生成日期 {today.isoformat()}"
    key_figures = _key_figures(curves)
    gap: list[Row] = [[]] * (layout.SUMMARY_HEADER_ROW - 5 - len(key_figures))
    table = summary_rows(department, report, curves, profile)
    indicators = indicator_rows(department)
    count: Row = [f"共 {len(indicators)} 个指标；可按列筛选"]
    indicator_headings: Row = [heading for heading, _ in layout.INDICATORS_COLUMNS]
    return [
        _whole_sheet(
            reading,
            Kind.SUMMARY,
            2,
            [[unit], [text], [], *key_figures, *gap, headings, *table],
            fit_below=layout.SUMMARY_HEADER_ROW,
        ),
        _whole_sheet(
            reading,
            Kind.INDICATORS,
            2,
            [count, [], indicator_headings, *indicators],
            fit_below=layout.INDICATORS_HEADER_ROW,
        ),
        curve_block(reading, curves),
    ]


def _key_figures(curves: DepartmentCurves) -> list[Row]:
    """The department's cumulative plan at the nodes, in words, beside the chart."""
    lines: list[Row] = [[f"部门累计支出计划（预算 {curves.department.budget} 元）"]]
    for node in curves.department.nodes:
        share, linear = percent_text(node.share), percent_text(linear_progress(node.month))
        lines.append([f"　{node.month}月底　{node.amount} 元，占 {share}（序时进度 {linear}）"])
    return lines


def _projects_text(reading: Reading, curves: DepartmentCurves) -> str:
    count = f"共 {len(reading.department.projects)} 个项目"
    if not curves.excluded:
        return count
    names = "、".join(spending.name or spending.origin.sheet for spending in curves.excluded[:5])
    more = "等" if len(curves.excluded) > 5 else ""
    return f"{count}，其中 {names}{more} 共 {len(curves.excluded)} 个因预算数或支出计划不完整未计入支出曲线"


def curve_block(reading: Reading, curves: DepartmentCurves) -> CellBlock:
    """The data behind 支出曲线, right of its print area."""
    rows = curve_rows(curves, layout.CURVE_ALL, layout.CURVE_PROJECTS)
    column = column_number(layout.CURVE_DATA_COLUMN)
    first = layout.CURVE_HEADER_ROW + 1
    sheet = reading.sheet_of(Kind.CURVE) or Kind.CURVE.value
    last = reading.extents.get(sheet, (0, 0))[0]
    return CellBlock(
        sheet, first, column, _padded([[content(value) for value in row] for row in rows], last - first + 1, 0)
    )


def cleared_findings(reading: Reading) -> CellBlock:
    headings: Row = [heading for heading, _ in layout.FINDINGS_COLUMNS]
    return _whole_sheet(reading, Kind.FINDINGS, 2, [["标记已清除，还没有重新校验"], [], [], headings])


def _whole_sheet(
    reading: Reading, kind: Kind, first: int, rows: Sequence[Row], fit_below: int | None = None
) -> CellBlock:
    """A block over all the sheet held before, so that nothing old is left beside or below it."""
    sheet = reading.sheet_of(kind) or kind.value
    last_row, last_column = reading.extents.get(sheet, (0, 0))
    values = [[content(value) for value in row] for row in rows]
    fit_from = None if fit_below is None else fit_below + 1
    return CellBlock(sheet, first, 1, _padded(values, last_row - first + 1, last_column), fit_from)


def _padded(rows: list[list[CellContent]], height: int, width: int) -> list[list[CellContent]]:
    width = max([width, *(len(row) for row in rows)])
    full = [row + [None] * (width - len(row)) for row in rows]
    return full + [[None] * width for _ in range(height - len(full))]
