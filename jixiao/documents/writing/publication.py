"""The publishable document as data: cover, Part 1 in paragraphs, Part 2 with a form for each project.

No file format is known here. Part 1 is written from the same records as the tables, so that the parts agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from jixiao.documents.writing.gaps import gaps_of
from jixiao.documents.writing.passages import BLANK, basic_passage, project_passage
from jixiao.documents.writing.plain import lines_of, one_line
from jixiao.documents.writing.project_form import ProjectForm, project_form
from jixiao.model.records import Department
from jixiao.profiles import Profile

TITLE = "部门预算绩效目标文本"
NO_FORMS = "（无项目）"
_NUMERALS = "一二三四五六七八九十"


class Level(IntEnum):
    """What a line of Part 1 is: 一、总体绩效目标, 一、人员经费绩效目标 below it, or text."""

    TEXT = 0
    HEADING = 1
    SUBHEADING = 2


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    level: Level = Level.TEXT


@dataclass(frozen=True, slots=True)
class PartTitle:
    """`第一部分` and `部门整体绩效目标`."""

    number: str
    name: str


PART1 = PartTitle("第一部分", "部门整体绩效目标")
PART2 = PartTitle("第二部分", "预算项目绩效目标")


@dataclass(frozen=True, slots=True)
class Publication:
    """gaps: what the document leaves blank, each a Chinese sentence with the project's name."""

    unit_name: str
    title: str
    lines: tuple[Line, ...]
    forms: tuple[ProjectForm, ...]
    gaps: tuple[str, ...]


def publication(department: Department, profile: Profile) -> Publication:
    """Everything the published text says of the department. What is missing stays visibly blank, nothing is guessed."""
    year = BLANK if department.year is None else str(department.year)
    return Publication(
        unit_name=one_line(department.unit_name) or BLANK,
        title=f"{year}年{TITLE}",
        lines=tuple(_part1(department, profile)),
        forms=tuple(project_form(number, one, department) for number, one in enumerate(department.projects, 1)),
        gaps=tuple(gaps_of(department)),
    )


def _part1(department: Department, profile: Profile) -> Iterator[Line]:
    yield Line("一、总体绩效目标", Level.HEADING)
    yield from _text(department.overall_goal)
    yield Line("二、分项绩效目标", Level.HEADING)
    yield from _spendings(department, profile)
    yield Line("三、工作保障措施", Level.HEADING)
    yield from _text(department.measures)


def _text(text: str) -> Iterator[Line]:
    return (Line(line or BLANK) for line in lines_of(text))


def _spendings(department: Department, profile: Profile) -> Iterator[Line]:
    number = 0
    for number, basic in enumerate(department.basics, 1):
        yield Line(f"{_numeral(number)}、{one_line(basic.name) or BLANK}绩效目标", Level.SUBHEADING)
        yield Line(basic_passage(basic, profile))
    if department.projects:
        yield Line(f"{_numeral(number + 1)}、项目绩效目标", Level.SUBHEADING)
        for place, project in enumerate(department.projects, 1):
            yield Line(project_passage(place, project, profile))


def _numeral(number: int) -> str:
    return _NUMERALS[number - 1] if number <= len(_NUMERALS) else str(number)
