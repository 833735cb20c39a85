"""What follows from where the labels of a sheet stand, and from nothing else.

A workbook's forms are copies of one another: it is worked out once for all sheets whose labels stand in the same cells.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from jixiao.workbook import labels
from jixiao.workbook.grid import CellValue
from jixiao.workbook.labels import Hit
from jixiao.workbook.layout import FLAGS_HEADING, MARKS_HEADING

_LEAST_HEADINGS, _LEAST_FIELDS = 3, 4
_MOST_LABELS = 400  # of a sheet whose map is kept: lists of findings hold thousands, and no two are alike


class TableHeader(NamedTuple):
    """The row of the indicator table's header and the column of each of its fields."""

    row: int
    columns: Mapping[str, int]


class Columns(NamedTuple):
    """The fields of the indicator table: for each the column of its heading and where the next heading begins.

    `pick` takes the cells under the headings out of a row, in the order of `spans`.
    """

    spans: Mapping[str, tuple[int, int]]
    pick: Callable[[Sequence[CellValue]], tuple[CellValue, ...]]


class PlanNodes(NamedTuple):
    """The row of the plan's header; each node's month, its column and where the next one begins."""

    row: int
    months: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


class SheetMap:
    """The labels of a sheet; `right` is the column where the form ends and the helper columns begin."""

    def __init__(self, hits: tuple[Hit, ...], width: int) -> None:
        self.hits = hits
        self.right = min((hit.column for hit in hits if hit.label in labels.HELPER), default=width)
        self.inside = tuple(hit for hit in hits if hit.column < self.right and hit.label not in labels.HELPER)
        self._forms: dict[tuple[int, int], FormMap] = {}  # by the numbers of the first and the last of their labels

    @cached_property
    def is_project(self) -> bool:
        """It begins as a project's form does, and has enough of such a form's labels."""
        if self._is_list:
            return False
        found = {hit.label for hit in self.hits}
        table = {labels.INDICATOR[label] for label in found if label in labels.INDICATOR}
        form = {labels.PROJECT[label] for label in found if label in labels.PROJECT}
        return bool(found & labels.PROJECT_START) and (len(table) >= _LEAST_HEADINGS or len(form) >= _LEAST_FIELDS)

    @property
    def _is_list(self) -> bool:
        """项目编码 is a heading beside 项目名称, or beside 一级指标: what it names stands below it, row by row."""
        fields = {(hit.row, hit.column) for hit in self.hits if hit.label in labels.PROJECT}
        table_rows = {hit.row for hit in self.hits if labels.INDICATOR.get(hit.label) == "level1"}
        starts = [(hit.row, hit.column) for hit in self.hits if hit.label in labels.PROJECT_START]
        return any(row in table_rows or {(row, column - 1), (row, column + 1)} & fields for row, column in starts)

    @cached_property
    def mark_headings(self) -> tuple[Hit, ...]:
        """The headings of the columns 校验 and 标记; a sheet with several forms may have them several times."""
        return tuple(hit for hit in self.hits if hit.label in (MARKS_HEADING, FLAGS_HEADING))

    def first(self, label: str) -> Hit | None:
        return next((hit for hit in self.hits if hit.label == label), None)

    def starts(self, start: Collection[str]) -> list[int]:
        """The rows of the labels with which a form begins."""
        return [hit.row for hit in self.inside if hit.label in start]

    def form(self, top: int, bottom: int) -> FormMap:
        """The labels of the rows from `top` to `bottom` (exclusive)."""
        first, last = (bisect_left(self.inside, row, key=attrgetter("row")) for row in (top, bottom))
        if (first, last) not in self._forms:
            self._forms[first, last] = FormMap(self.inside[first:last], self.right)
        return self._forms[first, last]


def sheet_map(hits: tuple[Hit, ...], width: int) -> SheetMap:
    return _kept_map(hits, width) if len(hits) <= _MOST_LABELS else SheetMap(hits, width)


_kept_map = lru_cache(maxsize=256)(SheetMap)


