"""A document that the program wrote is read back whole, and its two parts do not contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jixiao.exporting import export_file
from jixiao.importing import import_document
from jixiao.judging import judge_file
from jixiao.model.origin import NOWHERE
from jixiao.model.records import Department, Indicator
from jixiao.sample import REAL_DOCUMENT, real_department, sample_department
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.reader import read_workbook
from tests.workbooks import written

TODAY = date(2024, 10, 15)
ROOT = Path(__file__).parents[2]


def with_cost_as_level1(department: Department) -> Department:
    """In the terms of mof-2021: 成本 is a 一级 of its own."""

    def moved(row: Indicator) -> Indicator:
        return replace(row, level1="成本指标", level2="经济成本指标") if row.level2 == "成本指标" else row

    projects = (
        replace(project, indicators=tuple(sorted(map(moved, project.indicators), key=lambda row: row.level1)))
        for project in department.projects
    )
    return replace(department, profile="mof-2021", projects=tuple(projects))


DEPARTMENTS = {
    "real": real_department(),
    "invented": sample_department(12),
    "mof-2021": with_cost_as_level1(sample_department(5)),
}


def contents(department: Department) -> Department:
    """Without the places of the sheets; without the passages, which say the same in other words.

    Of basic expenditure Part 1 quotes every indicator, but their bases only together.
    """
    return replace(
        department,
        origin=NOWHERE,
        control_total=None,
        passages=(),
        basics=tuple(
            replace(basic, origin=NOWHERE, basis="", goal="", indicators=tuple(map(_row_of_basic, basic.indicators)))
            for basic in department.basics
        ),
        projects=tuple(
            replace(project, origin=NOWHERE, indicators=tuple(map(_row, project.indicators)))
            for project in department.projects
        ),
    )


def _row(row: Indicator) -> Indicator:
    return replace(row, origin=NOWHERE)


def _row_of_basic(row: Indicator) -> Indicator:
    return replace(row, origin=NOWHERE, basis="")


def read(book: Path) -> Department:
    return contents(read_workbook(read_grids(book)).department)


def back_from(document: Path) -> Path:
    return import_document(document, document.with_name("again.xlsx")).workbook


@pytest.mark.parametrize("ending", [".docx", ".txt"])
@pytest.mark.parametrize("department", DEPARTMENTS.values(), ids=DEPARTMENTS)
def test_what_is_exported_is_read_back_the_same(tmp_path: Path, department: Department, ending: str) -> None:
    book, document = written(tmp_path, department), tmp_path / f"文本{ending}"
    assert export_file(book, document, today=TODAY) == ()
    assert read(back_from(document)) == read(book)


@pytest.mark.parametrize("ending", [".docx", ".txt"])
@pytest.mark.parametrize("department", DEPARTMENTS.values(), ids=DEPARTMENTS)
def test_the_parts_of_what_is_exported_agree(tmp_path: Path, department: Department, ending: str) -> None:
    document = tmp_path / f"文本{ending}"
    export_file(written(tmp_path, department), document, today=TODAY)
    outcome = judge_file(back_from(document), today=TODAY)
    assert len(outcome.reading.department.passages) == len(department.projects) + len(department.basics)
    assert [finding.message for finding in outcome.report.findings if finding.code.startswith("JX8")] == []


def test_the_real_text_goes_through_word_and_comes_back_the_same(tmp_path: Path) -> None:
    first = import_document(ROOT / "jixiao" / "sample" / REAL_DOCUMENT, tmp_path / "first.xlsx").workbook
    export_file(first, tmp_path / "文本.docx", today=TODAY)
    assert read(back_from(tmp_path / "文本.docx")) == read(first)


def test_nothing_of_what_is_exported_is_unused_on_the_way_back(tmp_path: Path) -> None:
    document = tmp_path / "文本.docx"
    export_file(written(tmp_path, DEPARTMENTS["invented"]), document, today=TODAY)
    done = import_document(document, tmp_path / "again.xlsx")
    assert [record for record in done.imported.records if record.level.name != "NOTE"] == []
