"""A workbook file -> its worksheets as grids, without a spreadsheet program.

python-calamine reads fast but trusts its input: some files of a few kilobytes abort the process. So it never sees the
user's file. Every part is unpacked and examined here first; what it reads is a package built in memory, of parts that
were found sound, under names given here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

import python_calamine

from jixiao.workbook.file_kind import Refused
from jixiao.workbook.grid import CellValue, Grid
from jixiao.workbook.package import Attributes, Package, Packer, Part, open_package, refuse_unusual, walk_xml
from jixiao.workbook.sheet_xml import Sheet, examine

SHEETS = 5_000
_BLANKS, _BLANKS_OF_A_SHEET = 8_000_000, 300_000
_SHEET_BYTES = 64 << 20
_FILLED_CELLS = 4_000_000
_BROKEN_CELLS = 200_000
_TEXT = 50_000_000
_SHARED_TEXTS, _SHARED_TEXT_TAGS = 4_000_000, 16_000_000
_SHORTEST_TEXT_CELL = len('<c r="A1" t="s"><v>0</v></c>')
_TEXT_OVERHEAD = 60  # bytes of an empty string object and its place in the list

_SHARED_TEXT = re.compile(rb'<c r="[A-Z]{1,3}[0-9]++"[^<>/]* t="s"[^<>/]*><v>([0-9]{1,9})</v>')
_REPAIR = "请用 Excel 打开并另存为新的 .xlsx 文件"
_SMALLER = "请把其中的工作表分到几个工作簿里"
_MAIN_PART = "xl/workbook.xml"


def read_grids(path: Path) -> list[Grid]:
    """Every worksheet, hidden ones too, in the workbook's order; chart sheets are passed over.

    Raises CannotRead, with one sentence for the user, for everything that cannot be read or is not safe to read.
    """
    with open_package(Path(path)) as package:
        workbook = _workbook(package)
        packer = Packer()
        texts = _pack_common_parts(workbook, package, packer)
        sheets = _pack_sheets(workbook, package, packer, texts)
        return _read(packer, workbook.sheets, sheets)


class _SheetEntry(NamedTuple):
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class _Workbook:
    sheets: list[_SheetEntry]
    date1904: bool
    shared_texts: str | None
    styles: str | None


def _workbook(package: Package) -> _Workbook:
    main = _main_part(package)
    listed: list[Attributes] = []
    properties: Attributes = {}

    def element(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            listed.append(attributes)
        elif name == "workbookPr":
            properties.update(attributes)

    walk_xml(package.read(main).content, element)
    related = _relationships(package, main)
    sheets = [
        _SheetEntry(attributes.get("name", ""), target)
        for attributes in listed
        for kind, target in [related.get(_relationship_id(attributes), ("worksheet", ""))]
        if kind == "worksheet"
    ]
    if not sheets:
        raise Refused("工作簿里没有工作表", "请改选含有表格的工作簿")
    if len(sheets) > SHEETS:
        raise Refused(f"工作表超过 {SHEETS} 张", _SMALLER)
    return _Workbook(
        sheets,
        properties.get("date1904") in ("1", "true", "on"),
        _target(package, related, "sharedStrings"),
        _target(package, related, "styles"),
    )


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for kind, target in _relationships(package, "").values():
            if kind == "officeDocument":
                return target
    if _MAIN_PART not in package:
        raise Refused(f"工作簿内部缺少 {_MAIN_PART}", _REPAIR)
    return _MAIN_PART


def _relationships(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Identifier -> (kind, part), of the links of one part into the package. Links out of it are left alone."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def element(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (kind, target)

    walk_xml(package.read(posixpath.join(folder, "_rels", f"{name}.rels")).content, element)
    return found


def _relationship_id(attributes: Attributes) -> str:
    """The attribute `id` of a namespace, whatever its prefix."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _target(package: Package, related: dict[str, tuple[str, str]], wanted: str) -> str | None:
    return next((target for kind, target in related.values() if kind == wanted and target in package), None)


