"""Building the empty generated sheets: 部门汇总, 指标汇总, 支出曲线, 校验结果.

Their contents are written later as plain values; everything about their looks is here, as column formats and
conditional formats, so that three rows or three hundred look the same.
"""

from __future__ import annotations

from openpyxl.chart import LineChart, Reference, Series
from openpyxl.styles import Alignment
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.profiles import Profile
from jixiao.workbook import layout, style
from jixiao.workbook.build import (
    colour_when,
    column_heading,
    columns_from,
    drop_down,
    formula,
    label,
    print_on_a4,
    put,
    widths,
)
from jixiao.workbook.layout import Kind
from jixiao.workbook.summary_layout import SummaryColumn, summary_columns

_LAST = layout.GENERATED_ROWS
MONTHS = 12


def build_findings(sheet: Worksheet) -> None:
    header = layout.FINDINGS_HEADER_ROW
    columns = columns_from("A", layout.FINDINGS_COLUMNS)
    _heading(sheet, Kind.FINDINGS, "还没有校验：点功能区“校验全部”，或运行 jixiao validate 工作簿 --mark")
    body = f"B{header + 1}:B{_LAST}"
    for severity, look in (("错误", style.ERROR_MARK), ("警告", style.WARNING_MARK), ("提示", style.INFO_MARK)):
        colour_when(sheet, body, f'$B{header + 1}="{severity}"', look)
    _table(sheet, header, columns)  # after the colours: some programs show only the first format that fits
    print_on_a4(sheet, landscape=True)
    sheet.print_title_rows = f"{header}:{header}"


def build_indicators(sheet: Worksheet) -> None:
    header = layout.INDICATORS_HEADER_ROW
    _heading(sheet, Kind.INDICATORS, "还没有生成：点功能区“生成汇总”，或运行 jixiao summary 工作簿 --in-place")
    _table(sheet, header, columns_from("A", layout.INDICATORS_COLUMNS))
    print_on_a4(sheet, landscape=True)
    sheet.print_title_rows = f"{header}:{header}"


def build_summary(sheet: Worksheet, profile: Profile) -> None:
    header = layout.SUMMARY_HEADER_ROW
    _heading(sheet, Kind.SUMMARY, "还没有生成：点功能区“生成汇总”，或运行 jixiao summary 工作簿 --in-place")
    columns = summary_columns(profile)
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        dimension = sheet.column_dimensions[letter]
        dimension.width, dimension.font = column.width, style.BODY
        dimension.number_format = column.number_format
        dimension.alignment = _alignment(column)
    last = get_column_letter(len(columns) + 2)
    area = f"A{header}:{last}{_LAST}"
    colour_when(sheet, area, f'$A{header}="序号"', style.HEADER_ROW)
    colour_when(sheet, area, f'$D{header}="合计"', style.TOTAL_ROW)
    colour_when(sheet, area, f'$D{header}<>""', style.TABLE_ROW)
    sheet.row_dimensions[header].height = 32
    sheet.freeze_panes = "E4"
    print_on_a4(sheet, landscape=True, fit=False)
    sheet.page_setup.scale = 58
    sheet.print_title_cols = "A:D"
    sheet.col_breaks = ColBreak()
    sheet.col_breaks.append(Break(id=4 + 3 + 2 * len(profile.nodes)))
    sheet.add_chart(_curve_chart(CURVE_DEPARTMENT_ROW, CURVE_LINEAR_ROW, "部门资金支出曲线（元）", 30, 8.6), "E4")


def _alignment(column: SummaryColumn) -> Alignment:
    if column.is_count:
        return style.CENTRE
    if column.wraps:
        return style.LEFT
    return style.RIGHT if column.is_number else style.LEFT_ONE_LINE


def _heading(sheet: Worksheet, kind: Kind, hint: str) -> None:
    put(sheet, "A1", layout.SHEET_TITLES[kind], font=style.TITLE, alignment=style.LEFT_ONE_LINE)
    put(sheet, "A2", hint, font=style.HELPER, alignment=style.LEFT_ONE_LINE)
    put(sheet, "A3", None, alignment=style.LEFT_ONE_LINE)  # the column is narrow and wraps, its lines here are long
    sheet.row_dimensions[1].height = 28
    sheet.sheet_view.showGridLines = False


