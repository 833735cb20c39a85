"""The form of a project as two Word tables: the head, and the indicators below headings that repeat on each page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from jixiao.documents.writing import page
from jixiao.documents.writing.form_layout import OUTSIDE, SMALL, FormLayout, Lettering, fits_a_page, row_height
from jixiao.documents.writing.page import points, twips
from jixiao.documents.writing.project_form import FormCell, Look, Row
from jixiao.documents.writing.word_styles import CELL_CENTRED, CELL_LABEL, CELL_RIGHT, CELL_TEXT, SEAM, SMALL_SUFFIX
from jixiao.documents.writing.word_xml import paragraph, run

_STYLES = {
    Look.LABEL: CELL_LABEL,
    Look.TEXT: CELL_TEXT,
    Look.CENTRED: CELL_CENTRED,
    Look.LEFT_OUTSIDE: CELL_TEXT,
    Look.RIGHT_OUTSIDE: CELL_RIGHT,
}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
_NO_FRAME = ("top", "left", "right")
_OPEN_BELOW = ("bottom",)


def form_tables(layout: FormLayout) -> str:
    """Both tables, kept apart and ended by a paragraph that takes no room."""
    last = len(layout.form.head) - 1
    open_row = last if layout.joined else None
    head = _table(layout.form.head, layout.lettering, open_row=open_row)
    table = _table(layout.form.table, layout.lettering, header=0)
    return f"{head}{paragraph(SEAM, '', '<w:keepNext/>')}{table}{paragraph(SEAM, '')}"


def _table(rows: Sequence[Row], lettering: Lettering, *, open_row: int | None = None, header: int | None = None) -> str:
    edges = sorted({edge for row in rows for edge in accumulate((cell.width for cell in row), initial=0)})
    columns = "".join(f'<w:gridCol w:w="{_twips(right) - _twips(left)}"/>' for left, right in pairwise(edges))
    body = "".join(
        _row(row, edges, lettering, is_open=place == open_row, is_header=place == header)
        for place, row in enumerate(rows)
    )
    return f"<w:tbl>{_properties(lettering)}<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def _twips(millimetres: int) -> int:
    return twips(points(millimetres))


def _properties(lettering: Lettering) -> str:
    borders = "".join(f"<w:{side} {_LINE}/>" for side in _SIDES)
    above, beside = twips(lettering.above), twips(page.CELL_SIDE)
    margins = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (("top", above), ("left", beside), ("bottom", above), ("right", beside))
    )
    width = twips(page.TABLE_PAGE.text_width)
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )


def _row(row: Row, edges: Sequence[int], lettering: Lettering, *, is_open: bool, is_header: bool) -> str:
    height = row_height(row, lettering)
    whole = f'<w:cantSplit/><w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if fits_a_page(height) else ""
    starts = accumulate((cell.width for cell in row), initial=0)
    suffix = SMALL_SUFFIX if lettering is SMALL else ""
    cells = "".join(
        _cell_properties(cell, start, edges, is_open) + _cell_texts(cell, suffix, is_header)
        for cell, start in zip(row, starts, strict=False)
    )
    return f"<w:tr><w:trPr>{whole}{'<w:tblHeader/>' if is_header else ''}</w:trPr>{cells}</w:tr>"


def _cell_properties(cell: FormCell, start: int, edges: Sequence[int], is_open: bool) -> str:
    columns = edges.index(start + cell.width) - edges.index(start)
    merged = {0: "<w:vMerge/>", 1: ""}.get(cell.rows, '<w:vMerge w:val="restart"/>')
    missing = _NO_FRAME if cell.look in OUTSIDE else _OPEN_BELOW if is_open else ()
    borders = "".join(f'<w:{side} w:val="nil"/>' for side in missing)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(start + cell.width) - _twips(start)}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else "")
        + merged
        + (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "")
        + '<w:vAlign w:val="center"/></w:tcPr>'
    )


def _cell_texts(cell: FormCell, suffix: str, keep: bool) -> str:
    """A paragraph a line."""
    style, more = _STYLES[cell.look] + suffix, "<w:keepNext/>" if keep else ""
    lines = cell.text.split("\n")
    return "".join(paragraph(style, run(line) if line else "", more) for line in lines) + "</w:tc>"
