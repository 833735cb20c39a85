"""What a form and a passage become in the department, and what is recorded of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from jixiao.documents.forms import Form
from jixiao.model.codes import parse_code
from jixiao.model.fields import field_label
from jixiao.model.narrative import Passage
from jixiao.model.origin import NOWHERE, Origin
from jixiao.model.records import BasicExpenditure, Indicator, Project
from jixiao.model.value import fold
from jixiao.narrative.amounts import AMOUNT, amount_of
from jixiao.narrative.beginnings import BASIC_NAMES

_T = TypeVar("_T")
_MONEY_FIELDS = ("budget", "fiscal", "other")
_COVER_YEAR = re.compile(r"(20\d{2})年(?:度)?(?:部门|单位|本级)?(?:整体|项目)?(?:支出)?(?:预算|绩效|\)?$)")


class Level(StrEnum):
    """What kind of record it is; the value is what the user reads."""

    UNREAD = "未读出"  # a value that stands there and could not be read: the cell is left empty
    UNUSED = "未采用"  # a text that has no place in the workbook
    NOTE = "说明"  # read, but not exactly as it stands


class Record(NamedTuple):
    """One line of 导入记录: `text` is what stands in the document at `where`, which is empty for the whole of it."""

    level: Level
    where: str
    text: str
    why: str

    @property
    def place(self) -> str:
        """As the user reads it."""
        return self.where or "全文"


def money_mended(project: Project) -> Project:
    """Amounts with a unit of their own (4万元) are read; the form is then in 元, as its amounts are."""
    amounts: dict[str, Any] = {}
    defects = dict(project.origin.defects)
    for name in _MONEY_FIELDS:
        defect = defects.get(name)
        match = AMOUNT.fullmatch(fold(defect.shown)) if defect and defect.kind == "text" else None
        if match and (amount := amount_of(match)) is not None:
            amounts[name] = amount
            del defects[name]
    origin = Origin(project.origin.sheet, project.origin.cells, defects)
    return replace(project, **amounts, money_unit="元", origin=origin)


def without_places(project: Project) -> Project:
    """Places in the document's own tables mean nothing in the workbook that the project is written to."""
    indicators = tuple(replace(indicator, origin=NOWHERE) for indicator in project.indicators)
    return replace(project, indicators=indicators, origin=NOWHERE)


def records_of(before: Project, project: Project, form: Form) -> Iterator[Record]:
    """What could not be read of a form, and what was read in another way than it stands."""
    for origin in (project.origin, *(indicator.origin for indicator in project.indicators)):
        for name, defect in origin.defects.items():
            if not defect.readable:
                where = form.where(origin.cells[name])
                yield Record(Level.UNREAD, where, defect.shown, f"{field_label(name)}{_WHY[defect.kind]}，已留空")
    if before.money_unit != "元" and any((project.budget, project.fiscal, project.other)):
        text = f"单位：{before.money_unit}"
        yield Record(Level.NOTE, place_of(project, form), text, f"项目“{project.name}”的金额已换算为元")
    if not project.indicators:
        why = "没有读出绩效指标：没有找到含“一级指标”“三级指标”“指标值”的表头，或表头下没有内容"
        yield Record(Level.UNREAD, place_of(project, form), project.name or project.title, why)


_WHY = {
    "error": "是错误值", "text": "不是能读出的数字", "date": "是日期", "negative": "是负数",
    "decimals": "多于两位小数", "too-large": "大得不合理", "unknown": "没有读懂", "uncalculated": "没有计算结果",
}  # fmt: skip


def place_of(project: Project, form: Form) -> str:
    """The cell of its code; in a form without one, of its name."""
    place = project.origin.cells.get("code") or project.origin.cells.get("name")
    return form.where(place) if place else ""


def is_blank(project: Project) -> bool:
    """The form is printed, and nothing is filled in."""
    said = (project.code, project.name, project.purpose, project.goal, project.indicators, project.budget)
    return not any(said) and not any(project.plan.shares) and not project.origin.defects


def year_and_region(projects: Iterable[Project], texts: Sequence[str]) -> tuple[int | None, str]:
    """From the project codes, where most of them agree; the year else from a title such as 2024年部门预算."""
    codes = [code for project in projects if (code := parse_code(project.code))]
    years = Counter(2000 + int(code.year) for code in codes)
    regions = Counter(code.region for code in codes)
    titled = [int(match[1]) for text in texts if (match := _COVER_YEAR.search(fold(text)))]
    year = _most(years) or next(iter(titled), None)
    return year, _most(regions) or ""


def _most(counts: Counter[_T]) -> _T | None:
    """What more than half are; None where opinions differ."""
    ranked = counts.most_common(1)
    return ranked[0][0] if ranked and 2 * ranked[0][1] > counts.total() else None


def basics_of(passages: Iterable[Passage]) -> tuple[BasicExpenditure, ...]:
    """人员经费 and 日常公用经费, which have no table: all that is known of them stands in their passages."""
    return tuple(_basic(passage) for passage in passages if passage.is_basic)


def _basic(passage: Passage) -> BasicExpenditure:
    return BasicExpenditure(
        name=BASIC_NAMES[passage.name],
        budget=passage.budget,
        plan=passage.plan,
        goal=passage.goal,
        indicators=tuple(
            Indicator(quote.level1, quote.level2, quote.level3, quote.description, quote.value)
            for quote in passage.quotes
        ),
        basis=passage.basis,
    )
