"""第一部分原文: the paragraphs of Part 1 in a sheet, and what is read from each.

The text is what counts: it is read anew each time, and the columns right of it only show what was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.model.fields import node_field
from jixiao.model.money import Money
from jixiao.model.narrative import Passage, Quote
from jixiao.model.origin import Origin
from jixiao.model.plan import percent_text
from jixiao.narrative.part_one import PartOne, read_part_one
from jixiao.workbook.cells import shown
from jixiao.workbook.grid import Grid
from jixiao.workbook.labels import NARRATIVE, Hit, normal_label
from jixiao.workbook.layout import NARRATIVE_COLUMNS

READ_FIELDS = tuple(field for _, _, field in NARRATIVE_COLUMNS if field not in ("", "source", "text"))
_QUOTE_FIELDS = ("level1", "level2", "level3", "description", "value", "text")
_SHOWN_QUOTES = 3


@dataclass(frozen=True, slots=True)
class NarrativeSheet:
    """The sheet as read: the sheet's row of each paragraph, and the column of each field; all count from 1."""

    name: str
    rows: tuple[int, ...]
    columns: dict[str, int]
    part_one: PartOne
    passages: tuple[Passage, ...]


def read_narrative(grid: Grid, hits: Sequence[Hit]) -> NarrativeSheet | None:
    """None where the sheet has no column 原文."""
    header = next((hit.row for hit in hits if NARRATIVE.get(hit.label) == "text"), None)
    if header is None:
        return None
    headings = {normal_label(shown(value)): column for column, value in enumerate(grid.rows[header])}
    columns = {field: headings[label] for label, field in NARRATIVE.items() if label in headings}
    rows = [row for row in range(header + 1, len(grid.rows)) if _cell(grid, row, columns["text"])]
    sources = [_cell(grid, row, columns.get("source", len(grid.rows[row]))) for row in rows]
    part_one = read_part_one([_cell(grid, row, columns["text"]) for row in rows], sources)
    sheet_rows = tuple(row + grid.first_row for row in rows)
    sheet_columns = {field: column + grid.first_column for field, column in columns.items()}
    passages = tuple(
        _placed(passage, grid.name, sheet_rows[index], sheet_columns) for index, passage in part_one.passages.items()
    )
    return NarrativeSheet(grid.name, sheet_rows, sheet_columns, part_one, passages)


def _cell(grid: Grid, row: int, column: int) -> str:
    cells = grid.rows[row]
    return shown(cells[column]) if column < len(cells) else ""


def _placed(passage: Passage, sheet: str, row: int, columns: dict[str, int]) -> Passage:
    """With the cell that shows each field; a field without a column is shown by its text."""

    def cell(field: str) -> tuple[int, int]:
        return row, columns.get(field, columns["text"])

    cells = {field: cell(field) for field in (*READ_FIELDS, "text", "goal")}
    cells |= {node_field(node.month): cell("plan") for node in passage.plan.nodes}
    cells["quotes"] = cell("quote.1")
    quotes = tuple(
        replace(quote, origin=Origin(sheet, dict.fromkeys(_QUOTE_FIELDS, cell(_quote_column(number)))))
        for number, quote in enumerate(passage.quotes, 1)
    )
    return replace(passage, quotes=quotes, origin=Origin(sheet, cells))


def _quote_column(number: int) -> str:
    return f"quote.{min(number, _SHOWN_QUOTES + 1)}"


def shown_fields(passage: Passage | None) -> dict[str, str | Money | None]:
    """What the columns right of the text show, by field; None where nothing was read."""
    if passage is None:
        return dict.fromkeys(READ_FIELDS)
    quotes = [_quote_text(quote) for quote in passage.quotes]
    plan = "\n".join(
        f"{node.month}月底 {'' if node.share is None else percent_text(node.share)}" for node in passage.plan.nodes
    )
    return {
        "name": passage.name,
        "budget": passage.budget,
        "plan": plan or None,
        "named_levels": "、".join(passage.named_levels) or None,
        "declared_count": f"{passage.declared_count}个{passage.declared_of}" if passage.declared_of else None,
        **{f"quote.{number}": quotes[number - 1] if number <= len(quotes) else None for number in range(1, 4)},
        "quote.4": "\n".join(quotes[_SHOWN_QUOTES:]) or None,
        "basis": passage.basis or None,
    }


def _quote_text(quote: Quote) -> str:
    path = "－".join(part for part in (quote.level1, quote.level2, quote.level3) if part)
    described = f"（{quote.description}）" if quote.description else ""
    return f"{path}{described}\n{quote.value.text or '（没有指标值）'}"
