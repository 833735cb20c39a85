"""Which parts of a package hold the worksheets, the texts and the styles, found by the links between the parts."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import NamedTuple

from jixiao.workbook.file_kind import Refused
from jixiao.workbook.package import ENTRIES, Attributes, Package, walk_xml

MAIN_PART = "xl/workbook.xml"
SHEETS = 5_000
_LIST_BYTES = 16 << 20  # room for a hundred thousand defined names left behind
_REPAIR = "请用 Excel 打开并另存为新的 .xlsx 文件"

Links = dict[str, tuple[str, str]]


class SheetEntry(NamedTuple):
    name: str
    part: str


class WorkbookParts(NamedTuple):
    sheets: list[SheetEntry]
    date1904: bool
    shared_texts: str | None
    styles: str | None


def workbook_parts(package: Package) -> WorkbookParts:
    """All worksheets in their order, hidden ones too; chart and macro sheets hold no cells and are left out."""
    main = _main_part(package)
    listed: list[Attributes] = []
    properties: Attributes = {}

    def element(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            listed.append(attributes)
            if len(listed) > SHEETS:
                raise Refused(f"工作表超过 {SHEETS} 张", "请把其中的工作表分到几个工作簿里")
        elif name == "workbookPr":
            properties.update(attributes)

    _walk_list(package, main, element)
    links = _links_of(package, main)
    return WorkbookParts(
        _worksheets(listed, links),
        properties.get("date1904") in ("1", "true", "on"),
        _target(package, links, "sharedStrings"),
        _target(package, links, "styles"),
    )


def _worksheets(listed: list[Attributes], links: Links) -> list[SheetEntry]:
    sheets: list[SheetEntry] = []
    for attributes in listed:
        kind, part = links.get(_link_id(attributes), ("worksheet", "工作表的内容"))
        if kind == "worksheet":
            sheets.append(SheetEntry(attributes.get("name", ""), part))
    if not sheets:
        raise Refused("工作簿里没有工作表", "请改选含有表格的工作簿")
    return sheets


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for kind, part in _links_of(package, "").values():
            if kind == "officeDocument":
                return part
    return MAIN_PART


def _links_of(package: Package, part: str) -> Links:
    """Identifier -> (kind, part), of the links of one part into the package. Links out of it are left alone."""
    folder, name = posixpath.split(part)
    found: Links = {}

    def element(tag: str, attributes: Attributes) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
        found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        if len(found) > ENTRIES:
            raise Refused("工作簿内部的链接过多", _REPAIR)

    _walk_list(package, posixpath.join(folder, "_rels", f"{name}.rels"), element)
    return found


def _walk_list(package: Package, part: str, element: Callable[[str, Attributes], None]) -> None:
    content = package.read(part).content
    if len(content) > _LIST_BYTES:
        raise Refused("工作簿的目录过大", _REPAIR)
    walk_xml(content, element)


def _link_id(attributes: Attributes) -> str:
    """The attribute `id` of a namespace, whatever its prefix."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _target(package: Package, links: Links, wanted: str) -> str | None:
    return next((part for kind, part in links.values() if kind == wanted and part in package), None)
