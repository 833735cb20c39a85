"""What a saved file keeps: everything the macro did not touch, and what it did, as Excel would have written it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
import xlwings as xw
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.engine.file import CannotWrite, open_book
from tests.engine_files import FORM, HIDDEN, QUOTED, VERY_HIDDEN, as_excel_writes, full_book, plain_book, rewrite
from tests.office import converted

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return as_excel_writes(full_book(tmp_path / "full.xlsx"))


@pytest.fixture
def book(path: Path) -> Iterator[xw.Book]:
    opened = open_book(path)
    yield opened
    opened.close()


@pytest.fixture
def form(book: xw.Book) -> xw.Sheet:
    return book.sheets[FORM]


def saved(book: xw.Book, *, values: bool = False) -> openpyxl.Workbook:
    book.save()
    return openpyxl.load_workbook(book.fullname, data_only=values)


def saved_sheet(sheet: xw.Sheet, *, values: bool = False) -> Worksheet:
    found = saved(sheet.book, values=values)[sheet.name]
    assert isinstance(found, Worksheet)
    return found


def part(path: str | Path, name: str) -> str:
    with ZipFile(path) as package:
        return package.read(name).decode()


def lines(xml: str, *ignored: str) -> list[str]:
    """Elements with their attributes, one a line, however they were written; `ignored` attributes are left out."""
    found = []
    for element in ElementTree.fromstring(xml).iter():
        attributes = {
            name.rsplit("}")[-1]: {"true": "1", "false": "0"}.get(value, value)
            for name, value in element.attrib.items()
            if name.rsplit("}")[-1] not in ignored
        }
        plain = {"val": "1"}.items()
        kept = {name: value for name, value in attributes.items() if value not in ("0", "") and (name, value) not in plain}
        text = (element.text or "").strip()
        if kept or text:
            found.append(f"{element.tag.rsplit('}')[-1]} {sorted(kept.items())} {text}")
    return found


# what nobody touched


def test_a_file_saved_without_changes_keeps_every_byte(book: xw.Book, path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    assert book.sheets[FORM]["A2"].formula == "甲"
    book.save()
    assert path.read_bytes() == before
    book.save(tmp_path / "copy.xlsx")
    assert (tmp_path / "copy.xlsx").read_bytes() == before


def test_untouched_parts_keep_every_byte(form: xw.Sheet, path: Path) -> None:
    with ZipFile(path) as package:
        before = {name: package.read(name) for name in package.namelist()}
    form["H30"].value = 1
    form.book.save()
    with ZipFile(path) as package:
        after = {name: package.read(name) for name in package.namelist()}
    assert before.keys() - after.keys() == {"xl/calcChain.xml"}  # Excel makes it anew
    assert {name for name in before.keys() & after.keys() if before[name] != after[name]} == {
        "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/theme/theme1.xml",
        "xl/workbook.xml", "xl/worksheets/sheet1.xml",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/theme/theme1.xml"])
def test_rewritten_parts_say_the_same(form: xw.Sheet, path: Path, name: str) -> None:
    before = sorted(lines(part(path, name), "Ignorable", "uid", "count"))
    form["H30"].value = 1
    form.book.save()
    assert sorted(lines(part(path, name), "Ignorable", "uid", "count")) == before


def test_a_sheet_written_into_keeps_all_that_is_not_a_value(form: xw.Sheet, path: Path) -> None:
    unimportant = ("dyDescent", "ref", "uid", "Ignorable")
    before = lines(part(path, "xl/worksheets/sheet1.xml"), *unimportant)
    form["B2"].value = 9
    form.book.save()
    after = lines(part(path, "xl/worksheets/sheet1.xml"), *unimportant)
    empty_row = "row [('r', '7')] "
    assert set(before) - set(after) == {"v [] 1.5", "c [('r', 'B2'), ('t', 'n')] ", empty_row}
    assert set(after) - set(before) == {"v [] 9.0", "c [('r', 'B2')] "}


def test_text_boxes_drop_downs_and_printer_settings_are_still_connected(form: xw.Sheet, path: Path) -> None:
    form["B2"].value = 9
    saved_form = saved_sheet(form)
    xml = part(path, "xl/worksheets/sheet1.xml")
    assert 'r:id="rIdP"' in xml and 'r:id="rIdD"' in xml and "x14:dataValidation" in xml
    assert len(saved_form.data_validations.dataValidation) == 2
    assert saved_form["A2"].comment.text == "批注"
    assert saved_form["A24"].value == " 富文本"
    assert saved_form.freeze_panes == "B2"
    assert [sheet.sheet_state for sheet in saved(form.book)] == ["visible", "visible", "hidden", "veryHidden"]


def test_excel_is_told_to_calculate_a_changed_file(form: xw.Sheet, path: Path) -> None:
    form["B2"].value = 9
    form.book.save()
    assert 'fullCalcOnLoad="true"' in part(path, "xl/workbook.xml")


def test_macros_of_excel_stay_in_a_file_that_has_them(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "book.xlsm", {"表": []})
    main = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = {
        "[Content_Types].xml": lambda xml: xml.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", main
        )
    }
    rewrite(path, types, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    book = open_book(path)
    book.sheets[0]["A1"].value = 1
    book.save()
    book.close()
    assert main in part(path, "[Content_Types].xml")
    with ZipFile(path) as package:
        assert package.read("xl/vbaProject.bin") == b"\xd0\xcf\x11\xe0"


# values and formulas


def test_a_cell_under_a_merged_one_does_not_overwrite_it(form: xw.Sheet) -> None:
    form["A5:A7"].value = [["一级"], [None], ["三"]]
    assert [cell[0].value for cell in saved_sheet(form)["A5:A7"]] == ["一级", None, None]


def test_a_new_cell_takes_the_style_of_its_column_or_row(form: xw.Sheet) -> None:
    form["F30"].value, form["F31"].value, form["D24"].value = 0.5, "文字", True
    sheet = saved_sheet(form)
    assert [sheet[cell].number_format for cell in ("F30", "F31", "D24")] == ["0.00%"] * 3


def test_formulas_that_shared_one_survive_its_overwriting(form: xw.Sheet) -> None:
    form["E21"].value = 5
    assert [row[0] for row in form["E21:E23"].formula] == ["5", "=A22*2", "=A23*2"]
    assert [row[0].value for row in saved_sheet(form)["E21:E23"]] == [5, "=A22*2", "=A23*2"]
    assert [row[0].value for row in saved_sheet(form, values=True)["E21:E23"]] == [5, 4, 6]


def test_a_new_formula_keeps_no_value_of_the_old_content(form: xw.Sheet) -> None:
    form["B2"].value, form["B5"].value, form["A24"].value = "=1+1", "=1+2", "=1+3"
    assert [form[cell].value for cell in ("B2", "B5", "A24")] == [None] * 3
    sheet = saved_sheet(form, values=True)
    assert [sheet[cell].value for cell in ("B2", "B5", "A24")] == [None] * 3


def test_clearing_takes_formulas_that_were_never_calculated(form: xw.Sheet) -> None:
    form["A1:Z30"].clear_contents()
    assert saved_sheet(form)["A1"].fill.fgColor.rgb == "00DDEEFF"
    xml = part(form.book.fullname, "xl/worksheets/sheet1.xml")
    assert not re.search("<v>|<f>|<f |<is>", xml)


def test_signs_xml_cannot_hold_are_stored_as_excel_stores_them(form: xw.Sheet) -> None:
    form["A1"].value = "竖\x0b表\ufffe"
    form.book.save()
    assert "竖_x000B_表_xFFFE_" in part(form.book.fullname, "xl/sharedStrings.xml")
    assert form["A1"].value == "竖\x0b表\ufffe"


def test_text_like_a_formula_is_marked_so_that_editing_leaves_it_text(form: xw.Sheet) -> None:
    form["A1"].value = [["'=1+1", "'@x", "'甲"]]
    sheet = saved_sheet(form)
    assert [bool(sheet[cell].quotePrefix) for cell in ("A1", "B1", "C1")] == [True, True, False]
    assert sheet["A1"].font.name == "宋体"


def test_a_date_is_shown_as_one_unless_the_cell_has_its_own_format(form: xw.Sheet) -> None:
    form["G30"].value, form["F30"].value, form["C2"].value = date(2024, 1, 31), date(2024, 1, 31), date(2024, 1, 31)
    sheet = saved_sheet(form)
    assert [sheet[cell].number_format for cell in ("G30", "F30", "C2")] == ["mm-dd-yy", "0.00%", "yyyy-mm-dd"]


def test_dates_in_a_workbook_that_counts_from_1904_are_right(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "book.xlsx", {"表": []})
    rewrite(path, {"xl/workbook.xml": lambda xml: xml.replace("<workbookPr ", '<workbookPr date1904="1" ')})
    book = open_book(path)
    book.sheets[0]["A1"].value = date(2024, 3, 5)
    book.save()
    book.close()
    again = open_book(path)
    assert again.sheets[0]["A1"].options(dates=date).value == date(2024, 3, 5)
    again.close()


def test_the_sheet_says_how_far_it_reaches(form: xw.Sheet) -> None:
    form["AB99"].value = 1
    assert saved_sheet(form).calculate_dimension() == "A1:AB99"
    assert '<dimension ref="A1:AB99">' in part(form.book.fullname, "xl/worksheets/sheet1.xml")


# looks


def test_changing_one_trait_keeps_all_others(form: xw.Sheet) -> None:
    form["A21"].number_format = "#,##0.00"
    form["A22"].color = "#00FF00"
    form["A22"].wrap_text = True
    sheet = saved_sheet(form)
    first, second = sheet["A21"], sheet["A22"]
    assert (first.number_format, first.font.name, first.font.color.theme) == ("#,##0.00", "等线", 4)
    assert (first.fill.fgColor.theme, first.border.left.style, first.alignment.indent) == (5, "thin", 2)
    assert (first.protection.locked, second.style, second.number_format) == (False, "好", "#,##0.00")
    assert (second.fill.fgColor.rgb, second.alignment.wrap_text) == ("FF00FF00", True)


def test_colours_need_no_counts_in_the_style_sheet(path: Path) -> None:
    rewrite(path, {"xl/styles.xml": lambda xml: re.sub(r' count="\d+"', "", xml)})
    book = open_book(path)
    book.sheets[FORM]["A1"].color, book.sheets[FORM]["A2"].color = "#112233", "#445566"
    sheet = saved(book)[FORM]
    book.close()
    assert [sheet[cell].fill.fgColor.rgb for cell in ("A1", "A2")] == ["FF112233", "FF445566"]


def test_a_whole_column_gets_a_format_and_its_cells_keep_theirs_otherwise(form: xw.Sheet) -> None:
    form["A:B"].number_format = "0.0"
    assert form["A:B"].number_format == "0.0"
    sheet = saved_sheet(form)
    assert [sheet[cell].number_format for cell in ("A1", "B2", "C2")] == ["0.0", "0.0", "yyyy-mm-dd"]
    assert (sheet["A1"].font, sheet.column_dimensions["B"].width) == (Font(
        name="宋体", charset=134, b=True, color="00FF0000", sz=14, scheme="minor"
    ), 22)
    assert sheet.column_dimensions["B"].number_format == "0.0"


# sheets


def local_names(book: openpyxl.Workbook) -> dict[str, Any]:
    return {
        sheet.title: (sheet.print_area or "", sheet.print_title_rows or "", sorted(sheet.defined_names))
        for sheet in book.worksheets
    }


def test_names_of_a_sheet_stay_with_it_wherever_it_goes(book: xw.Book) -> None:
    before = local_names(saved(book))
    book.sheets.add("新", before=book.sheets[0])
    book.sheets[HIDDEN].move(before=book.sheets[0])
    book.sheets[FORM].move(after=book.sheets[VERY_HIDDEN])
    after = saved(book)
    assert after.sheetnames == [HIDDEN, "新", QUOTED, VERY_HIDDEN, FORM]
    assert local_names(after) == before | {"新": ("", "", [])}


def test_only_the_active_sheet_is_selected(book: xw.Book) -> None:
    book.sheets[QUOTED].activate()
    sheets = saved(book)
    assert sheets.active is sheets[QUOTED]
    assert [bool(sheet.sheet_view.tabSelected) for sheet in sheets.worksheets] == [False, True, False, False]


def test_a_copy_has_rules_print_settings_and_comments_of_its_own(tmp_path: Path) -> None:
    book = open_book(as_excel_writes(full_book(tmp_path / "full.xlsx"), text_box=False))
    book.sheets[FORM]["G1"].value = f"='{FORM}'!B2+'{QUOTED}'!B1"
    copy = book.sheets[FORM].copy(after=book.sheets[FORM], name="项目2")
    copy["B2"].value = 2
    assert copy["G1"].formula == f"=项目2!B2+'{QUOTED}'!B1"
    after = saved(book)
    book.close()
    first, second = after[FORM], after["项目2"]
    for sheet in (first, second):
        assert len(sheet.data_validations.dataValidation) == 2
        assert len(sheet.conditional_formatting) == 2
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
        assert (sheet.oddFooter.center.text, sheet.freeze_panes, sheet.page_margins.left) == ("第&P页", "B2", 0.3)
        assert (sheet["A2"].comment.text, sheet["D1"].hyperlink.target) == ("批注", "https://example.com/")
        assert sheet.merged_cells.ranges == first.merged_cells.ranges
    assert (second.print_area, second.print_title_rows) == ("'项目2'!$A$1:$D$20", "$1:$1")
    assert (first.sheet_properties.codeName, second.sheet_properties.codeName) == ("Sheet1", None)
    comments = [name for name in ZipFile(book.fullname).namelist() if "comments/" in name]
    assert len(comments) == 2


def test_a_sheet_with_a_drawing_is_not_copied_by_halves(form: xw.Sheet) -> None:
    with pytest.raises(CannotWrite, match=f"{FORM}.*图表、图片、文本框或表格"):
        form.copy()
    assert form.book.sheet_names == [FORM, QUOTED, HIDDEN, VERY_HIDDEN]


def test_everything_that_refers_to_a_sheet_follows_its_new_name(book: xw.Book) -> None:
    book.sheets[FORM].name = "改 名"
    book.sheets[QUOTED].name = "代码"
    after = saved(book)
    form = after["改 名"]
    assert after["代码"]["B1"].value == "='改 名'!B2"
    assert "'改 名'!" in part(book.fullname, "xl/charts/chart1.xml")
    assert "<xm:f>代码!$A$1:$A$2</xm:f>" in part(book.fullname, "xl/worksheets/sheet1.xml")
    assert after.defined_names["代码表"].attr_text == "代码!$A$1:$A$2"
    assert (form.print_title_rows, form.defined_names["本表"].attr_text) == ("$1:$1", "'改 名'!$B$2")


def test_a_deleted_sheet_takes_its_parts_with_it(book: xw.Book) -> None:
    book.sheets[QUOTED].delete()
    after = saved(book)
    assert after.sheetnames == [FORM, HIDDEN, VERY_HIDDEN]
    names = ZipFile(book.fullname).namelist()
    assert not [name for name in names if "chart" in name or "media" in name or "sheet2" in name]
    assert after.defined_names["代码表"].attr_text == "#REF!$A$1:$A$2"
    types = part(book.fullname, "[Content_Types].xml")
    assert all(f"/{name}" in types for name in names if name.startswith("xl/drawings/drawing"))
    assert "chart" not in types


def test_several_savings_build_on_each_other(book: xw.Book, tmp_path: Path) -> None:
    book.sheets.add("甲")["A1"].value = 1
    book.save()
    book.sheets["甲"].name = "乙"
    book.sheets["乙"]["A1"].color = "#112233"
    book.save(tmp_path / "other.xlsx")
    book.sheets["乙"]["A2"].value = "=A1"
    sheet = saved(book)["乙"]
    assert (sheet["A1"].value, sheet["A1"].fill.fgColor.rgb, sheet["A2"].value) == (1, "FF112233", "=A1")


@pytest.mark.slow
def test_a_spreadsheet_program_opens_the_outcome(tmp_path: Path) -> None:
    book = open_book(as_excel_writes(full_book(tmp_path / "full.xlsx"), text_box=False))
    book.sheets[FORM].copy(name="项目2")["B2"].value = 21
    book.sheets[FORM].name = "改 名"
    book.sheets[HIDDEN].delete()
    book.sheets.add("新", before="改 名")["A1"].value = "=项目2!D2+'改 名'!D2"
    book.save()
    book.close()
    read = openpyxl.load_workbook(converted(tmp_path / "full.xlsx", "xlsx", tmp_path), data_only=True)
    assert read.sheetnames == ["新", "改 名", QUOTED, VERY_HIDDEN, "项目2"]
    assert (read["新"]["A1"].value, read[QUOTED]["B1"].value) == (45, 1.5)
