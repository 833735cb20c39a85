"""From a document's parts to the department: which table is a project's form, which paragraph is of Part 1.

Every filled piece of the document ends up in the department, in Part 1, or in a record that names it and its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from jixiao.documents.forms import (
    Form,
    continues_form,
    declared_money_unit,
    headlines_before,
    plain,
    read_projects,
    starts_form,
    with_money_unit,
)
from jixiao.documents.readings import (
    Level,
    Record,
    basics_of,
    money_mended,
    records_of,
    without_places,
    year_and_region,
)
from jixiao.documents.source import CannotImport, Cell, Paragraph, Part, Source, Table
from jixiao.model.records import Department, Project
from jixiao.narrative.paragraphs import BOOKMARK, Role
from jixiao.narrative.part_one import PartOne, read_part_one
from jixiao.profiles import PROFILES, load_profile
from jixiao.workbook import layout

_PART_ONE = {Role.OVERALL, Role.PASSAGE, Role.MEASURES}
_TITLES = {Role.HEADING, Role.CONTENTS, Role.COVER}
_LABELS_SHOWN = ("项目编码", "项目名称", "预算数", "资金支出计划（%）", "绩效目标", "一级指标", "二级指标", "三级指标")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read. `paragraphs`: Part 1 word for word, with places; `records`: what needs a look."""

    department: Department
    paragraphs: tuple[Paragraph, ...]
    part_one: PartOne
    records: tuple[Record, ...]


@dataclass(slots=True)
class _Parts:
    """The document's parts, told apart. `runs`: the paragraphs between the forms, without the forms' headlines."""

    runs: list[list[Paragraph]] = field(default_factory=lambda: [[]])
    forms: list[Form] = field(default_factory=list)
    other_tables: list[Table] = field(default_factory=list)


def recognise(source: Source, profile: str | None = None) -> Imported:
    """`profile`: None chooses by the 一级指标 of the tables. Raises CannotImport where no table is a project's form."""
    parts = _told_apart(source)
    if not parts.forms:
        raise CannotImport(_no_form(parts.other_tables))
    records: list[Record] = []
    projects = [project for form in parts.forms for project in _projects(form, records)]
    paragraphs, part_one = _part_one(parts.runs, records)
    department = _department(projects, part_one, profile, [*chain(*parts.runs)], records)
    records += [Record(Level.UNUSED, *_row(row), "不是项目绩效目标表，没有采用") for row in _rows(parts.other_tables)]
    records += _residue_notes(source.parts)
    records += [Record(Level.NOTE, note.where, note.text, note.why) for note in source.notes]
    return Imported(department, tuple(paragraphs), part_one, tuple(records))


def _told_apart(source: Source) -> _Parts:
    parts = _Parts()
    declared = ""
    is_next = False  # nothing stands between the last form and this part
    for part in source.parts:
        if isinstance(part, Paragraph):
            parts.runs[-1].append(part)
            is_next = False
        elif starts_form(part):
            form = _new_form(parts.runs[-1], part, declared)
            declared = declared_money_unit(cell.text for row in form.cells() for cell in row) or declared
            parts.forms.append(form)
            parts.runs.append([])
            is_next = True
        elif parts.forms and continues_form(part, parts.forms[-1], is_next=is_next):
            parts.forms[-1].rows += part.rows
        else:
            parts.other_tables.append(part)
            is_next = False
    return parts


def _new_form(run: list[Paragraph], table: Table, declared: str) -> Form:
    """Takes the form's headlines out of the paragraphs before it."""
    headlines = headlines_before(run)
    stated_before = declared_money_unit(paragraph.text for paragraph in run) or declared
    del run[len(run) - len(headlines) :]
    form = Form(headlines, list(table.rows))
    with_money_unit(form, stated_before)
    return form


def _no_form(tables: Sequence[Table]) -> str:
    seen = f"文件里有 {len(tables)} 张表格，都没有这些标签" if tables else "文件里没有表格"
    return (
        f"没有识别到项目绩效目标表：{seen}；查找的标签是“{'”“'.join(_LABELS_SHOWN)}”等，"
        "请确认文件是预算绩效目标文本，且表格没有转成图片"
    )


def _projects(form: Form, records: list[Record]) -> Iterator[Project]:
    for project in read_projects(form):
        mended = money_mended(project)
        records += records_of(project, mended, form)
        yield without_places(mended)
    records += [Record(Level.UNUSED, *_row(row), "表格中没有对应的栏目，没有采用") for row in form.unused()]


