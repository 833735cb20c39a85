"""From a document's parts to the department: which table is a project's form, which paragraph is of Part 1.

Every filled piece of the document ends up in the department, in Part 1, or in a record that names it and its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from jixiao.documents.forms import (
    Form,
    declared_money_unit,
    headlines_before,
    is_label_alone,
    read_projects,
    with_money_unit,
)
from jixiao.documents.readings import (
    Level,
    Record,
    basics_of,
    is_blank,
    money_mended,
    place_of,
    records_of,
    without_places,
    year_and_region,
)
from jixiao.documents.records import in_reading_order
from jixiao.documents.source import CannotImport, Cell, Paragraph, Part, Source, Table
from jixiao.documents.tables import continues_form, plain, starts_form, tables_in, why_no_form
from jixiao.model.records import Department, Project
from jixiao.narrative.headings import Role
from jixiao.narrative.paragraphs import BOOKMARK, classify
from jixiao.narrative.part_one import PartOne, read_part_one
from jixiao.profiles import PROFILES, load_profile
from jixiao.workbook import layout

_PART_ONE = {Role.OVERALL, Role.PASSAGE, Role.DUTY, Role.MEASURES}
_SPEAKS_OF_PLAN = re.compile(r"支出进度|支出计划|月[底末份].{0,40}[%％]", re.DOTALL)
_SPEAKS_OF_QUOTES = re.compile(r"指标值|具体(?:指标)?为")
_BETWEEN_PAGES = re.compile(
    r"[（(]?(?:续表|续上表|接上表|上接第?.*页)[）)]?|[-—–－ ]*\d{1,4}[-—–－ ]*|第\s*\d{1,4}\s*页.{0,12}"
)
_NOT_UNDERSTOOD = "第一部分里没有读懂的段落，已原样放入“第一部分原文”"
_NO_PLACE = "表格以外的文字，没有采用"
_COVER = "封面文字，工作簿里没有它的位置"
_BLANK_FORM = "空白的表格，没有生成项目"
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
    projects = _with_units([project for form in parts.forms for project in _projects(form, records)])
    if not projects:
        raise CannotImport("文件里的项目绩效目标表都是空白的，没有可以读入的内容；请选择填好的文件")
    paragraphs, part_one = _part_one(parts.runs, records)
    lines = [one for one in source.parts if isinstance(one, Paragraph)]
    department = _department(projects, part_one, profile, lines, records)
    for table in parts.other_tables:
        why = why_no_form(table)
        records += [Record(Level.UNUSED, *_row(row), why) for row in _rows(table)]
    records += _residue_notes(source.parts)
    records += [Record(Level.NOTE, note.where, note.text, note.why) for note in source.notes]
    return Imported(department, tuple(paragraphs), part_one, in_reading_order(records, source.parts))


def _told_apart(source: Source) -> _Parts:
    parts = _Parts()
    declared = ""
    is_next = False  # nothing stands between the last form and this part
    for part in _divided(source.parts):
        if isinstance(part, Paragraph):
            parts.runs[-1].append(part)
            is_next = is_next and _stands_between_pages(plain(part.text))
        elif starts_form(part):
            form = _new_form(parts.runs[-1], part, declared)
            declared = declared_money_unit(cell.text for cell in form.pieces()) or declared
            parts.forms.append(form)
            parts.runs.append([])
            is_next = True
        elif is_next and continues_form(part, parts.forms[-1].rows):
            parts.forms[-1].rows += part.rows
        else:
            parts.other_tables.append(part)
            is_next = False
    return parts


def _stands_between_pages(text: str) -> bool:
    """续表, the number of a page, or the title of a group of rows: the table goes on behind it."""
    return _BETWEEN_PAGES.fullmatch(text) is not None or is_label_alone(text)


def _divided(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Table):
            yield from tables_in(part)
        else:
            yield part


def _new_form(run: list[Paragraph], table: Table, declared: str) -> Form:
    """Takes the form's headlines out of the paragraphs before it."""
    headlines, count = headlines_before(run)
    stated_before = declared_money_unit(paragraph.text for paragraph in run) or declared
    del run[len(run) - count :]
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
        if is_blank(project):
            title = project.title or layout.PROJECT_TITLE
            records.append(Record(Level.UNUSED, place_of(project, form), title, _BLANK_FORM))
            continue
        mended = money_mended(project)
        records += records_of(project, mended, form)
        yield without_places(mended)
    records += [Record(Level.UNUSED, *_row(row), "表格中没有对应的栏目，没有采用") for row in form.unused()]


def _with_units(projects: Sequence[Project]) -> list[Project]:
    """A unit is often named once, above the first of its projects."""
    full: list[Project] = []
    for project in projects:
        if full and not (project.unit_code or project.unit_name):
            project = replace(project, unit_code=full[-1].unit_code, unit_name=full[-1].unit_name)
        full.append(project)
    return full


def _part_one(runs: Sequence[Sequence[Paragraph]], records: list[Record]) -> tuple[list[Paragraph], PartOne]:
    """The runs that hold anything of Part 1 are kept whole; of the others every line but titles is recorded."""
    kept: list[Paragraph] = []
    for number, run in enumerate(runs):
        classified = classify([paragraph.text for paragraph in run])
        is_part_one = any(role in _PART_ONE for role, _ in classified)
        if is_part_one:
            kept += run
        for paragraph, (role, text) in zip(run, classified, strict=True):
            if is_label_alone(text):
                continue
            if role is Role.UNKNOWN:
                why = _NOT_UNDERSTOOD if is_part_one else _NO_PLACE
                records.append(Record(Level.UNUSED, paragraph.where, text, why))
            elif role is Role.COVER and not is_part_one:  # behind a form there is no cover
                level = Level.UNUSED if number else Level.NOTE
                records.append(Record(level, paragraph.where, text, _NO_PLACE if number else _COVER))
    part_one = read_part_one([one.text for one in kept], [one.where for one in kept])
    records += _unread(part_one)
    return kept, part_one


def _unread(part_one: PartOne) -> Iterator[Record]:
    """What a passage says and was not read: its amount, or a plan or indicators that its words speak of."""
    for passage in part_one.passages.values():
        has_plan = passage.plan.nodes and None not in passage.plan.shares
        missing = [
            label
            for label, is_missing in (
                ("金额", passage.budget is None),
                ("支出计划", not has_plan and _SPEAKS_OF_PLAN.search(passage.text)),
                ("引用的指标", not passage.quotes and _SPEAKS_OF_QUOTES.search(passage.text)),
            )
            if is_missing
        ]
        if missing:
            yield Record(Level.UNREAD, passage.source, passage.name, f"这一段没有读出{'、'.join(missing)}，没有填写")


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


def _rows(table: Table) -> Iterator[tuple[Cell, ...]]:
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
    units = dict.fromkeys(f"{project.unit_code}{project.unit_name}" for project in projects)
    if len(units) > 1:
        why = f"文件里有 {len(units)} 个预算单位，“{layout.Kind.DEPARTMENT.value}”取第一个"
        records.append(Record(Level.NOTE, "", "、".join(units), why))
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
