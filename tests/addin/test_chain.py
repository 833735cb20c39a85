"""Every button and every worksheet function, from the built add-in to what the user sees."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from jixiao.workbook.file_reader import read_grids
from tests.addin.chain import CALLS, FORM, built_ribbon, button_faults, clicked, function_faults
from tests.addin.excel import Excel


@dataclass(frozen=True, slots=True)
class Exported:
    """A filled workbook alone in its folder, and the procedure of 导出文本."""

    path: Path
    action: str


@pytest.fixture
def exported(addin: Path, workbook: Path, tmp_path: Path) -> Exported:
    folder = tmp_path / "单位"
    folder.mkdir()
    action = next(button.action for button in built_ribbon(addin).buttons if button.label == "导出文本")
    return Exported(Path(shutil.copy(workbook, folder)), action)


def contents(path: Path) -> dict[str, object]:
    return {grid.name: grid.rows for grid in read_grids(path)}


def test_every_button_does_to_a_workbook_what_its_label_says(addin: Path, workbook: Path, tmp_path: Path) -> None:
    assert button_faults(addin, workbook, tmp_path) == []


def test_an_export_that_ends_in_xlsx_gives_the_rows_of_the_integrated_system(addin: Path, exported: Exported) -> None:
    made = exported.path.with_name("导入表.xlsx")
    with clicked(addin, exported.path, exported.action, chosen=made) as after:
        assert after.only_alert == f"已生成：{made}"
    rows = list(openpyxl.load_workbook(made).worksheets[0].values)
    heading = next(number for number, row in enumerate(rows) if "计算符号" in row)
    assert len([row for row in rows[heading + 1 :] if any(row)]) == 58


def test_an_export_that_ends_in_txt_gives_the_text(addin: Path, exported: Exported) -> None:
    made = exported.path.with_name("文本.txt")
    with clicked(addin, exported.path, exported.action, chosen=made) as after:
        assert after.only_alert == f"已生成：{made}"
    assert f"“{FORM}”项目年初预算安排10万元" in made.read_text("utf-8-sig")


def test_a_file_that_is_open_in_excel_is_not_written_over(addin: Path, exported: Exported) -> None:
    before = exported.path.read_bytes()
    with clicked(addin, exported.path, exported.action, chosen=exported.path) as after:
        assert "正打开着，不能覆盖" in after.only_alert
    assert [path.name for path in exported.path.parent.iterdir()] == [exported.path.name]
    assert exported.path.read_bytes() == before


def test_exporting_changes_nothing_in_the_workbook(addin: Path, exported: Exported, tmp_path: Path) -> None:
    before = contents(exported.path)
    with clicked(addin, exported.path, exported.action, chosen=exported.path.with_name("文本.docx")) as after:
        after.book.save(tmp_path / "after.xlsx")
    assert contents(tmp_path / "after.xlsx") == before


def test_every_function_answers_through_its_wrapper(addin: Path, sheet: Path) -> None:
    assert function_faults(addin, sheet) == []


def test_every_function_of_the_add_in_is_tried(addin: Path) -> None:
    excel = Excel(addin)
    excel.start()
    assert {one["macro"].rpartition("!")[2] for one in excel.registered} == {function for function, *_ in CALLS}
