"""The order, names and visibility of sheets in xl/workbook.xml, and the defined names that belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import NamedTuple

from jixiao.engine.file.xml_text import attribute, with_attributes
from jixiao.engine.formulas import with_sheets_renamed

_SHEETS = re.compile(r"<sheets>(.*?)</sheets>", re.DOTALL)
_SHEET = re.compile(r"<sheet [^>]*></sheet>")
_NAMES = re.compile(r"<definedNames>(.*?)</definedNames>", re.DOTALL)
_NAME = re.compile(r"(<definedName[^>]*>)([^<]*)</definedName>")


class SheetEntry(NamedTuple):
    """A sheet that stays. `visible` is None where nothing was changed."""

    key: str
    name: str
    visible: bool | None = None


class WorkbookXml:
    """The part xl/workbook.xml as excelize wrote it; sheets go by their keys until they are arranged."""

    def __init__(self, xml: bytes) -> None:
        self._text = xml.decode()
        found = _SHEETS.search(self._text)
        tags = _SHEET.findall(found[1]) if found else []
        self._tags = {attribute(tag, "name") or "": tag for tag in tags}

    def arranged(
        self,
        entries: Sequence[SheetEntry],
        names: Mapping[str, str | None],
        copies: Mapping[str, str],
    ) -> bytes:
        """The part with exactly these worksheets, and with sheets of other kinds behind the one they stood behind.

        names: what keys have become in references, None for those of deleted sheets.
        """
        order = self._order([entry.key for entry in entries], [key for key, name in names.items() if name is None])
        text = _SHEETS.sub(lambda _: f"<sheets>{self._sheets(order, entries)}</sheets>", self._text)
        text = _NAMES.sub(lambda match: _within("definedNames", self._names(match[1], order, copies, names)), text)
        return text.encode()

    def _order(self, kept: Sequence[str], deleted: Sequence[str]) -> list[str]:
        order = list(kept)
        position = 0
        for key in self._tags:
            if key not in kept and key not in deleted:
                order.insert(position, key)
            if key in order:
                position = order.index(key) + 1
        return order

    def _sheets(self, order: Sequence[str], entries: Sequence[SheetEntry]) -> str:
        by_key = {entry.key: entry for entry in entries}
        tags = []
        for key in order:
            tag, entry = self._tags[key], by_key.get(key)
            if entry:
                tag = with_attributes(tag, name=entry.name)
            if entry and entry.visible is not None:
                tag = with_attributes(tag, state="visible" if entry.visible else "hidden")
            tags.append(tag)
        return "".join(tags)

    def _names(
        self, xml: str, order: Sequence[str], copies: Mapping[str, str], names: Mapping[str, str | None]
    ) -> Iterator[str]:
        """Names of a sheet go where the sheet went, with it, and once more with its copies."""
        keys = list(self._tags)
        for tag, text in _NAME.findall(xml):
            refers_to = unescape(text)
            index = attribute(tag, "localSheetId")
            if index is None:
                yield _name(tag, with_sheets_renamed(refers_to, names))
                continue
            owner = keys[int(index)]
            for key in [owner, *(copy for copy, first in copies.items() if first == owner)]:
                if key in order:
                    own = with_sheets_renamed(refers_to, {owner: key} if key != owner else {})
                    local = with_attributes(tag, localSheetId=str(order.index(key)))
                    yield _name(local, with_sheets_renamed(own, names))


def _within(element: str, children: Iterator[str]) -> str:
    content = "".join(children)
    return f"<{element}>{content}</{element}>" if content else ""


def _name(tag: str, refers_to: str) -> str:
    return f"{tag}{escape(refers_to, quote=False)}</definedName>"
