"""The links between the parts of a package."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from jixiao.openxml.markup import Attributes, walk_xml
from jixiao.openxml.package import ENTRIES, Package
from jixiao.openxml.refused import Refused

_LIST_BYTES = 16 << 20  # room for a hundred thousand defined names left behind

Links = dict[str, tuple[str, str]]


def main_part(package: Package, usual: str) -> str:
    """The part that the whole package is about; the usual one if no link says."""
    if "_rels/.rels" in package:
        for kind, part in links_of(package, "").values():
            if kind == "officeDocument":
                return part
    return usual


def links_of(package: Package, part: str) -> Links:
    """Identifier -> (kind, part), of the links of one part into the package. Links out of it are left alone."""
    folder = posixpath.dirname(part)
    found: Links = {}
    for link in _listed(package, part):
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            found[link.get("Id", "")] = (_kind(link), target.lstrip("/"))
    return found


def has_links(package: Package, part: str) -> bool:
    return _list_of(part) in package


def outward_kinds(package: Package, part: str) -> list[str]:
    """The kind of every link of one part that leads out of the package."""
    return [_kind(link) for link in _listed(package, part) if link.get("TargetMode") == "External"]


def _kind(link: Attributes) -> str:
    return link.get("Type", "").rpartition("/")[2]


def _listed(package: Package, part: str) -> list[Attributes]:
    listed: list[Attributes] = []

    def element(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            listed.append(attributes)
            if len(listed) > ENTRIES:
                raise Refused(f"{package.wording.thing}内部的链接过多", package.wording.repair)

    walk_list(package, _list_of(part), element)
    return listed


def _list_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def walk_list(package: Package, part: str, element: Callable[[str, Attributes], None]) -> None:
    """Call back for every element of a part that lists others."""
    content = package.read(part).content
    if len(content) > _LIST_BYTES:
        raise Refused(f"{package.wording.thing}的目录过大", package.wording.repair)
    walk_xml(content, element, wording=package.wording)
