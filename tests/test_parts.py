"""Part 1 and Part 2 of whole documents compared: the published one of 2024, and invented ones."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jixiao.model.records import Department
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import RuleChoices, Severity
from jixiao.rules.runner import Finding, check
from jixiao.sample import real_department
from tests.case_files import TODAY, build_department, expectation_of, passage_of

DOCUMENTS = Path(__file__).parent / "documents"
BETWEEN_THE_PARTS = [code for code in RULES if code.startswith("JX8")]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DOCUMENTS / name).read_text("utf-8"))


def published() -> Department:
    entries = read("yutian-2024-passages.toml")["passages"]
    passages = tuple(passage_of(f"passage {number}", entry) for number, entry in enumerate(entries, 1))
    return replace(real_department(), passages=passages)


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return list(check(published(), RuleChoices(), today=TODAY).findings)


def found(findings: list[Finding], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def test_three_of_the_seven_names_differ(findings: list[Finding]) -> None:
    assert [finding.value for finding in found(findings, "JX801")] == [
        "县人大代表订刊", "县人大代表活动", "市县人大代表人大干部履职培训",
    ]  # fmt: skip


def test_every_passage_finds_its_table_and_all_amounts_agree(findings: list[Finding]) -> None:
    assert found(findings, "JX802") == found(findings, "JX803") == []


def test_one_plan_contradicts_its_table(findings: list[Finding]) -> None:
    (finding,) = found(findings, "JX804")
    assert (finding.project, finding.value) == ("县人大代表活动", "20%、40%、80%、100%")
    assert "25%、50%、80%、100%" in finding.message
    assert "第 23 行" in finding.message


def test_all_nine_declared_counts_are_wrong(findings: list[Finding]) -> None:
    counts = found(findings, "JX805")
    assert {finding.value for finding in counts} == {"9"}
    assert len(counts) == 9
    # Nine is the number of 二级 of one project, and basic expenditure has no table that could prove it wrong.
    warned = [finding.project for finding in counts if finding.severity is Severity.WARNING]
    assert warned == ["人员经费", "日常公用经费", "人大专项工作经费"]


def test_every_passage_but_one_writes_效果指标_for_效益指标(findings: list[Finding]) -> None:
    wrong = found(findings, "JX806")
    assert len(wrong) == 8
    assert all("效果指标" in finding.message and finding.project != "人员经费" for finding in wrong)


def test_eighteen_of_the_twenty_one_quotes_differ(findings: list[Finding]) -> None:
    quotes = [quote for passage in published().passages if not passage.is_basic for quote in passage.quotes]
    differing = Counter(finding.place.sheet for finding in found(findings, "JX807"))
    agreeing = [quote.level3 for quote in quotes if quote.origin.sheet not in differing]
    assert len(quotes) == 21
    assert agreeing == ["意见建议采纳率", "培训按时完成情况", "群众满意度"]
    assert set(differing.values()) == {1}


def test_the_finding_names_the_project_as_the_passage_does_with_the_code_of_its_table(findings: list[Finding]) -> None:
    finding = found(findings, "JX801")[0]
    assert (finding.project, finding.project_code) == ("县人大代表订刊", "13022924P004R2810291U")


def test_one_passage_speaks_of_another_year_and_one_repeats_itself(findings: list[Finding]) -> None:
    (year,) = found(findings, "JX901")
    assert (year.project, "2022年" in year.message) == ("代表之家联络站", True)
    (repeat,) = (finding for finding in found(findings, "JX902") if finding.place.sheet.startswith("passage"))
    assert "指标值为" in repeat.message


def test_the_numbers_of_quotes_within_a_passage_are_no_list(findings: list[Finding]) -> None:
    assert [finding for finding in found(findings, "JX904") if finding.place.sheet.startswith("passage")] == []


INVENTED = read("invented-parts.toml")["department"]


@pytest.mark.parametrize("case", INVENTED, ids=[case["says"] for case in INVENTED])
def test_an_invented_document_has_the_planted_contradictions_and_no_more(case: dict[str, Any]) -> None:
    report = check(build_department(case), RuleChoices(), today=TODAY, codes=BETWEEN_THE_PARTS)
    told = [f"{finding.code} {expectation_of(finding, RULES[finding.code].severity)}" for finding in report.findings]
    assert sorted(told) == sorted(case["expect"])
    assert report.unchecked == ()


def test_a_text_without_any_table_is_told_once() -> None:
    report = check(replace(published(), projects=(), basics=()), RuleChoices(), today=TODAY, codes=["JX802"])
    told = [(finding.project, finding.severity) for finding in report.findings]
    assert told == [
        ("人员经费", Severity.WARNING), ("日常公用经费", Severity.WARNING), ("人大会议费", Severity.ERROR),
    ]  # fmt: skip


def test_tables_without_any_text_are_not_compared() -> None:
    report = check(real_department(), RuleChoices(), today=TODAY, codes=BETWEEN_THE_PARTS)
    assert report.findings == report.unchecked == ()
