"""Building the two sheets that only an imported workbook has: 第一部分原文 and 导入记录."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.model.money import Money, money_to_number
from jixiao.narrative.part_one import PartOne
from jixiao.workbook import layout, style
from jixiao.workbook.build import (
    colour_by_flags,
    colour_when,
    column_heading,
    columns_from,
    growing_row,
    lines_needed,
    mark_columns,
    print_on_a4,
    put,
)
from jixiao.workbook.layout import Kind
from jixiao.workbook.narrative_sheet import shown_fields

_LINE = 14.5
_MONEY_HEADING = next(heading for heading, _, field in layout.NARRATIVE_COLUMNS if field == "budget")


@dataclass(frozen=True, slots=True)
class ImportSheets:
    """`document`: the file's name. `texts`, `sources`: Part 1, paragraph by paragraph, word for word, with places.

    `records`: (类别, 来源位置, 原文, 说明), row by row.
    """

    document: str
    texts: Sequence[str]
    sources: Sequence[str]
    part_one: PartOne
    records: Sequence[tuple[str, str, str, str]]


def build_narrative(sheet: Worksheet, sheets: ImportSheets) -> None:
    header = layout.NARRATIVE_HEADER_ROW
    headings = [(heading, width) for heading, width, _ in layout.NARRATIVE_COLUMNS]
    hint = f"来自“{sheets.document}”；逐段保留原文，右侧各列是从中读出的内容，校验时按原文重新读取"
    _title(sheet, Kind.NARRATIVE, hint)
    put(
        sheet, "A3", "第一部分与项目表不一致的地方列在“校验”列；改完项目表后用“导出文本”重新生成第一部分，不必改这里",
        font=style.HELPER, alignment=style.LEFT_ONE_LINE,
    )  # fmt: skip
    mark_columns(sheet, header, layout.NARRATIVE_MARKS, layout.NARRATIVE_FLAGS)
    columns = columns_from("A", headings)
    _headings(sheet, header, columns)
    fields = [field for _, _, field in layout.NARRATIVE_COLUMNS]
    passages = sheets.part_one.passages
    lines = zip(sheets.texts, sheets.sources, sheets.part_one.paragraphs, strict=True)
    for number, (text, source, paragraph) in enumerate(lines, 1):
        read = shown_fields(passages.get(number - 1))
        own = {"source": source, "text": text.strip(), **read}
        values = [number, source, paragraph.role.value, *(own.get(field) for field in fields[3:])]
        _row(sheet, header + number, columns, values)
    last = header + len(sheets.texts)
    colour_by_flags(sheet, f"A{header + 1}:{columns[-1][0]}{layout.GENERATED_ROWS}", layout.NARRATIVE_FLAGS)
    sheet.freeze_panes = f"E{header + 1}"
    print_on_a4(sheet, f"A1:{columns[-1][0]}{last}", landscape=True)
    sheet.print_title_rows = f"{header}:{header}"


def build_records(sheet: Worksheet, sheets: ImportSheets) -> None:
    header = layout.IMPORT_HEADER_ROW
    columns = columns_from("A", layout.IMPORT_COLUMNS)
    _title(sheet, Kind.IMPORT, f"来自“{sheets.document}”；除下列各条外，原文的表格和第一部分都已读入本工作簿")
    hint = "未读出：有内容但读不成数，单元格已留空；未采用：工作簿里没有它的位置；说明：已读入，但和原文写法不同"
    put(sheet, "A3", hint, font=style.HELPER, alignment=style.LEFT_ONE_LINE)
    _headings(sheet, header, columns)
    for number, record in enumerate(sheets.records, 1):
        _row(sheet, header + number, columns, [number, *(text or None for text in record)])
    body = f"B{header + 1}:B{layout.GENERATED_ROWS}"
    for kind, look in (("未读出", style.ERROR_MARK), ("未采用", style.WARNING_MARK)):
        colour_when(sheet, body, f'$B{header + 1}="{kind}"', look)
    sheet.auto_filter.ref = f"A{header}:{columns[-1][0]}{header + max(1, len(sheets.records))}"
    sheet.freeze_panes = f"A{header + 1}"
    print_on_a4(sheet, landscape=True)
    sheet.print_title_rows = f"{header}:{header}"


def _title(sheet: Worksheet, kind: Kind, hint: str) -> None:
    put(sheet, "A1", layout.SHEET_TITLES[kind], font=style.TITLE, alignment=style.LEFT_ONE_LINE)
    put(sheet, "A2", hint, font=style.HELPER, alignment=style.LEFT_ONE_LINE)
    sheet.row_dimensions[1].height = 28
    sheet.sheet_view.showGridLines = False


def _headings(sheet: Worksheet, header: int, columns: Sequence[tuple[str, str, float]]) -> None:
    for letter, heading, width in columns:
        sheet.column_dimensions[letter].width = width
        column_heading(sheet, f"{letter}{header}", heading)


def _row(sheet: Worksheet, row: int, columns: Sequence[tuple[str, str, float]], values: Sequence[object]) -> None:
    lines = [lines_needed(str(value or ""), width) for value, (_, _, width) in zip(values, columns, strict=True)]
    growing_row(sheet, row, _LINE * max(lines) + 8)
    for (letter, heading, _), value in zip(columns, values, strict=True):
        shown = money_to_number(value) if isinstance(value, Money) else value
        put(
            sheet, f"{letter}{row}", shown, boxed=True, alignment=_alignment(heading),
            number_format=style.MONEY if heading == _MONEY_HEADING else style.TEXT,
        )  # fmt: skip


def _alignment(heading: str) -> Alignment:
    if heading == _MONEY_HEADING:
        return style.RIGHT
    return style.CENTRE if heading in ("段", "序号", "类别") else style.LEFT
