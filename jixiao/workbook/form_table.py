"""Building the indicator table of a form: its rows, drop-downs and hints, and what is computed beside each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from openpyxl.worksheet.worksheet import Worksheet

from jixiao.model.records import Indicator
from jixiao.profiles import Profile
from jixiao.workbook import form_formulas, layout, style
from jixiao.workbook.build import colour_when, drop_down, formula, growing_row, input_rule, label, lines_needed, put
from jixiao.workbook.dictionary import LEVEL1_LIST, STANDARDS_LIST, level2_list

HELPER_LOOK = {"font": style.HELPER, "alignment": style.LEFT_ONE_LINE}
ROW_HEIGHT = 22.0
_MONEY_UNIT = "$F$3"  # on both kinds of form
_TABLE_PROMPTS = {
    "level3": ("三级指标", "具体指标的名称，如 培训人次、验收合格率"),
    "description": ("绩效指标描述", "说明含义或计算方法；比率写清“××占××的比例”"),
    "value": ("指标值", "符号＋数字＋单位，如 ≥90%、＝200人次、≤5万元；定性的写可考核的结果，如 如期完成"),
}


def rows_of(indicators: Sequence[Indicator], profile: Profile) -> list[Indicator]:
    """The indicators, or the rows of the blank form."""
    if indicators:
        return list(indicators)
    return list(_blank_rows(profile))


def _blank_rows(profile: Profile) -> Iterator[Indicator]:
    """The levels of the profile, two rows for each that is compulsory."""
    for level1, level2s in profile.levels.items():
        for level2 in level2s:
            wanted = level2 in profile.required_level2 or len(level2s) == 1
            yield from [Indicator(level1, level2)] * (2 if wanted else 1)


def build_table(sheet: Worksheet, header: int, rows: Sequence[Indicator], budget: str) -> int:
    """The indicator table; returns its last row."""
    for cell in layout.TABLE_AREAS:
        area = ":".join(f"{letter}{header}" for letter in cell.area.split(":"))
        label(sheet, area, cell.text)
    for offset, indicator in enumerate(rows, 1):
        for cell in layout.TABLE_AREAS[1:]:
            text = indicator.value.text if cell.field == "value" else getattr(indicator, cell.field)
            centred = cell.field in ("level2", "value")
            put(
                sheet, f"{cell.area}{header + offset}", text or None, boxed=True, number_format=style.TEXT,
                alignment=style.CENTRE if centred else style.LEFT,
            )  # fmt: skip
        growing_row(sheet, header + offset, _height(indicator))
    growing_row(sheet, header, ROW_HEIGHT)
    _merge_level1(sheet, header, rows)
    last = header + len(rows)
    _table_inputs(sheet, header, last)
    _quoted_inputs(sheet, header, rows)
    _table_helpers(sheet, header, last, budget)
    return last


def _height(indicator: Indicator) -> float:
    """The height the row's longest text needs."""
    lines = max(
        lines_needed(
            indicator.value.text if column.field == "value" else getattr(indicator, column.field), column.width
        )
        for column in layout.FORM_COLUMNS[2:]
    )
    return max(ROW_HEIGHT, 14.5 * lines + 6)


def _merge_level1(sheet: Worksheet, header: int, rows: Sequence[Indicator]) -> None:
    first = header + 1
    for level1, group in groupby(rows, key=lambda indicator: indicator.level1):
        size = len(list(group))
        # Rows without a level stay single, so that each can be given its own.
        for top, height in [(first, size)] if level1 else [(first + offset, 1) for offset in range(size)]:
            put(
                sheet, f"A{top}:B{top + height - 1}", level1 or None, alignment=style.CENTRE, boxed=True,
                number_format=style.TEXT,
            )  # fmt: skip
        first += size


def _table_inputs(sheet: Worksheet, header: int, last: int) -> None:
    first = header + 1
    drop_down(sheet, f"A{first}:A{last}", LEVEL1_LIST, title="一级指标", prompt="从列表选择")
    drop_down(
        sheet, f"C{first}:C{last}", level2_list(f"${layout.LEVEL1_COLUMN}{first}"),
        title="二级指标", prompt="先选一级指标，再从列表选择",
    )  # fmt: skip
    for cell in layout.TABLE_AREAS:
        if cell.field in _TABLE_PROMPTS:
            input_rule(sheet, f"{cell.area}{first}:{cell.area}{last}", *_TABLE_PROMPTS[cell.field])
    drop_down(
        sheet, f"G{first}:G{last}", STANDARDS_LIST, title="指标值确定依据",
        prompt="写明文件名称和文号，或选一种标准；“相关政策文件”没有指明依据", strict=False,
    )  # fmt: skip


def _quoted_inputs(sheet: Worksheet, header: int, rows: Sequence[Indicator]) -> None:
    """Which rows Part 1 of the exported text quotes; all blank means the first of each 一级."""
    letter, first = layout.QUOTED_COLUMN, header + 1
    put(sheet, f"{letter}{header}", layout.QUOTED_HEADING, font=style.HELPER_HEADING, alignment=style.CENTRE)
    for offset, indicator in enumerate(rows):
        put(
            sheet, f"{letter}{first + offset}", layout.YES if indicator.representative else None,
            font=style.HELPER, alignment=style.CENTRE,
        )  # fmt: skip
    drop_down(
        sheet, f"{letter}{first}:{letter}{header + len(rows)}", f'"{layout.YES}"', title=layout.QUOTED_HEADING,
        prompt="选“是”：导出文本的第一部分引用这个指标；都不选时，引用每个一级指标的第一个",
    )  # fmt: skip


def _table_helpers(sheet: Worksheet, header: int, last: int, budget: str) -> None:
    kind, check = layout.HELPER_COLUMNS[:2]
    for letter, heading in ((kind, "指标值类型"), (check, "提示")):
        put(sheet, f"{letter}{header}", heading, font=style.HELPER_HEADING, alignment=style.LEFT_ONE_LINE)
    first = header + 1
    for row in range(first, last + 1):
        level1 = f"{layout.LEVEL1_COLUMN}{row}"
        current = form_formulas.current_level1(row, layout.LEVEL1_COLUMN, is_first=row == first)
        formula(sheet, level1, current, font=style.HELPER)
        formula(sheet, f"{kind}{row}", form_formulas.value_kind(row), **HELPER_LOOK)
        formula(sheet, f"{check}{row}", form_formulas.row_check(row, level1, budget, _MONEY_UNIT), **HELPER_LOOK)
    colour_verdicts(sheet, f"{check}{first}:{layout.HELPER_COLUMNS[-1]}{last}")


def colour_verdicts(sheet: Worksheet, area: str) -> None:
    """By the first sign of the text in the area's first column: ✗ and 错误, 警告, ✓ and 提示."""
    first = f"${area.partition(':')[0]}"
    for signs, mark in (("✗错", style.ERROR_MARK), ("警未缺", style.WARNING_MARK), ("✓提", style.INFO_MARK)):
        colour_when(sheet, area, f'ISNUMBER(FIND(LEFT({first}&" "),"{signs}"))', mark)
