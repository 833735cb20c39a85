"""The XML inside a package, without anything in it that harms its reader."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from jixiao.openxml.refused import Refused, damaged
from jixiao.openxml.wording import WORKBOOK, Wording

_MARKUP_FREE_BYTES = 512 << 10  # no cell holds that much text, and no honest tag is that long
_DEPTH = 64

Attributes = dict[str, str]


def walk_xml(
    content: bytes,
    started: Callable[[str, Attributes], None],
    ended: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    wording: Wording = WORKBOOK,
) -> None:
    """Call back for every element (names without prefix); raises Refused for what no package contains."""
    refuse_unusual(content, wording)
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise damaged(wording)
        started(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if ended is not None:
            ended(name.rpartition(":")[2])

    parser = expat.ParserCreate("utf-8")  # whatever is declared; others could not be told apart in bytes
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise damaged(wording) from None


def refuse_unusual(content: bytes, wording: Wording = WORKBOOK) -> None:
    """Raises Refused for what `refuse_entities` refuses, and for endless tags."""
    refuse_entities(content, wording)
    for start in range(0, len(content) - _MARKUP_FREE_BYTES, _MARKUP_FREE_BYTES):
        if content.find(b"<", start, start + _MARKUP_FREE_BYTES) < 0:
            raise damaged(wording)


def refuse_entities(content: bytes, wording: Wording = WORKBOOK) -> None:
    """Raises Refused for UTF-16, NUL bytes, and a DOCTYPE: without it there are no entities."""
    if b"\0" in content:
        raise Refused("内部文件使用了 UTF-16 编码或含有空字符", wording.resave)
    if b"<!DOCTYPE" in content:
        raise Refused(f"内部文件含有 DOCTYPE 声明，正常的{wording.thing}没有", "来源不明时请勿打开，请向提供者重新索取")
