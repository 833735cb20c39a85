"""One 项目绩效目标表 as rows of cells with their widths and spans, in the shape of the official form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import groupby

from jixiao.documents.writing.passages import BLANK, share_text
from jixiao.documents.writing.plain import legal, one_line
from jixiao.model.money import Money
from jixiao.model.records import Department, Indicator, Project
from jixiao.workbook.layout import INDICATOR_LABELS, MONEY_UNIT_PREFIX, MONEY_UNITS, PROJECT_LABELS, TITLE_SUFFIX

FORM_WIDTH = 166
_LABEL_WIDTH = 32
_REST_WIDTH = FORM_WIDTH - _LABEL_WIDTH
_AMOUNT_WIDTHS = ((15, 24), (29, 24), (19, 23))  # label and amount of 预算数, 财政资金, 其他资金
_CODE_WIDTHS = (56, 22, 56)
TABLE_WIDTHS = (22, 29, 32, 36, 24, 23)


class Look(Enum):
    LABEL = "label"
    TEXT = "text"
    CENTRED = "centred"
    LEFT_OUTSIDE = "left outside"  # the line above the frame: the unit's name
    RIGHT_OUTSIDE = "right outside"  # and the unit of money


@dataclass(frozen=True, slots=True)
class FormCell:
    """`width` in millimetres of FORM_WIDTH; `rows`: how many rows it spans, 0 where a cell above reaches down."""

    text: str
    width: int
    look: Look = Look.LABEL
    rows: int = 1


Row = tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class ProjectForm:
    """head: the unit's line, code, amounts, purpose, plan, goal. table: the row of headings, then the indicators."""

    title: str
    head: tuple[Row, ...]
    table: tuple[Row, ...]


def project_form(number: int, project: Project, department: Department) -> ProjectForm:
    """The title is made from the name, so that both agree; an empty cell stays empty."""
    head = (
        _unit_row(project, department),
        _code_row(project),
        *_amount_rows(project),
        *_plan_rows(project),
        (_label("goal"), FormCell(legal(project.goal), _REST_WIDTH, Look.TEXT)),
    )
    title = f"{number}.{one_line(project.name) or BLANK}{TITLE_SUFFIX}"
    return ProjectForm(title, head, (_table_header(), *_indicator_rows(project.indicators)))


def amount_in(money: Money | None, unit: str) -> str:
    """`40000.00`: in the unit of the form, at least two decimals, and all that are needed."""
    if money is None:
        return ""
    amount = money.yuan / MONEY_UNITS.get(unit, 1)
    return f"{amount:.2f}" if amount == round(amount, 2) else f"{amount.normalize():f}"


def _label(field: str, width: int = _LABEL_WIDTH, rows: int = 1) -> FormCell:
    return FormCell(PROJECT_LABELS[field][0], width, rows=rows)


def _unit_row(project: Project, department: Department) -> Row:
    code, name = project.unit_code or department.unit_code, project.unit_name or department.unit_name
    money_unit = f"{MONEY_UNIT_PREFIX}{_money_unit(project)}"
    width = FORM_WIDTH - _LABEL_WIDTH
    return (
        FormCell(one_line(f"{code}{name}"), width, Look.LEFT_OUTSIDE),
        FormCell(money_unit, FORM_WIDTH - width, Look.RIGHT_OUTSIDE),
    )


def _money_unit(project: Project) -> str:
    return project.money_unit if project.money_unit in MONEY_UNITS else "元"


def _code_row(project: Project) -> Row:
    code, label, name = _CODE_WIDTHS
    return (
        _label("code"),
        FormCell(one_line(project.code), code, Look.CENTRED),
        _label("name", label),
        FormCell(legal(project.name), name, Look.CENTRED),
    )


def _amount_rows(project: Project) -> Iterator[Row]:
    unit = _money_unit(project)
    cells = [_label("purpose", rows=2)]
    for field, (label, width) in zip(("budget", "fiscal", "other"), _AMOUNT_WIDTHS, strict=True):
        cells += [_label(field, label), FormCell(amount_in(getattr(project, field), unit), width, Look.CENTRED)]
    yield tuple(cells)
    yield _covered(), FormCell(legal(project.purpose), _REST_WIDTH, Look.TEXT)


def _plan_rows(project: Project) -> Iterator[Row]:
    """One column a node; without any node the label stands beside an empty cell."""
    nodes = project.plan.nodes
    if not nodes:
        yield _label("plan"), FormCell("", _REST_WIDTH, Look.CENTRED)
        return
    widths = _shared(_REST_WIDTH, len(nodes))
    months = (f"{node.month}月底" for node in nodes)
    shares = (_share(node.share) for node in nodes)
    yield _label("plan", rows=2), *(FormCell(month, width) for month, width in zip(months, widths, strict=True))
    yield _covered(), *(FormCell(share, width, Look.CENTRED) for share, width in zip(shares, widths, strict=True))


def _share(share: Decimal | None) -> str:
    return "" if share is None else share_text(share)


def _covered() -> FormCell:
    return FormCell("", _LABEL_WIDTH, rows=0)


def _shared(width: int, count: int) -> list[int]:
    """`width` in whole parts; the last takes what is left."""
    part = width // count
    return [part] * (count - 1) + [width - part * (count - 1)]


def _table_header() -> Row:
    labels = (names[0] for names in INDICATOR_LABELS.values())
    return tuple(FormCell(label, width) for label, width in zip(labels, TABLE_WIDTHS, strict=True))


def _indicator_rows(indicators: Iterable[Indicator]) -> Iterator[Row]:
    """一级 is one cell over the rows that follow each other with the same name; a row without one has its own."""
    for level1, group in groupby(indicators, key=lambda row: one_line(row.level1)):
        rows = list(group)
        joined = bool(level1)
        for place, row in enumerate(rows):
            spanned = (0 if place else len(rows)) if joined else 1
            yield _indicator_row(row, level1 if spanned else "", spanned)


def _indicator_row(row: Indicator, level1: str, spanned: int) -> Row:
    texts = (
        level1,
        one_line(row.level2),
        legal(row.level3),
        legal(row.description),
        legal(row.value.text),
        legal(row.basis),
    )
    looks = (Look.CENTRED, Look.CENTRED, Look.TEXT, Look.TEXT, Look.CENTRED, Look.TEXT)
    spans = (spanned, 1, 1, 1, 1, 1)
    return tuple(
        FormCell(text, width, look, rows)
        for text, width, look, rows in zip(texts, TABLE_WIDTHS, looks, spans, strict=True)
    )