def _table(sheet: Worksheet, header: int, columns: list[tuple[str, str, float]]) -> None:
    """The heading of a table whose rows come later: column formats, borders where a row has content, a filter."""
    for letter, heading, width in columns:
        dimension = sheet.column_dimensions[letter]
        dimension.width, dimension.font = width, style.BODY
        dimension.alignment = style.CENTRE if width < 12 else style.LEFT
        column_heading(sheet, f"{letter}{header}", heading)
    last = columns[-1][0]
    colour_when(sheet, f"A{header + 1}:{last}{_LAST}", f'$A{header + 1}<>""', style.TABLE_ROW)
    sheet.auto_filter.ref = f"A{header}:{last}{_LAST}"
    sheet.freeze_panes = f"A{header + 1}"


# 支出曲线: the data block right of the print area. Row by row an object, its budget, the ends of months 0 to 12.
_DATA = column_index_from_string(layout.CURVE_DATA_COLUMN)
_FIRST_MONTH = _DATA + 2
CURVE_LINEAR_ROW = layout.CURVE_HEADER_ROW - 1
CURVE_DEPARTMENT_ROW = layout.CURVE_HEADER_ROW + 1


def build_curve(sheet: Worksheet) -> None:
    header = layout.CURVE_HEADER_ROW
    widths(sheet, [("A", 9), ("B", 18), ("C", 18), ("D", 12), ("E", 12), *((letter, 11) for letter in "FGHIJ")])
    put(sheet, "A1", layout.SHEET_TITLES[Kind.CURVE], font=style.TITLE, alignment=style.LEFT_ONE_LINE)
    sheet.row_dimensions[1].height = 28
    label(sheet, "A3", "选择对象")
    put(sheet, "B3:E3", layout.CURVE_ALL, alignment=style.LEFT_ONE_LINE, boxed=True)
    put(sheet, "F3", "← 从下拉列表选择项目或部门合计，曲线随之变化", font=style.HELPER, alignment=style.LEFT_ONE_LINE)
    put(sheet, "A4", "数据在右侧，由“生成汇总”或“支出曲线”更新", font=style.HELPER, alignment=style.LEFT_ONE_LINE)
    name, first, last = layout.CURVE_DATA_COLUMN, header + 1, _LAST
    names = f"${name}${first}:${name}${last}"
    drop_down(
        sheet, layout.CURVE_CHOICE, f"OFFSET(${name}${first},0,0,MAX(1,COUNTA({names})),1)",
        title="选择对象", prompt="项目名称，或部门合计",
    )  # fmt: skip
    _curve_table(sheet, header, names)
    _curve_data_heading(sheet, header)
    sheet.add_chart(_choice_chart(sheet, header), "A23")
    print_on_a4(sheet, "A1:J44")
    sheet.freeze_panes = "A4"
    sheet.sheet_view.showGridLines = False


def _curve_table(sheet: Worksheet, header: int, names: str) -> None:
    headings = ("月份", "计划累计支出（元）", "序时进度金额（元）", "计划比例", "序时进度")
    for letter, heading in zip("ABCDE", headings, strict=True):
        column_heading(sheet, f"{letter}{header}", heading)
    budget_column, first_month = get_column_letter(_DATA + 1), get_column_letter(_FIRST_MONTH)
    last_month = get_column_letter(_FIRST_MONTH + MONTHS)
    row_range = names.split("$")[2].rstrip(":"), names.split("$")[4]
    for month in range(MONTHS + 1):
        row = header + 1 + month
        put(sheet, f"A{row}", f"{month}月底" if month else "年初", alignment=style.CENTRE, boxed=True)
        chosen = f"MATCH(${layout.CURVE_CHOICE[0]}${layout.CURVE_CHOICE[1:]},{names},0)"
        amounts = f"${first_month}${row_range[0]}:${last_month}${row_range[1]}"
        budget = f"INDEX(${budget_column}${row_range[0]}:${budget_column}${row_range[1]},{chosen})"
        money = {"alignment": style.RIGHT, "boxed": True, "number_format": style.MONEY}
        share = {"alignment": style.RIGHT, "boxed": True, "number_format": style.PERCENT_1}
        formula(sheet, f"B{row}", f'=IFERROR(INDEX({amounts},{chosen},{month + 1}),"")', **money)
        formula(sheet, f"C{row}", f'=IFERROR(ROUND({budget}*{month}/12,2),"")', **money)
        formula(sheet, f"D{row}", f'=IFERROR(B{row}/{budget},"")', **share)
        formula(sheet, f"E{row}", f"={month}/12", **share)


