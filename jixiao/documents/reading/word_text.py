"""The text of one Word paragraph as a person sees it, its changes accepted; and remarks on all that is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree

from jixiao.documents.reading.blocks import Remark
from jixiao.documents.reading.word_styles import Styles
from jixiao.documents.reading.word_xml import child, is_on, name_of, unwrapped, value

_SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-",
    "softHyphen": "", "lastRenderedPageBreak": "",
}  # fmt: skip
_WRAPPERS = ("hyperlink", "smartTag", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
_EQUATIONS = (
    "oMath", "oMathPara", "e", "num", "den", "sub", "sup", "deg", "fName", "d", "f", "rad", "sSub", "sSup", "sSubSup",
    "nary", "func", "box", "borderBox", "groupChr", "acc", "bar", "m", "mr", "eqArr", "limLow", "limUpp", "phant",
    "sPre",
)  # fmt: skip
_OPENED = frozenset(_WRAPPERS + _EQUATIONS)
_SYMBOLS = {
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0x25: "%"},
    "wingdings": {0xFC: "√", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x6C: "●", 0xA1: "○"},
    "wingdings 2": {0x50: "√", 0x52: "☑", 0x54: "☒", 0xA3: "□", 0x2A: "□"},
}
_UNKNOWN_SYMBOL = "□"

INSERTED = "修订中插入的文字，按已接受读入"
DELETED = "修订中删除的文字，没有读入"
HIDDEN = "隐藏文字，没有读入"
PLACEHOLDER = "控件里的提示文字，没有读入"
PICTURE = "图片，其中的文字没有读入"
OBJECT = "嵌入的对象（如表格、公式、附件），没有打开"
CHART = "图表或图形，其中的文字没有读入"


class Aside(NamedTuple):
    """What a reference in the text leads to: footnotes, endnotes, comments, each by its identifier."""

    texts: Mapping[str, str]
    why: str


class Inline:
    """Collects the text of one paragraph, or of two whose border a change took away."""

    def __init__(self, styles: Styles, asides: Mapping[str, Aside]) -> None:
        self._styles = styles
        self._asides = asides
        self._pieces: list[str] = []
        self._remarks: list[Remark] = []
        self._hidden_by_style = False
        self.style = ""
        self.boxes: list[etree._Element] = []

    @property
    def lines(self) -> tuple[str, ...]:
        lines = (line.strip() for line in "".join(self._pieces).split("\n"))
        return tuple(line for line in lines if line)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """One after the other; pieces of one change are one remark."""
        joined: list[Remark] = []
        for remark in self._remarks:
            if joined and joined[-1].why == remark.why and remark.why in (INSERTED, DELETED, HIDDEN):
                joined[-1] = Remark(joined[-1].text + remark.text, remark.why)
            else:
                joined.append(remark)
        return tuple(joined)

    def add_paragraph(self, paragraph: etree._Element, style: str, mark: str) -> None:
        """`mark`: the number its list gives it."""
        self.style = style
        self._hidden_by_style = bool(style) and self._styles.is_hidden(style)
        at = len(self._pieces)
        self._open(paragraph)
        text = "".join(self._pieces[at:]).lstrip()
        if mark and text:
            self._pieces[at:] = [mark, " " if text[0].isdigit() and not mark.endswith(" ") else "", text]

    def _open(self, wrapper: etree._Element) -> None:
        for element in unwrapped(wrapper):
            self._add(element)

    def _put(self, text: str) -> None:
        self._pieces.append(text)

    def _add(self, element: etree._Element) -> None:
        name = name_of(element)
        if name == "r":
            self._add_run(element)
        elif name in ("ins", "moveTo"):
            self._add_inserted(element)
        elif name in ("del", "moveFrom"):
            self._leave_out(element, DELETED)
        elif name in _OPENED:
            self._open(element)
        elif name == "subDoc":
            self._remark("（子文档）", "链接的子文档，没有打开")

    def _add_run(self, run: etree._Element) -> None:
        properties = child(run, "rPr")
        style = value(child(properties, "rStyle"))
        if self._is_hidden(child(properties, "vanish"), style):
            self._leave_out(run, HIDDEN)
        elif style and self._styles.is_placeholder(style):
            self._leave_out(run, PLACEHOLDER)
        else:
            for element in unwrapped(run):
                self._add_sign(element)

    def _is_hidden(self, own: etree._Element | None, style: str) -> bool:
        if own is not None:
            return is_on(own)
        return self._hidden_by_style or (bool(style) and self._styles.is_hidden(style))

    def _add_sign(self, element: etree._Element) -> None:
        name = name_of(element)
        if name == "t":
            self._put(element.text or "")
        elif name in _SIGNS:
            self._put(_SIGNS[name])
        elif (special := _SPECIAL.get(name)) is not None:
            special(self, element)
        elif name in _OPENED:
            self._open(element)

    def _add_inserted(self, element: etree._Element) -> None:
        before = len(self._pieces)
        self._open(element)
        text = "".join(self._pieces[before:])
        if text.strip():
            self._remark(text, INSERTED)

    def _leave_out(self, element: etree._Element, why: str) -> None:
        text = "".join(each.text or "" for each in element.iter() if name_of(each) in ("t", "delText"))
        if text.strip():
            self._remark(text, why)

    def _add_symbol(self, element: etree._Element) -> None:
        try:
            code = int(value(element, "char"), 16) & 0xFF
        except ValueError:
            code = 0
        sign = _SYMBOLS.get(value(element, "font").lower(), {}).get(code)
        self._put(sign or _UNKNOWN_SYMBOL)
        if sign is None:
            self._remark(f"{value(element, 'font')} {value(element, 'char')}", f"特殊符号，读作“{_UNKNOWN_SYMBOL}”")

    def _add_drawing(self, element: etree._Element) -> None:
        names = {name_of(each) for each in element.iter()}
        if "txbxContent" in names:
            self.boxes += _outermost_boxes(element)
        elif names & {"blip", "imagedata"}:
            self._remark("（图片）", PICTURE)
        elif names & {"chart", "relIds"}:
            self._remark("（图表）", CHART)

    def _add_object(self, element: etree._Element) -> None:
        self._remark("（嵌入对象）", OBJECT)

    def _add_aside(self, element: etree._Element) -> None:
        aside = self._asides.get(name_of(element))
        if aside is not None:
            self._remark(aside.texts.get(value(element, "id"), ""), aside.why)

    def _remark(self, text: str, why: str) -> None:
        self._remarks.append(Remark(text, why))


_SPECIAL: dict[str, Callable[[Inline, etree._Element], None]] = {
    "sym": Inline._add_symbol,
    "drawing": Inline._add_drawing,
    "pict": Inline._add_drawing,
    "object": Inline._add_object,
    "footnoteReference": Inline._add_aside,
    "endnoteReference": Inline._add_aside,
    "commentReference": Inline._add_aside,
}


def _outermost_boxes(element: etree._Element) -> list[etree._Element]:
    boxes = [each for each in element.iter() if name_of(each) == "txbxContent"]
    inner = {box for outer in boxes for box in outer.iter() if box is not outer}
    fallback = {box for each in element.iter() if name_of(each) == "Fallback" for box in each.iter()}
    return [box for box in boxes if box not in inner and box not in fallback]
