"""What every engine promises of cells and ranges; the fixtures are in engine_contract.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlwings as xw

from tests.engine_files import FORM


def formulas(cells: xw.Range) -> list[list[str]]:
    """The formulas of a range of several cells as rows."""
    return [list(row) for row in cells.formula]


class CellContract:
    # values

    def test_a_sheet_is_read_as_a_whole(self, filled: xw.Sheet) -> None:
        assert filled.used_range.address == "$A$1:$B$3"
        assert filled.used_range.value == [["a", 1.0], [None, 2.0], ["c", 3.0]]

    def test_what_is_written_is_read_back(self, empty: xw.Sheet) -> None:
        empty["B2"].value = [["甲", 1, True], [Decimal("40000.10"), 0.1 + 0.2, "x\ny"]]
        assert empty["B2:D3"].value == [["甲", 1.0, True], [40000.1, 0.1 + 0.2, "x\ny"]]

    def test_what_is_saved_is_read_back(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        empty["B2"].value = [["甲", 1, True], [Decimal("40000.10"), None, "x\ny"]]
        assert reopened().sheets["二"]["B2:D3"].value == [["甲", 1.0, True], [40000.1, None, "x\ny"]]

    def test_numbers_are_floats_and_empty_cells_none(self, filled: xw.Sheet) -> None:
        assert [type(value) for value in filled["B1:B3"].value] == [float, float, float]
        assert filled["A2"].value is None
        assert filled["Z99"].value is None
        assert filled["A1:A2"].options(empty="无").value == ["a", "无"]

    def test_a_block_keeps_its_shape_where_asked(self, filled: xw.Sheet) -> None:
        assert filled["B1"].options(ndim=2).value == [[1.0]]
        assert filled["B1:B2"].options(ndim=2).value == [[1.0], [2.0]]
        assert filled["A1:B1"].options(ndim=2, numbers=int).value == [["a", 1]]

    def test_none_empties_a_cell_and_leaves_its_format(self, filled: xw.Sheet) -> None:
        filled["B1"].number_format = "0.00"
        filled["B1"].value = None
        assert filled["B1"].value is None
        assert filled["B1"].number_format == "0.00"

    def test_one_value_fills_a_range(self, empty: xw.Sheet) -> None:
        empty["A1:B2"].value = "满"
        assert empty["A1:B2"].value == [["满", "满"], ["满", "满"]]

    def test_dates_come_back_as_dates(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        empty["A1"].value = [[datetime(2024, 3, 5, 6, 7, 8), date(2024, 12, 31)]]
        expected = [datetime(2024, 3, 5, 6, 7, 8), datetime(2024, 12, 31)]
        assert empty["A1:B1"].value == expected
        assert empty["B1"].options(dates=date).value == date(2024, 12, 31)
        assert reopened().sheets["二"]["A1:B1"].value == expected

    def test_text_after_an_apostrophe_stays_text(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        texts = ["=1+1", "+1", "'引号", "007"]
        empty["A1"].value = [[f"'{text}" for text in texts]]
        assert empty["A1:D1"].value == texts
        assert reopened().sheets["二"]["A1:D1"].value == texts

    def test_odd_characters_survive(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        texts = ["<&>\"'", " 前后有空格 ", "😀", "_x000B_", "a\tb\nc", "\u3000全角"]
        empty["A1"].value = [texts]
        assert reopened().sheets["二"]["A1:F1"].value == texts

    def test_clearing_contents_empties_every_cell(self, filled: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        filled["A1"].clear_contents()
        assert filled["A1:B1"].value == [None, 1.0]
        filled.clear_contents()
        assert filled["A1:B3"].value == [[None, None]] * 3
        assert reopened().sheets["一 号"]["A1:B3"].value == [[None, None]] * 3

    # formulas

    def test_text_with_an_equals_sign_is_a_formula(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        empty["A1"].value = [["甲", -2.5, "=1+1"], [None, True, "'=1"]]
        expected = [["甲", "-2.5", "=1+1"], ["", "TRUE", "=1"]]
        assert formulas(empty["A1:C2"]) == expected
        assert formulas(reopened().sheets["二"]["A1:C2"]) == expected

    def test_a_formula_is_filled_as_by_hand(self, empty: xw.Sheet) -> None:
        empty["C1:D2"].formula = "=SUM(A1:A2)*$B$1+'一 号'!B1&\"A1\""
        assert formulas(empty["C1:D2"]) == [
            ["=SUM(A1:A2)*$B$1+'一 号'!B1&\"A1\"", "=SUM(B1:B2)*$B$1+'一 号'!C1&\"A1\""],
            ["=SUM(A2:A3)*$B$1+'一 号'!B2&\"A1\"", "=SUM(B2:B3)*$B$1+'一 号'!C2&\"A1\""],
        ]

    def test_one_formula_is_a_text(self, empty: xw.Sheet) -> None:
        empty["A1"].formula = "=TODAY()"
        assert empty["A1"].formula == "=TODAY()"

    def test_a_younger_function_keeps_its_plain_name(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        empty["A1"].formula = '=TEXTJOIN("、",TRUE,B1:B3)'
        assert empty["A1"].formula == '=TEXTJOIN("、",TRUE,B1:B3)'
        assert reopened().sheets["二"]["A1"].formula == '=TEXTJOIN("、",TRUE,B1:B3)'

    def test_a_value_replaces_a_formula(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        empty["A1"].value = "=1+1"
        empty["A1"].value = 5
        assert (empty["A1"].formula, empty["A1"].value) == ("5", 5.0)
        assert reopened().sheets["二"]["A1"].value == 5.0

    def test_a_link_shows_its_text(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        empty["A1"].value = '=HYPERLINK("#\'一 号\'!A1","看 ""甲"" <&>")'
        assert empty["A1"].value == '看 "甲" <&>'
        assert reopened().sheets["二"]["A1"].value == '看 "甲" <&>'

    # ranges

    def test_ranges_are_named_in_many_ways(self, filled: xw.Sheet) -> None:
        wanted = "$A$1:$B$3"
        assert filled.range("A1:B3").address == wanted
        assert filled.range("$b$3:$a$1").address == wanted
        assert filled.range((1, 1), (3, 2)).address == wanted
        assert filled.range("A1", (3, 2)).address == wanted
        assert filled.range(filled["A1"], filled["B3"]).address == wanted
        assert filled[0:3, 0:2].address == wanted
        assert filled["A1"].resize(3, 2).address == wanted
        assert filled["B2:C4"].offset(-1, -1).address == wanted
        assert xw.Range(filled["A1"], filled["B3"]).address == wanted

    def test_parts_of_a_range_are_found_by_position(self, filled: xw.Sheet) -> None:
        block = filled["A1:B3"]
        assert (block.row, block.column, block.shape, block.count) == (1, 1, (3, 2), 6)
        assert block[1, 1].value == 2.0
        assert block[-1, 0].address == "$A$3"
        assert block[1:, 1].address == "$B$2:$B$3"
        assert block(2, 2).address == "$B$2"
        assert block[3].address == "$B$2"
        assert block.last_cell.address == "$B$3"
        assert [row.address for row in block.rows] == ["$A$1:$B$1", "$A$2:$B$2", "$A$3:$B$3"]
        assert block.columns[1].value == [1.0, 2.0, 3.0]
        assert (len(block.rows), len(block.columns)) == (3, 2)

    def test_addresses_are_told_in_many_ways(self, filled: xw.Sheet) -> None:
        cells = filled["B2:C3"]
        assert cells.get_address(False, False) == "B2:C3"
        assert cells.get_address(True, False) == "B$2:C$3"
        assert cells.get_address(include_sheetname=True) == "'一 号'!$B$2:$C$3"
        assert filled["B:C"].address == "$B:$C"
        assert filled["2:3"].address == "$2:$3"

    def test_runs_of_cells_have_ends(self, filled: xw.Sheet) -> None:
        assert filled["B1"].end("down").address == "$B$3"
        assert filled["A1"].end("right").address == "$B$1"
        assert filled["A1"].end("down").address == "$A$3"
        assert filled["B9"].end("up").address == "$B$3"
        assert filled["D3"].end("left").address == "$B$3"
        assert filled["A9"].end("down").address == "$A$1048576"

    def test_a_range_expands_over_its_table(self, filled: xw.Sheet) -> None:
        assert filled["B1"].expand("down").address == "$B$1:$B$3"
        assert filled["A1"].expand("right").address == "$A$1:$B$1"
        assert filled["A1"].expand().address == "$A$1:$B$1"
        assert filled["B1"].options(expand="table").value == [1.0, 2.0, 3.0]

    def test_merged_cells_hold_one_value(self, full: xw.Book) -> None:
        sheet = full.sheets[FORM]
        assert sheet["A6"].merge_area.address == "$A$5:$A$7"
        assert sheet["B6"].merge_area.address == "$B$6"
        sheet["A5:B7"].value = [["上", 1], [None, 2], ["下", 3]]
        assert sheet["A5:B7"].value == [["上", 1.0], [None, 2.0], [None, 3.0]]

    # looks

    def test_number_formats_are_read_and_set(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        assert empty["A1"].number_format == "General"
        empty["A1:B2"].number_format = "0.00%"
        empty["C1"].number_format = 'yyyy"年"m"月"'
        sheet = reopened().sheets["二"]
        assert (empty["A1:B2"].number_format, sheet["A1:B2"].number_format) == ("0.00%", "0.00%")
        assert sheet["C1"].number_format == 'yyyy"年"m"月"'
        assert sheet["A1:C1"].number_format is None

    def test_colours_are_read_and_set(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        empty["A1"].color, empty["B1"].color = (255, 0, 16), "#0010FF"
        empty["C1"].color = (1, 2, 3)
        empty["C1"].color = None
        sheet = reopened().sheets["二"]
        assert [cell.color for cell in sheet["A1:C1"]] == [(255, 0, 16), (0, 16, 255), None]

    def test_widths_and_heights_are_read_and_set(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        empty["B1:C1"].column_width = 20
        empty["A2"].row_height = 30
        sheet = reopened().sheets["二"]
        assert sheet["B1:C9"].column_width == pytest.approx(20, abs=0.2)
        assert sheet["A1:B1"].column_width is None
        assert sheet["A2"].row_height == 30

    def test_wrapping_is_read_and_set(self, empty: xw.Sheet) -> None:
        assert empty["A1"].wrap_text is False
        empty["A1"].wrap_text = True
        assert empty["A1"].wrap_text is True
