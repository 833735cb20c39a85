"""A workbook file as it is on the disk: what can be told of it without a spreadsheet library."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree import ElementTree

from jixiao.engine.file.parts import relations, sheet_parts, workbook_part
from jixiao.engine.file.style_sheet import has_formats
from jixiao.engine.file.zipped import ZippedParts


class DefinedName(NamedTuple):
    """A defined name; `owner` is the sheet it belongs to, None where it belongs to the book."""

    name: str
    owner: str | None
    refers_to: str


class Source:
    """Sheets go by the names they have in the file."""

    def __init__(self, content: bytes) -> None:
        self.parts = ZippedParts(content)
        self._sheet_parts = sheet_parts(self.parts)
        self._workbook = ElementTree.fromstring(self.parts[workbook_part(self.parts)])

    @property
    def content(self) -> bytes:
        return self.parts.content

    @property
    def is_strict(self) -> bool:
        """Of the rarer kind of the format, with other namespaces, which excelize turns into the usual one by halves."""
        return "purl.oclc.org" in self._workbook.tag

    @property
    def has_styles(self) -> bool:
        links = relations(self.parts, workbook_part(self.parts))
        return any(has_formats(self.parts.get(link.target)) for link in links if link.kind == "styles")

    def xml(self, sheet: str) -> bytes:
        return self.parts[self._sheet_parts[sheet]]

    def relation_kinds(self, sheet: str) -> set[str]:
        """What a sheet refers to: comments, drawing …; nothing for a sheet that is not in the file."""
        part = self._sheet_parts.get(sheet)
        return {relation.kind for relation in relations(self.parts, part)} if part else set()

    @property
    def active(self) -> str:
        """The sheet that is shown first; it may be one that holds only a chart."""
        view = self._workbook.find("{*}bookViews/{*}workbookView")
        number = int(view.get("activeTab", "0")) if view is not None else 0
        names = list(self._sheet_parts)
        return names[number if number < len(names) else 0]

    def is_visible(self, sheet: str) -> bool:
        entries = self._workbook.iterfind("{*}sheets/{*}sheet")
        return next(entry.get("state", "visible") for entry in entries if entry.get("name") == sheet) == "visible"

    @property
    def since_1904(self) -> bool:
        properties = self._workbook.find("{*}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    def defined_names(self) -> list[DefinedName]:
        names = list(self._sheet_parts)
        return [
            DefinedName(
                entry.attrib["name"],
                names[int(entry.attrib["localSheetId"])] if "localSheetId" in entry.attrib else None,
                entry.text or "",
            )
            for entry in self._workbook.iterfind("{*}definedNames/{*}definedName")
        ]
