"""A published page (.html) -> its paragraphs and tables. Nothing is fetched and nothing in it runs."""

from __future__ import annotations

import re

from lxml import etree

from jixiao.documents.reading.assemble import assembled
from jixiao.documents.reading.characters import decoded
from jixiao.documents.reading.web_walk import Walk
from jixiao.documents.source import Note, Source
from jixiao.openxml.refused import Refused
from jixiao.openxml.wording import DOCUMENT

_HEAD_BYTES = 4096
_TAGS = 2_000_000  # a thousand project tables have about six hundred thousand
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ENCODINGS = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "gb18030": "gb18030", "utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs",
}  # fmt: skip
_FORBIDDEN = re.compile("&#(?:0+|x0+);", re.IGNORECASE)  # NUL, which ends the text for the parser
# Older ones follow a huge page into any depth, which takes them hours; all others they end at a depth of 256.
_ENDS_DEEP_PAGES = etree.LIBXML_VERSION >= (2, 13)
_TOO_DEEP, _TOO_LONG = "Excessive depth", "huge text node"


def read_page(content: bytes) -> Source:
    """Raises Refused for what is no page, or too much of one."""
    declared = _DECLARED.search(content[:_HEAD_BYTES])
    encoding = _ENCODINGS.get(declared[1].decode("ascii", "replace").lower(), "") if declared else ""
    text, notes = decoded(content, encoding)
    if text.count("<") > _TAGS:
        raise _too_much()
    root = _parsed(text)
    if root is None:
        return Source((), notes)
    walk = Walk(root)
    blocks = walk.blocks()
    return assembled(blocks, [*(_in_source(note) for note in notes), *walk.notes])


def _parsed(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=_ENDS_DEEP_PAGES, remove_comments=True, remove_pis=True, no_network=True
    )  # fmt: skip
    try:
        root = etree.fromstring(_FORBIDDEN.sub("", text).encode(), parser)
    except etree.XMLSyntaxError:  # nothing but blanks and comments
        return None
    messages = [entry.message for entry in parser.error_log]
    if any(_TOO_LONG in message for message in messages):
        raise _too_much()
    if any(_TOO_DEEP in message for message in messages):
        raise Refused("网页的标签嵌套过深，后面的内容读不到", DOCUMENT.resave.replace("Word 或 WPS", "浏览器"))
    return root


def _too_much() -> Refused:
    return Refused("网页内容过多，超出可读取的范围", DOCUMENT.divide)


def _in_source(note: Note) -> Note:
    return Note(f"网页源代码{note.where}", note.text, note.why)
