"""Workbooks for the tests of the engines: plain ones, and one with everything a user's workbook may contain."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlwings as xw
from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.engine.file import open_book

FORM, QUOTED, HIDDEN, VERY_HIDDEN = "项目1", "a 'b 中", "隐藏", "深藏"
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NAMESPACES = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
)
_PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
_COUNTED = {"fonts": "font", "fills": "fill", "cellXfs": "xf", "cellStyleXfs": "xf", "cellStyles": "cellStyle"}
_PARTS = Path(__file__).parent / "engine_parts"


def plain_book(path: Path, sheets: Mapping[str, list[list[object]]] | None = None) -> Path:
    """A workbook with these sheets and nothing else."""
    book = Workbook()
    book.remove(book["Sheet"])
    for name, rows in (sheets or {"表": []}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def full_book(path: Path, *, protected: bool = True) -> Path:
    """A form with drop-downs, colours, print settings and more, a sheet with a chart and a picture, hidden sheets."""
    book = Workbook()
    form = book.active
    assert isinstance(form, Worksheet)
    form.title = FORM
    _fill_form(form)
    form.protection.sheet = protected
    quoted = book.create_sheet(QUOTED)
    quoted["A1"], quoted["A2"], quoted["B1"] = "甲", "乙", f"='{FORM}'!B2"
    quoted.print_area = "A1:B9"
    chart = LineChart()
    chart.add_data(Reference(form, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    quoted.add_chart(chart, "D4")
    hidden, very_hidden = book.create_sheet(HIDDEN), book.create_sheet(VERY_HIDDEN)
    hidden.sheet_state, very_hidden.sheet_state = "hidden", "veryHidden"
    hidden["A1"], very_hidden["A1"] = "h", "v"
    hidden.print_title_rows = "2:3"
    book.defined_names["代码表"] = DefinedName("代码表", attr_text="'a ''b 中'!$A$1:$A$2")
    book.defined_names["内部"] = DefinedName("内部", attr_text=f"{FORM}!$A$1", hidden=True, comment="说明")
    form.defined_names["本表"] = DefinedName("本表", attr_text=f"{FORM}!$B$2")
    book.save(path)
    return _with_picture(path)


def _fill_form(form: Worksheet) -> None:
    form.append(["名称", "值", "日期", "公式", '=HYPERLINK("#项目1!A1","回")'])
    form.append(["甲", 1.5, datetime(2024, 3, 5), "=B2*2"])
    form["C2"].number_format = "yyyy-mm-dd"
    form.merge_cells("A5:A7")
    form["A5"], form["B5"], form["B6"] = "合并", "b5", "b6"
    form["A2"].comment = Comment("批注", "审核人")
    form["D1"].hyperlink = "https://example.com/"
    form["A1"].font = Font(name="宋体", size=14, bold=True, color="FF0000", charset=134, scheme="minor")
    form["A1"].alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    form["A1"].border = Border(*[Side("thin")] * 4)
    form["A1"].fill = PatternFill("solid", fgColor="DDEEFF")
    for cells, source in (("B8:B20", '"是,否"'), ("C8:C20", "=代码表")):
        validation = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
        validation.error, validation.prompt = "应从列表中选择", "请选择"
        validation.add(cells)
        form.add_data_validation(validation)
    red = PatternFill("solid", bgColor="FF0000")
    form.conditional_formatting.add("B1:B20", CellIsRule(operator="lessThan", formula=["0"], fill=red))
    form.conditional_formatting.add("B1:B20", FormulaRule(formula=["$B1>3"], font=Font(color="00FF00")))
    form.conditional_formatting.add("D1:D20", DataBarRule("min", None, "max", None, color="FF638EC6"))
    _arrange_form(form)


def _arrange_form(form: Worksheet) -> None:
    form.freeze_panes = "B2"
    form.print_area, form.print_title_rows = "A1:D20", "1:1"
    form.page_setup.orientation, form.page_setup.paperSize, form.page_setup.fitToHeight = "landscape", 9, 0
    form.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    form.page_margins.left = 0.3
    form.oddFooter.center.text = "第&P页"
    form.sheet_properties.tabColor = "FFAA00"
    form.sheet_properties.codeName = "Sheet1"
    form.column_dimensions["B"].width = 22
    form.column_dimensions["F"].fill = PatternFill("solid", fgColor="FFFF00")
    form.column_dimensions["F"].number_format = "0.00%"
    form.row_dimensions[3].height = 33
    form.auto_filter.ref = "A1:D20"


def _with_picture(path: Path) -> Path:
    png = '<Default Extension="png" ContentType="image/png"/>'
    return rewrite(
        path,
        {
            "xl/drawings/drawing1.xml": _adding(_part("picture.xml")),
            "xl/drawings/_rels/drawing1.xml.rels": _adding(_part("picture_relation.xml")),
            "[Content_Types].xml": _adding(png),
        },
        {"xl/media/image1.png": b64decode(_PNG)},
    )


def rewrite(path: Path, changes: Mapping[str, Callable[[str], str]], added: Mapping[str, bytes] | None = None) -> Path:
    """Change parts of a package as text, and add others."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name].decode()).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in (parts | dict(added or {})).items():
            package.writestr(name, content)
    return path


