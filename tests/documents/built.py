"""Small documents built in the test: a line of text is a paragraph, a list of rows is a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jixiao.documents.forms import is_label_alone
from jixiao.documents.recognise import Imported
from jixiao.documents.source import Cell, Paragraph, Part, Source, Table
from jixiao.documents.tables import plain
from jixiao.model.records import Department
from jixiao.model.value import fold
from jixiao.narrative.amounts import AMOUNT, amount_of
from jixiao.narrative.headings import heading_of
from jixiao.workbook.cells import read_amount, read_shares
from jixiao.workbook.forms import is_title, is_unit_line, money_unit_in
from jixiao.workbook.labels import label_of
from tests.documents.case_documents import view

Rows = Sequence[Sequence[str]]
INDICATORS = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]
ROW = ["产出指标", "数量指标", "培训场次", "全年举办的培训场次", "≥12次", "《某某县培训管理办法》"]


def form(name: str = "示范培训", code: str = "13022924P004R2810292F", *more: Sequence[str]) -> list[list[str]]:
    """A faultless form of one project, with one indicator; then `more` rows."""
    return [
        ["项目编码", code, "项目名称", name],
        ["预算规模及资金用途", "预算数", "40000.00", "其中：财政资金", "30000.00", "其他资金", "10000.00"],
        ["", "用于示范培训的讲师费"],
        ["资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"],
        ["", "20%", "50%", "80%", "100%"],
        ["绩效目标", "1.培训12次"],
        [*INDICATORS],
        [*ROW],
        *map(list, more),
    ]


def source(*parts: str | Rows) -> Source:
    return Source(tuple(_parts(parts)))


def _parts(parts: Sequence[str | Rows]) -> Iterator[Part]:
    paragraphs = tables = 0
    for part in parts:
        if isinstance(part, str):
            paragraphs += 1
            yield Paragraph(part, f"第 {paragraphs} 段")
        else:
            tables += 1
            yield Table(tuple(_cells(row, tables, number) for number, row in enumerate(part, 1)), f"第 {tables} 张表")


def _cells(row: Sequence[str], table: int, number: int) -> tuple[Cell, ...]:
    return tuple(Cell(text, f"第 {table} 张表第 {number} 行第 {column} 列") for column, text in enumerate(row, 1))


def unaccounted(document: Source, imported: Imported) -> list[str]:
    """The filled pieces of the document that are in nothing that was read, and in no record."""
    texts = {*_texts(view(imported)), *(plain(one.text) for one in imported.paragraphs)}
    texts |= {piece for record in imported.records for piece in (*record.text.split("｜"), record.text)}
    numbers = _numbers(imported.department)
    return [piece for piece in _pieces(document) if not (_is_found(piece, texts, numbers) or _says_nothing(piece))]


def _pieces(document: Source) -> Iterator[str]:
    for part in document.parts:
        cells = [part] if isinstance(part, Paragraph) else [cell for row in part.rows for cell in row]
        yield from (text for cell in cells if (text := plain(cell.text)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _numbers(department: Department) -> set[object]:
    plans = [node.share for project in department.projects for node in project.plan.nodes]
    return {*plans, *(one for each in department.projects for one in (each.budget, each.fiscal, each.other))}


def _is_found(piece: str, texts: set[str], numbers: set[object]) -> bool:
    if piece in texts or " ".join(piece.split()) in texts:
        return True
    written = AMOUNT.fullmatch(fold(piece))
    amounts = {read_amount(piece, unit).money for unit in ("元", "千元", "万元")} - {None}
    amounts |= {amount_of(written)} if written else set()
    return bool(amounts & numbers) or read_shares([piece])[0].percent in numbers - {None}


def _says_nothing(piece: str) -> bool:
    is_headline = is_title(piece) or is_unit_line(piece) or money_unit_in(fold(piece))
    return bool(label_of(piece) or is_headline or is_label_alone(piece) or heading_of(piece) is not None)
