"""Invented departments of a county, for trials and measurements: any size, always the same for the same seed.

The texts are composed, so that a thousand projects are no copies of twenty; a few projects carry the defects real
documents have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from jixiao.model.codes import check_character
from jixiao.model.money import Money
from jixiao.model.records import BasicExpenditure, Department, Project, Spending
from jixiao.sample.composing import YEAR, compose_project, indicator, plan_of
from jixiao.sample.defects import with_defects
from jixiao.sample.places import COUNTY

_UNIT_CODE = "305001"
_UNIT_NAME = f"{COUNTY}公共事业发展局本级"
_REGION = "130299"  # no region of GB/T 2260
_SERIAL_LETTERS = "ABCDEFGHJKLMNPQRTUWXY"
_SERIALS = 10**7

_STAFF = (
    ("数量", "工资发放月数", f"{COUNTY}公共事业发展局全年按月发放工资的月数", "＝12个月"),
    ("质量", "工资发放准确率", "发放金额无误的人数占发放总人数的比例", "＝100%"),
    ("社会", "社会保险按期缴纳率", "按期缴纳社会保险的人数占应缴纳人数的比例", "＝100%"),
    ("服务对象满意度", "职工满意度", "受访职工中对工资发放表示满意的人数占受访总人数的比例", "≥95%"),
)
_OFFICE = (
    ("数量", "办公用房保障面积", "全年保障供水、供电、供暖的办公用房面积", "≥1860平方米"),
    ("质量", "报修办结率", "已办结的报修件数占报修总件数的比例", "≥95%"),
    ("经济", "人均公用支出", "日常公用经费支出除以在编在职人数", "≤16000元/人"),
    ("服务对象满意度", "干部职工满意度", "受访干部职工中对机关保障表示满意的人数占受访总人数的比例", "≥90%"),
)


def sample_department(projects: int, seed: int = 1) -> Department:
    """A department with this many projects, each with a name and a code of its own.

    The first projects of a larger department are those of a smaller one of the same seed.
    """
    own = _projects(projects, seed)
    basics = _basics(Random(f"{seed} basics"))
    spendings: list[Spending] = [*basics, *own]
    return Department(
        unit_code=_UNIT_CODE,
        unit_name=_UNIT_NAME,
        year=YEAR,
        region=_REGION,
        profile="hebei",
        control_total=_total(spendings),
        overall_goal=_overall_goal(own),
        measures=_MEASURES,
        basics=basics,
        projects=own,
    )


def _projects(count: int, seed: int) -> tuple[Project, ...]:
    projects: list[Project] = []
    names: set[str] = set()
    for number in range(1, count + 1):
        random = Random(f"{seed} project {number}")
        project = _named(with_defects(compose_project(random), random), names)
        names.add(project.name)
        projects.append(
            replace(
                project,
                code=_code(number, seed, random),
                title=f"{number}.{project.name}绩效目标表",
                unit_code=_UNIT_CODE,
                unit_name=_UNIT_NAME,
            )
        )
    return tuple(projects)


def _named(project: Project, taken: set[str]) -> Project:
    """Where the name is taken, this is the second, third … batch of it."""
    name, batch = project.name, 1
    while name in taken:
        batch += 1
        name = f"{project.name}（第{batch}批）"
    return replace(project, name=name)


def _code(number: int, seed: int, random: Random) -> str:
    """Kind P; serials differ because the factor is prime to their number."""
    serial = (number * 17 + seed * 104729) % _SERIALS
    code = f"{_REGION}{YEAR % 100}P00{random.randrange(10)}{random.choice(_SERIAL_LETTERS)}{serial:07d}"
    return f"{code}{check_character(code)}"


def _basics(random: Random) -> tuple[BasicExpenditure, ...]:
    staff = BasicExpenditure(
        name="人员经费",
        budget=Money(random.randrange(420_000_000, 960_000_000)),
        plan=plan_of((25, 50, 83, 100)),
        goal="1.全年按月发放在职人员工资12次；\n2.社会保险按期缴纳率达到100%",
        indicators=tuple(indicator(row, "") for row in _STAFF),
        basis="《中华人民共和国公务员法》《中华人民共和国社会保险法》",
    )
    office = BasicExpenditure(
        name="日常公用经费",
        budget=Money(random.randrange(60_000_000, 150_000_000, 1000)),
        plan=plan_of((25, 55, 80, 100)),
        goal="保障机关全年水、电、暖、通信正常，人均公用支出不超过16000元",
        indicators=tuple(indicator(row, "") for row in _OFFICE),
        basis=f"《{COUNTY}本级日常公用经费定额标准》（青财字〔2023〕18号）",
    )
    return staff, office


def _total(spendings: Iterable[Spending]) -> Money:
    return Money.total(one.budget for one in spendings if one.budget is not None)


def _overall_goal(projects: tuple[Project, ...]) -> str:
    return "\n".join(
        (
            f"按照{COUNTY}年度重点工作安排，{_UNIT_NAME}{YEAR}年组织实施项目{len(projects)}个，预算{_total(projects)}元。",
            "一是完成校舍、道路、水利、文物等工程项目，12月底前全部验收。",
            "二是按标准发放各类补助，金额差错率不超过1%。",
            "三是办好培训、会议和公共服务，服务对象满意度不低于85%。",
        )
    )


_MEASURES = "\n".join(
    (
        "1.建立项目台账，每月10日前通报上月支出进度和指标完成情况。",
        "2.工程项目实行合同管理，按验收结果支付资金，质量保证金不低于3%。",
        "3.补助对象名单在村务公开栏公示不少于7天，接受群众监督。",
        "4.每半年开展一次绩效监控，对偏差超过10%的项目说明原因并调整。",
    )
)
