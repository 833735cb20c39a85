"""What a saved file keeps: everything the macro did not touch, and what it did, as Excel would have written it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import xlwings as xw
from openpyxl.styles import Font

from jixiao.engine.file import open_book
from tests.engine_files import FORM, PATHS, as_excel_writes, full_book, part, plain_book, rewrite, saved, saved_sheet

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return as_excel_writes(full_book(tmp_path / "full.xlsx"))


@pytest.fixture(params=PATHS)
def book(path: Path, request: pytest.FixtureRequest) -> Iterator[xw.Book]:
    opened = PATHS[request.param](path)
    yield opened
    opened.close()


@pytest.fixture
def form(book: xw.Book) -> xw.Sheet:
    return book.sheets[FORM]


def lines(xml: str, *ignored: str) -> list[str]:
    """Elements with their attributes, one a line, however they were written; `ignored` attributes are left out."""
    found = []
    for element in ElementTree.fromstring(xml).iter():
        attributes = {
            name.rsplit("}")[-1]: {"true": "1", "false": "0"}.get(value, value)
            for name, value in element.attrib.items()
            if name.rsplit("}")[-1] not in ignored
        }
        kept = {pair for pair in attributes.items() if pair[1] not in ("0", "") and pair != ("val", "1")}
        text = (element.text or "").strip()
        if kept or text:
            found.append(f"{element.tag.rsplit('}')[-1]} {sorted(kept)} {text}")
    return found


# what nobody touched


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
    assert set(before) - set(after) <= {"v [] 1.5", "c [('r', 'B2'), ('t', 'n')] ", "row [('r', '7')] "}
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
    assert 'fullCalcOnLoad="1"' in part(path, "xl/workbook.xml")


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
    form["H1"].value = "=1+1"
    form["A1:Z30"].clear_contents()
    assert saved_sheet(form)["A1"].fill.fgColor.rgb == "00DDEEFF"
    xml = part(form.book.fullname, "xl/worksheets/sheet1.xml")
    assert not re.search("<v>|<f>|<f |<is>", xml)


def test_signs_xml_cannot_hold_are_stored_as_excel_stores_them(form: xw.Sheet) -> None:
    form["A1"].value = "竖\x0b表\ufffe"
    form.book.save()
    assert "竖_x000B_表_xFFFE_" in part(form.book.fullname, "xl/worksheets/sheet1.xml")
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


def test_the_first_days_of_1900_are_what_excel_makes_of_them(form: xw.Sheet) -> None:
    form["G30"].value = [[date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1)]]
    form.book.save()
    xml = part(form.book.fullname, "xl/worksheets/sheet1.xml")
    assert [re.search(f'<c r="{cell}30"[^>]*><v>(.*?)<', xml)[1] for cell in "GHI"] == ["1.0", "59.0", "61.0"]


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
    assert '<dimension ref="A1:AB99"' in part(form.book.fullname, "xl/worksheets/sheet1.xml")


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
    assert (sheet["A1"].font, sheet.column_dimensions["B"].width) == (
        Font(name="宋体", charset=134, b=True, color="00FF0000", sz=14, scheme="minor"),
        22,
    )
    assert sheet.column_dimensions["B"].number_format == "0.0"
