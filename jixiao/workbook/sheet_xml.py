"""One worksheet's XML, looked at before the reader sees it: how far it reaches, and which cells hold no value.

The reader builds the whole rectangle up to the farthest filled cell, so that two cells in opposite corners take its
process down. The declared dimension says nothing about it; only the cells do.

Nearly every program writes the same plain form: `<row r="1">`, `<c r="A1" s="2" t="s">`, then formula and value. A
pattern proves a sheet to be of this form, tag by tag, at little cost; everything else is parsed and rewritten in it.
Formulas are cut out: the reader takes values only, and reads the shorter text faster.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from jixiao.model.origin import Defect, column_number
from jixiao.openxml.refused import Refused
from jixiao.workbook.sheet_rewrite import plain_form

SHEET_CELLS = 2_000_000
_USUAL_COLUMNS = 52  # A to AZ
_ROW_GAP, _COLUMN_GAP = 300, 30  # blank rows or columns that set a stray cell apart from the table
_BLANKS_PER_CELL = 4
_SHOWN = 200

# Errors the reader knows. It gives up a whole sheet for any other, such as those of dynamic arrays.
_KNOWN_ERRORS = rb"#DIV/0!|#N/A|#NAME\?|#NULL!|#NUM!|#REF!|#VALUE!"

# A group repeated possessively is faster, but before 3.11.5 Python goes wrong where such a group fails.
_P = b"+" if sys.version_info >= (3, 11, 5) else b""
_SPACE = rb'(?: xml:space="preserve")?' + _P
_FORMULA_START = rb'<f(?: [A-Za-z0-9:]++="[^"<>/]*+"){0,16}' + _P + rb" ?"
_FORMULA = _FORMULA_START + rb"(?:/>|>[^<]*+</f>)"
_VALUE = rb"<v" + _SPACE + rb" ?(?:/>|>[^<]*+</v>)"
_INLINE = rb"<is><t" + _SPACE + rb" ?(?:/>|>[^<]*+</t>)</is>"
_CONTENT = rb"(?:" + _FORMULA + rb")?" + _P + rb"(?:" + _VALUE + rb"|" + _INLINE + rb")?" + _P
_MOST_CELLS = 16_384  # of a row, in every spreadsheet program
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?" ?(?:/>|></dimension>)')


def _row(columns: bytes, types: bytes) -> re.Pattern[bytes]:
    """One whole row in plain form, its cells within `columns`, of one of `types`."""
    attributes = rb'(?: (?:s|cm|vm|ph)="[0-9]*+"| t="(?:' + types + rb')"){0,6}' + _P + rb" ?"
    cell = rb'<c r="(?:' + columns + rb')\1"' + attributes + rb"(?:/>|>" + _CONTENT + rb"</c>)"
    own = rb'(?: [A-Za-z0-9:._-]++="[^"<>]*+"){0,20}' + _P + rb" ?"
    cells = rb"(?:" + cell + rb"){0,%d}" % _MOST_CELLS + _P
    return re.compile(rb'<row r="([0-9]{1,7}+)"' + own + rb"(?:/>|>" + cells + rb"</row>)")


_USUAL_ROW = _row(rb"[A-Z]|A[A-Z]", rb"s|n|str|inlineStr|b|d")
_ANY_ROW = _row(rb"[A-Z]{1,3}", rb"s|n|str|inlineStr|b|d|e")
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]++)"[^<>/]*+>(?!</c>).*?</c>', re.DOTALL)
_CELL_START = b'<c r="'
_FORMULA_TO_CUT = re.compile(
    _FORMULA_START + rb"(?:/>|>([^<]*+)</f>)" + rb"(?P<no_value>(?P<empty><v" + _SPACE + rb" ?(?:/>|></v>))?</c>)?"
)
_MERGED_COLUMN = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):\1([0-9]{1,7})"')
# What follows looks at tables without formulas.
_ERROR = re.compile(rb'<c r="([A-Z]{1,3}[0-9]++)"[^<>/]* t="e"[^<>/]*><v' + _SPACE + rb" ?>([^<]+)</v></c>")
_UNKNOWN_ERROR = re.compile(rb'( t="e"[^<>/]*><v[^<>/]*>)(?!(?:' + _KNOWN_ERRORS + rb")<)[^<]+")

# The cells whose text stands in the table of texts: its number there.
SHARED_TEXT = re.compile(rb' t="s"[^<>/]*><v' + _SPACE + rb" ?>([^<]++)</v></c>")

Cell = tuple[int, int]


class BrokenCells(Mapping[Cell, Defect]):
    """The cells of a sheet that hold no value, by row and column; their formulas are worded only when asked for."""

    __slots__ = ("_errors", "_formulas")

    def __init__(self, formulas: dict[Cell, bytes], errors: dict[Cell, bytes]) -> None:
        self._formulas, self._errors = formulas, errors

    def __getitem__(self, cell: Cell) -> Defect:
        if cell in self._formulas:
            return Defect("uncalculated", "=" + _text(self._formulas[cell]))
        return Defect("error", _text(self._errors[cell]))

    def __contains__(self, cell: object) -> bool:
        return cell in self._formulas or cell in self._errors

    def __iter__(self) -> Iterator[Cell]:
        return chain(self._formulas, self._errors)

    def __len__(self) -> int:
        return len(self._formulas) + len(self._errors)


class Sheet(NamedTuple):
    """What the reader may see: the sheet up to the end of its table, beyond which the reader does not look.

    `rewritten`: the reader would not take the file's own table.
    """

    content: bytes
    rewritten: bool
    broken: Mapping[Cell, Defect]
    stray: tuple[int, int] | None
    merged: Mapping[Cell, Cell]


@dataclass(slots=True)
class Allowance:
    """What the sheets of one workbook may still take of memory and time; generous for any real workbook."""

    blank_cells: int  # of each sheet
    filled_cells: int = 2_500_000
    broken_cells: int = 200_000
    merged_cells: int = 200_000
    rewritten_tags: int = 6_000_000

    def spend(self, *, filled: int = 0, broken: int = 0, tags: int = 0) -> None:
        self.filled_cells -= filled
        self.broken_cells -= broken
        self.rewritten_tags -= tags
        if self.filled_cells < 0 or self.rewritten_tags < 0:
            raise Refused("工作簿里有内容的单元格过多，超出可读取的范围", "请把其中的工作表分到几个工作簿里")
        if self.broken_cells < 0:
            raise Refused("工作簿里没有计算结果或结果出错的公式过多", "请用 Excel 打开，重新计算后保存")


def examine(original: bytes, allowance: Allowance) -> Sheet:
    """Make a sheet safe to read: within the allowance, and its empty cells in proportion to the filled ones.

    Raises Refused for XML that is none, or that no workbook contains.
    """
    usual = _plain_table(_USUAL_ROW, original)
    allowance.spend(filled=original.count(b"</v>", 0, usual.end if usual else None))
    if usual is not None and _fits(usual, original, allowance):
        values, uncalculated = _values_alone(_cut(original, usual.end), allowance)
        merged = _merged(original, allowance)
        return Sheet(values, False, BrokenCells(uncalculated, {}), None, merged)  # no errors in such rows
    plain = usual or _plain_table(_ANY_ROW, original)
    content = _cut(original, plain.end) if plain else _rewritten(original, allowance)
    cropped, stray = _cropped(content, allowance)
    values, uncalculated = _values_alone(cropped, allowance)
    errors = _errors(values, allowance)
    readable = _UNKNOWN_ERROR.sub(rb"\1#VALUE!", values)
    rewritten = not (plain and cropped is content and readable is values)
    return Sheet(readable, rewritten, BrokenCells(uncalculated, errors), stray, _merged(original, allowance))


def _cut(content: bytes, end: int) -> bytes:
    return content[:end] + b"</worksheet>"


def _rewritten(original: bytes, allowance: Allowance) -> bytes:
    allowance.spend(tags=original.count(b"<"))
    content = plain_form(original)
    allowance.spend(filled=content.count(b"</v>"))
    return content


class _Table(NamedTuple):
    """The number of the last row, filled or not, and where the table ends in the XML."""

    last_row: int
    end: int


def _plain_table(row: re.Pattern[bytes], content: bytes) -> _Table | None:
    """None unless every tag of the table is of the plain form."""
    start = content.find(b"<sheetData>")
    if start < 0 or not _usual_head(content, start):
        return None
    position, last = start + len(b"<sheetData>"), 0
    while match := row.match(content, position):
        position = match.end()
        last = max(last, int(match[1]))
    end = position + len(b"</sheetData>")
    ends_here = content[position:end] == b"</sheetData>" and content.find(b"sheetData", end) < 0
    return _Table(last, end) if ends_here else None


def _usual_head(content: bytes, start: int) -> bool:
    """Nothing before the table can hide or move its beginning, or stop the reader."""
    if content.find(b"sheetData") != start + 1 or content.find(b"<!", 0, start) >= 0 or b"\0" in content:
        return False
    return content.find(b"dimension", 0, start) < 0 or _DIMENSION.search(content, 0, start) is not None


def _fits(table: _Table, content: bytes, allowance: Allowance) -> bool:
    cells = table.last_row * _USUAL_COLUMNS
    if cells <= allowance.blank_cells:
        return True
    return cells <= _allowed(content.count(b"</v>") + content.count(b"</is>"), allowance)


def _allowed(filled: int, allowance: Allowance) -> int:
    return min(SHEET_CELLS, allowance.blank_cells + _BLANKS_PER_CELL * filled)


def _cropped(content: bytes, allowance: Allowance) -> tuple[bytes, tuple[int, int] | None]:
    """Without the cells too far out, and the first of those; as it is where it is small enough."""
    rows, columns, count = _filled(content)
    if not count:
        return content, None
    allowed = _allowed(count, allowance)
    if max(rows) * max(columns) <= allowed:
        return content, None
    right = min(_table_end(columns, _COLUMN_GAP), allowed)
    bottom = min(_table_end(rows, _ROW_GAP), max(allowed // right, 1))
    dropped: list[tuple[int, int]] = []

    def keep(match: re.Match[bytes]) -> bytes:
        row, column = int(match[2]), _column(match[1])
        if row <= bottom and column <= right:
            return match[0]
        dropped.append((row, column))
        return b""

    return _FILLED.sub(keep, content), dropped[0]


def _filled(content: bytes) -> tuple[set[int], set[int], int]:
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    count = 0
    for match in _FILLED.finditer(content):
        count += 1
        columns.add(match[1])
        rows.add(match[2])
    return set(map(int, rows)), {column_number(letters.decode()) for letters in columns}, count


def _table_end(numbers: set[int], gap: int) -> int:
    """The last of them before a gap, counted from the first."""
    ordered = sorted(numbers)
    for number, following in pairwise(ordered):
        if following - number > gap:
            return number
    return ordered[-1]


def _values_alone(content: bytes, allowance: Allowance) -> tuple[bytes, dict[Cell, bytes]]:
    """The table without its formulas, which the reader passes over, and the formulas without a stored value.

    An empty value of type `str` is what Excel and LibreOffice store for `=""`, so it is a value. openpyxl stores an
    empty one without a type. A formula of type `str` without any value element comes from excelize, which writes
    new formulas and calculated empty texts alike; it is taken for not calculated.
    """
    formulas: dict[Cell, bytes] = {}

    def cut(match: re.Match[bytes]) -> bytes:
        formula, kept, empty = match.group(1, "no_value", "empty")
        if kept is None:
            return b""
        table, at = match.string, match.start()
        cell = table.rfind(_CELL_START, 0, at) + len(_CELL_START)
        reference, _, attributes = table[cell:at].partition(b'"')
        if not (empty and b' t="str"' in attributes) and len(formulas) <= allowance.broken_cells:
            formulas[_place(reference)] = formula or "…".encode()
        return kept

    start = content.find(b"<sheetData>")
    table = _FORMULA_TO_CUT.sub(cut, content[start:])
    allowance.spend(broken=len(formulas))
    return content[:start] + table, formulas


def _merged(original: bytes, allowance: Allowance) -> dict[Cell, Cell]:
    """The cells merged with one above them, of areas one column wide; those beyond the allowance are left out."""
    merged: dict[Cell, Cell] = {}
    start = original.find(b"<mergeCell ")
    for letters, first, last in _MERGED_COLUMN.findall(original, start) if start >= 0 else ():
        top, column = int(first), _column(letters)
        height = min(int(last) - top, allowance.merged_cells)
        allowance.merged_cells -= max(0, height)
        merged.update(((row, column), (top, column)) for row in range(top + 1, top + height + 1))
    return merged


def _errors(content: bytes, allowance: Allowance) -> dict[Cell, bytes]:
    found = islice(_ERROR.finditer(content), allowance.broken_cells + 1) if b't="e"' in content else ()
    errors = {_place(match[1]): match[2] for match in found}
    allowance.spend(broken=len(errors))
    return errors


@lru_cache(maxsize=4096)
def _place(reference: bytes) -> Cell:
    letters = reference.rstrip(b"0123456789")
    return int(reference[len(letters) :]), _column(letters)


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _text(xml: bytes) -> str:
    return html.unescape(xml[:_SHOWN].decode("utf-8", "ignore"))
