"""The integrated system's import columns: read back with openpyxl."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jixiao.documents.writing.system_columns import COLUMNS, system_value, write_system_rows
from jixiao.model.value import parse_value
from jixiao.profiles import load_profile
from jixiao.sample import real_department, sample_department
from tests.documents.departments import HEBEI, TODAY, department, indicator, project


def sheet_of(folder: Path, made, profile=HEBEI):  # type: ignore[no-untyped-def]
    path = folder / "rows.xlsx"
    gaps = write_system_rows(made, profile, path, today=TODAY)
    book = openpyxl.load_workbook(path)
    assert len(book.worksheets) == 1
    return book.active, gaps


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("≥90%", ("≥", "90", "%")), ("大于等于80%", ("≥", "80", "%")), ("≤30.03万元", ("≤", "30.03", "万元")),
        ("289份", ("＝", "289", "份")), ("200", ("＝", "200", "")), ("全覆盖", ("定性", "全覆盖", "")),
        ("12月底前", ("定性", "12月底前", "")), ("3-5次", ("定性", "3-5次", "")), ("", ("", "", "")),
    ],
)  # fmt: skip
def test_a_value_becomes_sign_number_and_unit(typed: str, fields: tuple[str, str, str]) -> None:
    assert system_value(parse_value(typed)) == fields


def test_each_indicator_of_each_project_is_one_row(tmp_path: Path) -> None:
    made = real_department()
    sheet, gaps = sheet_of(tmp_path, made)
    rows = list(sheet.values)
    assert rows[0] == tuple(column.heading for column in COLUMNS)
    assert len(rows) == 1 + sum(len(one.indicators) for one in made.projects)
    assert rows[1] == (
        "13022924P004R2810292F", "代表之家联络站", "产出指标", "数量指标", "活动次数",
        "每季度依托家站组织开展活动的次数", "≥", 3, "次", "依据相关政策文件确定",
    )  # fmt: skip
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:J{len(rows)}")
    assert gaps == ()


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path, text: str) -> None:
    made = department(project(name=text, indicators=(indicator("产出指标", "数量指标", text, text, "完成", text),)))
    sheet, _ = sheet_of(tmp_path, made)
    for column in "BEFJ":
        cell = sheet[f"{column}2"]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_numbers_are_numbers_and_very_long_ones_keep_all_digits_as_text(tmp_path: Path) -> None:
    rows = [
        indicator("产出指标", "数量指标", "甲", "", value, "")
        for value in ("≥83.3%", "＝12345678901234567890元", "≥3次")
    ]
    sheet, _ = sheet_of(tmp_path, department(project(indicators=tuple(rows))))
    assert [sheet[f"H{row}"].value for row in (2, 3, 4)] == [83.3, "12345678901234567890", 3]


def test_level_names_get_the_suffix_of_the_dictionary(tmp_path: Path) -> None:
    made = department(
        project(
            indicators=(
                indicator("成本", "经济成本", "甲", "", "≤5元", ""),
                indicator("别的", "别的", "乙", "", "", ""),
            )
        )
    )
    sheet, _ = sheet_of(tmp_path, made, load_profile("mof-2021"))
    assert [sheet[cell].value for cell in ("C2", "D2", "C3", "D3")] == ["成本指标", "经济成本指标", "别的", "别的"]


def test_what_is_missing_or_no_single_number_is_told(tmp_path: Path) -> None:
    rows = (
        indicator("产出指标", "数量指标", "甲", "说明", "3-5次", "《甲》"),
        indicator("产出指标", "", "", "", "", ""),
    )
    _, gaps = sheet_of(
        tmp_path,
        department(
            project(code="", indicators=rows),
            project(indicators=()),
        ),
    )
    assert gaps == (
        "项目“示范培训项目”没有填写：项目编码、二级指标（1处）、三级指标（1处）、绩效指标描述（1处）、指标值确定依据（1处）、指标值（1处）",
        "项目“示范培训项目”没有填写：绩效指标",
        "项目“示范培训项目”的指标值 3-5次 是区间，一体化系统只收一个数，已按定性导出",
    )


def test_control_characters_are_left_out_and_a_text_too_long_for_a_cell_is_cut_and_told(tmp_path: Path) -> None:
    long = "长" * 40_000
    made = department(
        project(indicators=(indicator("产出指标", "数量指标", "甲\x01\x0b乙", long, "完\x02成", "《甲》"),))
    )
    sheet, gaps = sheet_of(tmp_path, made)
    assert (sheet["E2"].value, sheet["H2"].value, len(sheet["F2"].value)) == ("甲乙", "完成", 32_767)
    assert gaps == ("项目“示范培训项目”有 1 处文字超过 32767 字，单元格放不下，已截断",)


@pytest.mark.parametrize("count", [0, 300])
def test_the_number_of_projects_does_not_matter(tmp_path: Path, count: int) -> None:
    made = sample_department(count)
    sheet, _ = sheet_of(tmp_path, made)
    assert sheet.max_row == 1 + sum(len(one.indicators) for one in made.projects)


def test_the_file_depends_on_its_contents_and_the_date_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_system_rows(real_department(), HEBEI, first, today=TODAY)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    write_system_rows(real_department(), HEBEI, second, today=TODAY)
    assert first.read_bytes() == second.read_bytes()
    assert openpyxl.load_workbook(first).properties.modified.date() == TODAY
