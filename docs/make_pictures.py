"""Makes the guide's pictures of workbooks and of the exported text anew: real files, drawn by LibreOffice.

Needs soffice, pdftoppm, Pillow and a Chinese font, and what live_pictures.py needs.
Run from the checkout: python docs/make_pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops, ImageOps

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import live_pictures  # noqa: E402

from jixiao import commands, exporting, files, importing  # noqa: E402
from jixiao.engine.file import open_book  # noqa: E402
from jixiao.model.records import Department  # noqa: E402
from jixiao.sample import real_department  # noqa: E402
from jixiao.shipped import template  # noqa: E402
from jixiao.workbook.build import lines_needed  # noqa: E402
from jixiao.workbook.layout import Kind  # noqa: E402
from jixiao.workbook.template import build_workbook  # noqa: E402

PICTURES = Path(__file__).parent / "pictures"
PUBLISHED = ROOT / "jixiao" / "sample" / "yutian-2024.txt"
DAY = date(2023, 11, 6)
FORM, NORMALISED = "市县人大代表人大干部履职培训经费", "人大代表订刊"
_LANDSCAPE_A3 = 8
_LINE = 15.0  # points
_DPI, _MARGIN, _COLOURS = 200, 12, 128


@dataclass(frozen=True, slots=True)
class Picture:
    """An area of a sheet, drawn `width` pixels wide, without the rows and columns that are `hidden`."""

    name: str
    sheet: str
    area: str
    width: int
    hidden: tuple[str, ...] = ()


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
QUOTED = (Picture("quoted", "代表之家联络站", "C10:H18", 800),)
NARRATIVE = (Picture("narrative", Kind.NARRATIVE, "A4:P24", 1400, ("5:21", "K:O")),)
RECORDS = (Picture("import-records", Kind.IMPORT, "A1:E9", 1000),)
CONTENTS, PASSAGES, FORM_PAGE = 2, 6, 12  # of the exported text


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled, marked, normal = (folder / f"{state}.xlsx" for state in ("filled", "marked", "normal"))
        build_workbook(real_department()).save(filled)
        _validate_and_sum(filled, marked)
        files.normalise_file(filled, normal)
        quoted, narrative, records, text = (folder / name for name in ("q.xlsx", "n.xlsx", "r.xlsx", "text.docx"))
        build_workbook(_one_marked(real_department())).save(quoted)
        _validate_and_sum(_imported(PUBLISHED.read_text("utf-8-sig"), folder / "公开文本.txt"), narrative)
        _imported(_with_slips(PUBLISHED.read_text("utf-8-sig")), folder / "去年的绩效文本.txt").rename(records)
        for book, pictures in (
            (template(), BLANK), (filled, FILLED), (normal, NORMAL), (marked, MARKED), (quoted, QUOTED),
            (narrative, NARRATIVE), (records, RECORDS),
        ):  # fmt: skip
            _draw(_only(book, pictures, folder), pictures, folder)
        exporting.export_file(filled, text, today=DAY)
        _draw_pages(_pdf(text, folder), (CONTENTS, PASSAGES, FORM_PAGE), "document", 1400)
    live_pictures.main()


def _one_marked(department: Department) -> Department:
    first, *others = department.projects
    rows = [replace(row, representative=number == 1) for number, row in enumerate(first.indicators)]
    return replace(department, projects=(replace(first, indicators=tuple(rows)), *others))


def _with_slips(text: str) -> str:
    """As people write it: an amount that is no number, a remark below a table."""
    return text.replace("\t40000.00", "\t4万左右", 1).replace(
        "2.人大代表订刊绩效目标表", "另附说明见附件\n2.人大代表订刊绩效目标表", 1
    )


def _imported(text: str, document: Path) -> Path:
    document.write_text(text, "utf-8")
    return importing.import_document(document).workbook


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
    hidden = {picture.sheet: picture.hidden for picture in pictures}
    for place, (title, area) in enumerate(areas.items()):
        sheet = book[title]
        _print_only(sheet, area)
        for lines in hidden[title]:
            _hide(sheet, lines)
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


def _hide(sheet: Worksheet, lines: str) -> None:
    """`5:21` are rows, `K:O` columns."""
    if lines[0].isdigit():
        first, last = map(int, lines.split(":"))
        for row in range(first, last + 1):
            sheet.row_dimensions[row].hidden = True
    else:
        for cell, *_ in sheet[lines]:
            sheet.column_dimensions[cell.column_letter].hidden = True


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
    image = _page(pdf, page)
    inked = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    _save(ImageOps.expand(image.crop(inked), _MARGIN, "white"), picture.name, picture.width)


def _draw_pages(pdf: Path, numbers: Iterable[int], name: str, width: int) -> None:
    """Whole pages side by side on grey."""
    pages = [_page(pdf, number) for number in numbers]
    gap = 2 * _MARGIN
    row = Image.new("RGB", (sum(page.width + gap for page in pages) + gap, pages[0].height + 2 * gap), "#c8c8c8")
    left = gap
    for page in pages:
        row.paste(page, (left, gap))
        left += page.width + gap
    _save(row, name, width)


def _page(pdf: Path, number: int) -> Image.Image:
    command = ["pdftoppm", "-f", str(number), "-l", str(number), "-r", str(_DPI), "-png", str(pdf)]
    return Image.open(BytesIO(subprocess.run(command, check=True, capture_output=True).stdout)).convert("RGB")


def _save(image: Image.Image, name: str, width: int) -> None:
    target = PICTURES / f"{name}.png"
    image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    image.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target.name}: {target.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