def _part_one(runs: Sequence[Sequence[Paragraph]], records: list[Record]) -> tuple[list[Paragraph], PartOne]:
    """The runs that hold anything of Part 1 are kept whole; of the others every line but titles is recorded."""
    kept: list[Paragraph] = []
    for run in runs:
        read = _read(run)
        if any(paragraph.role in _PART_ONE for paragraph in read.paragraphs):
            kept += run
            why = "第一部分里没有读懂的段落，已原样放入“第一部分原文”"
        else:
            why = "表格以外的文字，没有采用"
        for paragraph, (role, text) in zip(run, read.paragraphs, strict=True):
            if role is Role.UNKNOWN:
                records.append(Record(Level.UNUSED, paragraph.where, text, why))
    part_one = _read(kept)
    records += _unread(part_one)
    return kept, part_one


def _read(paragraphs: Sequence[Paragraph]) -> PartOne:
    texts, sources = [one.text for one in paragraphs], [one.where for one in paragraphs]
    return read_part_one(texts, sources)


def _unread(part_one: PartOne) -> Iterator[Record]:
    """What a passage ought to say and was not found to."""
    for passage in part_one.passages.values():
        missing = [
            label
            for label, found in (
                ("金额", passage.budget),
                ("支出计划", passage.plan.nodes and None not in passage.plan.shares),
                ("引用的指标", passage.quotes),
            )
            if not found
        ]
        if missing:
            yield Record(Level.UNUSED, passage.source, passage.name, f"这一段没有读出{'、'.join(missing)}，没有填写")


def _residue_notes(parts: Iterable[Part]) -> Iterator[Record]:
    """What a converter left in the text, once for each kind."""
    places: dict[str, list[str]] = {}
    for piece in _pieces(parts):
        for mark in BOOKMARK.findall(piece.text):
            places.setdefault(mark.partition(":")[0].strip("["), []).append(piece.where)
    for kind, found in places.items():
        shown = f"[{kind}: …]" if kind == "bookmark" else "不可见字符"
        yield Record(Level.NOTE, found[0], shown, f"转换残留，共 {len(found)} 处，读入表格时已去掉")


def _pieces(parts: Iterable[Part]) -> Iterator[Paragraph | Cell]:
    for part in parts:
        if isinstance(part, Paragraph):
            yield part
        else:
            yield from chain(*part.rows)


def _rows(tables: Iterable[Table]) -> Iterator[tuple[Cell, ...]]:
    for table in tables:
        for row in table.rows:
            if filled := tuple(cell for cell in row if plain(cell.text)):
                yield filled


def _row(cells: Sequence[Cell]) -> tuple[str, str]:
    """The place of a row's first cell, and the texts of its cells."""
    return cells[0].where, "｜".join(" ".join(plain(cell.text).split()) for cell in cells)


def _department(
    projects: Sequence[Project],
    part_one: PartOne,
    profile: str | None,
    paragraphs: Sequence[Paragraph],
    records: list[Record],
) -> Department:
    first = projects[0]
    year, region = year_and_region(projects, [paragraph.text for paragraph in paragraphs])
    chosen = profile or _profile_of(projects)
    records += _department_notes(year, region, None if profile else chosen)
    return Department(
        unit_code=first.unit_code,
        unit_name=first.unit_name,
        year=year,
        region=region,
        profile=chosen,
        overall_goal=part_one.overall_goal,
        measures=part_one.measures,
        basics=basics_of(part_one.passages.values()),
        projects=tuple(projects),
        passages=tuple(part_one.passages.values()),
    )


def _profile_of(projects: Sequence[Project]) -> str:
    """The profile whose 一级 most rows use; the first of them where several fit alike."""
    used = Counter(indicator.level1 for project in projects for indicator in project.indicators)
    return max(PROFILES, key=lambda name: sum(used[level] for level in load_profile(name).levels))


def _department_notes(year: int | None, region: str, chosen: str | None) -> Iterator[Record]:
    sheet = layout.Kind.DEPARTMENT.value
    if year is None:
        yield Record(Level.UNUSED, "", "预算年度", f"项目编码和封面都没有可读的年度，请在“{sheet}”填写")
    if not region:
        yield Record(Level.UNUSED, "", "行政区划代码", f"没有可读的项目编码，请在“{sheet}”填写")
    if chosen:
        yield Record(Level.NOTE, "", "规则口径", f"按表中的一级指标选用 {chosen}，可在“{sheet}”修改")
