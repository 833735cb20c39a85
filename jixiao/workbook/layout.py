"""The one declaration of the workbook: its sheets, the labels of its fields, the form's rows and columns.

The template is built from it, workbooks are read by it, marks and results are written by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a sheet is. The value is the sheet's name in the template."""

    GUIDE = "填表说明"
    DEPARTMENT = "部门信息"
    BASIC = "基本支出"
    NARRATIVE = "第一部分原文"
    IMPORT = "导入记录"
    BLANK = "空白项目表"
    PROJECT = "项目表"
    SUMMARY = "部门汇总"
    INDICATORS = "指标汇总"
    CURVE = "支出曲线"
    FINDINGS = "校验结果"
    SETTINGS = "校验设置"
    DICTIONARY = "字典"


# The text by which a sheet is known however it is called; it stands in one of its first rows.
SHEET_TITLES: dict[Kind, str] = {
    Kind.GUIDE: "填表说明",
    Kind.DEPARTMENT: "部门信息",
    Kind.BASIC: "基本支出绩效目标",
    Kind.NARRATIVE: "第一部分原文",
    Kind.IMPORT: "导入记录",
    Kind.SUMMARY: "部门预算绩效目标汇总表",
    Kind.INDICATORS: "绩效指标汇总表",
    Kind.CURVE: "资金支出曲线",
    Kind.FINDINGS: "校验结果",
    Kind.SETTINGS: "校验设置",
    Kind.DICTIONARY: "字典",
}
TITLE_ROWS = 3

PROJECT_TITLE = "项目绩效目标表"
TITLE_SUFFIX = "绩效目标表"
MONEY_UNIT_PREFIX = "单位："
MONEY_UNITS = {"元": 1, "千元": 1000, "万元": 10_000}

# Label in the sheet -> field. The first label of a field is the one the template prints.
DEPARTMENT_LABELS: dict[str, tuple[str, ...]] = {
    "unit_code": ("单位编码", "预算单位编码", "部门编码"),
    "unit_name": ("单位名称", "预算单位名称", "部门名称", "预算单位", "填报单位"),
    "year": ("预算年度", "年度"),
    "region": ("行政区划代码", "财政区划", "财政区划代码"),
    "profile": ("规则口径", "口径"),
    "control_total": ("预算控制数", "控制数"),
    "overall_goal": ("总体绩效目标", "总体目标"),
    "measures": ("工作保障措施", "保障措施"),
}
PROJECT_LABELS: dict[str, tuple[str, ...]] = {
    "code": ("项目编码", "项目代码"),
    "name": ("项目名称",),
    "budget": (
        "预算数",
        "预算金额",
        "预算总额",
        "年度预算数",
        "年度资金总额",
        "项目资金总额",
        "资金总额",
        "项目总金额",
        "项目资金",
    ),
    "fiscal": ("其中：财政资金", "财政资金", "其中：财政拨款", "财政拨款", "其中：当年财政拨款"),
    "other": ("其他资金", "其它资金"),
    "purpose": ("预算规模及资金用途", "资金用途", "用途"),
    "plan": (
        "资金支出计划（%）",
        "支出计划",
        "资金支出进度",
        "资金累计支出计划",
        "支出进度",
        "支出进度计划",
        "资金使用计划",
    ),
    "goal": ("绩效目标", "年度绩效目标", "项目绩效目标", "年度总体目标", "年度目标", "总体目标", "项目总体目标"),
}
BASIC_LABELS: dict[str, tuple[str, ...]] = {
    "name": ("支出类别",),
    "budget": PROJECT_LABELS["budget"],
    "plan": PROJECT_LABELS["plan"],
    "goal": PROJECT_LABELS["goal"],
    "basis": ("确定依据",),
}
INDICATOR_LABELS: dict[str, tuple[str, ...]] = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "level3": ("三级指标", "指标名称"),
    "description": ("绩效指标描述", "指标描述", "指标解释", "指标说明", "指标内容"),
    "value": ("指标值", "年度指标值", "目标值", "年度目标值", "年度值", "绩效指标值"),
    "basis": ("指标值确定依据", "指标值依据", "依据"),
}
# Each block of a project or basic expenditure begins with this field's label.
BLOCK_START = {"code": Kind.PROJECT, "name": Kind.BASIC}

BASIC_NAMES = ("人员经费", "日常公用经费")

