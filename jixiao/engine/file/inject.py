"""Putting what a macro has written into the parts of a workbook, and telling Excel to calculate it anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jixiao.engine.file.parts import Relation, relations, relations_part, sheet_parts, workbook_part
from jixiao.engine.file.sheet_edit import SheetEdit, edited
from jixiao.engine.file.style_sheet import StyleSheet
from jixiao.engine.file.xml_text import Unusual, decoded, with_attributes
from jixiao.engine.file.zipped import ZippedParts

_WORKBOOK = re.compile(r"<((?:\w+:)?)workbook\s")
_VIEW = re.compile(r"<(?:\w+:)?workbookView\b[^>]*>")
_CALCULATION = re.compile(r"<(?:\w+:)?calcPr\b[^>]*>")
_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")
_CHAIN_RELATION = re.compile(rb"<((?:\w+:)?)Relationship\s[^>]*/calcChain[\"'][^>]*?(?:/>|>\s*</\1Relationship>)")
_CHAIN_TYPE = re.compile(rb"<((?:\w+:)?)Override\s[^>]*calcChain[^>]*?(?:/>|>\s*</\1Override>)")
_CONTENT_TYPES = "[Content_Types].xml"
_SELECTED = re.compile(rb"(<(?:\w+:)?sheetView\b[^>]*?)\stabSelected=[\"'][^\"']*[\"']")
_SHEET_VIEW = re.compile(rb"(<(?:\w+:)?sheetView\b)")
_UP_TO_THE_VIEW = 8_192  # bytes of a sheet, in which its view is found


def inject(parts: ZippedParts, edits: Sequence[SheetEdit], active: str | None, since_1904: bool) -> None:
    """Sheets go by their names in `parts`. `active` is the one to show first, None where that has not changed.

    Raises Unusual, with all sheets it is about, where a part is spelled in a way that is not understood here.
    """
    workbook, sheets = workbook_part(parts), sheet_parts(parts)
    links = relations(parts, workbook)
    styles = next((link.target for link in links if link.kind == "styles"), None)
    style_sheet = StyleSheet(parts[styles] if styles else None)
    unusual: list[str] = []
    for edit in edits:
        before = parts[sheets[edit.name]]
        try:
            after = edited(before, edit, style_sheet, since_1904)
        except Unusual as problem:
            unusual += problem.sheets
            continue
        if after != before:
            parts[sheets[edit.name]] = after
    if unusual:
        raise Unusual(*unusual)
    if styles and style_sheet.changed:
        parts[styles] = style_sheet.with_formats().encode()
    parts[workbook] = _calculated(decoded(parts[workbook])).encode()
    _drop_calculation_chain(parts, workbook, links)
    if active is not None:
        _show_first(parts, workbook, sheets, active)


def _prefix(workbook: str) -> str:
    """What stands before the names of its elements: mostly nothing, else "x:"."""
    root = _WORKBOOK.search(workbook)
    return root[1] if root else ""


def _calculated(xml: str) -> str:
    """Excel calculates the workbook when it opens it."""
    found = _CALCULATION.search(xml)
    if found:
        return xml[: found.start()] + with_attributes(found[0], fullCalcOnLoad="1") + xml[found.end() :]
    prefix = _prefix(xml)
    ends = (re.search(rf"</{prefix}{name}>|<{prefix}{name}\s*/>", xml) for name in _BEFORE_CALCULATION)
    end = next((end.end() for end in ends if end), None)
    if end is None:
        raise Unusual
    return f'{xml[:end]}<{prefix}calcPr fullCalcOnLoad="1"/>{xml[end:]}'


def _drop_calculation_chain(parts: ZippedParts, workbook: str, links: Sequence[Relation]) -> None:
    """The list of cells with formulas, which Excel makes anew; it takes a file with a wrong one for damaged."""
    for link in links:
        if link.kind == "calcChain":
            listed = relations_part(workbook)
            parts[listed] = _CHAIN_RELATION.sub(b"", parts[listed])
            parts[_CONTENT_TYPES] = _CHAIN_TYPE.sub(b"", parts[_CONTENT_TYPES])
            parts.pop(link.target, None)


def _with_active_tab(xml: str, tab: int) -> str:
    view = _VIEW.search(xml)
    if view:
        tag = with_attributes(view[0], activeTab=str(tab), firstSheet=None)
        return xml[: view.start()] + tag + xml[view.end() :]
    prefix = _prefix(xml)
    views = f'<{prefix}bookViews><{prefix}workbookView activeTab="{tab}"/></{prefix}bookViews>'
    return re.sub(rf"(?=<{prefix}sheets\b)", views, xml, count=1)


def _show_first(parts: ZippedParts, workbook: str, sheets: Mapping[str, str], active: str) -> None:
    """Only the active sheet is selected; several selected sheets would be edited together."""
    parts[workbook] = _with_active_tab(decoded(parts[workbook]), list(sheets).index(active)).encode()
    for name, part in sheets.items():
        if b"tabSelected" in parts.beginning(part, _UP_TO_THE_VIEW):
            parts[part] = _SELECTED.sub(rb"\1", parts[part])
        if name == active:
            parts[part] = _SHEET_VIEW.sub(rb'\1 tabSelected="1"', parts[part], count=1)
