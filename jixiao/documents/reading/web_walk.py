"""A walk through the elements of a page, without recursion: pages may be nested deeper than Python is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from jixiao.documents.reading.blocks import Block, Remark, Text
from jixiao.documents.reading.numerals import numeral
from jixiao.documents.reading.web_grid import Spanning, placed, spans
from jixiao.documents.source import Note
from jixiao.openxml.refused import Refused

_IGNORED = frozenset(
    (
        "head",
        "script",
        "style",
        "nav",
        "noscript",
        "template",
        "select",
        "button",
        "input",
        "textarea",
        "svg",
        "rt",
        "rp",
    )
)
_PICTURES = frozenset(("img", "picture", "canvas", "video", "audio"))
_EMBEDDED = frozenset(("iframe", "object", "embed", "frame", "applet"))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
))  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DOUBLE = re.compile(" {2,}")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LIST_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MOST_TABLES = 50
_EMBEDDED_PAGE = Remark("（嵌入的页面）", "网页里嵌入的另一个页面，没有打开")
_HIDDEN_TEXT = "网页里不显示的文字，没有读入"


@dataclass(slots=True)
class _Place:
    """The page, or a cell of it: what has been read there, and the line being read."""

    blocks: list[Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    def end_line(self) -> None:
        text = _DOUBLE.sub(" ", "".join(self.line)).strip()
        self.line.clear()
        if text:
            self.blocks.append(Text((text,)))


@dataclass(slots=True)
class _Table:
    rows: list[list[Spanning]] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    numbered: bool
    style: str
    number: int


class Walk:
    """Through one page; `notes` tells of what has no place among the blocks."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._places = [_Place()]
        self._tables: list[_Table] = []
        self._lists: list[_List] = []
        self._preformatted = 0
        self._pictures = 0

    @property
    def notes(self) -> list[Note]:
        pictures = Note("全文", f"（{self._pictures} 张图片）", "图片，其中的文字没有读入")
        return [pictures] if self._pictures else []

    def blocks(self) -> list[Block]:
        """Raises Refused for tables in tables without end."""
        walker = etree.iterwalk(self._root, events=("start", "end"))
        passed: etree._Element | None = None
        for event, element in walker:
            if event == "start":
                if self._passes_over(element):
                    passed = element
                    walker.skip_subtree()
                else:
                    self._start(element)
                    self._take(element.text)
            else:
                if element is not passed:
                    self._end(element)
                self._take(element.tail)
        self._places[0].end_line()
        return self._places[0].blocks

    def _passes_over(self, element: etree._Element) -> bool:
        tag = element.tag
        if tag in _PICTURES:
            self._pictures += 1
        elif tag in _EMBEDDED:
            self._places[-1].blocks.append(Text(remarks=(_EMBEDDED_PAGE,)))
        elif _is_hidden(element):
            text = _BLANKS.sub(" ", "".join(element.itertext())).strip()
            if text and tag not in _IGNORED:
                self._places[-1].blocks.append(Text(remarks=(Remark(text, _HIDDEN_TEXT),)))
        else:
            return tag in _IGNORED
        return True

    def _start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self._places[-1].end_line()
        if tag in _STARTS:
            _STARTS[tag](self, element)

    def _end(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self._places[-1].end_line()
        if tag in _ENDS:
            _ENDS[tag](self, element)

    def _take(self, text: str | None) -> None:
        if not text:
            return
        place = self._places[-1]
        if not self._preformatted:
            place.line.append(_BLANKS.sub(" ", text).replace("\xa0", " "))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                place.end_line()
            place.line.append(line)

    def _start_table(self, _: etree._Element) -> None:
        self._tables.append(_Table())
        if len(self._tables) > _MOST_TABLES:
            raise Refused(f"网页的表格一层套一层，超过 {_MOST_TABLES} 层", "请把其中的表格复制到 Word 文档里再导入")

    def _end_table(self, _: etree._Element) -> None:
        self._places[-1].blocks.append(placed(self._tables.pop().rows))

    def _start_row(self, _: etree._Element) -> None:
        if self._tables:
            self._tables[-1].rows.append([])

    def _start_cell(self, _: etree._Element) -> None:
        if self._tables:
            self._places.append(_Place())

    def _end_cell(self, element: etree._Element) -> None:
        if self._tables:
            rows = self._tables[-1].rows
            if not rows:
                rows.append([])
            rows[-1].append(Spanning(self._places.pop().blocks, *spans(element.get("colspan"), element.get("rowspan"))))

    def _start_list(self, element: etree._Element) -> None:
        start, style = element.get("start", ""), _LIST_STYLES.get(element.get("type", ""), "decimal")
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 1
        self._lists.append(_List(element.tag == "ol", style, number))

    def _end_list(self, _: etree._Element) -> None:
        self._lists.pop()

    def _start_item(self, _: etree._Element) -> None:
        if self._lists and self._lists[-1].numbered:
            current = self._lists[-1]
            self._places[-1].line.append(f"{numeral(current.number, current.style)}.")
            current.number += 1

    def _start_preformatted(self, _: etree._Element) -> None:
        self._preformatted += 1

    def _end_preformatted(self, _: etree._Element) -> None:
        self._preformatted -= 1


_Handler = Callable[[Walk, etree._Element], None]
_STARTS: dict[str, _Handler] = {
    "table": Walk._start_table,
    "tr": Walk._start_row,
    "td": Walk._start_cell,
    "th": Walk._start_cell,
    "ol": Walk._start_list,
    "ul": Walk._start_list,
    "li": Walk._start_item,
    "pre": Walk._start_preformatted,
}
_ENDS: dict[str, _Handler] = {
    "table": Walk._end_table,
    "td": Walk._end_cell,
    "th": Walk._end_cell,
    "ol": Walk._end_list,
    "ul": Walk._end_list,
    "pre": Walk._end_preformatted,
}


def _is_hidden(element: etree._Element) -> bool:
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")) is not None
