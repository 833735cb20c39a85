"""Building 填表说明, 部门信息 and 校验设置."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from jixiao.model.fields import FIELD_LABELS
from jixiao.model.money import money_to_number
from jixiao.model.records import Department
from jixiao.profiles import Profile
from jixiao.rules.catalogue import FAMILIES, RULES
from jixiao.rules.core import Rule
from jixiao.workbook import layout, style
from jixiao.workbook.build import (
    colour_by_flags,
    colour_when,
    column_heading,
    columns_from,
    drop_down,
    growing_row,
    input_rule,
    label,
    lines_needed,
    mark_columns,
    print_on_a4,
    put,
    widths,
)
from jixiao.workbook.choices import parameter_text
from jixiao.workbook.dictionary import PROFILE_LIST, SEVERITY_LIST, YES_NO_LIST
from jixiao.workbook.layout import Kind

_GUIDE = (
    ("怎样填", (
        "1．先填“部门信息”：单位编码、名称、预算年度、行政区划代码，选择规则口径；财政部门下达了控制数的一并填上。",
        "2．一个项目一张表：复制“空白项目表”（或点功能区“新增项目”），工作表改成项目名称，按官方格式逐格填写。",
        "3．一级、二级指标从下拉列表选择，二级列表随一级变化；行不够时在表中间插入行，格式和下拉会一并带上。",
        "4．人员经费、日常公用经费填在“基本支出”。",
    )),
    ("怎样写指标值", (
        "符号＋数字＋单位：≥90%、＝200人次、≤5万元；符号用 ≥ ＞ ＝ ＜ ≤。",
        "满意度写百分比（如 ≥90%）；成本写金额上限（如 ≤30万元），不得超过预算数。",
        "定性的指标写能考核的结果（如 如期完成、验收合格），不写“促进发展”一类无法评分的话。",
        "指标值确定依据写明文件名称和文号，或五种标准之一。",
    )),
    ("怎样校验和汇总", (
        "Excel：功能区“绩效目标”选项卡，点“校验全部”“生成汇总”。没有加载项时在命令行运行：",
        "jixiao validate 工作簿.xlsx --mark --in-place　　　　jixiao summary 工作簿.xlsx --in-place",
        "校验后每行右侧“校验”列写明本行的问题，有问题的单元格变色：红色是错误，黄色是警告；全部问题列在“校验结果”。",
        "校验只改“校验”列和“校验结果”表，不改您填的内容和格式；“清除标记”可去掉全部标记。",
        "“未校验”不等于通过：单元格无法读取时，取决于它的规则会逐条列出。",
    )),
    ("怎样导入导出文本", (
        "“导入文档”（jixiao import 文本.docx）把以前的绩效文本读入一个新工作簿，没有读出的列在“导入记录”。",
        "“导出文本”（jixiao export 工作簿.xlsx -o 文本.docx）生成可公开的全文，第一部分由各项目表自动写出。",
        "第一部分引用哪些指标：在项目表H列“文本引用”选“是”；某个一级指标下都没选的，引用它的第一条。",
    )),
    ("各表", (
        "部门汇总、指标汇总、支出曲线、校验结果由程序生成，每次生成都会整表更新，请不要在上面填写。",
        "校验设置：可关闭某条规则、调整级别和参数；忽略某个警告须写明理由、负责人和有效期，到期自动恢复。",
    )),
)  # fmt: skip

_DEPARTMENT_ROWS = (
    ("unit_code", "6位：部门编码3位＋单位编码3位，如 101001", 21),
    ("unit_name", "全称，与各项目表一致", 21),
    ("year", "4位年份，如 2024", 21),
    ("region", "6位，GB/T 2260，如 130229", 21),
    ("profile", "hebei：产出、效益、满意度；mof-2021：成本、产出、效益、满意度", 21),
    ("control_total", "选填，元；填了就核对：人员经费＋公用经费＋各项目＝控制数", 21),
    ("overall_goal", "部门年度总体绩效目标", 300),
    ("measures", "为实现目标采取的措施", 240),
)
_FIRST_DEPARTMENT_ROW = 3
_VALUE_WIDTH = 88.0
PROFILE_CELL = f"{Kind.DEPARTMENT.value}!$B${_FIRST_DEPARTMENT_ROW + 4}"


def build_guide(sheet: Worksheet) -> None:
    widths(sheet, [("A", 3), ("B", 108)])
    put(sheet, "A1:B1", "部门预算绩效目标填报工作簿", font=style.TITLE, alignment=style.LEFT_ONE_LINE)
    put(sheet, "A2:B2", layout.SHEET_TITLES[Kind.GUIDE], font=style.SECTION, alignment=style.LEFT_ONE_LINE)
    sheet.row_dimensions[1].height = 34
    row = 4
    for heading, lines in _GUIDE:
        put(sheet, f"A{row}:B{row}", heading, font=style.SECTION, alignment=style.LEFT_ONE_LINE)
        for offset, line in enumerate(lines, 1):
            put(sheet, f"B{row + offset}", line)
            sheet.row_dimensions[row + offset].height = 20
        row += len(lines) + 2
    print_on_a4(sheet, f"A1:B{row}")
    sheet.sheet_view.showGridLines = False


def build_department(sheet: Worksheet, profile: Profile, department: Department) -> None:
    widths(sheet, [("A", 18), ("B", _VALUE_WIDTH), ("C", 58), ("D", 2)])
    put(sheet, "A1:B1", layout.SHEET_TITLES[Kind.DEPARTMENT], font=style.TITLE, alignment=style.CENTRE)
    put(sheet, "C1", layout.HINTS_HEADING, font=style.HELPER_HEADING, alignment=style.LEFT_ONE_LINE)
    sheet.row_dimensions[1].height = 30
    mark_columns(sheet, 1, layout.DEPARTMENT_MARKS, layout.DEPARTMENT_FLAGS)
    for row, (field, hint, height) in enumerate(_DEPARTMENT_ROWS, _FIRST_DEPARTMENT_ROW):
        label(sheet, f"A{row}", FIELD_LABELS[field])
        is_money = field == "control_total"
        put(
            sheet, f"B{row}", _department_value(department, profile, field), boxed=True,
            number_format=style.MONEY if is_money else style.TEXT,
        )  # fmt: skip
        put(sheet, f"C{row}", hint, font=style.HELPER)
        lines = lines_needed(str(getattr(department, field) or ""), _VALUE_WIDTH)
        sheet.row_dimensions[row].height = max(height, 15.0 * lines + 10)
    last = _FIRST_DEPARTMENT_ROW + len(_DEPARTMENT_ROWS) - 1
    drop_down(
        sheet, PROFILE_CELL.rpartition("!")[2].replace("$", ""), PROFILE_LIST,
        title="规则口径", prompt="从列表选择",
    )  # fmt: skip
    input_rule(
        sheet, f"B{_FIRST_DEPARTMENT_ROW + 5}", "预算控制数", "选填，单位元",
        type="decimal", operator="greaterThanOrEqual", formula1="0", errorTitle="预算控制数", error="请填不小于 0 的数",
    )  # fmt: skip
    colour_by_flags(sheet, f"A1:C{layout.FORM_ROWS}", layout.DEPARTMENT_FLAGS)
    print_on_a4(sheet, f"A1:B{last}")
    sheet.sheet_view.showGridLines = False
    sheet.freeze_panes = f"B{_FIRST_DEPARTMENT_ROW}"


def _department_value(department: Department, profile: Profile, field: str) -> object:
    if field == "control_total":
        total = department.control_total
        return None if total is None else money_to_number(total)
    if field == "profile":
        return department.profile or profile.name
    value = getattr(department, field)
    return str(value) if value else None


def build_settings(sheet: Worksheet, profile: Profile) -> None:
    """Every rule, on; the columns 级别 and 参数值 show what holds unless the user changes it."""
    columns = columns_from("A", layout.SETTINGS_COLUMNS)
    suppressions = columns_from(layout.SUPPRESSION_COLUMN, layout.SUPPRESSION_COLUMNS)
    header = layout.SETTINGS_HEADER_ROW
    put(sheet, "A1", layout.SHEET_TITLES[Kind.SETTINGS], font=style.TITLE, alignment=style.LEFT_ONE_LINE)
    put(
        sheet,
        "A2",
        "改动后重新校验即生效。留空的级别、参数按规则默认值。",
        font=style.HELPER,
        alignment=style.LEFT_ONE_LINE,
    )
    put(
        sheet, f"{layout.SUPPRESSION_COLUMN}2", "忽略警告或提示须填理由、负责人、有效期，到期自动恢复；错误不能忽略。",
        font=style.HELPER, alignment=style.LEFT_ONE_LINE,
    )  # fmt: skip
    for letter, heading, width in (*columns, *suppressions):
        sheet.column_dimensions[letter].width = width
        column_heading(sheet, f"{letter}{header}", heading)
    last = _settings_rows(sheet, header + 1, profile)
    drop_down(sheet, f"C{header + 1}:C{last}", YES_NO_LIST, title="启用", prompt="否：不检查这条规则")
    drop_down(sheet, f"D{header + 1}:D{last}", SEVERITY_LIST, title="级别", prompt="错误、警告或提示")
    _suppression_inputs(sheet, header + 1, [letter for letter, _, _ in suppressions])
    sheet.freeze_panes = f"C{header + 1}"
    sheet.sheet_view.showGridLines = False
    print_on_a4(sheet, f"A1:G{last}", landscape=True)
    sheet.print_title_rows = f"{header}:{header}"


def _settings_rows(sheet: Worksheet, row: int, profile: Profile) -> int:
    for code, rule in RULES.items():
        family = FAMILIES[code[:3]][1]
        for number, (parameter, meaning) in enumerate(rule.parameters.items() or [("", "")]):
            first = number == 0
            value = profile.parameters[code][parameter] if parameter else None
            values = (
                code, f"{family}：{rule.title}" if first else None, layout.YES if first else None,
                _severity_label(rule, profile) if first else None, parameter or None,
                None if value is None else parameter_text(value), meaning or None,
            )  # fmt: skip
            lines = max(
                lines_needed(text or "", width)
                for text, (_, width) in zip(values, layout.SETTINGS_COLUMNS, strict=True)
            )
            growing_row(sheet, row, 14.5 * lines + 4)
            for letter, text in zip("ABCDEFG", values, strict=True):
                centred = letter in "ACD"
                put(
                    sheet, f"{letter}{row}", text, boxed=True, number_format=style.TEXT,
                    alignment=style.CENTRE if centred else style.LEFT,
                )  # fmt: skip
            row += 1
    return row - 1


def _severity_label(rule: Rule, profile: Profile) -> str:
    return type(rule.severity)(profile.severities.get(rule.code, rule.severity)).label


def _suppression_inputs(sheet: Worksheet, first: int, letters: list[str]) -> None:
    last = first + 60
    for letter in letters:
        for row in range(first, last + 1):
            put(sheet, f"{letter}{row}", None, number_format=style.DATE if letter == letters[-1] else style.TEXT)
    table = f"{letters[0]}{first}:{letters[-1]}{last}"
    colour_when(sheet, table, f'${letters[0]}{first}<>""', style.TABLE_ROW)
    input_rule(sheet, f"{letters[0]}{first}:{letters[0]}{last}", "忽略的代码", "规则代码，如 JX601")
    input_rule(sheet, f"{letters[1]}{first}:{letters[1]}{last}", "所在工作表", "留空表示所有工作表")
    input_rule(sheet, f"{letters[2]}{first}:{letters[2]}{last}", "所在单元格", "如 F12；留空表示整张工作表")
    input_rule(sheet, f"{letters[5]}{first}:{letters[5]}{last}", "有效期至", "日期，如 2024-12-31；到期后警告重新出现")
