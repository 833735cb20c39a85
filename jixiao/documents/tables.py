"""What a table of a document is: the form of a project, the rest of one, or something else and what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jixiao.documents.source import Cell, Table
from jixiao.narrative.paragraphs import BOOKMARK
from jixiao.workbook import labels
from jixiao.workbook.labels import label_of, normal_label

_LEAST_HEADINGS = 3
_NAME_LABELS = {label for label, field in labels.PROJECT.items() if field == "name"}
_FIELDS_BESIDE_NAME = {label for label, field in labels.PROJECT.items() if field in ("budget", "goal", "plan")}
# Labels that only the forms of monitoring and evaluation have.
_EVALUATION = {
    "实际完成值", "实际完成情况", "全年实际值", "全年完成值", "年度完成值", "1-7月执行数", "全年执行数", "执行数",
    "预算执行率", "执行率", "自评得分", "得分", "偏差原因分析及改进措施", "偏差原因", "完成可能性", "全年预计完成情况",
    "全年预计完成值", "当前完成值",
}  # fmt: skip
_EVALUATION_SIGNS = {label[0] for label in _EVALUATION}
_LONGEST_LABEL = 24
_LEVELS = ("指标", "产出", "效益", "满意度", "成本")

NOT_A_FORM = "不是项目绩效目标表，没有采用"
EVALUATION_FORM = "绩效自评或监控表，不是项目绩效目标表，没有采用"
LIST_OF_PROJECTS = "项目清单，不是项目绩效目标表，没有采用"
NO_FORM_ABOVE = "指标表上方没有项目绩效目标表，没有采用"


def plain(text: str) -> str:
    """Without bookmarks and outer blanks."""
    return BOOKMARK.sub("", text).strip()


def start_labels(rows: Iterable[Sequence[Cell]]) -> set[str]:
    """The labels a project's form begins with: those of the code; of the name, in a form that has no code."""
    found = _labels(rows)
    if found & labels.PROJECT_START:
        return labels.PROJECT_START
    return _NAME_LABELS if found & _NAME_LABELS else set()


def starts_form(table: Table) -> bool:
    """The table has the label that a project's form begins with, and is neither an evaluation nor a list."""
    start = start_labels(table.rows)
    if not start or why_no_form(table) != NOT_A_FORM:
        return False
    found = _labels(table.rows)
    return start is labels.PROJECT_START or bool(found & _FIELDS_BESIDE_NAME) or _has_indicators(found)


def why_no_form(table: Table) -> str:
    """Why nothing is read of a table that neither begins nor continues a form."""
    if any(_is_of_evaluation(cell.text) for row in table.rows for cell in row):
        return EVALUATION_FORM
    start = start_labels(table.rows)
    if any(_is_list_heading(row, start) for row in table.rows):
        return LIST_OF_PROJECTS
    return NO_FORM_ABOVE if not start and _has_indicators(_labels(table.rows)) else NOT_A_FORM


def tables_in(table: Table) -> list[Table]:
    """A list or an evaluation that follows a form without a line between them is a table of its own."""
    if why_no_form(table) not in (EVALUATION_FORM, LIST_OF_PROJECTS):
        return [table]
    tops = [_top_of(table.rows, index) for index in _second_starts(table.rows)]
    pieces = [table.rows[top:bottom] for top, bottom in zip([0, *tops], [*tops, len(table.rows)], strict=True)]
    return [Table(rows, table.where) for rows in pieces if rows]


def _is_of_evaluation(text: str) -> bool:
    return text[:1] in _EVALUATION_SIGNS and len(text) < _LONGEST_LABEL and normal_label(text) in _EVALUATION


def _second_starts(rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """The rows that name a code or a project once more."""
    seen: set[str] = set()
    for index, row in enumerate(rows):
        named = {labels.PROJECT[label] for label in _labels([row]) if labels.PROJECT.get(label) in ("code", "name")}
        if named & seen:
            yield index
            seen = set()
        seen |= named


def _top_of(rows: Sequence[Sequence[Cell]], index: int) -> int:
    """The titles above a row belong to it."""
    while index and _may_be_headline(rows[index - 1]):
        index -= 1
    return index


def _may_be_headline(row: Sequence[Cell]) -> bool:
    filled = sum(bool(plain(cell.text)) for cell in row)
    return filled <= 2 and not _labels([row]) and not _names_level(row)


def _is_list_heading(row: Sequence[Cell], start: set[str]) -> bool:
    """项目名称 and, in the very next cell, another label: what they name stands below them."""
    marks = [label_of(cell.text.strip()) for cell in row]
    return any(
        label in start and (marks[index + 1 : index + 2] or [""])[0] in labels.PROJECT
        for index, label in enumerate(marks)
    )


def continues_form(table: Table, rows: Sequence[Sequence[Cell]]) -> bool:
    """Right behind the `rows` of a form: its indicators in a table of their own, or more rows of the same width."""
    found = _labels(table.rows)
    if _has_indicators(found):
        return why_no_form(table) == NO_FORM_ABOVE
    width = max((len(row) for row in rows), default=0)
    is_as_wide = width - 1 <= max(len(row) for row in table.rows) <= width + 1
    return is_as_wide and not found and any(_names_level(row) for row in table.rows)


def _names_level(row: Sequence[Cell]) -> bool:
    return any(cell.text.strip().endswith(_LEVELS) for cell in row[:3])


def _has_indicators(found: set[str]) -> bool:
    return len(found & labels.INDICATOR.keys()) >= _LEAST_HEADINGS


def _labels(rows: Iterable[Sequence[Cell]]) -> set[str]:
    return {label for row in rows for cell in row if (label := label_of(cell.text.strip()))}
