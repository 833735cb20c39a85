"""The hidden sheet of words that the drop-downs choose from."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from jixiao.profiles import PROFILES, load_profile
from jixiao.rules.core import Severity
from jixiao.workbook.build import formula, put
from jixiao.workbook.layout import NO, SHEET_TITLES, YES, Kind

STANDARDS = ("计划标准", "历史标准", "行业标准", "预算支出标准", "其他标准")

_SHEET = Kind.DICTIONARY.value
_HEADER, _FIRST = 3, 4  # row of the headings, first row of the words
_BLOCK = 25  # rows between the levels of one profile and the next
_LEVELS = 6  # room for six 一级
_LONGEST = 20
# How many rows down the levels of the chosen profile stand: a cell, so that the drop-downs follow the choice.
_SHIFT_CELL = "L4"
_SHIFT = f"{_SHEET}!$L$4"

_HEADINGS = f"OFFSET({_SHEET}!$A${_HEADER},{_SHIFT},0,1,{_LEVELS})"
LEVEL1_LIST = f"OFFSET({_SHEET}!$A${_HEADER},{_SHIFT},0,1,COUNTA({_HEADINGS}))"
STANDARDS_LIST = f"{_SHEET}!$H${_FIRST}:$H${_FIRST + len(STANDARDS) - 1}"
SEVERITY_LIST = f"{_SHEET}!$I${_FIRST}:$I${_FIRST + len(Severity) - 1}"
YES_NO_LIST = f"{_SHEET}!$J${_FIRST}:$J${_FIRST + 1}"
PROFILE_LIST = f"{_SHEET}!$K${_FIRST}:$K${_FIRST + len(PROFILES) - 1}"


def level2_list(level1_cell: str) -> str:
    """The 二级 of the 一级 that stands in `level1_cell`."""
    column = f"MATCH({level1_cell},{_HEADINGS},0)-1"
    words = f"OFFSET({_SHEET}!$A${_FIRST},{_SHIFT},{column},{_LONGEST},1)"
    return f"OFFSET({_SHEET}!$A${_FIRST},{_SHIFT},{column},COUNTA({words}),1)"


def build_dictionary(sheet: Worksheet, profile_cell: str) -> None:
    """`profile_cell` is where the department chooses its profile."""
    put(sheet, "A1", SHEET_TITLES[Kind.DICTIONARY])
    put(sheet, "B1", "下拉列表用，请勿修改")
    for index, name in enumerate(PROFILES):
        for column, (level1, level2s) in enumerate(load_profile(name).levels.items()):
            _list(sheet, "ABCDEF"[column], level1, level2s, index * _BLOCK)
    _list(sheet, "H", "指标值确定依据", STANDARDS)
    _list(sheet, "I", "级别", [severity.label for severity in Severity])
    _list(sheet, "J", "是否", (YES, NO))
    _list(sheet, "K", "规则口径", list(PROFILES))
    put(sheet, f"L{_HEADER}", "所选口径的行偏移")
    chosen = f"MATCH({profile_cell},$K${_FIRST}:$K${_FIRST + len(PROFILES) - 1},0)"
    formula(sheet, _SHIFT_CELL, f"={_BLOCK}*(IFERROR({chosen},1)-1)")
    sheet.sheet_state = "hidden"


def _list(sheet: Worksheet, letter: str, heading: str, words: Sequence[str], shift: int = 0) -> None:
    put(sheet, f"{letter}{_HEADER + shift}", heading)
    for offset, word in enumerate(words):
        put(sheet, f"{letter}{_FIRST + shift + offset}", word)
