"""Small steps of building a sheet with openpyxl that every sheet shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from math import ceil
from typing import Any
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.workbook import layout, style

PAPER_A4 = "9"
_HIGHEST_ROW = 400.0  # a spreadsheet's rows end at 409 points
_Look = tuple[Font, Alignment, PatternFill | None, bool, str]
# A workbook's looks, by the identities of their parts, and the style of a cell that has the look: setting a style part
# by part makes openpyxl compare each part with all it knows. The look is kept so that its identities stay its own.
_looks: WeakKeyDictionary[Workbook, dict[tuple[int, ...], tuple[_Look, Any]]] = WeakKeyDictionary()


def put(
    sheet: Worksheet,
    area: str,
    value: object = None,
    *,
    font: Font = style.BODY,
    alignment: Alignment = style.LEFT,
    fill: PatternFill | None = None,
    boxed: bool = False,
    number_format: str = "General",
) -> Cell:
    """Write a value into a cell or a merged range and style the whole of it. A text never becomes a formula here."""
    first_column, first_row, last_column, last_row = range_boundaries(area)
    known = _looks.setdefault(sheet.parent, {})
    look = (font, alignment, fill, boxed, number_format)
    key = tuple(map(id, look))
    for row in sheet.iter_rows(first_row, last_row, first_column, last_column):
        for cell in row:
            if cell.has_style:
                _style(cell, *look)
            elif key in known:
                cell._style = copy(known[key][1])
            else:
                _style(cell, *look)
                known[key] = look, cell._style
    if ":" in area:
        sheet.merged_cells.add(area)  # merge_cells would style each cell once more, at three times the cost of all else
    cell = sheet.cell(first_row, first_column)
    write(cell, value)
    return cell


def _style(
    cell: Cell, font: Font, alignment: Alignment, fill: PatternFill | None, boxed: bool, number_format: str
) -> None:
    cell.font, cell.alignment, cell.number_format = font, alignment, number_format
    if boxed:
        cell.border = style.BOX
    if fill:
        cell.fill = fill


def label(sheet: Worksheet, area: str, text: str) -> None:
    """What the form prints beside or above an input."""
    put(sheet, area, text, font=style.LABEL, alignment=style.CENTRE, fill=style.LABEL_FILL, boxed=True)


def column_heading(sheet: Worksheet, area: str, text: str) -> None:
    """The heading of a table's column."""
    put(sheet, area, text, font=style.LABEL, alignment=style.CENTRE, fill=style.HEADER_FILL, boxed=True)


def write(cell: Cell, value: object) -> None:
    """User's text stays text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value[:1] in "=+-@":
            cell.quotePrefix = True


def formula(sheet: Worksheet, area: str, text: str, **look: Any) -> Cell:
    """Write a formula of ours."""
    cell = put(sheet, area, None, **look)
    cell.value = text
    return cell


def widths(sheet: Worksheet, columns: Iterable[tuple[str, float]]) -> None:
    for letter, width in columns:
        sheet.column_dimensions[letter].width = width


def columns_from(first: str, columns: Sequence[tuple[str, float]]) -> list[tuple[str, str, float]]:
    """(letter, heading, width) of the columns of a table that begins at `first`."""
    start = range_boundaries(f"{first}1")[0]
    return [(get_column_letter(start + offset), heading, width) for offset, (heading, width) in enumerate(columns)]


class _GrowingRow(RowDimension):  # type: ignore[misc]  # openpyxl is untyped here
    """A row with a height that is not the user's: the spreadsheet fits it anew when its texts change."""

    @property
    def customHeight(self) -> bool:
        return False


def growing_row(sheet: Worksheet, row: int, height: float) -> None:
    sheet.row_dimensions[row] = _GrowingRow(sheet, index=row, ht=min(height, _HIGHEST_ROW))


def lines_needed(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column of `width` characters; a Chinese character takes two."""
    return sum(1 + max(0, ceil(_display_width(line) / (width - 1)) - 1) for line in text.splitlines() or [""])


def _display_width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def drop_down(sheet: Worksheet, area: str, source: str, *, title: str, prompt: str, strict: bool = True) -> None:
    """A list to choose from; `source` is a formula without `=` or a quoted list."""
    validation = DataValidation(
        type="list", formula1=source, allow_blank=True, showErrorMessage=strict, showInputMessage=True,
        promptTitle=title, prompt=prompt, errorTitle=title, error="请从下拉列表中选择",
    )  # fmt: skip
    sheet.add_data_validation(validation)
    validation.add(area)


def input_rule(sheet: Worksheet, area: str, title: str, prompt: str, **rule: Any) -> None:
    """An input message and, where `rule` gives a type, a limit with an error message."""
    validation = DataValidation(
        allow_blank=True, showInputMessage=True, showErrorMessage=bool(rule), promptTitle=title, prompt=prompt, **rule
    )
    sheet.add_data_validation(validation)
    for part in area.split():
        validation.add(part)


def colour_when(sheet: Worksheet, area: str, condition: str, look: DifferentialStyle, *, last: bool = False) -> None:
    """A conditional format by formula; `condition` is written for the area's first cell."""
    sheet.conditional_formatting.add(area, Rule(type="expression", dxf=look, formula=[condition], stopIfTrue=last))


def colour_by_flags(sheet: Worksheet, area: str, flags: str) -> None:
    """Colour the cells that the validator flagged: `;5E;6W;` in the flags column means columns 5 and 6."""
    first_row = range_boundaries(area)[1]
    for letter, look in (("E", style.ERROR_MARK), ("W", style.WARNING_MARK)):
        colour_when(sheet, area, f'ISNUMBER(SEARCH(";"&COLUMN()&"{letter};",${flags}{first_row}))', look, last=True)


def mark_columns(sheet: Worksheet, row: int, marks: str, flags: str) -> None:
    """The visible column 校验 and the hidden one that drives the colours."""
    put(sheet, f"{marks}{row}", layout.MARKS_HEADING, font=style.HELPER_HEADING, alignment=style.LEFT_ONE_LINE)
    put(sheet, f"{flags}{row}", layout.FLAGS_HEADING, font=style.HELPER_HEADING, alignment=style.LEFT_ONE_LINE)
    sheet.column_dimensions[flags].hidden = True
    sheet.column_dimensions[marks].width = 60
    for letter in (marks, flags):
        sheet.column_dimensions[letter].font = style.HELPER
        sheet.column_dimensions[letter].number_format = style.TEXT
        sheet.column_dimensions[letter].alignment = style.LEFT_ONE_LINE
    for severity, look in (("错误", style.ERROR_MARK), ("警告", style.WARNING_MARK), ("提示", style.INFO_MARK)):
        area = f"{marks}{row + 1}:{marks}{row + layout.FORM_ROWS}"
        colour_when(sheet, area, f'LEFT(${marks}{row + 1},2)="{severity}"', look)


def print_on_a4(sheet: Worksheet, area: str | None = None, *, landscape: bool = False, fit: bool = True) -> None:
    """A4, one page wide where `fit`; without an `area` everything is printed."""
    if area:
        sheet.print_area = area
    sheet.page_setup.paperSize = PAPER_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.75, 0.35
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    if fit:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
