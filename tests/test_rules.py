"""Every rule on cases a reviewer can read, and the catalogue as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from jixiao.rules.catalogue import RULES
from tests.case_files import load_cases, outcome, report_of

CASES = load_cases()


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_the_rule_finds_what_the_case_expects_and_no_more(case: dict[str, Any]) -> None:
    found, unchecked = outcome(case)
    assert sorted(found) == sorted(case["expect"])
    assert unchecked == case.get("unchecked", [])


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_passing_and_a_failing_case(code: str) -> None:
    expectations = [bool(case["expect"]) for _, case in CASES if case["rule"] == code]
    assert set(expectations) == {True, False}


def test_the_faultless_department_of_the_cases_is_faultless() -> None:
    assert [f"{finding.code} {finding.message}" for finding in report_of({}).findings] == []


def test_a_faultless_passage_on_it_is_faultless_too() -> None:
    case = {"passages": [{}, {"basic": True}], "basic": {}}
    assert [f"{finding.code} {finding.message}" for finding in report_of(case).findings] == []
