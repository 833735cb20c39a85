"""The LibreOffice engine keeps the contract of the engines, but for what the program behind it does otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from jixiao.engine.libreoffice import Office, open_book
from tests.engine_contract import EngineContract, OpenBook

pytestmark = pytest.mark.libreoffice

DOCS = Path(__file__).parents[2] / "docs" / "engine.md"

# By the test that cannot hold: why, as docs/engine.md has it. The class below holds what is true instead.
DIFFERENCES = {
    "test_odd_characters_survive": "A tab in a text of several lines is lost: such texts have none in LibreOffice.",
}


class TestLibreOfficeKeepsTheContract(EngineContract):
    @pytest.fixture
    def open_book(self, office: Office) -> OpenBook:
        return lambda path: open_book(path, office.context)

    def test_odd_characters_survive(self, empty: xw.Sheet, reopened: Callable[[], xw.Book]) -> None:
        texts = ["<&>\"'", " 前后有空格 ", "😀", "_x000B_", "a\tb", "a\nb", "\u3000全角"]
        empty["A1"].value = [texts]
        assert reopened().sheets["二"]["A1:G1"].value == texts
        empty["A2"].value = "a\tb\nc"
        assert "\t" not in reopened().sheets["二"]["A2"].value


def test_every_difference_is_listed_and_explained() -> None:
    changed = {name for name in vars(TestLibreOfficeKeepsTheContract) if name.startswith("test_")}
    assert changed == DIFFERENCES.keys()
    listed = DOCS.read_text(encoding="utf-8")
    assert all(f"- {reason}" in listed for reason in DIFFERENCES.values())
