"""The package around the VBA project: sheets without a face, the ribbon in both namespaces, what Excel shows of it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Rows = Sequence[Sequence[str]]

_CONTENT_TYPES, _ROOT_RELATIONS = "[Content_Types].xml", "_rels/.rels"
_WORKBOOK, _WORKBOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# A host that knows the newer of the two parts ignores the older one ([MS-OI29500] 3.4.1).
_RIBBONS = {
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
}
_DAY = "2024-01-01T00:00:00Z"  # any fixed one: building twice gives the same bytes
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def with_sheets(parts: Mapping[str, bytes], sheets: Mapping[str, Rows]) -> dict[str, bytes]:
    """The parts with these sheets, by name, instead of the one empty sheet."""
    made = dict(parts)
    entries, relations, types = [], [], []
    for number, (name, rows) in enumerate(sheets.items(), 1):
        made[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows, "Sheet1" if number == 1 else "")
        relation = "rId1" if number == 1 else f"rIdSheet{number}"
        entries.append(f'<sheet name="{escape(name)}" sheetId="{number}" r:id="{relation}"/>')
        if number > 1:
            relations.append(_relation(relation, f"{_OFFICE_RELATIONS}/worksheet", f"worksheets/sheet{number}.xml"))
            types.append(f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_SHEET_TYPE}"/>')
    made[_WORKBOOK] = re.sub(
        rb"<sheets>.*</sheets>", f"<sheets>{''.join(entries)}</sheets>".encode(), made[_WORKBOOK], flags=re.DOTALL
    )
    made[_WORKBOOK_RELATIONS] = _before_end(made[_WORKBOOK_RELATIONS], "Relationships", relations)
    made[_CONTENT_TYPES] = _before_end(made[_CONTENT_TYPES], "Types", types)
    return made


def with_ribbon(parts: Mapping[str, bytes], newer: str, older: str) -> dict[str, bytes]:
    relations = [_relation(f"rIdRibbon{number}", kind, name) for number, (name, kind) in enumerate(_RIBBONS.items(), 1)]
    texts = dict(zip(_RIBBONS, (newer.encode(), older.encode()), strict=True))
    root = _before_end(parts[_ROOT_RELATIONS], "Relationships", relations)
    return {**parts, **texts, _ROOT_RELATIONS: root}


def with_properties(parts: Mapping[str, bytes], title: str, description: str) -> dict[str, bytes]:
    """What Excel's dialog of add-ins shows, and nothing of where the blank file came from."""
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(title)}</dc:creator>"
        f"<dc:description>{escape(description)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_DAY}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_DAY}</dcterms:modified></cp:coreProperties>'
    )
    app = (
        f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"
    )
    return {**parts, _CORE: core.encode(), _APP: app.encode()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The package as a file, the same for the same parts."""
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for name in sorted(parts, key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = ZipInfo(name, _ZIP_DAY)
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, parts[name])
    return out.getvalue()


def _sheet(rows: Rows, code_name: str) -> bytes:
    own = f'<sheetPr codeName="{code_name}"/>' if code_name else ""
    body = "".join(
        f'<row r="{number}">{"".join(_cell(number, column, text) for column, text in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return f'{_HEAD}<worksheet xmlns="{_MAIN}">{own}<sheetData>{body}</sheetData></worksheet>'.encode()


def _cell(row: int, column: int, text: str) -> str:
    address = f"{_letters(column)}{row}"
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>' if text else ""


def _letters(column: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def _before_end(xml: bytes, element: str, added: Sequence[str]) -> bytes:
    end = f"</{element}>".encode()
    if not xml.rstrip().endswith(end):
        raise ValueError(f"no {element} at the end of a part")
    return xml.rstrip().removesuffix(end) + "".join(added).encode() + end
