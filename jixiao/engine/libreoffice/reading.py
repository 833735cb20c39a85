"""Reading the cells of an area: a few calls, however many cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jixiao.engine.address import Area
from jixiao.engine.libreoffice.access import structure
from jixiao.engine.libreoffice.formats import Kind
from jixiao.engine.values import shown_as_formula

if TYPE_CHECKING:
    from jixiao.engine.libreoffice.document import Document

Row = list[Any]
Place = tuple[int, int]  # row and column, from 1

NUMBERS, DATES, TEXTS, FORMULAS = 1, 2, 4, 16  # com.sun.star.sheet.CellFlags
CONTENTS = NUMBERS | DATES | TEXTS | FORMULAS
_ERRORS = 4  # com.sun.star.sheet.FormulaResult
_ERROR_TEXTS = {
    503: "#NUM!", 519: "#VALUE!", 521: "#NULL!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A",
}  # fmt: skip
_OTHER_ERROR = "#VALUE!"


def area_of(address: Any) -> Area:
    """Of a CellRangeAddress."""
    rows, columns = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
    return Area(address.StartRow + 1, address.StartColumn + 1, rows, columns)


def places(area: Area) -> Iterator[Place]:
    for row in range(area.row, area.last_row + 1):
        for column in range(area.column, area.last_column + 1):
            yield row, column


def filled(cells: Any) -> Area | None:
    """The smallest area with everything in `cells`, a range of UNO, that is not empty."""
    areas = [area_of(address) for address in cells.queryContentCells(CONTENTS).RangeAddresses]
    if not areas:
        return None
    top, left = min(area.row for area in areas), min(area.column for area in areas)
    bottom, right = max(area.last_row for area in areas), max(area.last_column for area in areas)
    return Area(top, left, bottom - top + 1, right - left + 1)


def values(document: Document, cells: Any) -> list[Row]:
    """Numbers as floats, dates and truth values by their formats, errors as Excel's texts, None for empty cells."""
    rows = [[None if value == "" else value for value in row] for row in cells.getDataArray()]
    _put_errors(rows, cells)
    if any(value.__class__ is float for row in rows for value in row):
        _by_format(document, cells, rows)
    return rows


def _put_errors(rows: list[Row], cells: Any) -> None:
    """The texts of error values; they are None in the rows, like empty cells."""
    area = area_of(cells.RangeAddress)
    for address in cells.queryFormulaCells(_ERRORS).RangeAddresses:
        for row, column in places(area_of(address)):
            cell = cells.getCellByPosition(column - area.column, row - area.row)
            rows[row - area.row][column - area.column] = _ERROR_TEXTS.get(cell.getError(), _OTHER_ERROR)


def _by_format(document: Document, cells: Any, rows: list[Row]) -> None:
    """Numbers in cells with a format for dates or truth values become such."""
    area = area_of(cells.RangeAddress)
    converters: dict[Kind, Callable[[float], Any]] = {Kind.DATE: document.moment, Kind.TRUTH: bool}
    for key, group in groups(cells, "NumberFormat"):
        convert = converters.get(document.formats.kind(key))
        if convert is None:
            continue
        for address in addresses_of(group):
            for row, column in places(area_of(address)):
                value = rows[row - area.row][column - area.column]
                if value.__class__ is float:
                    rows[row - area.row][column - area.column] = convert(value)


def groups(cells: Any, name: str) -> Iterator[tuple[Any, Any]]:
    """The values a property has in a range, each with UNO's object for its cells; a value may come several times."""
    if cells.getPropertyState(name).value != "AMBIGUOUS_VALUE":
        yield cells.getPropertyValue(name), cells
        return
    found = cells.UniqueCellFormatRanges
    for number in range(found.Count):
        group = found.getByIndex(number)
        yield group.getPropertyValue(name), group


def addresses_of(cells: Any) -> Any:
    """Of UNO's object for one range or several."""
    return cells.RangeAddresses if hasattr(cells, "RangeAddresses") else [cells.RangeAddress]


def shown_formulas(document: Document, cells: Any) -> list[Row]:
    """What Excel shows in the formula bar: formulas, and constants as text."""
    area = area_of(cells.RangeAddress)
    rows = [[_constant(document, value) for value in row] for row in values(document, cells)]
    with_formulas = cells.queryContentCells(FORMULAS).RangeAddresses
    own = cells.getFormulaArray() if with_formulas else ()
    for address in with_formulas:
        for row, column in places(area_of(address)):
            text = own[row - area.row][column - area.column]
            rows[row - area.row][column - area.column] = document.formulas.shown(text, cell_address(cells, row, column))
    return rows


def _constant(document: Document, value: Any) -> str:
    return shown_as_formula(document.serial(value) if isinstance(value, datetime) else value)


def cell_address(cells: Any, row: int, column: int) -> Any:
    """UNO's address of a cell on the same sheet as `cells`."""
    sheet = cells.RangeAddress.Sheet
    return structure("com.sun.star.table.CellAddress", Sheet=sheet, Row=row - 1, Column=column - 1)
