"""The extension's registration files: what it is called, its toolbar and menu, and who answers their commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from jixiao.addin.buttons import MacroButton

IDENTIFIER = "org.jixiao.calc"
SERVICE = "org.jixiao.Handler"
PROTOCOL = "org.jixiao.run:"
COMPONENT = "component.py"
TITLE = "绩效目标"
PROGRAM = "绩效助手"
TOOLBAR = "private:resource/toolbar/addon_org.jixiao.toolbar"

_OOR, _XS = "http://openoffice.org/2001/registry", "http://www.w3.org/2001/XMLSchema"
_DESCRIPTION = "http://openoffice.org/extensions/description/2006"
_MANIFEST = "http://openoffice.org/2001/manifest"
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_LANGUAGES = ("en-US", "zh-CN")  # the first is what every other language falls back on
_SEPARATOR = {"URL": "private:separator"}

for _prefix, _uri in (("oor", _OOR), ("manifest", _MANIFEST)):
    ElementTree.register_namespace(_prefix, _uri)

Groups = Sequence[Sequence[MacroButton]]


def configuration(groups: Groups, version: str) -> dict[str, bytes]:
    """The files by their names in the package."""
    files = {
        "Addons.xcu": addons(groups),
        "ProtocolHandler.xcu": protocol_handler(),
        "CalcWindowState.xcu": window_state(),
    }
    kinds = dict.fromkeys(files, "application/vnd.sun.star.configuration-data")
    kinds[COMPONENT] = "application/vnd.sun.star.uno-component;type=Python"
    return {**files, "description.xml": description(version), "META-INF/manifest.xml": manifest(kinds)}


def addons(groups: Groups) -> bytes:
    root = _data("Addons")
    ui = SubElement(root, "node", {f"{{{_OOR}}}name": "AddonUI"})
    menu = _new(_set(_set(ui, "OfficeMenuBar"), "org.jixiao.menu", "replace"), {"Context": _CALC}, TITLE)
    _items(_set(menu, "Submenu"), groups)
    _items(_set(_set(ui, "OfficeToolBar"), "org.jixiao.toolbar", "replace"), groups)
    return _text(root)


def protocol_handler() -> bytes:
    root = _data("ProtocolHandler", "org.openoffice.Office")
    handler = _set(_set(root, "HandlerSet"), SERVICE, "replace")
    _property(handler, "Protocols", f"{PROTOCOL}*", "oor:string-list")
    return _text(root)


def window_state() -> bytes:
    """The toolbar's name, and that it is seen from the first start on, docked at the top."""
    root = _data("CalcWindowState", "org.openoffice.Office.UI")
    states = _set(_set(root, "UIElements"), "States")
    bar = _new(_set(states, TOOLBAR, "replace"), {}, "")
    for name, value in (("UIName", TITLE), ("ContextSensitive", False), ("Visible", True), ("Docked", True)):
        _property(bar, name, value)
    _property(bar, "DockingArea", 0)
    _property(bar, "Style", 0)
    return _text(root)


def description(version: str) -> bytes:
    root = Element("description", {"xmlns": _DESCRIPTION})
    SubElement(root, "identifier", {"value": IDENTIFIER})
    SubElement(root, "version", {"value": version})
    names = SubElement(root, "display-name")
    publishers = SubElement(root, "publisher")
    for language in _LANGUAGES:
        SubElement(names, "name", {"lang": language}).text = PROGRAM
        SubElement(publishers, "name", {"lang": language}).text = PROGRAM
    return _text(root)


def manifest(kinds: Mapping[str, str]) -> bytes:
    root = Element(f"{{{_MANIFEST}}}manifest")
    for path, kind in kinds.items():
        SubElement(
            root, f"{{{_MANIFEST}}}file-entry", {f"{{{_MANIFEST}}}full-path": path, f"{{{_MANIFEST}}}media-type": kind}
        )
    return _text(root)


def _items(parent: Element, groups: Groups) -> None:
    """Numbered, since the order on the screen is that of the names; a line between two groups."""
    shown = [group for group in groups if group]
    number = 0
    for place, group in enumerate(shown):
        if place:
            _new(_set(parent, f"m{number:03}", "replace"), _SEPARATOR, "")
            number += 1
        for button in group:
            about = {"URL": f"{PROTOCOL}{button.macro}", "Target": "_self", "Context": _CALC}
            _new(_set(parent, f"m{number:03}", "replace"), about, button.label)
            number += 1


def _data(name: str, package: str = "org.openoffice.Office") -> Element:
    # ElementTree declares a prefix only where a name uses it; that of the types stands in values.
    about = {f"{{{_OOR}}}name": name, f"{{{_OOR}}}package": package, "xmlns:xs": _XS}
    return Element(f"{{{_OOR}}}component-data", about)


def _set(parent: Element, name: str, operation: str = "") -> Element:
    about = {f"{{{_OOR}}}name": name}
    return SubElement(parent, "node", about | ({f"{{{_OOR}}}op": operation} if operation else {}))


def _new(node: Element, properties: Mapping[str, str], title: str) -> Element:
    for name, value in properties.items():
        _property(node, name, value)
    if title:
        own = SubElement(node, "prop", {f"{{{_OOR}}}name": "Title", f"{{{_OOR}}}type": "xs:string"})
        for language in _LANGUAGES:
            about = {"{http://www.w3.org/XML/1998/namespace}lang": language}
            SubElement(own, "value", about).text = title
    return node


def _property(node: Element, name: str, value: object, kind: str = "") -> None:
    kinds = {bool: "xs:boolean", int: "xs:int", str: "xs:string"}
    about = {f"{{{_OOR}}}name": name, f"{{{_OOR}}}type": kind or kinds[type(value)]}
    text = str(value).lower() if isinstance(value, bool) else str(value)
    SubElement(SubElement(node, "prop", about), "value").text = text


def _text(root: Element) -> bytes:
    ElementTree.indent(root, " ")
    body: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return body + b"\n"
