"""Finding the labels of a form in a grid, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from jixiao.model.value import fold
from jixiao.workbook import layout
from jixiao.workbook.grid import Grid

_REMARK = re.compile(r"\([^()]*\)$")
# How forms head the nodes of the plan: 3月底, 截至3月31日, 1-3月, 第一季度末, 上半年, 全年.
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTH = rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[{''.join(_NUMERALS[:9])}])月"
_NODE = re.compile(
    rf"(?:截?[至止到])?(?:1[-~至])?{_MONTH}(?:\d{{1,2}}日|底|末|份)?(?:之?前|止)?(?:累计)?"
    r"|第?(?P<quarter>[一二三四1-4])季度?[末底]?(?:累计)?|(?P<half>上半年)[末底]?|(?P<year>全年|年[底末终])"
)
_LONGEST_LABEL = 24


class Hit(NamedTuple):
    """A label: its normalised text and the indices of its cell in the grid's rows."""

    label: str
    row: int
    column: int


def normal_label(text: str) -> str:
    """Without blanks, full-width forms, a closing remark in brackets or a colon: 资金支出计划（%） -> 资金支出计划."""
    return _REMARK.sub("", fold(text)).rstrip(":")


def _normalised(labels: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {normal_label(text): field for field, texts in labels.items() for text in texts}


PROJECT = _normalised(layout.PROJECT_LABELS)
BASIC = _normalised(layout.BASIC_LABELS)
DEPARTMENT = _normalised(layout.DEPARTMENT_LABELS)
INDICATOR = _normalised(layout.INDICATOR_LABELS)
NARRATIVE = {normal_label(heading): field for heading, _, field in layout.NARRATIVE_COLUMNS if field}
HELPER = {normal_label(heading): heading for heading in layout.HELPER_HEADINGS}
PROJECT_START = {label for label, field in PROJECT.items() if field == "code"}
QUOTED = normal_label(layout.QUOTED_HEADING)
NARRATIVE_START = {label for label, field in NARRATIVE.items() if field in ("source", "text")}
BASIC_START = {label for label, field in BASIC.items() if field == "name"}
_ALL = {*PROJECT, *BASIC, *DEPARTMENT, *INDICATOR, *NARRATIVE_START, *HELPER}

_known: dict[str, str] = {}  # what a short text is as a label, "" for none; forms repeat the same few texts


# Most texts of a form are told from labels by their first two signs.
_NUMBERS = set("0123456789０１２３４５６７８９").union(*_NUMERALS)
_FIRST_SIGNS = frozenset({label[0] for label in _ALL} | _NUMBERS | set("截至止到第上全年"))
_SECOND_SIGNS = frozenset({label[1] for label in _ALL} | _NUMBERS | set("月季至止到半年底末终-－~ \u3000\xa0\t\n"))


def label_of(text: str) -> str:
    """The normalised label, or "" where the text is none."""
    if len(text) > _LONGEST_LABEL:
        return ""
    label = _known.get(text)
    if label is None:
        label = _label_of(text)
        if len(_known) < 100_000:
            _known[text] = label
    return label


def _label_of(text: str) -> str:
    start = text.lstrip()[:2]
    if start[:1] not in _FIRST_SIGNS or start[1:] not in _SECOND_SIGNS:
        return ""
    label = normal_label(text)
    return label if label in _ALL or _NODE.fullmatch(label) else ""


@lru_cache(maxsize=1024)
def node_month(label: str) -> int | None:
    """3月底 -> 3, 一季度 -> 3, 上半年 -> 6."""
    match = _NODE.fullmatch(label)
    if match is None:
        return None
    if match["half"] or match["year"]:
        return 6 if match["half"] else 12
    number = match["month"] or match["quarter"]
    counted = int(number) if number.isdigit() else 1 + _NUMERALS.index(number)
    return counted if match["month"] else 3 * counted


def find_labels(grid: Grid) -> tuple[Hit, ...]:
    """All labels of the sheet, row by row."""
    known, of = _known, label_of
    hits: list[Hit] = []
    for i, row in enumerate(grid.rows):
        for j, value in enumerate(row):
            if value and value.__class__ is str and len(value) <= _LONGEST_LABEL:
                label = known.get(value)
                if label is None:
                    label = of(value)
                if label:
                    hits.append(Hit(label, i, j))
    return tuple(hits)
