"""The published document of 2024: every finding on it, and what must stay silent.

After a wanted change: python -m tests.test_real_document
"""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from jixiao.curves import DepartmentCurves
from jixiao.importing import built_workbook
from jixiao.judging import Outcome, judge
from jixiao.sample import REAL_DOCUMENT, real_import
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.layout import Kind

GOLDEN = Path(__file__).parent / "golden" / "yutian-2024.tsv"
TODAY = date(2024, 10, 15)
SILENT = ("JX102", "JX103", "JX104", "JX105", "JX106", "JX201", "JX205", "JX301", "JX302", "JX303", "JX304", "JX401")
SILENT_IN_PROJECTS = ("JX403", "JX501")


def judged(folder: Path) -> Outcome:
    path = folder / "book.xlsx"
    built_workbook(REAL_DOCUMENT, real_import()).save(path)
    return judge(read_grids(path), today=TODAY)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return judged(tmp_path_factory.mktemp("real"))


def as_table(outcome: Outcome) -> str:
    lines = [
        "\t".join((f.place.sheet, f.place.a1, f.severity.value, f.code, f.value.replace("\n", "⏎"), f.message))
        for f in outcome.report.findings
    ]
    return "\n".join(lines) + "\n"


def test_every_finding_is_as_reviewed(outcome: Outcome) -> None:
    assert as_table(outcome) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("code", SILENT)
def test_negative_controls_stay_silent(outcome: Outcome, code: str) -> None:
    assert [f.message for f in outcome.report.findings if f.code == code] == []


@pytest.mark.parametrize("code", SILENT_IN_PROJECTS)
def test_negative_controls_of_the_tables_stay_silent(outcome: Outcome, code: str) -> None:
    assert [f.message for f in outcome.report.findings if f.code == code and f.project_code] == []


def test_a_year_in_a_document_number_is_no_foreign_year(outcome: Outcome) -> None:
    years = [f.message for f in outcome.report.findings if f.code == "JX901"]
    assert len(years) == 1
    assert "写的是2022年" in years[0]


def test_nothing_of_it_is_left_unchecked(outcome: Outcome) -> None:
    assert outcome.report.unchecked == ()


def found(outcome: Outcome, code: str, value: str) -> list[str]:
    return [f"{f.place.sheet}!{f.place.a1}" for f in outcome.report.findings if (f.code, f.value) == (code, value)]


def test_the_defects_a_reviewer_would_send_back_are_found(outcome: Outcome) -> None:
    assert found(outcome, "JX202", "≤30.03万元") == ["市县人大代表人大干部履职培训经费!F14"]
    assert found(outcome, "JX503", "200") == ["人大专项工作经费!F17"]
    projects = [place for place in found(outcome, "JX508", "满意") if not place.startswith("基本支出")]
    assert projects == ["人大代表订刊!F18", "人大专项工作经费!F19", "人大专项工作经费!F20"]


def test_the_contradictions_between_the_parts_are_found_with_both_places(outcome: Outcome) -> None:
    between = [f for f in outcome.report.findings if f.code.startswith("JX8")]
    counts = Counter(f.code for f in between)
    assert {code: counts[code] for code in ("JX801", "JX802", "JX803", "JX804", "JX805", "JX807")} == {
        "JX801": 3, "JX802": 0, "JX803": 0, "JX804": 1, "JX805": 9, "JX807": 18,
    }  # fmt: skip
    assert {f.place.sheet for f in between} == {Kind.NARRATIVE.value}
    plan = next(f.message for f in between if f.code == "JX804")
    assert all(said in plan for said in ("第 23 行", "20%、40%、80%、100%", "表（C8）", "25%、50%、80%、100%"))


@pytest.fixture(scope="module")
def curves(outcome: Outcome) -> DepartmentCurves:
    return outcome.curves


def test_the_department_s_curve_is_exact(curves: DepartmentCurves) -> None:
    assert [str(node.amount) for node in curves.projects_total.nodes] == [
        "237,800.00", "591,300.00", "878,880.00", "1,122,600.00",
    ]  # fmt: skip
    assert [str(node.amount) for node in curves.department.nodes] == [
        "1,711,126.12", "3,581,925.23", "5,298,858.35", "7,015,904.46",
    ]  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.write_text(as_table(judged(Path(folder))), "utf-8")
