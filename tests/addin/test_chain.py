"""Every button and every worksheet function, from the built add-in to what the user sees."""

from __future__ import annotations

from pathlib import Path

from tests.addin.chain import CALLS, button_faults, function_faults
from tests.addin.excel import Excel


def test_every_button_does_to_a_workbook_what_its_label_says(addin: Path, workbook: Path, tmp_path: Path) -> None:
    assert button_faults(addin, workbook, tmp_path) == []


def test_every_function_answers_through_its_wrapper(addin: Path, sheet: Path) -> None:
    assert function_faults(addin, sheet) == []


def test_every_function_of_the_add_in_is_tried(addin: Path) -> None:
    excel = Excel(addin)
    excel.start()
    assert {one["macro"].rpartition("!")[2] for one in excel.registered} == {function for function, *_ in CALLS}
