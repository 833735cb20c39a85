"""The body of a Word document as texts and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from jixiao.documents.reading.blocks import MOST_COLUMNS, TOO_WIDE, Block, RawCell, RawTable, Remark, Text, lines_of
from jixiao.documents.reading.limits import Allowance
from jixiao.documents.reading.word_lists import Lists
from jixiao.documents.reading.word_styles import Styles
from jixiao.documents.reading.word_text import Aside, Inline
from jixiao.documents.reading.word_xml import child, name_of, number, unwrapped, unwrapped_content, value

_BOX = "文本框里的文字，接在所在段落之后读入"
_COVERED = "被合并单元格遮住的文字，没有读入"
_ROW_DELETED = "修订中删除的表格行，没有读入"
_ROW_INSERTED = "修订中插入的表格行，按已接受读入"
_OTHER_FILE = Remark("（嵌入的文件）", "文档里嵌入的另一个文件，没有打开")


class Body:
    def __init__(self, styles: Styles, lists: Lists, asides: Mapping[str, Aside]) -> None:
        self._styles, self._lists, self._asides = styles, lists, asides
        self._allowance = Allowance()

    def blocks(self, container: Iterable[etree._Element], in_contents: bool = False) -> Iterator[Block]:
        """Of the body, a cell, a text box."""
        open_text: Inline | None = None
        for element in container:
            name = name_of(element)
            if name == "p":
                open_text, properties = self._with_paragraph(open_text, element)
                if child(properties, "rPr", "del") is None:
                    yield from self._text(open_text, in_contents)
                    open_text = None
            elif name == "tbl":
                yield self._table(element)
            elif name == "altChunk":
                yield Text(remarks=(_OTHER_FILE,))
            elif name in _WRAPPERS:
                yield from self.blocks(_content(element), in_contents or _is_contents(element))
        if open_text is not None:
            yield Text(open_text.lines, open_text.remarks, in_contents)

    def _with_paragraph(
        self, open_text: Inline | None, paragraph: etree._Element
    ) -> tuple[Inline, etree._Element | None]:
        """The paragraph's text behind that of one before it whose end was deleted; and its properties."""
        self._allowance.take(1)
        text = open_text or Inline(self._styles, self._asides)
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        text.add_paragraph(paragraph, style, self._lists.mark(properties, style))
        return text, properties

    def _text(self, text: Inline, in_contents: bool) -> Iterator[Block]:
        is_entry = bool(text.style) and self._styles.is_contents(text.style)
        yield Text(text.lines, text.remarks, in_contents or is_entry)
        for box in text.boxes:
            blocks = list(self.blocks(box))
            inside = "\n".join(lines_of(blocks))
            if inside:
                yield Text(remarks=(Remark(inside, _BOX),))
                yield from blocks

    def _table(self, element: etree._Element) -> RawTable:
        table = RawTable([])
        merged: set[int] = set()  # the columns of the grid in which a cell goes on downwards
        for row in unwrapped(element):
            if name_of(row) != "tr":
                continue
            changes = child(row, "trPr")
            cells = self._cells(row, merged, table.remarks)
            if child(changes, "del") is not None:
                table.remarks.append(Remark(_row_text(cells), _ROW_DELETED))
                continue
            if child(changes, "ins") is not None:
                table.remarks.append(Remark(_row_text(cells), _ROW_INSERTED))
            table.rows.append(cells)
        return table

    def _cells(self, row: etree._Element, merged: set[int], remarks: list[Remark]) -> list[RawCell]:
        elements = [element for element in unwrapped(row) if name_of(element) == "tc"]
        of_row, of_cells = child(row, "trPr"), [child(element, "tcPr") for element in elements]
        before = number(child(of_row, "gridBefore"))
        spans = [max(1, number(child(properties, "gridSpan"), otherwise=1)) for properties in of_cells]
        after = number(child(of_row, "gridAfter"))
        if before + sum(spans) + after > MOST_COLUMNS:
            remarks.append(TOO_WIDE)
            before, spans, after = 0, [1] * len(spans), 0
        cells = [RawCell(across=before, covered=True)] if before else []
        column = before
        for element, properties, across in zip(elements, of_cells, spans, strict=True):
            cells.append(self._cell(element, across, _is_covered(properties, column, merged), remarks))
            column += across
        return [*cells, RawCell(across=after, covered=True)] if after else cells

    def _cell(self, element: etree._Element, across: int, covered: bool, remarks: list[Remark]) -> RawCell:
        blocks = list(self.blocks(element))
        if not covered:
            return RawCell(blocks, across)
        text = "\n".join(lines_of(blocks))
        if text:
            remarks.append(Remark(text, _COVERED))
        return RawCell(across=across, covered=True)


_WRAPPERS = frozenset(("sdt", "customXml", "AlternateContent", "ins", "moveTo"))


def _content(wrapper: etree._Element) -> Iterable[etree._Element]:
    return wrapper if name_of(wrapper) in ("ins", "moveTo") else unwrapped_content(wrapper)


def _is_contents(wrapper: etree._Element) -> bool:
    gallery = child(wrapper, "sdtPr", "docPartObj", "docPartGallery")
    return value(gallery).lower() == "table of contents"


def _is_covered(properties: etree._Element | None, column: int, merged: set[int]) -> bool:
    """Whether the cell above, or the one to the left, stands in its place too. Notes which columns go on downwards."""
    beside = child(properties, "hMerge")
    if beside is not None and value(beside) != "restart":
        return True
    merge = child(properties, "vMerge")
    if merge is None:
        merged.discard(column)
        return False
    if value(merge) != "restart" and column in merged:
        return True
    merged.add(column)
    return False


def _row_text(cells: list[RawCell]) -> str:
    return " ".join(line for cell in cells for line in lines_of(cell.blocks))
