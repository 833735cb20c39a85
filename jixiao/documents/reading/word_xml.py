"""The XML of a Word document: parsed within limits, and asked by short names."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from jixiao.openxml.markup import refuse_entities
from jixiao.openxml.package import Package
from jixiao.openxml.refused import Refused, damaged
from jixiao.openxml.wording import DOCUMENT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_TAGS = 5_000_000  # a thousand project tables have about three million


def parsed(package: Package, part: str) -> etree._Element:
    """The root of a part; raises Refused."""
    content = package.read(part).content
    refuse_entities(content, DOCUMENT)
    if content.count(b"<") > _TAGS:
        raise Refused("文档内容过多，超出可读取的范围", DOCUMENT.divide)
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever is declared; in another encoding a DOCTYPE could hide
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)
    except etree.XMLSyntaxError:
        raise damaged(DOCUMENT) from None


def name_of(element: etree._Element) -> str:
    """Without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Down a path of children; None where one is missing."""
    for name in names:
        element = None if element is None else element.find(W + name)
    return element


def value(element: etree._Element | None, attribute: str = "val") -> str:
    return "" if element is None else str(element.get(W + attribute, ""))


def number(element: etree._Element | None, attribute: str = "val", otherwise: int = 0) -> int:
    text = value(element, attribute)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def is_on(element: etree._Element | None) -> bool:
    """A property that is there, and not there to say no."""
    return element is not None and value(element) not in ("0", "false", "off")


def unwrapped(element: etree._Element) -> Iterator[etree._Element]:
    """The children, those of mere wrappers (content controls, tags) in place of the wrappers."""
    for inner in element:
        name = name_of(inner)
        if name in ("sdt", "customXml", "AlternateContent", "Choice", "Fallback"):
            yield from unwrapped_content(inner)
        else:
            yield inner


def unwrapped_content(wrapper: etree._Element) -> Iterator[etree._Element]:
    """Of a content control its content; of two ways to say the same thing the first."""
    name = name_of(wrapper)
    if name == "sdt":
        content = child(wrapper, "sdtContent")
        return iter(()) if content is None else unwrapped(content)
    if name == "AlternateContent":
        return iter(()) if not len(wrapper) else unwrapped(wrapper[0])
    return unwrapped(wrapper)
