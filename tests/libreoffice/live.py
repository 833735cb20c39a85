"""What a live workbook shows, asked of LibreOffice itself and not of the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import xlwings as xw

from jixiao.engine.libreoffice.access import properties

_CELL = re.compile(r"<td([^>]*)>(.*?)</td>", re.DOTALL | re.IGNORECASE)
_COLOUR = re.compile(r'bgcolor="(#[0-9A-F]{6})"', re.IGNORECASE)
_ERRORS = 4  # com.sun.star.sheet.FormulaResult


def model(book: xw.Book) -> Any:
    return book.impl.document.model


def sheet_of(book: xw.Book, name: str) -> Any:
    return model(book).Sheets.getByName(name)


def type_into(book: xw.Book, sheet: str, cell: str, text: str) -> None:
    """As a user types: what looks like a number becomes one."""
    sheet_of(book, sheet).getCellRangeByName(cell).getCellByPosition(0, 0).setFormula(text)


def shown(book: xw.Book, sheet: str, cell: str) -> str:
    return str(sheet_of(book, sheet).getCellRangeByName(cell).getCellByPosition(0, 0).String)


def error_places(book: xw.Book) -> list[str]:
    """Every cell with an error value."""
    found = (sheet.queryFormulaCells(_ERRORS).RangeAddressesAsString for sheet in sheets(book))
    return [places for places in found if places]


def sheets(book: xw.Book) -> Iterator[Any]:
    all_of_them = model(book).Sheets
    return (all_of_them.getByIndex(index) for index in range(all_of_them.Count))


def colours(book: xw.Book, folder: Path) -> dict[str, set[str]]:
    """The fills in which each text is drawn, by conditional formats or the cell's own; "" for none."""
    page = folder / "shown.html"
    model(book).storeToURL(page.as_uri(), properties(FilterName="HTML (StarCalc)"))
    found: dict[str, set[str]] = {}
    for attributes, content in _CELL.findall(page.read_text("utf-8")):
        text = unescape(re.sub(r"<[^>]*>|\s+", "", content))
        colour = _COLOUR.search(attributes)
        found.setdefault(text, set()).add(colour[1].upper() if colour else "")
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart."""

    sheet: str
    source: str
    numbers: tuple[Any, ...]


def lines(book: xw.Book) -> list[Line]:
    """The lines of all charts, as drawn."""
    found = []
    for sheet in sheets(book):
        charts = sheet.Charts
        for chart in (charts.getByIndex(index) for index in range(charts.Count)):
            for system in chart.EmbeddedObject.FirstDiagram.CoordinateSystems:
                for series in (series for kind in system.ChartTypes for series in kind.DataSeries):
                    values = series.DataSequences[0].Values
                    found.append(Line(sheet.Name, values.SourceRangeRepresentation, tuple(values.getData())))
    return found
