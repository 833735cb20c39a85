"""What is written into 第一部分原文: a module of its own, since most workbooks have no such sheet."""

from __future__ import annotations

from jixiao.workbook.blocks import CellBlock, content
from jixiao.workbook.narrative_sheet import READ_FIELDS, NarrativeSheet, shown_fields


def narrative_blocks(sheet: NarrativeSheet) -> list[CellBlock]:
    """What the columns of 第一部分原文 show of each paragraph, read anew; a block a column, wherever it stands."""
    if not sheet.rows:
        return []
    first, last = sheet.rows[0], sheet.rows[-1]
    read = {row: shown_fields(sheet.part_one.passages.get(index)) for index, row in enumerate(sheet.rows)}
    return [
        CellBlock(
            sheet.name, first, sheet.columns[field],
            [[content(read[row][field]) if row in read else None] for row in range(first, last + 1)],
        )
        for field in READ_FIELDS
        if field in sheet.columns
    ]  # fmt: skip
