"""The real department word for word, and invented departments of any size."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from jixiao.curves import DepartmentCurves, department_curves
from jixiao.model.codes import check_character, parse_code
from jixiao.model.money import HUNDRED, ZERO, Money
from jixiao.model.records import Department, Project
from jixiao.model.value import Kind
from jixiao.profiles import load_profile
from jixiao.sample import real_department, sample_department
from jixiao.sample.composing import compose_project

NODES = (3, 6, 10, 12)
REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def real() -> Department:
    return real_department()


@pytest.fixture(scope="module")
def curves(real: Department) -> DepartmentCurves:
    return department_curves(real, NODES)


@pytest.fixture(scope="module")
def thousand() -> Department:
    return sample_department(1000)


def rows(project: Project) -> list[tuple[str, str, str]]:
    return [(row.level3, row.description, row.value.text) for row in project.indicators]


# The real department


def test_the_seven_real_projects_and_the_department_have_their_published_totals(curves: DepartmentCurves) -> None:
    assert curves.projects_total.budget == Money.of_yuan("1122600.00")
    assert curves.department.budget == Money.of_yuan("7015904.46")
    assert curves.excluded == ()


def test_the_real_plan_has_its_published_amounts(curves: DepartmentCurves) -> None:
    projects = [str(node.amount) for node in curves.projects_total.nodes]
    everything = [str(node.amount) for node in curves.department.nodes]
    assert projects == ["237,800.00", "591,300.00", "878,880.00", "1,122,600.00"]
    assert everything == ["1,711,126.12", "3,581,925.23", "5,298,858.35", "7,015,904.46"]


def test_the_real_projects_stand_in_the_order_of_the_document(real: Department) -> None:
    assert [(project.name, str(project.budget), len(project.indicators)) for project in real.projects] == [
        ("代表之家联络站", "40,000.00", 8),
        ("人大代表订刊", "117,000.00", 8),
        ("人大代表活动", "115,600.00", 8),
        ("人大研究会", "50,000.00", 8),
        ("人大专项工作经费", "100,000.00", 10),
        ("人大会议费", "400,000.00", 8),
        ("市县人大代表人大干部履职培训经费", "300,000.00", 8),
    ]


def test_every_real_project_code_ends_in_its_check_character(real: Department) -> None:
    for project in real.projects:
        code = parse_code(project.code)
        assert code is not None
        assert (code.region, code.year, code.kind) == (real.region, "24", "P")
        assert code.check == check_character(project.code)


def test_real_amounts_add_up_and_titles_bear_the_names(real: Department) -> None:
    for number, project in enumerate(real.projects, 1):
        assert project.fiscal == project.budget
        assert project.other is None
        assert project.title == f"{number}.{project.name}绩效目标表"
        assert (project.unit_code, project.unit_name) == (real.unit_code, real.unit_name)


def test_real_texts_keep_their_errors(real: Department) -> None:
    first, *_, last = real.projects
    assert first.goal == "1.高质量组织代表培训学习，提高代表履职能力."
    assert last.indicators[3].value.text == "≤30.03万元"
    assert [row.level2 for row in first.indicators[1:4]] == ["质量指标", "成本指标", "时效指标"]
    assert "支出内容,是我单位" in real.measures
    assert "bookmark" not in real.overall_goal + real.measures
    assert (real.overall_goal.count("\n"), real.measures.count("\n")) == (4, 5)


def test_both_kinds_of_real_basic_expenditure_quote_what_part_one_says(real: Department) -> None:
    staff, office = real.basics
    assert [(basic.name, str(basic.budget)) for basic in real.basics] == [
        ("人员经费", "5,013,844.46"),
        ("日常公用经费", "879,460.00"),
    ]
    assert [tuple(map(int, filter(None, basic.plan.shares))) for basic in real.basics] == [
        (25, 50, 75, 100),
        (25, 55, 75, 100),
    ]
    assert [row.value.text for row in staff.indicators] == ["全覆盖", "正常运转", ">＝95%"]
    assert [row.level2 for row in office.indicators] == ["质量指标", "经济效益", "服务对象满意度"]
    assert {basic.basis for basic in real.basics} == {"相关政策文件规定"}


# Invented departments


@pytest.mark.parametrize("count", [0, 1, 300])
def test_an_invented_department_has_as_many_projects_as_wanted(count: int) -> None:
    department = sample_department(count)
    assert len(department.projects) == count
    curves = department_curves(department, NODES)
    assert curves.excluded == ()
    assert curves.department.budget == department.control_total


def test_the_same_seed_gives_the_same_department_and_another_seed_another() -> None:
    assert sample_department(20) == sample_department(20, seed=1)
    assert sample_department(20).projects != sample_department(20, seed=2).projects


def test_a_larger_department_begins_with_the_smaller_one() -> None:
    assert sample_department(30).projects[:10] == sample_department(10).projects


def test_an_invented_department_does_not_hang_on_the_seed_of_hashes() -> None:
    program = "from jixiao.sample import sample_department; print(ascii(sample_department(40)))"
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "77")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].decode() == ascii(sample_department(40)) + os.linesep


def test_names_and_codes_are_unique_and_names_fit_a_sheet() -> None:
    projects = sample_department(2000).projects
    assert len({project.name for project in projects}) == len({project.code for project in projects}) == 2000
    assert max(len(project.name) for project in projects) <= 31
    assert not any(sign in project.name for project in projects for sign in "[]:*?/\\'")


def test_every_invented_code_belongs_to_the_department_and_checks(thousand: Department) -> None:
    for project in thousand.projects:
        code = parse_code(project.code)
        assert code is not None
        assert (code.region, code.year, code.kind) == (thousand.region, str(thousand.year)[2:], "P")
        assert code.check == check_character(project.code)


def test_invented_amounts_and_plans_are_sound(thousand: Department) -> None:
    for project in thousand.projects:
        assert project.budget is not None and project.fiscal is not None and project.other is not None
        assert project.budget == project.fiscal + project.other
        assert project.fiscal > ZERO
        assert project.plan.is_usable
        assert project.plan.months == NODES
        assert project.plan.shares[-1] == HUNDRED


def test_invented_indicators_fill_the_form_in_its_order(thousand: Department) -> None:
    profile = load_profile(thousand.profile)
    order = profile.level2_order
    for project in thousand.projects:
        levels = [row.level2 for row in project.indicators]
        assert 8 <= len(levels) <= 12
        assert levels == sorted(levels, key=order.index)
        assert set(profile.required_level2) <= set(levels)
        assert all(row.level2 in profile.levels[row.level1] for row in project.indicators)
        assert {row.level1 for row in project.indicators} == set(profile.required_level1)
        assert all((row.level3, row.description, row.value.text, row.basis) for row in project.indicators)


def test_a_thousand_projects_are_no_copies_of_a_few(thousand: Department) -> None:
    indicators = [row for project in thousand.projects for row in rows(project)]
    assert len(set(indicators)) > 0.9 * len(indicators)
    assert len({project.purpose for project in thousand.projects}) > 900
    assert len({project.goal for project in thousand.projects}) > 900
    assert len({project.budget for project in thousand.projects}) > 500


def defects_of(project: Project) -> set[str]:
    """The kinds of defect a project shows, seen without any rule."""
    numbers = [row for row in project.indicators if row.value.kind is Kind.NUMBER]
    first_share = project.plan.shares[0]
    shown = {
        "operator spelled otherwise": any(not row.value.operator_is_standard for row in numbers),
        "number without operator": any(row.value.operator is None for row in numbers),
        "number without unit": any(not row.value.unit for row in numbers),
        "satisfied in a word": any(row.value.text == "满意" for row in project.indicators),
        "stock phrase": any(row.level3 == "促进地方经济发展" for row in project.indicators),
        "name as description": any(row.level3 == row.description for row in project.indicators),
        "basis that names nothing": any("《" not in row.basis for row in project.indicators),
        "ceiling above budget": any(row.value.unit == "万元" for row in numbers),
        "behind time": first_share is not None and first_share < 15,
        "vague goal": "进一步" in project.goal,
    }
    return {name for name, is_shown in shown.items() if is_shown}


def test_the_defects_of_real_documents_are_met_at_a_low_rate(thousand: Department) -> None:
    found = Counter(name for project in thousand.projects for name in defects_of(project))
    assert len(found) == 10
    assert all(10 <= count <= 80 for count in found.values()), found
    assert sum(not defects_of(project) for project in thousand.projects) > 600


def test_a_cost_ceiling_given_in_ten_thousands_lies_above_the_budget(thousand: Department) -> None:
    for project in thousand.projects:
        for row in project.indicators:
            if row.value.unit == "万元":
                assert row.value.number is not None and project.budget is not None
                assert Money.of_yuan(row.value.number * 10_000) > project.budget


def test_a_project_has_no_defect_before_one_is_put_in() -> None:
    composed = [compose_project(Random(number)) for number in range(500)]
    assert [defects_of(project) for project in composed] == [set()] * 500


def test_the_cost_and_the_goal_of_a_project_agree_with_its_budget() -> None:
    for number in range(500):
        project = compose_project(Random(number))
        totals = [row.value.number for row in project.indicators if row.level3.endswith("总成本")]
        assert project.budget is not None
        assert totals in ([], [project.budget.yuan])
        if stated := re.search(r"申请项目经费([0-9.]+)万元", project.purpose):
            assert Decimal(stated[1]) * 10_000 == project.budget.yuan
