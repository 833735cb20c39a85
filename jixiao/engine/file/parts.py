"""The parts of a workbook's package and how they refer to each other."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree

_ID = "relationships}id"  # the namespace before it has another name in files of the strict kind


class Relation(NamedTuple):
    """What one part says of another; `target` is the name of a part, unless it is external."""

    identifier: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: worksheet, comments, drawing, hyperlink …"""
        return self.type.rsplit("/", 1)[-1]


def relations_part(part: str) -> str:
    """xl/workbook.xml -> xl/_rels/workbook.xml.rels."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: Mapping[str, bytes], part: str) -> list[Relation]:
    """What `part` refers to, targets as names of parts; "" is the package itself."""
    xml = parts.get(relations_part(part))
    if xml is None:
        return []
    folder = posixpath.join("/", posixpath.dirname(part))
    found = []
    for relation in ElementTree.fromstring(xml):
        external = relation.get("TargetMode") == "External"
        target = relation.attrib["Target"]
        if not external:
            target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        found.append(Relation(relation.attrib["Id"], relation.attrib["Type"], target, external))
    return found


def workbook_part(parts: Mapping[str, bytes]) -> str:
    return next(relation.target for relation in relations(parts, "") if relation.kind == "officeDocument")


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet name -> name of its part, in the workbook's order."""
    workbook = workbook_part(parts)
    targets = {relation.identifier: relation.target for relation in relations(parts, workbook)}
    sheets = ElementTree.fromstring(parts[workbook]).iterfind("{*}sheets/{*}sheet")
    return {sheet.attrib["name"]: targets[_link(sheet)] for sheet in sheets}


def _link(element: ElementTree.Element) -> str:
    return next(value for name, value in element.attrib.items() if name.endswith(_ID))


def reachable(parts: Mapping[str, bytes]) -> set[str]:
    """The parts that can be reached from the package's root, and those that lead there."""
    found = {"[Content_Types].xml", relations_part("")}
    waiting = [relation.target for relation in relations(parts, "") if not relation.external]
    while waiting:
        part = waiting.pop()
        if part not in found and part in parts:
            found |= {part, relations_part(part)}
            waiting += [relation.target for relation in relations(parts, part) if not relation.external]
    return found