# Helper columns, right of the print area. Their headings stand in the sheet's first row, above the form.
MARKS_HEADING = "校验"
FLAGS_HEADING = "标记"
HELPER_HEADING = "自动计算（不打印）"
LEVEL1_HEADING = "当前一级"
QUOTED_HEADING = "文本引用"  # 是: Part 1 of the exported text quotes this row
HINTS_HEADING = "填写说明"
HELPER_HEADINGS = (
    HINTS_HEADING, MARKS_HEADING, FLAGS_HEADING, HELPER_HEADING, LEVEL1_HEADING, QUOTED_HEADING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the form: its indicator field, if any, and its width in characters."""

    letter: str
    width: float
    field: str = ""


# 一级指标 spans A:B, so that each long text has a column of its own and its row can grow with it.
FORM_COLUMNS = (
    Column("A", 8, "level1"),
    Column("B", 8),
    Column("C", 21, "level2"),
    Column("D", 17, "level3"),
    Column("E", 24, "description"),
    Column("F", 13.5, "value"),
    Column("G", 18, "basis"),
)


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell, or merged range, of the form: a printed `text` or an input `field`. Rows count within the block."""

    area: str
    text: str = ""
    field: str = ""


# Cell areas are written for the block's first row = 1; the sheet's own first row holds the helpers' headings.
PROJECT_FIRST_ROW = 2
PROJECT_FORM = (
    FormCell("A1:G1", field="title"),
    FormCell("A2:E2", field="unit"),
    FormCell("F2:G2", field="money_unit"),
    FormCell("A3:B3", text="项目编码"),
    FormCell("C3", field="code"),
    FormCell("D3", text="项目名称"),
    FormCell("E3:G3", field="name"),
    FormCell("A4:A5", text="预算规模及资金用途"),
    FormCell("B4", text="预算数"),
    FormCell("C4", field="budget"),
    FormCell("D4", text="其中：财政资金"),
    FormCell("E4", field="fiscal"),
    FormCell("F4", text="其他资金"),
    FormCell("G4", field="other"),
    FormCell("B5:G5", field="purpose"),
    FormCell("A6:B7", text="资金支出计划（%）"),
    FormCell("A8:B8", text="绩效目标"),
    FormCell("C8:G8", field="goal"),
)
PROJECT_PLAN_ROW, PROJECT_TABLE_ROW = 6, 9

BASIC_FORM = (
    FormCell("A1:B1", text="支出类别"),
    FormCell("C1", field="name"),
    FormCell("D1", text="预算数"),
    FormCell("E1:G1", field="budget"),
    FormCell("A2:B3", text="资金支出计划（%）"),
    FormCell("A4:B4", text="绩效目标"),
    FormCell("C4:G4", field="goal"),
    FormCell("A5:B5", text="确定依据"),
    FormCell("C5:G5", field="basis"),
)
BASIC_PLAN_ROW, BASIC_TABLE_ROW = 2, 6
BASIC_FIRST_ROW = 4  # below the headings, the sheet's title and unit line
BASIC_TABLE_ROWS = 6
# The plan's nodes, from the first to the last; with fewer nodes the last ones are merged.
PLAN_AREAS = ("C", "D", "E", "F:G")
TABLE_AREAS = (
    FormCell("A:B", "一级指标", "level1"),
    FormCell("C", "二级指标", "level2"),
    FormCell("D", "三级指标", "level3"),
    FormCell("E", "绩效指标描述", "description"),
    FormCell("F", "指标值", "value"),
    FormCell("G", "指标值确定依据", "basis"),
)

QUOTED_COLUMN, MARKS_COLUMN, FLAGS_COLUMN = "H", "I", "J"
HELPER_COLUMNS = ("K", "L", "M", "N")
LEVEL1_COLUMN = "O"
DEPARTMENT_MARKS, DEPARTMENT_FLAGS = "E", "F"

# Generated sheets: the row of the table's heading, and the table's columns.
FINDINGS_HEADER_ROW = 5
FINDINGS_COLUMNS = (
    ("序号", 6), ("级别", 8), ("代码", 9), ("工作表", 20), ("单元格", 9), ("项目", 24), ("三级指标", 22),
    ("字段", 14), ("现有内容", 26), ("问题", 46), ("建议", 40), ("依据", 30),
)  # fmt: skip
INDICATORS_HEADER_ROW = 4
INDICATORS_COLUMNS = (
    ("序号", 6), ("项目编码", 27), ("项目", 28), ("一级指标", 13), ("二级指标", 18), ("三级指标", 24),
    ("绩效指标描述", 34), ("指标值", 16), ("计算符号", 9), ("数值", 11), ("计量单位", 10), ("类型", 8),
    ("指标值确定依据", 30), ("工作表", 22),
)  # fmt: skip
SUMMARY_HEADER_ROW = 22
CURVE_HEADER_ROW = 6
CURVE_CHOICE = "B3"
CURVE_DATA_COLUMN = "M"  # object, budget, then the ends of months 0 to 12
CURVE_ALL = "全部（部门合计）"
CURVE_PROJECTS = "全部项目"
SETTINGS_HEADER_ROW = 4
SETTINGS_COLUMNS = (
    ("代码", 9), ("规则", 34), ("启用", 8), ("级别", 8), ("参数", 20), ("参数值", 34), ("参数说明", 40),
)  # fmt: skip
SUPPRESSION_COLUMN = "I"
SUPPRESSION_COLUMNS = (
    ("忽略的代码", 12), ("所在工作表", 20), ("所在单元格", 11), ("理由", 40), ("负责人", 12), ("有效期至", 14),
)  # fmt: skip
# 第一部分原文: a row a paragraph; right of the text what is read from it. `field` is that of the passage.
NARRATIVE_HEADER_ROW = 4
NARRATIVE_COLUMNS = (
    ("段", 5, ""), ("来源位置", 12, "source"), ("类别", 13, ""), ("原文", 70, "text"), ("名称", 18, "name"),
    ("金额（元）", 15, "budget"), ("支出计划", 13, "plan"), ("所列一级指标", 14, "named_levels"),
    ("所称指标个数", 14, "declared_count"), ("引用指标一", 24, "quote.1"), ("引用指标二", 24, "quote.2"),
    ("引用指标三", 24, "quote.3"), ("其他引用指标", 24, "quote.4"), ("依据", 24, "basis"),
)  # fmt: skip
NARRATIVE_MARKS, NARRATIVE_FLAGS = "P", "Q"
IMPORT_HEADER_ROW = 5
IMPORT_COLUMNS = (("序号", 6), ("类别", 10), ("来源位置", 24), ("原文", 60), ("说明", 60))
GENERATED_ROWS = 20_000  # how far down the conditional borders and the filters of generated tables reach
FORM_ROWS = 200  # how far down a form's drop-downs and colours reach

YES, NO = "是", "否"
