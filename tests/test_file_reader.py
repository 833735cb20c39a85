"""A workbook file becomes grids: every sheet, every value in its place, and a name for each cell without one."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import excelize
import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.styles import PatternFill

from jixiao.model.origin import Defect, column_letters
from jixiao.openxml import package
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import Grid
from jixiao.workbook.sheet_rewrite import plain_form
from jixiao.workbook.sheet_xml import Allowance, examine
from tests.bad_files import MAIN, book, book_parts, filled_row, links, pack, sheet_xml, workbook_xml


def only_grid(path: Path) -> Grid:
    [grid] = read_grids(path)
    return grid


def read_rows(folder: Path, rows: str, **more: str) -> Grid:
    return only_grid(book(folder / "book.xlsx", sheet_xml(rows), **more))


def test_values_of_every_kind_come_back_as_they_were_written(tmp_path: Path) -> None:
    written = openpyxl.Workbook()
    values = ["文字", " 两端空格 ", 1.5, -3, True, date(2024, 3, 5), datetime(2024, 3, 5, 10, 30), time(8, 15), 0.9]
    written.active.append(values)
    written.save(tmp_path / "values.xlsx")
    assert only_grid(tmp_path / "values.xlsx").rows == [values]


def test_cells_stand_where_the_sheet_has_them_counted_from_a1(tmp_path: Path) -> None:
    written = openpyxl.Workbook()
    written.active["C3"] = "值"
    written.save(tmp_path / "place.xlsx")
    grid = only_grid(tmp_path / "place.xlsx")
    assert (grid.first_row, grid.first_column, grid.rows[2][2]) == (1, 1, "值")


def test_sheets_come_in_their_order_hidden_ones_too_and_chart_sheets_not(tmp_path: Path) -> None:
    written = openpyxl.Workbook()
    written.active.title = "项目 & <一>"
    written.create_sheet("字典").sheet_state = "veryHidden"
    written.create_chartsheet("图").add_chart(BarChart())
    written.create_sheet("隐藏").sheet_state = "hidden"
    written.create_sheet("封面", 0)
    written.save(tmp_path / "order.xlsx")
    assert [grid.name for grid in read_grids(tmp_path / "order.xlsx")] == ["封面", "项目 & <一>", "字典", "隐藏"]


def test_an_empty_sheet_is_an_empty_grid(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    assert only_grid(tmp_path / "empty.xlsx").rows == []


def test_the_suffix_does_not_matter_but_the_content(tmp_path: Path) -> None:
    assert read_grids(book(tmp_path / "宏.XLSM", sheet_xml(filled_row(1))))[0].rows[0][0] == 1.5


def test_formulas_openpyxl_has_written_are_uncalculated(tmp_path: Path) -> None:
    written = openpyxl.Workbook()
    written.active.append(["=A2+1", '=""', 5, '="a"&"<"', "#REF!"])
    written.save(tmp_path / "formulas.xlsx")
    assert only_grid(tmp_path / "formulas.xlsx").broken == {
        (1, 1): Defect("uncalculated", "=A2+1"),
        (1, 2): Defect("uncalculated", '=""'),
        (1, 4): Defect("uncalculated", '="a"&"<"'),
        (1, 5): Defect("error", "#REF!"),
    }


@pytest.mark.parametrize("head", ["<c><f>1</f></c>", '<c r="A1"><f>1</f></c>', '<c r="A99999999999999"><f>1</f></c>'])
def test_a_formula_before_the_table_is_none(head: str) -> None:
    table = '<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>'
    sheet = examine(f"<worksheet>{head}{table}</worksheet>".encode(), Allowance(300_000))
    assert dict(sheet.broken) == {}


def test_formulas_excelize_has_written_are_uncalculated(tmp_path: Path) -> None:
    path = str(tmp_path / "excelize.xlsx")
    book_ = excelize.new_file()
    book_.set_cell_formula("Sheet1", "B2", "1+1")
    book_.set_cell_formula("Sheet1", "C2", '"文字"')
    book_.set_cell_value("Sheet1", "D2", 7)
    book_.save_as(path)
    grid = only_grid(Path(path))
    assert grid.broken == {(2, 2): Defect("uncalculated", "=1+1"), (2, 3): Defect("uncalculated", '="文字"')}
    assert grid.rows[1][3] == 7


STORED = {
    "an empty text, as Excel stores it": ('<c r="A1" t="str"><f>""</f><v></v></c>', None),
    "an empty text, as LibreOffice does": ('<c r="A1" s="0" t="str"><f aca="false">&quot;&quot;</f><v></v></c>', None),
    "a number": ('<c r="A1"><f>1+1</f><v>2</v></c>', None),
    "a text": ('<c r="A1" t="str"><f>B1</f><v>x</v></c>', None),
    "nothing": ('<c r="A1"><f>A2+B2</f></c>', Defect("uncalculated", "=A2+B2")),
    "an empty number": ('<c r="A1"><f>A2</f><v/></c>', Defect("uncalculated", "=A2")),
    "an empty number, long form": ('<c r="A1"><f>A2</f><v></v></c>', Defect("uncalculated", "=A2")),
    "text without a value": ('<c r="A1" t="str"><f>B1</f></c>', Defect("uncalculated", "=B1")),
    "a shared formula's first": (
        '<c r="A1"><f t="shared" ref="A1:A3" si="0">B1</f><v/></c>',
        Defect("uncalculated", "=B1"),
    ),
    "a shared formula's next": ('<c r="A1"><f t="shared" si="0"/></c>', Defect("uncalculated", "=…")),
    "a shared formula's value": ('<c r="A1"><f t="shared" si="0"/><v>3</v></c>', None),
    "an error": ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Defect("error", "#DIV/0!")),
    "an error without formula": ('<c r="A1" s="3" t="e"><v>#N/A</v></c>', Defect("error", "#N/A")),
    "an error of dynamic arrays": ('<c r="A1" t="e"><f>B1#</f><v>#SPILL!</v></c>', Defect("error", "#SPILL!")),
    "an error of LibreOffice": ('<c r="A1" t="e"><f>B1</f><v>Err:502</v></c>', Defect("error", "Err:502")),
    "a text like an error": ('<c r="A1" t="str"><v>#REF!</v></c>', None),
}


@pytest.mark.parametrize(("cell", "defect"), STORED.values(), ids=list(STORED))
@pytest.mark.parametrize("plain", [True, False], ids=["plain", "rewritten"])
def test_a_cell_without_a_value_is_told_from_one_with(
    tmp_path: Path, cell: str, defect: Defect | None, plain: bool
) -> None:
    other = '<c r="B1"><v>5</v></c>' if plain else "<!-- x --><c r='B1'><v>5</v></c>"
    grid = read_rows(tmp_path, f'<row r="1">{cell}{other}</row>')
    assert grid.broken == ({(1, 1): defect} if defect else {})
    assert grid.rows[0][1] == 5


def test_a_long_sheet_is_read_whole(tmp_path: Path) -> None:
    grid = read_rows(tmp_path, "".join(map(filled_row, range(1, 25_001))))
    assert (len(grid.rows), {len(row) for row in grid.rows}, grid.stray) == (25_000, {15}, None)
    assert grid.rows[-1][-1] == 1.5


TABLE = "".join(map(filled_row, range(1, 36)))


@pytest.mark.parametrize(
    ("reference", "place"),
    [("XFD1048576", (1048576, 16384)), ("Z1048576", (1048576, 26)), ("A1048576", (1048576, 1)), ("C90000", (90000, 3))],
)
def test_a_stray_cell_is_cut_off_and_named_and_the_rest_is_read(
    tmp_path: Path, reference: str, place: tuple[int, int]
) -> None:
    stray = f'<row r="{place[0]}"><c r="{reference}" t="str"><v> </v></c></row>'
    grid = read_rows(tmp_path, TABLE + stray)
    assert (grid.stray, len(grid.rows), len(grid.rows[0])) == (place, 35, 15)


def test_styled_blank_cells_far_out_are_not_stray(tmp_path: Path) -> None:
    far = '<row r="1048576" s="1" customFormat="1"><c r="XFD1048576" s="1"/><c r="XFC1048576" s="1"></c></row>'
    grid = read_rows(tmp_path, TABLE + far)
    assert (grid.stray, len(grid.rows)) == (None, 35)


def test_a_broken_cell_that_is_cut_off_is_not_reported(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="e"><v>#REF!</v></c></row>'
    grid = read_rows(tmp_path, TABLE + far)
    assert (grid.stray, dict(grid.broken)) == ((1048576, 16384), {})


def test_a_stray_cell_in_one_of_many_sheets_is_cut_earlier(tmp_path: Path) -> None:
    sheets = [sheet_xml(TABLE + filled_row(999))] * 1000
    grids = read_grids(book(tmp_path / "many.xlsx", *sheets))
    assert {(grid.stray, len(grid.rows)) for grid in grids} == {((999, 1), 35)}


DIALECTS = {  # one cell, in column B of row R
    "single quotes": sheet_xml("<row r='R'><c r='BR'><v>7</v></c></row>"),
    "blanks around the equals sign": sheet_xml('<row r = "R"><c r = "BR"><v>7</v></c></row>'),
    "a prefix": f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="R"><x:c r="BR"><x:v>7</x:v></x:c></x:row>'
    "</x:sheetData></x:worksheet>",
    "a row before, and no references": sheet_xml('<row r="P"/><row><c/><c><v>7</v></c></row>'),
    "a reference, then none": sheet_xml('<row r="R"><c r="AR"/><c><v>7</v></c></row>'),
    "lower case": sheet_xml('<row r="R"><c r="bR"><v>7</v></c></row>'),
    "lines and indents": sheet_xml('\n <row r="R">\n  <c r="BR">\n   <v>\n7\n</v>\n  </c>\n </row>\n'),
    "a comment": sheet_xml('<row r="R"><!-- <c r="XFD1"><v>1</v></c> --><c r="BR"><v>7</v></c></row>'),
    "a wrong dimension": sheet_xml('<row r="R"><c r="BR"><v>7</v></c></row>', before='<dimension ref="A1:"/>'),
    "a lying dimension": sheet_xml('<row r="R"><c r="BR"><v>7</v></c></row>', before='<dimension ref="A1:XFD9"/>'),
    "an extension in the cell": sheet_xml('<row r="R"><c r="BR"><v>7</v><extLst><ext/></extLst></c></row>'),
    "rows out of order": sheet_xml('<row r="R"><c r="BR"><v>7</v></c></row><row r="1"><c r="A1" s="0"/></row>'),
    "a cell in another row": sheet_xml('<row r="1"><c r="BR"><v>7</v></c></row>'),
    "an encoding nobody knows": "<?xml version='1.0' encoding='UTF-D'?>"
    + sheet_xml("<row r='R'><c r='BR'><v>7</v></c></row>"),
    "a table in a comment before": sheet_xml(
        '<row r="R"><c r="BR"><v>7</v></c></row>', before="<!-- <sheetData></sheetData> -->"
    ),
}


def in_row(row: int, sheet: str) -> str:
    return re.sub("R(?=[\"'])", str(row), sheet).replace('"P"', f'"{row - 1}"')


@pytest.mark.parametrize("sheet", DIALECTS.values(), ids=list(DIALECTS))
def test_every_dialect_of_the_xml_reads_the_same(tmp_path: Path, sheet: str) -> None:
    grid = only_grid(book(tmp_path / "dialect.xlsx", in_row(2, sheet)))
    assert (grid.rows, grid.stray) == ([["", ""], ["", 7.0]], None)


@pytest.mark.parametrize("sheet", DIALECTS.values(), ids=list(DIALECTS))
def test_a_far_cell_is_found_in_every_dialect(tmp_path: Path, sheet: str) -> None:
    grid = only_grid(book(tmp_path / "far.xlsx", in_row(1048576, sheet)))
    assert (grid.rows, grid.stray) == ([], (1048576, 2))


def test_texts_from_the_common_table_keep_their_order_with_empty_and_rich_ones_between(tmp_path: Path) -> None:
    table = (
        f'<sst xmlns="{MAIN}"><si/><si><t></t></si><si><r><t>富</t></r><r><t xml:space="preserve"> 文 </t></r>'
        "<rPh><t>拼音</t></rPh></si><si><t>末</t></si></sst>"
    )
    cells = "".join(f'<c r="{column}1" t="s"><v>{index}</v></c>' for index, column in enumerate("ABCD"))
    assert read_rows(tmp_path, f'<row r="1">{cells}</row>', texts=table).rows == [["", "", "富 文 ", "末"]]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    main = workbook_xml(["表1"], before='<workbookPr date1904="1"/>')
    grid = read_rows(tmp_path, '<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>366</v></c></row>',
                     styles=styles, main=main)  # fmt: skip
    assert grid.rows[0][1] == date(1905, 1, 1)


def test_parts_are_found_by_their_links_wherever_they_lie(tmp_path: Path) -> None:
    parts = {
        "_rels/.rels": links({"a": ("officeDocument", "/Book/Main.xml")}).encode(),
        "book/main.xml": workbook_xml(["甲"]).encode(),
        "book/_rels/main.xml.rels": links({"rId1": ("worksheet", "../pages/One.xml")}).encode(),
        "pages/one.xml": sheet_xml(filled_row(1)).encode(),
    }
    assert only_grid(pack(tmp_path / "moved.xlsx", parts)).name == "甲"


def test_of_two_entries_with_one_name_the_newer_is_read_and_nothing_else_happens(tmp_path: Path) -> None:
    path = book(tmp_path / "twice.xlsx", sheet_xml(filled_row(1)))
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("xl/worksheets/sheet1.xml", sheet_xml('<row r="1"><c r="A1"><v>9</v></c></row>'))
    assert only_grid(path).rows == [[9.0]]


def test_links_out_of_the_workbook_and_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    parts = book_parts(sheet_xml(filled_row(1)))
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="ext" Type="x/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
        b'<Relationship Id="up" Type="x/styles" Target="../../../../etc/passwd"/></Relationships>',
    )
    parts["../../evil.txt"] = parts["/etc/evil.txt"] = b"x"
    assert only_grid(pack(tmp_path / "links.xlsx", parts)).rows[0][0] == 1.5
    assert {path.name for path in tmp_path.iterdir()} == {"links.xlsx"}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=12).filter(
    lambda text: text[:1] not in ("=", "#") and "_x" not in text
)
VALUES = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.booleans(), st.floats(-1e9, 1e9), TEXTS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(VALUES, max_size=6), min_size=1, max_size=6), styled=st.booleans())
def test_reading_gives_what_the_bare_library_gives(tmp_path: Path, rows: list[list[object]], styled: bool) -> None:
    written = openpyxl.Workbook()
    for row in rows:
        written.active.append(row)
    if styled:
        written.active["Z80"].fill = PatternFill("solid", fgColor="FFEEEE")
    path = tmp_path / "same.xlsx"
    written.save(path)
    bare = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    assert only_grid(path).rows == bare.to_python(skip_empty_area=False)


CELLS = st.dictionaries(
    st.tuples(st.integers(1, 30), st.integers(1, 60)),
    st.sampled_from(
        ['t="n"><v>1</v>', 't="str"><v>a &amp;&lt; b</v>', 't="inlineStr"><is><t> x </t></is>', "><v>2.5</v>"]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=CELLS)
def test_rewriting_a_sheet_changes_none_of_its_values(tmp_path: Path, cells: dict[tuple[int, int], str]) -> None:
    rows: dict[int, str] = {}
    for (row, column), content in sorted(cells.items()):
        rows[row] = rows.get(row, "") + f'<c r="{column_letters(column)}{row}" {content}</c>'
    plain = sheet_xml("".join(f'<row r="{row}">{own}</row>' for row, own in rows.items()))
    rewritten = plain_form(plain.encode())
    assert not examine(plain.encode(), Allowance(10_000)).rewritten
    assert not examine(rewritten, Allowance(10_000)).rewritten
    both = book(tmp_path / "both.xlsx", plain, rewritten.decode())
    first, second = read_grids(both)
    assert first.rows == second.rows


def test_the_reader_is_handed_nothing_behind_the_table() -> None:
    sheet = examine(
        sheet_xml(filled_row(1), after="<extLst><ext>" + "x" * 100 + "</ext></extLst>").encode(), Allowance(99)
    )
    assert sheet.content.endswith(b"</row></sheetData></worksheet>") and not sheet.rewritten


def test_a_workbook_too_large_to_be_handed_over_unpacked_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "book.xlsx", sheet_xml(filled_row(1)), sheet_xml(filled_row(2), after="<!-- later -->"))
    unpacked = [grid.rows for grid in read_grids(path)]
    monkeypatch.setattr(package, "_STORED_BYTES", 0)
    assert [grid.rows for grid in read_grids(path)] == unpacked
    assert any(any(row) for row in unpacked[1])
