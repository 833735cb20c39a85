"""What the styles of a Word document say of a text beside its looks: hidden, numbered, an entry of the contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from jixiao.documents.reading.word_xml import W, child, is_on, number, value

_CONTENTS = re.compile(r"(?:toc|contents|目录)\s*(?:\d|heading|标题)", re.IGNORECASE)
_MOST_ANCESTORS = 20


class _Style(NamedTuple):
    name: str
    based_on: str
    hidden: bool | None
    list_id: int | None
    level: int


class Styles:
    """By the identifiers that paragraphs and runs name."""

    def __init__(self, root: etree._Element | None) -> None:
        found = () if root is None else root.iter(W + "style")
        self._styles = {value(style, "styleId"): _style(style) for style in found}

    def is_contents(self, style: str) -> bool:
        return any(_CONTENTS.match(each.name) for each in self._line(style))

    def is_placeholder(self, style: str) -> bool:
        return any(each.name.lower() == "placeholder text" for each in self._line(style))

    def is_hidden(self, style: str) -> bool:
        return next((each.hidden for each in self._line(style) if each.hidden is not None), False)

    def list_of(self, style: str) -> tuple[int, int] | None:
        """The list and the level that a paragraph has by its style."""
        return next(((each.list_id, each.level) for each in self._line(style) if each.list_id is not None), None)

    def _line(self, style: str) -> Iterator[_Style]:
        """The style and those it is based on."""
        for _ in range(_MOST_ANCESTORS):
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = found.based_on


def _style(element: etree._Element) -> _Style:
    hidden = child(element, "rPr", "vanish")
    list_properties = child(element, "pPr", "numPr")
    list_id = child(list_properties, "numId")
    return _Style(
        value(child(element, "name")),
        value(child(element, "basedOn")),
        None if hidden is None else is_on(hidden),
        None if list_id is None else number(list_id),
        number(child(list_properties, "ilvl")),
    )
