"""What excelize cannot do to a workbook, done to the package it has saved.

It cannot change one trait of a style, moves sheets without the names that belong to them, renames and deletes them
without the formulas that refer to them, and lets a copied sheet share the comments of the first. The texts that are
replaced here were written by excelize, in the one form it writes; only references in other sheets and charts may have
been written by anybody.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from html import escape, unescape

from jixiao.engine.file.mend_styles import mended_styles
from jixiao.engine.file.mend_workbook import SheetEntry, WorkbookXml
from jixiao.engine.file.parts import Relation, reachable, relations, relations_part, sheet_parts, workbook_part
from jixiao.engine.file.styles import Derivation
from jixiao.engine.formulas import with_sheets_renamed

Parts = MutableMapping[str, bytes]

_CONTENT_TYPES = "[Content_Types].xml"
_FORMULAS = re.compile(r"(<((?:\w+:)?(?:f|formula|formula1|formula2))(?:\s[^>]*)?>)([^<]+)(?=</\2>)")
_LINKS = re.compile(r'(\s(location)=)"([^"]*)"')
_CODE_NAME = re.compile(r'(<sheetPr\b[^>]*?)\scodeName="[^"]*"')


@dataclass(frozen=True, slots=True)
class Repairs:
    """What to do; sheets go by their keys, the names under which excelize knows them.

    entries: the worksheets in their final order. deleted: those that are gone. copies: key -> key of the sheet it was
    copied from.
    """

    entries: tuple[SheetEntry, ...]
    deleted: tuple[str, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    styles: tuple[Derivation, ...] = ()

    @property
    def new_names(self) -> dict[str, str | None]:
        renamed: dict[str, str | None] = {entry.key: entry.name for entry in self.entries if entry.key != entry.name}
        return renamed | dict.fromkeys(self.deleted)


def mend(parts: Parts, repairs: Repairs) -> None:
    sheets, workbook = sheet_parts(parts), workbook_part(parts)
    for key, first in repairs.copies.items():
        _make_independent(parts, sheets[key], sheets[first])
        parts[sheets[key]] = _with_references(parts[sheets[key]], {first: key}, _FORMULAS)
    if repairs.styles:
        styles = next(relation.target for relation in relations(parts, workbook) if relation.kind == "styles")
        parts[styles] = mended_styles(parts[styles], repairs.styles)
    _follow_sheets(parts, repairs.new_names)
    parts[workbook] = WorkbookXml(parts[workbook]).arranged(repairs.entries, repairs.new_names, repairs.copies)
    _drop_sheets(parts, workbook, [sheets[key] for key in repairs.deleted])


def _with_references(xml: bytes, names: Mapping[str, str | None], *places: re.Pattern[str]) -> bytes:
    def renamed(match: re.Match[str]) -> str:
        text = with_sheets_renamed(unescape(match[3]), names)
        return f'{match[1]}"{escape(text)}"' if match[2] == "location" else match[1] + escape(text, quote=False)

    text = xml.decode()
    for place in places:
        text = place.sub(renamed, text)
    return text.encode()


def _follow_sheets(parts: Parts, names: Mapping[str, str | None]) -> None:
    """Formulas, rules, drop-downs, links and charts follow renamed sheets; references to deleted ones become #REF!."""
    spelled = [form.casefold() for name in names for form in (name, name.replace("'", "''"))]
    for name, xml in parts.items() if names else ():
        if name.startswith(("xl/worksheets/", "xl/charts/")) and name.endswith(".xml"):
            text = unescape(xml.decode()).casefold()
            if any(form in text for form in spelled):
                parts[name] = _with_references(xml, names, _FORMULAS, _LINKS)


def _make_independent(parts: Parts, copy: str, first: str) -> None:
    """Give a copied sheet relations of its own, and comments of its own."""
    parts[copy] = _CODE_NAME.sub(r"\1", parts[copy].decode(), count=1).encode()
    own = "".join(
        _relation_xml(relation, escape(relation.target) if relation.external else _duplicate(parts, relation.target))
        for relation in relations(parts, first)
        if relation.external or relation.kind in ("comments", "vmlDrawing")
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts[relations_part(copy)] = f'<Relationships xmlns="{namespace}">{own}</Relationships>'.encode()


def _relation_xml(relation: Relation, target: str) -> str:
    mode = ' TargetMode="External"' if relation.external else ""
    return f'<Relationship Id="{relation.identifier}" Type="{relation.type}" Target="{target}"{mode}></Relationship>'


def _duplicate(parts: Parts, name: str) -> str:
    """Copy a part under a new name, with what it refers to; returns the path of the copy."""
    stem, suffix = posixpath.splitext(name)
    number = 1
    while f"{stem}_{number}{suffix}" in parts:
        number += 1
    new = f"{stem}_{number}{suffix}"
    parts[new] = parts[name]
    if relations_part(name) in parts:
        parts[relations_part(new)] = parts[relations_part(name)]
    override = re.compile(rf'<Override PartName="/{re.escape(name)}"([^>]*)></Override>')
    types = parts[_CONTENT_TYPES].decode()
    parts[_CONTENT_TYPES] = override.sub(rf'\g<0><Override PartName="/{new}"\1></Override>', types).encode()
    return f"/{new}"


def _drop_sheets(parts: Parts, workbook: str, sheets: Collection[str]) -> None:
    """Drop sheets with all that belongs to them alone."""
    if sheets:
        _drop(parts, sheets, workbook)
        _drop(parts, parts.keys() - reachable(parts), workbook)


def _drop(parts: Parts, names: Iterable[str], workbook: str) -> None:
    types, own = parts[_CONTENT_TYPES].decode(), parts[relations_part(workbook)].decode()
    identifiers = {relation.target: relation.identifier for relation in relations(parts, workbook)}
    for name in list(names):
        parts.pop(name, None)
        types = re.sub(rf'<Override PartName="/{re.escape(name)}"[^>]*></Override>', "", types)
        if name in identifiers:
            own = re.sub(rf'<Relationship Id="{re.escape(identifiers[name])}"[^>]*></Relationship>', "", own)
    parts[_CONTENT_TYPES], parts[relations_part(workbook)] = types.encode(), own.encode()
