"""Writing values and formulas into an area: a few calls, however many cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from jixiao.engine.address import Area
from jixiao.engine.libreoffice.access import structure
from jixiao.engine.libreoffice.formats import DATE, DATE_AND_TIME, GENERAL, TEXT, TRUTH, Kind
from jixiao.engine.libreoffice.kept import runs, set_column
from jixiao.engine.libreoffice.reading import (
    CONTENTS,
    Place,
    addresses_of,
    area_of,
    cell_address,
    filled,
    groups,
    places,
)
from jixiao.engine.values import Formula, Written, would_be_read_as_formula

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.document import Document

Rows = Sequence[Sequence[Written]]


def write(document: Document, cells: Any, rows: Rows) -> None:
    """`cells` is a range of UNO with as many rows and columns. Cells hidden under a merged one are left empty."""
    area = area_of(cells.RangeAddress)
    hidden = covered(cells)
    by_place = {place: value for place, value in zip(places(area), _flat(rows), strict=True) if place not in hidden}
    document.changes_contents(cells)
    _set_formats(document, cells, by_place)
    data = [
        tuple(_data(document, by_place.get((row, column))) for column in range(area.column, area.last_column + 1))
        for row in range(area.row, area.last_row + 1)
    ]
    formulas = {place: value for place, value in by_place.items() if value.__class__ is Formula}
    cells.setDataArray(tuple(data))
    _write_formulas(document, cells, formulas)


def _flat(rows: Rows) -> Iterator[Written]:
    return (value for row in rows for value in row)


def _data(document: Document, value: Written) -> str | float:
    if value is None or value.__class__ is Formula:
        return ""
    if isinstance(value, datetime):
        return document.serial(value)
    return value if isinstance(value, str) else float(value)


# formulas


def _write_formulas(document: Document, cells: Any, found: dict[Place, Any]) -> None:
    """A run of formulas in a column is one call."""
    for column, run in runs(found):
        texts = [document.formulas.own(found[row, column], cell_address(cells, row, column)) for row in run]
        set_column(cells, run[0], column, texts)


def clear(document: Document, cells: Any) -> None:
    """Empty every cell; of a whole sheet only those in use are looked at."""
    area = filled(cells)
    if area is not None:
        left, top = area.column - 1, area.row - 1
        used = cells.Spreadsheet.getCellRangeByPosition(left, top, area.last_column - 1, area.last_row - 1)
        document.changes_contents(used)
        used.clearContents(CONTENTS)


def fill(document: Document, cells: Any, formula: Formula) -> None:
    """One formula in every cell, adjusted as by filling."""
    area, hidden = area_of(cells.RangeAddress), covered(cells)
    own = [place for place in places(area) if place not in hidden]
    addresses = [cell_address(cells, row, column) for row, column in own]
    texts = dict(zip(own, document.formulas.filled(formula, addresses), strict=True)) if own else {}
    document.changes_contents(cells)
    for column, run in runs(texts):
        set_column(cells, run[0], column, [texts[row, column] for row in run])


# formats


def _set_formats(document: Document, cells: Any, values: dict[Place, Written]) -> None:
    """Dates and truth values are numbers with a format; a number is none of them, a text is not to become a formula."""
    wanted: dict[str, list[Place]] = {}
    present = _present_formats(document, cells) if _needs_formats(values) else {}
    for place, value in values.items():
        text = _format_for(value, present.get(place, Kind.OTHER))
        if text:
            wanted.setdefault(text, []).append(place)
    for text, own in wanted.items():
        _ranges(document, cells, own).NumberFormat = document.formats.key(text)


def _needs_formats(values: dict[Place, Written]) -> bool:
    return any(_format_for(value, Kind.OTHER) or value.__class__ is float for value in values.values())


def _present_formats(document: Document, cells: Any) -> dict[Place, Kind]:
    """What the formats of cells are for, where that matters: dates, truth values or text."""
    found: dict[Place, Kind] = {}
    for key, group in groups(cells, "NumberFormat"):
        kind = document.formats.kind(key)
        if kind is not Kind.OTHER:
            found |= {place: kind for address in addresses_of(group) for place in places(area_of(address))}
    return found


def _format_for(value: Written, present: Kind) -> str:
    """The format a cell needs for its new value; empty where it may keep its own."""
    if isinstance(value, bool):
        kind, wanted = Kind.TRUTH, TRUTH
    elif isinstance(value, datetime):
        kind, wanted = Kind.DATE, DATE_AND_TIME if value.time() != time.min else DATE
    elif isinstance(value, float):
        return GENERAL if present is Kind.TRUTH else ""
    elif value.__class__ is str and would_be_read_as_formula(str(value)):
        kind, wanted = Kind.TEXT, TEXT
    else:
        return ""
    return "" if present is kind else wanted


def _ranges(document: Document, cells: Any, own: Iterable[Place]) -> Any:
    """One UNO object for all these cells."""
    sheet = cells.RangeAddress.Sheet
    ranges = document.model.createInstance("com.sun.star.sheet.SheetCellRanges")
    addresses = [
        structure(
            "com.sun.star.table.CellRangeAddress",
            Sheet=sheet, StartColumn=column - 1, EndColumn=column - 1, StartRow=run[0] - 1, EndRow=run[-1] - 1,
        )
        for column, run in runs(own)
    ]  # fmt: skip
    ranges.addRangeAddresses(tuple(addresses), True)
    return ranges


# merged cells


def covered(cells: Any) -> frozenset[Place]:
    """The cells of a range that lie hidden under a merged one, which may begin outside it."""
    area = area_of(cells.RangeAddress)
    whole = cells.Spreadsheet.createCursorByRange(cells)
    whole.collapseToMergedArea()
    hidden: set[Place] = set()
    for merged in merged_areas(whole):
        hidden |= {place for place in places(merged) if area.contains(*place)} - {(merged.row, merged.column)}
    return frozenset(hidden)


def merged_areas(cells: Any) -> Iterator[Area]:
    """The merged areas that begin in a range: halve it until each is found."""
    if not cells.getIsMerged():
        return
    rows, columns = cells.Rows.Count - 1, cells.Columns.Count - 1
    if rows == columns == 0:
        yield merged_area(cells)
    elif rows > columns:
        yield from merged_areas(cells.getCellRangeByPosition(0, 0, columns, rows // 2))
        yield from merged_areas(cells.getCellRangeByPosition(0, rows // 2 + 1, columns, rows))
    else:
        yield from merged_areas(cells.getCellRangeByPosition(0, 0, columns // 2, rows))
        yield from merged_areas(cells.getCellRangeByPosition(columns // 2 + 1, 0, columns, rows))


def merged_area(cell: Any) -> Area:
    """The merged area a cell lies in; the cell itself where it lies in none."""
    cursor = cell.Spreadsheet.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    return area_of(cursor.RangeAddress)
