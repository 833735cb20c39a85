"""Which passage speaks of which spending."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.model.money import Money
from jixiao.model.narrative import Passage, Quote
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project
from jixiao.model.value import parse_value
from jixiao.profiles import load_profile
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import RuleChoices
from jixiao.rules.parts.amounts import in_words, step_of
from jixiao.rules.parts.matching import match_parts, may_be_one, plain_name
from jixiao.rules.runner import check

PROFILE = load_profile("hebei")
BETWEEN_THE_PARTS = [code for code in RULES if code.startswith("JX8")]


def project(name: str, yuan: int = 100_000) -> Project:
    return Project(name=name, budget=Money.of_yuan(yuan))


def passage(name: str, yuan: int = 100_000, **fields: object) -> Passage:
    return replace(Passage(name=name, budget=Money.of_yuan(yuan), budget_digits=f"{yuan}元"), **fields)  # type: ignore[arg-type]


def pairs(passages: list[Passage], projects: list[Project], *basics: BasicExpenditure) -> list[tuple[str, str]]:
    department = Department(projects=tuple(projects), basics=basics, passages=tuple(passages))
    return [
        (pair.passage.name if pair.passage else "", pair.spending.name if pair.spending else "")
        for pair in match_parts(department, PROFILE)
    ]


def test_without_passages_there_are_no_pairs() -> None:
    assert pairs([], [project("甲")]) == []


def test_what_one_part_has_alone_stands_alone() -> None:
    assert pairs([passage("图书采购")], [project("道路养护", 70_000)]) == [("图书采购", ""), ("", "道路养护")]


def test_of_several_projects_of_one_name_the_one_with_the_amount_is_meant() -> None:
    department = Department(
        projects=(project("道路养护", 1), project("道路养护", 2), project("道路养护", 3)),
        passages=(passage("道路养护", 3), passage("道路养护", 1), passage("道路养护", 2)),
    )
    matched = match_parts(department, PROFILE)
    assert [pair.spending and pair.spending.budget for pair in matched] == [Money(300), Money(100), Money(200)]


def test_a_basic_passage_is_never_taken_for_a_project_by_its_amount() -> None:
    passages = [passage("人员支出", 115_600, is_basic=True)]
    assert pairs(passages, [project("代表活动", 115_600)], BasicExpenditure(name="人员经费")) == [
        ("人员支出", "人员经费"), ("", "代表活动"),
    ]  # fmt: skip


def test_a_form_for_人员经费_among_the_projects_is_found_by_its_name() -> None:
    assert pairs([passage("人员经费", is_basic=True)], [project("人员经费")]) == [("人员经费", "人员经费")]


def test_a_rounded_amount_that_only_one_project_has_is_enough_with_a_name_in_common() -> None:
    passages = [passage("水利维修", 403_000, budget_digits="40.3万元")]
    assert pairs(passages, [project("水利设施管护", 402_956), project("道路养护", 10)])[0] == (
        "水利维修",
        "水利设施管护",
    )


def test_a_round_amount_alone_makes_no_pair_and_a_telling_one_does() -> None:
    assert pairs([passage("图书采购", 500_000)], [project("道路养护", 500_000)])[0] == ("图书采购", "")
    assert pairs([passage("图书采购", 502_300)], [project("道路养护", 502_300)])[0] == ("图书采购", "道路养护")


def test_the_more_similar_of_two_names_wins_whatever_comes_first() -> None:
    projects = [project("城乡居民医疗救助补助", 1), project("城乡居民医疗救助补", 2)]
    assert pairs([passage("城乡居民医疗救助助", 9), passage("城乡居民医疗救助补助款", 8)], projects) == [
        ("城乡居民医疗救助助", "城乡居民医疗救助补"), ("城乡居民医疗救助补助款", "城乡居民医疗救助补助"),
    ]  # fmt: skip


def test_a_passage_of_two_projects_has_both() -> None:
    department = Department(
        projects=(project("法律援助", 3), project("人民调解", 2)), passages=(passage("法律援助”和“人民调解", 5),)
    )
    (pair,) = match_parts(department, PROFILE)
    assert [spending.name for spending in pair.together] == ["法律援助", "人民调解"]


def test_a_spending_without_a_passage_knows_the_one_that_mentions_it() -> None:
    texts = ["一、法律援助项目", "二、人民调解项目（含师资库 建设）", "三、普法宣传项目"]
    passages = [passage(text[2:6], number, text=text) for number, text in enumerate(texts, 1)]
    projects = [project(one.name, number) for number, one in enumerate(passages, 1)]
    department = Department(projects=(*projects, project("师资库建设", 9)), passages=tuple(passages))
    assert match_parts(department, PROFILE)[-1].beside is passages[1]


@pytest.mark.parametrize(
    ("first", "second", "may"),
    [
        ("河道整治一期", "河道整治二期", False), ("河道整治", "河道整治二期", True), ("市级公路", "县级公路", False),
        ("2023年公路养护", "2024年公路养护", True), ("第1标段", "第2标段", False),
    ],
)  # fmt: skip
def test_phases_numbers_and_levels_of_government_tell_names_apart(first: str, second: str, may: bool) -> None:
    assert may_be_one(first, second) is may_be_one(second, first) is may


def test_names_are_compared_without_punctuation_and_without_项目() -> None:
    assert plain_name("数字 档案（二期）项目") == plain_name("数字档案(二期)")
    assert plain_name("项目") == "项目"


def test_a_thousand_projects_in_another_order_are_all_found() -> None:
    projects = [project(f"第{number}号机井维修改造", 100_000) for number in range(1000)]
    passages = [passage(one.name) for one in projects]
    random.Random(7).shuffle(passages)
    assert all(mine == theirs for mine, theirs in pairs(passages, projects))


def test_the_precision_of_an_amount_is_that_of_its_last_digit() -> None:
    units = PROFILE.words["money_units"]
    steps = {"11.56万元": 100, "40万元": 10_000, "1,268,500元": 1, "３.０万元": 1000, "五万元": 0, "": 0}
    assert {written: step_of(written, units) for written in steps} == steps


def test_an_amount_is_told_in_the_unit_of_the_text() -> None:
    assert in_words(Money.of_yuan("115600"), "11.5万元") == "11.56万元"
    assert in_words(Money.of_yuan("115600"), "115000元") == "115,600.00 元"


PIECES = st.sampled_from(
    ["人大", "代表", "会议", "活动", "经费", "项目", "县", "市", "一期", "二期", "、", "和", "”", "2024年", "1"]
)
NAMES = st.one_of(st.lists(PIECES, max_size=5).map("".join), st.text(max_size=8))
TEXTS = st.one_of(NAMES, st.sampled_from(["≥90%", "满意", "5月底前", "《某办法》", "〔2020〕5号", "依据相关文件确定"]))
AMOUNTS = st.one_of(st.none(), st.integers(0, 10**9).map(Money), st.sampled_from([Money(10**7), Money(11_560_000)]))
PLANS = st.lists(
    st.tuples(st.integers(1, 12), st.one_of(st.none(), st.decimals(-5, 200, places=1))), max_size=4
).map(lambda nodes: SpendPlan(tuple(Node(*node) for node in nodes)))  # fmt: skip
LEVELS = st.sampled_from(["产出指标", "效益", "效果指标", "满意度指标", "成本指标", "数量指标", ""])
ROWS = st.builds(Indicator, LEVELS, LEVELS, TEXTS, TEXTS, TEXTS.map(parse_value), TEXTS)
PROJECTS = st.builds(
    Project, name=NAMES, budget=AMOUNTS, plan=PLANS, indicators=st.lists(ROWS, max_size=3).map(tuple)
)  # fmt: skip
BASICS = st.builds(BasicExpenditure, name=NAMES, budget=AMOUNTS, plan=PLANS, basis=TEXTS)
QUOTES = st.builds(Quote, LEVELS, LEVELS, TEXTS, TEXTS, TEXTS.map(parse_value), TEXTS)
PASSAGES = st.builds(
    Passage, name=NAMES, is_basic=st.booleans(), budget=AMOUNTS, plan=PLANS, basis=TEXTS, text=TEXTS,
    budget_digits=st.sampled_from(["", "10万元", "1.5亿元"]), named_levels=st.lists(LEVELS, max_size=3).map(tuple),
    level_count=st.one_of(st.none(), st.integers(0, 5)), declared_count=st.one_of(st.none(), st.integers(0, 20)),
    declared_of=st.sampled_from(["", "二、三级指标", "二级指标"]), quotes=st.lists(QUOTES, max_size=3).map(tuple),
)  # fmt: skip
DEPARTMENTS = st.builds(
    Department, profile=st.sampled_from(["hebei", "mof-2021"]), projects=st.lists(PROJECTS, max_size=4).map(tuple),
    basics=st.lists(BASICS, max_size=2).map(tuple), passages=st.lists(PASSAGES, max_size=4).map(tuple),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(DEPARTMENTS)
def test_every_passage_and_every_spending_is_in_exactly_one_pair(department: Department) -> None:
    matched = match_parts(department, PROFILE)
    spendings = [one for pair in matched for one in (pair.spending, *pair.together) if one is not None]
    assert [id(pair.passage) for pair in matched if pair.passage] == [id(one) for one in department.passages]
    expected = department.spendings if department.passages else ()
    assert sorted(map(id, spendings)) == sorted(map(id, expected))


@settings(max_examples=150, deadline=None)
@given(DEPARTMENTS)
def test_nothing_a_text_or_a_table_says_makes_a_rule_fail(department: Department) -> None:
    for finding in check(department, RuleChoices(), today=date(2024, 10, 15), codes=BETWEEN_THE_PARTS).findings:
        assert finding.message
        assert finding.advice
