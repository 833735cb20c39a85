"""A Word document (.docx, .docm) -> its paragraphs and tables.

Read part by part out of the package: nothing in it is executed and no link is followed. python-docx, which writes our
documents, sees neither changes nor content controls nor list numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from lxml import etree

from jixiao.documents.reading.assemble import assembled
from jixiao.documents.reading.word_body import Body
from jixiao.documents.reading.word_lists import Lists
from jixiao.documents.reading.word_styles import Styles
from jixiao.documents.reading.word_text import Aside
from jixiao.documents.reading.word_xml import child, name_of, parsed, value
from jixiao.documents.source import Note, Source
from jixiao.openxml.links import Links, has_links, links_of, main_part, outward_kinds
from jixiao.openxml.package import Package
from jixiao.openxml.refused import damaged
from jixiao.openxml.wording import DOCUMENT

_MAIN = "word/document.xml"
_WHOLE = "全文"
_ASIDES = {
    "footnoteReference": ("footnotes", "脚注，没有读入"),
    "endnoteReference": ("endnotes", "尾注，没有读入"),
    "commentReference": ("comments", "批注，没有读入"),
}
_OUTSIDE = {
    "attachedTemplate": "外部的模板",
    "oleObject": "外部的对象",
    "image": "外部的图片",
    "subDocument": "外部的子文档",
    "frame": "外部的框架页",
    "mailMergeSource": "邮件合并的数据源",
}


def read_word(file: IO[bytes]) -> Source:
    """Raises Refused for a document that is damaged, too large, or unsafe."""
    package = Package(file, DOCUMENT)
    main = main_part(package, _MAIN)
    links = links_of(package, main) if has_links(package, main) else {}
    root = parsed(package, main)
    body = child(root, "body")
    if body is None:
        raise damaged(DOCUMENT)
    styles = Styles(_linked(package, links, "styles"))
    lists = Lists(_linked(package, links, "numbering"), styles)
    asides = {name: Aside(_texts(_linked(package, links, kind)), why) for name, (kind, why) in _ASIDES.items()}
    return assembled(Body(styles, lists, asides).blocks(body), _notes(package, main, links))


def _linked(package: Package, links: Links, wanted: str) -> etree._Element | None:
    part = next((part for kind, part in links.values() if kind == wanted), None)
    return parsed(package, part) if part is not None and part in package else None


def _texts(root: etree._Element | None) -> dict[str, str]:
    """The text of each note of a part that holds nothing else."""
    if root is None:
        return {}
    return {value(note, "id"): _text(note) for note in root}


def _text(note: etree._Element) -> str:
    return "".join(each.text or "" for each in note.iter() if name_of(each) == "t").strip()


def _notes(package: Package, main: str, links: Links) -> Iterator[Note]:
    if any(name.endswith("vbaproject.bin") for name in package.names):
        yield Note(_WHOLE, "（宏）", "文档里有宏，没有运行")
    settings = next((part for kind, part in links.values() if kind == "settings"), "")
    for kind in sorted({*_outward(package, main), *_outward(package, settings)} - {"hyperlink"}):
        yield Note(_WHOLE, f"（{_OUTSIDE.get(kind, '外部的文件')}）", "文档链接到别处，没有打开")


def _outward(package: Package, part: str) -> list[str]:
    return outward_kinds(package, part) if has_links(package, part) else []