class _SharedTexts:
    """The table of texts that cells refer to: one long text and many references make a small file huge."""

    def __init__(self, content: bytes) -> None:
        if content.count(b"si") > _SHARED_TEXTS or content.count(b"<") > _SHARED_TEXT_TAGS:
            raise Refused("工作簿里不同的文字过多", _SMALLER)
        self._content = content
        self._longest = max(map(len, content.split(b"</si>")))
        self._sizes: list[int] | None = None

    def refuse_flood(self, sheet: bytes) -> None:
        """Raises Refused where the sheet's references amount to more text than can be held."""
        if self._longest * (len(sheet) // _SHORTEST_TEXT_CELL) <= _TEXT:
            return
        sizes = self._sizes = self._sizes or self._measured()
        total = 0
        for match in _SHARED_TEXT.finditer(sheet):
            index = int(match[1])
            total += sizes[index] if index < len(sizes) else 0
        if total > _TEXT:
            raise _too_much_text()

    def _measured(self) -> list[int]:
        sizes: list[int] = []

        def started(name: str, _: Attributes) -> None:
            if name == "si":
                sizes.append(0)

        def text(data: str) -> None:
            if sizes:
                sizes[-1] += len(data)

        walk_xml(self._content, started, None, text)
        return sizes


def _pack_common_parts(workbook: _Workbook, package: Package, packer: Packer) -> _SharedTexts:
    date1904 = ' date1904="1"' if workbook.date1904 else ""
    numbers = range(1, len(workbook.sheets) + 1)
    listed = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="s{number}"/>' for number in numbers)
    links = [("shared", "sharedStrings", "sharedStrings.xml"), ("styles", "styles", "styles.xml")]
    links += [(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    packer.add("_rels/.rels", _links([("main", "officeDocument", _MAIN_PART)]))
    packer.add("xl/_rels/workbook.xml.rels", _links(links))
    packer.add(
        _MAIN_PART,
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr{date1904}/>'
        f"<sheets>{listed}</sheets></workbook>".encode(),
    )
    shared = b""
    for source, name in ((workbook.styles, "styles.xml"), (workbook.shared_texts, "sharedStrings.xml")):
        if source is not None:
            part = package.read(source)
            refuse_unusual(part.content)
            packer.add_part(f"xl/{name}", part)
            shared = part.content if name == "sharedStrings.xml" else b""
    return _SharedTexts(shared)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _links(links: Sequence[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for identifier, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'.encode()


def _pack_sheets(workbook: _Workbook, package: Package, packer: Packer, texts: _SharedTexts) -> list[Sheet]:
    """One sheet's XML in memory at a time: of the sheets returned the content is gone."""
    blanks = min(_BLANKS_OF_A_SHEET, _BLANKS // len(workbook.sheets))
    examined: list[Sheet] = []
    filled = broken = 0
    for number, entry in enumerate(workbook.sheets, 1):
        part = package.read(entry.part)
        sheet = _examined(entry, part, blanks)
        filled += sheet.content.count(b"</v>")
        broken += len(sheet.broken)
        texts.refuse_flood(sheet.content)
        if filled > _FILLED_CELLS:
            raise Refused("工作簿里有内容的单元格过多，超出可读取的范围", _SMALLER)
        if broken > _BROKEN_CELLS:
            raise Refused(f"超过 {_BROKEN_CELLS} 个公式没有计算结果或结果出错", "请用 Excel 打开，重新计算后保存")
        name = f"xl/worksheets/sheet{number}.xml"
        if sheet.rewritten:
            packer.add(name, sheet.content)
        else:
            packer.add_part(name, part)
        examined.append(sheet._replace(content=b""))
    return examined


def _examined(entry: _SheetEntry, part: Part, blanks: int) -> Sheet:
    try:
        if len(part.content) > _SHEET_BYTES:
            raise Refused("内容过大，超出可读取的范围", _SMALLER)
        return examine(part.content, blanks)
    except Refused as refusal:
        raise Refused(f"{refusal.problem}（工作表“{entry.name}”）", refusal.advice) from None


def _read(packer: Packer, entries: Sequence[_SheetEntry], sheets: Sequence[Sheet]) -> list[Grid]:
    with _failures("工作簿的样式或文字表"):
        book = python_calamine.CalamineWorkbook.from_filelike(packer.finish())
    grids: list[Grid] = []
    text = 0
    for index, (entry, sheet) in enumerate(zip(entries, sheets, strict=True)):
        with _failures(f"工作表“{entry.name}”"):
            rows: list[list[CellValue]] = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
        text += sum(len(value) + _TEXT_OVERHEAD for row in rows for value in row if value and value.__class__ is str)
        if text > _TEXT * 4:
            raise _too_much_text()
        grids.append(Grid(entry.name, rows, broken=sheet.broken, stray=sheet.stray))
    return grids


@contextmanager
def _failures(what: str) -> Iterator[None]:
    """The reader's errors, its panics among them, as Refused."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        raise Refused(f"{what}有无法识别的内容（{error}）", _REPAIR) from None


def _too_much_text() -> Refused:
    return Refused("工作簿里的文字过多，超出可读取的范围", _SMALLER)
