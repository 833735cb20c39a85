"""A workbook file -> its worksheets as grids, without a spreadsheet program.

python-calamine reads fast but trusts its input: some files of a few kilobytes abort the process. So it never sees the
user's file. Every part is unpacked and examined here first; what it reads is a package built in memory, of parts that
were found sound, under names given here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from pathlib import Path
from sys import getsizeof

from jixiao.openxml.markup import Attributes, refuse_unusual, walk_xml
from jixiao.openxml.package import Package, Packer, Part
from jixiao.openxml.refused import Refused
from jixiao.workbook.grid import CellValue, Grid
from jixiao.workbook.package import open_package
from jixiao.workbook.parts import MAIN_PART, SheetEntry, WorkbookParts, workbook_parts
from jixiao.workbook.sheet_xml import SHARED_TEXT, Allowance, Sheet, examine

_BLANKS, _BLANKS_OF_A_SHEET = 8_000_000, 300_000
_SHEET_BYTES = 48 << 20
_TEXT_BYTES = 150_000_000  # in memory, of all sheets
_REPEATED_TEXT = 25_000_000  # characters that the cells of one sheet take from the table of texts
_SHARED_TEXTS = 4_000_000
_TAGS = 12_000_000  # of the table of texts, and of the styles
_SHORTEST_TEXT_CELL = len('<c r="A1" t="s"><v>0</v></c>')

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

_REPAIR = "请用 Excel 打开并另存为新的 .xlsx 文件"
_SMALLER = "请把其中的工作表分到几个工作簿里"


def read_grids(path: Path) -> list[Grid]:
    """Every worksheet, hidden ones too, in the workbook's order; chart sheets are passed over.

    Raises CannotRead, with one sentence for the user, for everything that cannot be read or is not safe to read.
    """
    with open_package(Path(path)) as package:
        workbook = workbook_parts(package)
        packer = Packer()
        _pack_list(workbook, packer)
        texts = _pack_common_parts(workbook, package, packer)
        sheets = _pack_sheets(workbook, package, packer, texts)
        return _read(packer, workbook.sheets, sheets)


class _SharedTexts:
    """The table of texts that cells refer to: one long text and many references make a small file huge."""

    def __init__(self, content: bytes, read_again: Callable[[], bytes]) -> None:
        if content.count(b"si") > _SHARED_TEXTS:
            raise Refused("工作簿里不同的文字过多", _SMALLER)
        self._longest = max(map(len, content.split(b"</si>")))
        self._read_again = read_again
        self._sizes: list[int] | None = None

    def refuse_flood(self, sheet: bytes) -> None:
        """Raises Refused where the sheet's references amount to more text than can be held."""
        if self._longest * (len(sheet) // _SHORTEST_TEXT_CELL) <= _REPEATED_TEXT:
            return
        if self._sizes is None:
            self._sizes = _text_sizes(self._read_again())
        sizes, total = self._sizes, 0
        for match in SHARED_TEXT.finditer(sheet):
            index = int(match[1]) if match[1].isdigit() else 0  # as the reader has it
            total += sizes[index if index < len(sizes) else 0]
        if total > _REPEATED_TEXT:
            raise _too_much_text()


def _text_sizes(content: bytes) -> list[int]:
    """In characters; an empty table counts as one text, for the cells that refer to nothing."""
    sizes: list[int] = []
    inside = False

    def started(name: str, _: Attributes) -> None:
        nonlocal inside
        if name == "si":
            if inside:
                raise Refused("工作簿的文字表已损坏", _REPAIR)
            inside = True
            sizes.append(0)

    def ended(name: str) -> None:
        nonlocal inside
        inside = inside and name != "si"

    def text(data: str) -> None:
        if inside:
            sizes[-1] += len(data)

    walk_xml(content, started, ended, text)
    return sizes or [0]


def _pack_list(workbook: WorkbookParts, packer: Packer) -> None:
    """The workbook part, with numbers for names: so the reader finds every sheet, whatever the user calls it."""
    numbers = range(1, len(workbook.sheets) + 1)
    date1904 = ' date1904="1"' if workbook.date1904 else ""
    listed = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="s{number}"/>' for number in numbers)
    main = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr{date1904}/><sheets>{listed}</sheets></workbook>'
    links = [("shared", "sharedStrings", "sharedStrings.xml"), ("styles", "styles", "styles.xml")]
    links += [(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    packer.add(MAIN_PART, main.encode())
    packer.add("xl/_rels/workbook.xml.rels", _links(links))
    packer.add("_rels/.rels", _links([("main", "officeDocument", MAIN_PART)]))


def _links(links: Sequence[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identifier, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'.encode()


def _pack_common_parts(workbook: WorkbookParts, package: Package, packer: Packer) -> _SharedTexts:
    if workbook.styles is not None:
        packer.add_part("xl/styles.xml", _common_part(package, workbook.styles))
    if workbook.shared_texts is None:
        return _SharedTexts(b"", bytes)
    source = workbook.shared_texts
    part = _common_part(package, source)
    packer.add_part("xl/sharedStrings.xml", part)
    return _SharedTexts(part.content, lambda: package.read(source).content)


def _common_part(package: Package, name: str) -> Part:
    part = package.read(name)
    refuse_unusual(part.content)
    if part.content.count(b"<") > _TAGS:
        raise Refused("工作簿里的样式或文字过多", _SMALLER)
    return part


def _pack_sheets(workbook: WorkbookParts, package: Package, packer: Packer, texts: _SharedTexts) -> list[Sheet]:
    """One sheet's XML in memory at a time: of the sheets returned the content is gone."""
    allowance = Allowance(min(_BLANKS_OF_A_SHEET, _BLANKS // len(workbook.sheets)))
    examined: list[Sheet] = []
    for number, entry in enumerate(workbook.sheets, 1):
        part, sheet = _examined(package, entry, allowance)
        texts.refuse_flood(sheet.content)
        name = f"xl/worksheets/sheet{number}.xml"
        if sheet.rewritten or packer.has_room:
            packer.add(name, sheet.content)
        else:
            packer.add_part(name, part)
        examined.append(sheet._replace(content=b""))
    return examined


def _examined(package: Package, entry: SheetEntry, allowance: Allowance) -> tuple[Part, Sheet]:
    try:
        part = package.read(entry.part)
        if len(part.content) > _SHEET_BYTES:
            raise Refused("内容过大，超出可读取的范围", _SMALLER)
        return part, examine(part.content, allowance)
    except Refused as refusal:
        raise Refused(f"{refusal.problem}（工作表“{entry.name}”）", refusal.advice) from None


def _read(packer: Packer, entries: Sequence[SheetEntry], sheets: Sequence[Sheet]) -> list[Grid]:
    import python_calamine  # here: it is compiled, and a host without it reads no files

    with _failures("工作簿的样式或文字表"):
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(packer.finish()))
    grids: list[Grid] = []
    text = 0
    for index, (entry, sheet) in enumerate(zip(entries, sheets, strict=True)):
        with _failures(f"工作表“{entry.name}”"):
            rows: list[list[CellValue]] = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
        text += sum(map(getsizeof, filter(None, chain.from_iterable(rows))))  # of numbers too, which take little
        if text > _TEXT_BYTES:
            raise _too_much_text()
        grids.append(Grid(entry.name, rows, broken=sheet.broken, stray=sheet.stray, merged=sheet.merged))
    return grids


@contextmanager
def _failures(what: str) -> Iterator[None]:
    """The reader's errors, its panics among them, as Refused."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        raise Refused(f"{what}有无法识别的内容", _REPAIR) from error


def _too_much_text() -> Refused:
    return Refused("工作簿里的文字过多，超出可读取的范围", _SMALLER)
