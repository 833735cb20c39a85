"""What every engine promises to macros: the same tests for each, whatever stands behind it.

The test class of an engine inherits `EngineContract` and gives the fixture `open_book`, which opens a workbook file.
Nothing here depends on whether formulas are calculated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.engine_contract_cells import CellContract
from tests.engine_files import FORM, HIDDEN, QUOTED, full_book, plain_book

OpenBook = Callable[[Path], xw.Book]


class EngineContract(CellContract):
    @pytest.fixture
    def open_book(self) -> OpenBook:
        raise NotImplementedError

    @pytest.fixture
    def book(self, open_book: OpenBook, tmp_path: Path) -> Iterator[xw.Book]:
        opened = open_book(plain_book(tmp_path / "book.xlsx", {"一 号": [["a", 1], [None, 2], ["c", 3]], "二": []}))
        yield opened
        opened.close()

    @pytest.fixture
    def filled(self, book: xw.Book) -> xw.Sheet:
        return book.sheets["一 号"]

    @pytest.fixture
    def empty(self, book: xw.Book) -> xw.Sheet:
        return book.sheets["二"]

    @pytest.fixture
    def full(self, open_book: OpenBook, tmp_path: Path) -> Iterator[xw.Book]:
        opened = open_book(full_book(tmp_path / "full.xlsx", protected=False))
        yield opened
        opened.close()

    @pytest.fixture
    def reopened(self, book: xw.Book, open_book: OpenBook) -> Iterator[Callable[[], xw.Book]]:
        """Saves the book and opens the file anew."""
        opened: list[xw.Book] = []

        def reopen() -> xw.Book:
            book.save()
            opened.append(open_book(Path(book.fullname)))
            return opened[-1]

        yield reopen
        for one in opened:
            one.close()

    # sheets

    def test_sheets_are_found_by_name_and_position(self, book: xw.Book) -> None:
        assert book.sheet_names == ["一 号", "二"]
        assert len(book.sheets) == 2
        assert (book.sheets[0].name, book.sheets[-1].name, book.sheets(2).name) == ("一 号", "二", "二")
        assert [sheet.index for sheet in book.sheets] == [1, 2]
        assert "二" in book.sheets and "三" not in book.sheets
        assert book.sheets["二"].book == book

    def test_every_sheet_has_a_selection_of_its_own(self, book: xw.Book) -> None:
        for name, address in (("一 号", "B2:B3"), ("二", "C4")):
            book.sheets[name].activate()
            book.sheets[name][address].select()
        assert book.app.selection.address == "$C$4"
        book.sheets["一 号"].activate()
        assert (book.app.selection.sheet.name, book.app.selection.address) == ("一 号", "$B$2:$B$3")

    def test_a_missing_sheet_is_an_error(self, book: xw.Book) -> None:
        with pytest.raises(Exception, match="三"):
            book.sheets["三"]

    def test_sheets_are_added_where_asked(self, book: xw.Book, reopened: Callable[[], xw.Book]) -> None:
        book.sheets["一 号"].activate()
        assert book.sheets.add("甲").index == 1
        book.sheets.add("乙", after=book.sheets["二"])
        book.sheets.add("丙", before="二")
        assert book.sheets.active.name == "丙"
        book.sheets["丙"]["A1"].value = "新"
        expected = ["甲", "一 号", "丙", "二", "乙"]
        assert book.sheet_names == expected
        saved = reopened()
        assert saved.sheet_names == expected
        assert (saved.sheets["丙"]["A1"].value, saved.sheets.active.name) == ("新", "丙")

    def test_no_two_sheets_have_one_name(self, book: xw.Book) -> None:
        with pytest.raises(ValueError):
            book.sheets.add("二")
        with pytest.raises(Exception, match="二"):
            book.sheets["一 号"].name = "二"

    def test_a_copied_sheet_is_a_sheet_of_its_own(self, full: xw.Book) -> None:
        copy = full.sheets[FORM].copy(before=full.sheets[QUOTED], name="项目2")
        assert full.sheet_names[:3] == [FORM, "项目2", QUOTED]
        assert copy["A1:B2"].value == full.sheets[FORM]["A1:B2"].value
        assert copy["D2"].formula == "=B2*2"
        copy["B2"].value = 7
        assert full.sheets[FORM]["B2"].value == 1.5

    def test_formulas_follow_a_renamed_sheet(self, full: xw.Book) -> None:
        full.sheets[FORM].name = "改 名"
        assert full.sheets[QUOTED]["B1"].formula == "='改 名'!B2"
        assert full.sheets["改 名"]["A2"].value == "甲"

    def test_a_deleted_sheet_is_gone(self, full: xw.Book) -> None:
        full.sheets[FORM].delete()
        assert FORM not in full.sheets
        assert "#REF!" in full.sheets[QUOTED]["B1"].formula

    def test_a_deleted_sheet_can_be_made_anew(self, book: xw.Book, reopened: Callable[[], xw.Book]) -> None:
        book.sheets["一 号"]["C1"].value = "=二!A1"
        book.sheets["二"].delete()
        book.sheets.add("二", after=book.sheets[-1])["A1"].value = "新"
        book.sheets["一 号"]["C2"].value = "=二!A1"
        sheets = reopened().sheets
        assert sheets["二"]["A1"].value == "新"
        assert "#REF!" in sheets["一 号"]["C1"].formula
        assert "二" in sheets["一 号"]["C2"].formula

    def test_sheets_are_hidden_and_shown(self, full: xw.Book) -> None:
        assert (full.sheets[FORM].visible, full.sheets[HIDDEN].visible) == (True, False)
        full.sheets[HIDDEN].visible = True
        full.sheets[FORM].visible = False
        assert (full.sheets[FORM].visible, full.sheets[HIDDEN].visible) == (False, True)
        assert full.sheets.active.visible

    def test_one_sheet_must_remain(self, book: xw.Book) -> None:
        book.sheets["二"].delete()
        with pytest.raises(Exception, match="一 号"):
            book.sheets["一 号"].delete()
        assert book.sheet_names == ["一 号"]

    # book and app

    def test_names_lead_to_their_cells(self, full: xw.Book) -> None:
        assert "代码表" in full.names
        assert full.names["代码表"].refers_to_range.value == ["甲", "乙"]
        assert full.sheets[QUOTED].range("代码表").address == "$A$1:$A$2"

    def test_a_macro_finds_its_book(self, book: xw.Book) -> None:
        book.set_mock_caller()
        xw.Book.caller().sheets["二"]["A1"].value = "由宏写入"
        assert book.sheets["二"]["A1"].value == "由宏写入"
        assert (xw.books.active.name, book.app.books[book.name].fullname) == (book.name, book.fullname)

    def test_saving_elsewhere_makes_that_the_file(self, book: xw.Book, open_book: OpenBook, tmp_path: Path) -> None:
        book.sheets["二"]["A1"].value = "甲"
        book.save(tmp_path / "另存.xlsx")
        assert (book.name, Path(book.fullname)) == ("另存.xlsx", tmp_path / "另存.xlsx")
        first, second = open_book(tmp_path / "book.xlsx"), open_book(tmp_path / "另存.xlsx")
        assert (first.sheets["二"]["A1"].value, second.sheets["二"]["A1"].value) == (None, "甲")
        first.close()
        second.close()

    def test_settings_of_the_app_are_kept(self, book: xw.Book) -> None:
        app = book.app
        with app.properties(screen_updating=False, calculation="manual", display_alerts=False, enable_events=False):
            assert (app.screen_updating, app.calculation) == (False, "manual")
        assert (app.screen_updating, app.display_alerts, app.enable_events) == (True, True, True)
        assert app.calculation == "automatic"

    def test_the_status_bar_tells_what_was_set(self, book: xw.Book) -> None:
        before: Any = book.app.status_bar
        book.app.status_bar = "正在校验"
        assert book.app.status_bar == "正在校验"
        book.app.status_bar = False
        assert before is False and book.app.status_bar is False