class FormMap:
    """The labels of one form, row by row; it ends before the column `right`, and anywhere below its labels."""

    def __init__(self, hits: tuple[Hit, ...], right: int) -> None:
        self.hits = hits
        self._right = right
        self._labelled = {(hit.row, hit.column) for hit in hits}
        self._rows = sorted({hit.row for hit in hits})
        self._plans: dict[Hit, PlanNodes | None] = {}
        self._columns: dict[tuple[int, ...], Columns] = {}

    @cached_property
    def first_row(self) -> int | None:
        return self._rows[0] if self._rows else None

    def next_row(self, row: int) -> int | None:
        """The next row below with a label in it."""
        place = bisect_right(self._rows, row)
        return self._rows[place] if place < len(self._rows) else None

    def value_column(self, label: Hit) -> int:
        """Where the value of the label stands: beside it; below 一级指标 labels are as wide as that heading."""
        beside = label.column + 1
        if self.table is None or label.column != self.table.columns["level1"]:
            return beside
        wide = min((column for column in self.table.columns.values() if column > label.column), default=beside)
        return wide if wide < self.stops[label] else beside

    @cached_property
    def stops(self) -> Mapping[Hit, int]:
        """Where the next label of its row begins, or the form ends."""
        stops: dict[Hit, int] = {}
        following: Hit | None = None
        for hit in reversed(self.hits):
            stops[hit] = following.column if following and following.row == hit.row else self._right
            following = hit
        return stops

    @cached_property
    def table(self) -> TableHeader | None:
        by_row: dict[int, dict[str, int]] = {}
        for hit in self.hits:
            name = labels.INDICATOR.get(hit.label)
            if name:
                by_row.setdefault(hit.row, {}).setdefault(name, hit.column)
        found = (TableHeader(*row) for row in by_row.items())
        return next((one for one in found if "level1" in one.columns and len(one.columns) >= _LEAST_HEADINGS), None)

    def _is_above_table(self, hit: Hit) -> bool:
        return self.table is None or hit.row < self.table.row

    def columns(self, header: TableHeader, headings: tuple[int, ...]) -> Columns:
        """`headings`: the filled columns of the header, known ones and others."""
        if headings not in self._columns:
            ordered = sorted(header.columns.items(), key=lambda item: item[1])
            inside = [heading for heading in headings if heading < self._right]
            spans = {
                name: (column, next((heading for heading in inside if heading > column), self._right))
                for name, column in ordered
            }
            self._columns[headings] = Columns(spans, itemgetter(*(column for column, _ in spans.values())))
        return self._columns[headings]

    @cached_property
    def repeated_headers(self) -> frozenset[int]:
        """Rows below the header that print it again, as a table does that goes on over a page."""
        below = (hit for hit in self.hits if self.table and hit.row > self.table.row)
        counts = Counter(hit.row for hit in below if hit.label in labels.INDICATOR)
        return frozenset(row for row, count in counts.items() if count >= _LEAST_HEADINGS)

    @cached_property
    def project(self) -> Mapping[str, Hit]:
        return self._fields(labels.PROJECT)

    @cached_property
    def basic(self) -> Mapping[str, Hit]:
        return self._fields(labels.BASIC)

    @cached_property
    def department(self) -> Mapping[str, Hit]:
        return self._fields(labels.DEPARTMENT)

    def _fields(self, meaning: Mapping[str, str]) -> dict[str, Hit]:
        """field -> its first label outside the indicator table."""
        found: dict[str, Hit] = {}
        for hit in self.hits:
            name = meaning.get(hit.label)
            if name and self._is_above_table(hit) and (name not in found or self._heads_group(found[name])):
                found[name] = hit
        return found

    def _heads_group(self, hit: Hit) -> bool:
        """What stands beside the label is another one: 项目资金 | 年度资金总额 | 100."""
        return (hit.row, hit.column + 1) in self._labelled

    def plan(self, label: Hit) -> PlanNodes | None:
        """The nodes of the plan that `label` announces, in its row or below it."""
        if label not in self._plans:
            self._plans[label] = self._plan(label)
        return self._plans[label]

    def _plan(self, label: Hit) -> PlanNodes | None:
        below = (hit for hit in self.hits if hit.row >= label.row and self._is_above_table(hit))
        row = next((hit.row for hit in below if labels.node_month(hit.label)), None)
        if row is None:
            return None
        nodes = [(month, hit.column) for hit in self.hits if hit.row == row and (month := labels.node_month(hit.label))]
        columns = [column for _, column in nodes]
        spans = tuple(zip(columns, [*columns[1:], self._right], strict=True))
        return PlanNodes(row, tuple(month for month, _ in nodes), spans)