def as_excel_writes(path: Path, *, text_box: bool = True) -> Path:
    """What only Excel puts into a file: extensions, shared formulas, rich text, a text box, printer settings."""
    relations = _lines("sheet_relations.xml")
    return rewrite(
        path,
        {
            "xl/worksheets/sheet1.xml": lambda xml: _form_of_excel(xml, text_box),
            "xl/worksheets/_rels/sheet1.xml.rels": _adding("".join(relations if text_box else relations[:1])),
            "xl/_rels/workbook.xml.rels": _adding(_part("workbook_relations.xml")),
            "xl/workbook.xml": _adding(_part("workbook_extension.xml")),
            "xl/styles.xml": _styles_of_excel,
            "[Content_Types].xml": _adding(_part("content_types.xml")),
        },
        {
            "xl/printerSettings/printerSettings1.bin": b"\0\1\2",
            "xl/sharedStrings.xml": _part("shared_strings.xml").encode(),
            "xl/calcChain.xml": _part("calculation_chain.xml").encode(),
            "xl/drawings/drawing9.xml": _part("text_box.xml").encode(),
        },
    )


def _lines(name: str) -> list[str]:
    return (_PARTS / name).read_text(encoding="utf-8").splitlines()


def _part(name: str) -> str:
    return "".join(_lines(name))


def _adding(xml: str) -> Callable[[str], str]:
    """Put `xml` before the end of the root element."""
    return lambda text: re.sub(r"</\w+>\s*$", lambda end: xml + end[0], text)


def _form_of_excel(xml: str, text_box: bool) -> str:
    for old, new in (
        (f'<worksheet xmlns="{_SPREADSHEET}">', f'<worksheet xmlns="{_SPREADSHEET}" {_NAMESPACES}>'),
        ("<pageSetup", '<pageSetup r:id="rIdP"'),
        ("<legacyDrawing", '<drawing r:id="rIdD"/><legacyDrawing' if text_box else "<legacyDrawing"),
        ("</sheetData>", f"{_part('last_rows.xml')}</sheetData>"),
        ("</worksheet>", f"{_part('extensions.xml')}</worksheet>"),
    ):
        assert old in xml
        xml = xml.replace(old, new)
    return xml


def _styles_of_excel(xml: str) -> str:
    """Two more cell styles, with theme colours and a named style: the last but one and the last."""
    fonts, fills = len(re.findall("<font>", xml)), len(re.findall("<fill>", xml))
    own = (
        _part("cell_styles.xml")
        .replace("FONT", str(fonts - xml.count("<dxf><font>")))
        .replace("FILL", str(fills - xml.count("<dxf><fill>")))
    )
    named = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    for end, addition in (
        ("</cellXfs>", own),
        ("</fonts>", _part("font.xml")),
        ("</fills>", _part("fill.xml")),
        ("</cellStyles>", '<cellStyle name="好" xfId="1" builtinId="26"/>'),
    ):
        xml = xml.replace(end, addition + end)
    xml = xml.replace("</cellStyleXfs>", named)
    for element, child in _COUNTED.items():
        xml = _counted(xml, element, child)
    return xml


def _counted(xml: str, element: str, child: str) -> str:
    """With the right number of children in `count`."""
    content = re.search(f"<{element} .*?</{element}>", xml, re.DOTALL)
    assert content
    children = len(re.findall(f"<{child}[ >]", content[0]))
    return xml.replace(content[0], re.sub(r'count="\d+"', f'count="{children}"', content[0], count=1))


def through_excelize(path: Path) -> xw.Book:
    """An open book whose every sheet has to pass through excelize before it is saved."""
    book = open_book(path)
    book.impl.document.changing().rewrite(book.sheet_names)
    return book


PATHS = {"directly": open_book, "through excelize": through_excelize}  # the ways to save what was written


def saved(book: xw.Book, *, values: bool = False) -> Workbook:
    """The book, saved and read by openpyxl."""
    book.save()
    return openpyxl.load_workbook(book.fullname, data_only=values)


def saved_sheet(sheet: xw.Sheet, *, values: bool = False) -> Worksheet:
    found = saved(sheet.book, values=values)[sheet.name]
    assert isinstance(found, Worksheet)
    return found


def part(path: str | Path, name: str) -> str:
    """A part of a package as text."""
    with ZipFile(path) as package:
        return package.read(name).decode()


def packed(path: Path) -> dict[str, tuple[int, bytes]]:
    """Of each part its kind of packing and the packed bytes, in the order of the package."""
    content = path.read_bytes()
    with ZipFile(path) as package:
        members = package.infolist()
    found = {}
    for member in members:
        name, extra = (int.from_bytes(content[member.header_offset + at :][:2], "little") for at in (26, 28))
        first = member.header_offset + 30 + name + extra
        found[member.filename] = member.compress_type, content[first : first + member.compress_size]
    return found


def without_part(path: Path, name: str) -> Path:
    """A package that lacks a part, and every mention of it."""
    with ZipFile(path) as package:
        parts = {one: package.read(one) for one in package.namelist() if one != name}
    stem = name.rsplit("/")[-1]
    mention = re.compile(rf'<(?:Override|Relationship)\b[^>]*{re.escape(stem)}"[^>]*/>')
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for one, content in parts.items():
            described = one.endswith(".rels") or one == "[Content_Types].xml"
            package.writestr(one, mention.sub("", content.decode()) if described else content)
    return path
