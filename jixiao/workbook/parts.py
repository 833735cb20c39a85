"""Which parts of a package hold the worksheets, the texts and the styles, found by the links between the parts."""

from __future__ import annotations

from typing import NamedTuple

from jixiao.openxml.links import Links, links_of, main_part, walk_list
from jixiao.openxml.markup import Attributes
from jixiao.openxml.package import Package
from jixiao.openxml.refused import Refused

MAIN_PART = "xl/workbook.xml"
SHEETS = 5_000


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
    main = main_part(package, MAIN_PART)
    listed: list[Attributes] = []
    properties: Attributes = {}

    def element(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            listed.append(attributes)
            if len(listed) > SHEETS:
                raise Refused(f"工作表超过 {SHEETS} 张", "请把其中的工作表分到几个工作簿里")
        elif name == "workbookPr":
            properties.update(attributes)

    walk_list(package, main, element)
    links = links_of(package, main)
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


def _link_id(attributes: Attributes) -> str:
    """The attribute `id` of a namespace, whatever its prefix."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _target(package: Package, links: Links, wanted: str) -> str | None:
    return next((part for kind, part in links.values() if kind == wanted and part in package), None)
