"""Makes the guide's pictures of workbooks anew: real workbooks, drawn by LibreOffice, not by Excel.

Needs soffice, pdftoppm, Pillow and a Chinese font, and what live_pictures.py needs.
Run from the checkout: python docs/make_pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops, ImageOps

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import live_pictures  # noqa: E402

from jixiao import commands, files  # noqa: E402
from jixiao.engine.file import open_book  # noqa: E402
from jixiao.sample import real_department  # noqa: E402
from jixiao.shipped import template  # noqa: E402
from jixiao.workbook.build import lines_needed  # noqa: E402
from jixiao.workbook.layout import Kind  # noqa: E402
from jixiao.workbook.template import build_workbook  # noqa: E402

PICTURES = Path(__file__).parent / "pictures"
DAY = date(2023, 11, 6)
FORM, NORMALISED = "市县人大代表人大干部履职培训经费", "人大代表订刊"
_LANDSCAPE_A3 = 8
_LINE = 15.0  # points
_DPI, _MARGIN, _COLOURS = 200, 12, 128


@dataclass(frozen=True, slots=True)
class Picture:
    """An area of a sheet, drawn `width` pixels wide."""

    name: str
    sheet: str
    area: str
    width: int


BLANK = (Picture("new", Kind.DEPARTMENT, "A1:C8", 1000), Picture("blank-form", Kind.BLANK, "A1:G24", 900))
FILLED = (
    Picture("form", "代表之家联络站", "A1:G18", 1000),
    Picture("helpers", FORM, "K1:N14", 760),
    Picture("before-normalising", NORMALISED, "C10:G12", 800),
)
NORMAL = (Picture("after-normalising", NORMALISED, "C10:G12", 800),)
MARKED = (
    Picture("marks", FORM, "A1:I18", 1250),
    Picture("findings", Kind.FINDINGS, "A5:L13", 1300),
    Picture("summary", Kind.SUMMARY, "A1:O33", 1300),
    Picture("curve", Kind.CURVE, "A1:J43", 800),
    Picture("settings", Kind.SETTINGS, "A1:N14", 1300),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled, marked, normal = (folder / f"{state}.xlsx" for state in ("filled", "marked", "normal"))
        build_workbook(real_department()).save(filled)
        _validate_and_sum(filled, marked)
        files.normalise_file(filled, normal)
        for book, pictures in ((template(), BLANK), (filled, FILLED), (normal, NORMAL), (marked, MARKED)):
            _draw(_only(book, pictures, folder), pictures, folder)
    live_pictures.main()


def _validate_and_sum(source: Path, target: Path) -> None:
    book = open_book(source)
    commands.build_summary(book, today=DAY)
    commands.validate(book, today=DAY)
    book.save(target)
    book.close()


def _only(source: Path, pictures: Iterable[Picture], folder: Path) -> Path:
    """The workbook with the areas as its first pages, one each, with the headings of rows and columns."""
    book = openpyxl.load_workbook(source)
    areas = {picture.sheet: picture.area for picture in pictures}
    for place, (title, area) in enumerate(areas.items()):
        sheet = book[title]
        _print_only(sheet, area)
        book.move_sheet(sheet, place - book.index(sheet))
    path = folder / f"of-{source.name}"
    book.save(path)
    return path


def _print_only(sheet: Worksheet, area: str) -> None:
    sheet.print_area = area
    sheet.print_title_rows = sheet.print_title_cols = None
    sheet.print_options.headings = True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _LANDSCAPE_A3
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = None
    _fit_rows(sheet, area)
    sheet.row_breaks.brk, sheet.col_breaks.brk = [], []


def _fit_rows(sheet: Worksheet, area: str) -> None:
    """Excel fits rows of no set height to their texts when it opens a file; LibreOffice does not."""
    for row in sheet[area]:
        widths = ((cell, sheet.column_dimensions[cell.column_letter].width) for cell in row if cell.alignment.wrap_text)
        lines = max([1, *(lines_needed(_shown(cell.value), width) for cell, width in widths)])
        shape = sheet.row_dimensions[row[0].row]
        shape.height = shape.height or _LINE * lines + 3


def _shown(value: object) -> str:
    """Of a link, the text that is shown: the last one in quotes."""
    text = str(value or "")
    return text.split('"')[-2] if text.startswith("=HYPERLINK(") else "" if text.startswith("=") else text


def _draw(book: Path, pictures: Iterable[Picture], folder: Path) -> None:
    pdf = _pdf(book, folder)
    for page, picture in enumerate(pictures, 1):
        _crop(pdf, page, picture)


def _pdf(book: Path, folder: Path) -> Path:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(book)], check=True, capture_output=True)
    return folder / f"{book.stem}.pdf"


def _crop(pdf: Path, page: int, picture: Picture) -> None:
    """The page without its white border."""
    command = ["pdftoppm", "-f", str(page), "-l", str(page), "-r", str(_DPI), "-png", str(pdf)]
    image = Image.open(BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)).convert("RGB")
    inked = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    image = ImageOps.expand(image.crop(inked), _MARGIN, "white")
    height = round(image.height * picture.width / image.width)
    target = PICTURES / f"{picture.name}.png"
    image = image.resize((picture.width, height), Image.Resampling.LANCZOS)
    image.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target.name}: {target.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
