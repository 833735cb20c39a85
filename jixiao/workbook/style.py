"""How the workbook looks: fonts, fills, borders, formats; in one place, so that every sheet looks the same."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

BODY_FONT = "宋体"
TITLE_FONT = "黑体"

BODY = Font(name=BODY_FONT, size=10.5)
LABEL = Font(name=BODY_FONT, size=10.5, bold=True)
TITLE = Font(name=TITLE_FONT, size=16)
SECTION = Font(name=TITLE_FONT, size=12)
HELPER = Font(name=BODY_FONT, size=9, color="6B7280")
HELPER_HEADING = Font(name=BODY_FONT, size=9, bold=True, color="6B7280")

LABEL_FILL = PatternFill("solid", start_color="F2F4F7")
HEADER_FILL = PatternFill("solid", start_color="DCE6F1")

_THIN = Side(style="thin", color="808080")
_PALE = Side(style="thin", color="C9CED6")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
PALE_BOX = Border(left=_PALE, right=_PALE, top=_PALE, bottom=_PALE)

CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
LEFT_ONE_LINE = Alignment(horizontal="left", vertical="center")
RIGHT = Alignment(horizontal="right", vertical="center")
ONE_LINE_TO_FIT = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)

MONEY = "#,##0.00"
PERCENT = "0%"
PERCENT_1 = "0.0%"
TEXT = "@"
INTEGER = "0"
DATE = "yyyy-mm-dd"


def _fill(colour: str) -> PatternFill:
    return PatternFill(bgColor=colour, fill_type="solid")


# Differential styles, for conditional formats.
ERROR_MARK = DifferentialStyle(fill=_fill("FFC7CE"), font=Font(color="9C0006"))
WARNING_MARK = DifferentialStyle(fill=_fill("FFE9B3"), font=Font(color="7A4B00"))
INFO_MARK = DifferentialStyle(font=Font(color="1F5FA8"))
TABLE_ROW = DifferentialStyle(border=PALE_BOX)
TOTAL_ROW = DifferentialStyle(border=PALE_BOX, font=Font(bold=True), fill=_fill("EEF2F7"))
HEADER_ROW = DifferentialStyle(border=BOX, font=Font(bold=True), fill=_fill("DCE6F1"), alignment=CENTRE)
FINE_PERCENT = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode="0.0#%"))
