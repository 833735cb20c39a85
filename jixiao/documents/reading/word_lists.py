"""The numbers that Word puts before the paragraphs of its lists: no text of the file, but what a person reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from jixiao.documents.reading.numerals import numeral
from jixiao.documents.reading.word_styles import Styles
from jixiao.documents.reading.word_xml import W, child, is_on, number, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


class _Level(NamedTuple):
    start: int
    style: str
    text: str
    spaced: bool
    legal: bool  # all its numbers in digits
    restarts: bool
    paragraph_style: str


@dataclass(slots=True)
class _List:
    """`counts` is shared by all lists of one definition; `starts` holds where this one starts anew at its first use."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Counts on: ask for every paragraph once, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[int, _List] = {}
        if root is not None:
            self._read(root)

    def mark(self, properties: etree._Element | None, style: str) -> str:
        """What stands before the text of a paragraph, "" for one of no list."""
        found = self._place(child(properties, "numPr"), style)
        if found is None:
            return ""
        used, at = found
        level = used.levels.get(at)
        if level is None:
            return ""
        _count(used, at, level)
        mark = _PLACE.sub(lambda match: _written(used, int(match[1]) - 1, level.legal), level.text)
        if level.style in ("bullet", "none"):
            mark = "" if level.style == "bullet" else mark
        return f"{mark} " if mark and level.spaced else mark

    def _place(self, properties: etree._Element | None, style: str) -> tuple[_List, int] | None:
        by_style = self._styles.list_of(style)
        own = child(properties, "numId")
        list_id = number(own) if own is not None else by_style[0] if by_style else 0
        used = self._lists.get(list_id)
        if used is None:
            return None
        own_level = child(properties, "ilvl")
        if own_level is not None:
            return used, number(own_level)
        linked = (at for at, level in used.levels.items() if style and level.paragraph_style == style)
        return used, next(linked, by_style[1] if by_style and own is None else 0)

    def _read(self, root: etree._Element) -> None:
        definitions = {value(each, "abstractNumId"): each for each in root.iter(W + "abstractNum")}
        instances = {number(each, "numId"): each for each in root.iter(W + "num")}
        counts: dict[str, dict[int, int]] = {}
        for list_id, instance in instances.items():
            name = value(child(instance, "abstractNumId"))
            linked = value(child(definitions.get(name), "numStyleLink"))
            if linked:
                by_style = self._styles.list_of(linked)
                name = value(child(instances.get(by_style[0] if by_style else 0), "abstractNumId"))
            if name in definitions:
                levels = _levels(definitions[name])
                self._lists[list_id] = _with_changes(_List(levels, counts.setdefault(name, {})), instance)


def _with_changes(made: _List, instance: etree._Element) -> _List:
    for change in instance.iter(W + "lvlOverride"):
        at = number(change, "ilvl")
        made.levels |= _levels(change)
        start = child(change, "startOverride")
        if start is not None:
            made.starts[at] = number(start)
    return made


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {number(level, "ilvl"): _level(level) for level in element.findall(W + "lvl")}


def _level(element: etree._Element) -> _Level:
    style = next(element.iter(W + "numFmt"), None)
    restart = child(element, "lvlRestart")
    return _Level(
        number(child(element, "start"), otherwise=1),
        value(style) or "decimal",
        value(child(element, "lvlText")),
        value(child(element, "suff")) == "space",
        is_on(child(element, "isLgl")),
        restart is None or number(restart) > 0,
        value(child(element, "pStyle")),
    )


def _count(used: _List, at: int, level: _Level) -> None:
    counts = used.counts
    if at in used.starts:
        counts[at] = used.starts.pop(at)
    else:
        counts[at] = counts.get(at, level.start - 1) + 1
    for other, deeper in used.levels.items():
        if other > at and deeper.restarts:
            counts.pop(other, None)
        elif other < at:
            counts.setdefault(other, deeper.start)


def _written(used: _List, at: int, legal: bool) -> str:
    level = used.levels.get(at)
    if level is None:
        return ""
    count = used.counts.get(at, level.start)
    text = numeral(count, "decimal" if legal else level.style)
    return str(count) if text is None else text
