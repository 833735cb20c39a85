"""How the rules are run: every place of a fault is reported, however the rules are led through the department."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from jixiao.rules.catalogue import RULES
from jixiao.rules.core import Fault, RuleChoices, Settings, Suppression, Text
from jixiao.rules.runner import check
from tests.case_files import TODAY, build_department

_TYPO = ["产出指标", "数量指标", "意见建设数量", "全年收到的意见建设数量", "≥12件", "《某某办法》"]
_ROWS = [_TYPO, [*_TYPO[:3], "意见建设数量", *_TYPO[4:]]]
_TWO_PROJECTS = {"projects": [{"name": "甲项目", "indicators": _ROWS}, {"name": "乙项目", "indicators": _ROWS}]}


def test_a_text_is_reported_at_each_place_where_it_stands() -> None:
    found = check(build_department(_TWO_PROJECTS), RuleChoices(), today=TODAY, codes={"JX903"}).findings
    assert sorted((one.place.sheet, one.project, one.field) for one in found) == [
        (f"project {number} indicator {row}", project, field)
        for number, project in ((1, "甲项目"), (2, "乙项目"))
        for row in (1, 2)
        for field in ("description", "level3")
    ]
    assert {finding.indicator for finding in found} == {"意见建设数量"}


def test_a_rule_on_texts_is_asked_once_for_each_text_of_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Text] = []

    def listen(texts: Iterable[Text], settings: Settings) -> Iterator[Fault]:
        asked.extend(texts)
        return iter(())

    monkeypatch.setitem(RULES, "JX903", replace(RULES["JX903"], check=listen))
    check(build_department(_TWO_PROJECTS), RuleChoices(), today=TODAY, codes={"JX903"})
    assert len(asked) == len(set(asked))
    assert [text.field for text in asked if text.content == "意见建设数量"] == ["level3", "description"]


def test_the_rule_codes_of_one_cell_stand_in_their_order() -> None:
    case = {"project": {"goal": "2022年举办培训12次,12次.意见建设数量意见建设数量"}}
    goal = [
        one.code for one in check(build_department(case), RuleChoices(), today=TODAY).findings if one.field == "goal"
    ]
    assert goal == sorted(goal) and {"JX901", "JX902", "JX903", "JX905"} <= set(goal)


def test_suppressed_findings_stand_in_reading_order() -> None:
    department = build_department(
        {"projects": [{"goal": "按通知执行2022年度任务,12次"}, {"purpose": "用于2021年培训,"}]}
    )
    codes = ("JX905", "JX901")
    hidden = tuple(Suppression(code, "", "", "按上级要求填写", "某某", "2025-12-31") for code in codes)
    report = check(department, RuleChoices(suppressions=hidden), today=date(2024, 10, 15), codes=codes)
    assert report.findings == ()
    assert [(one.finding.place.sheet, one.finding.code) for one in report.suppressed] == [
        (sheet, code) for sheet in ("project 1", "project 2") for code in ("JX901", "JX905")
    ]