def _curve_data_heading(sheet: Worksheet, header: int) -> None:
    headings = ["对象", "预算数", *("年初" if month == 0 else f"{month}月底" for month in range(MONTHS + 1))]
    for offset, heading in enumerate(headings):
        letter = get_column_letter(_DATA + offset)
        dimension = sheet.column_dimensions[letter]
        dimension.width, dimension.font = (30 if offset == 0 else 15), style.BODY
        dimension.number_format = style.TEXT if offset == 0 else style.MONEY
        column_heading(sheet, f"{letter}{header}", heading)
    first, last = layout.CURVE_DATA_COLUMN, get_column_letter(_DATA + len(headings) - 1)
    colour_when(sheet, f"{first}{header + 1}:{last}{_LAST}", f'${first}{header + 1}<>""', style.TABLE_ROW)
    put(sheet, f"{first}{CURVE_LINEAR_ROW}", "部门序时进度", font=style.HELPER, alignment=style.LEFT_ONE_LINE)
    budget = f"${get_column_letter(_DATA + 1)}${CURVE_DEPARTMENT_ROW}"
    for month in range(MONTHS + 1):
        cell = f"{get_column_letter(_FIRST_MONTH + month)}{CURVE_LINEAR_ROW}"
        formula(
            sheet, cell, f'=IF({budget}="","",ROUND({budget}*{month}/12,2))',
            font=style.HELPER, number_format=style.MONEY,
        )  # fmt: skip


def _choice_chart(sheet: Worksheet, header: int) -> LineChart:
    chart = _line_chart("资金支出计划与序时进度（元）", 18.6, 10.5)
    rows = {"min_row": header, "max_row": header + 1 + MONTHS}
    for column in (2, 3):
        chart.add_data(Reference(sheet, min_col=column, **rows), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=header + 1, max_row=header + 1 + MONTHS))
    return _drawn(chart)


def _curve_chart(plan_row: int, linear_row: int, title: str, width: float, height: float) -> LineChart:
    """The department's chart; its data stand on the sheet 支出曲线."""
    chart = _line_chart(title, width, height)
    first, last = get_column_letter(_FIRST_MONTH), get_column_letter(_FIRST_MONTH + MONTHS)
    sheet = f"'{Kind.CURVE.value}'!"
    for row, name in ((plan_row, "计划累计支出"), (linear_row, "序时进度")):
        chart.series.append(Series(f"{sheet}${first}${row}:${last}${row}", title=name))
    chart.set_categories(f"{sheet}${first}${layout.CURVE_HEADER_ROW}:${last}${layout.CURVE_HEADER_ROW}")
    return _drawn(chart)


def _line_chart(title: str, width: float, height: float) -> LineChart:
    chart = LineChart()
    chart.title = title
    chart.width, chart.height = width, height
    chart.legend.position = "b"
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.scaling.min = 0
    return chart


def _drawn(chart: LineChart) -> LineChart:
    """Straight lines, the plan thick, the time progress dashed."""
    plan, linear = chart.series
    for series, colour, width in ((plan, "1F5FA8", 28_000), (linear, "9AA1AC", 19_000)):
        series.smooth = False
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = width
        series.marker.symbol = "none"
    linear.graphicalProperties.line.dashStyle = "dash"
    return chart
