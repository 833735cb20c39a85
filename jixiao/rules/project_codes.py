"""JX1: project codes."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.model.codes import (
    CODE_LENGTH,
    CodeProblem,
    check_character,
    code_problems,
    is_six_digits,
    parse_code,
    plain_code,
    signs_without_check_value,
)
from jixiao.model.fields import field_label
from jixiao.model.records import Department, Project
from jixiao.rules.core import FORM, GOOD_PRACTICE, Case, Fault, On, Settings, Severity, Unjudged, Wording, fault, rule


@rule(
    "JX102",
    "project-code-malformed",
    Severity.ERROR,
    on=On.PROJECT,
    title="项目编码应符合 21 位编码规则",
    source=FORM,
    says="项目编码“{code}”{problems}",
    advice="从预算管理一体化系统复制编码；结构：6 位区划、2 位年份、1 位类别字母、11 位流水号、1 位校验字符",
    variants={"mendable": Wording("项目编码“{code}”{problems}", "改为半角大写、不含空格的“{plain}”")},
    parameters={"kinds": "允许的类别字母（第 9 位）；不填表示任何大写字母"},
    needs=("code",),
    example=Case("13022924P004R281029F（20 位）", "13022924P004R2810292F"),
)
def project_code_malformed(project: Project, settings: Settings) -> Iterator[Fault]:
    """项目编码是预算管理一体化系统中项目的唯一标识，抄错一位就对不上预算。

    结构是依据公开的项目绩效目标表中的真实编码归纳的：第 1-6 位行政区划（数字），第 7-8 位年份（数字），
    第 9 位类别（大写字母），第 10-20 位流水号，第 21 位校验字符，只用半角数字和大写字母。位数不对时无法分段，
    只报位数和不合规的字符。类别字母各地不同，默认不限定。
    """
    code = project.code
    problems = [_problem_text(problem) for problem in code_problems(code)] if code else []
    kinds = settings["kinds"]
    if code and not problems and kinds and code[8] not in kinds:
        problems = [f"第 9 位类别字母“{code[8]}”不是 {'、'.join(kinds)}"]
    if problems:
        plain = plain_code(code)
        listed = "；".join(problems[:3]) + (f"；等共 {len(problems)} 处" if len(problems) > 3 else "")
        variant = "" if code_problems(plain) or plain == code else "mendable"
        yield fault(project, "code", variant, code=code, problems=listed, plain=plain)


def _problem_text(problem: CodeProblem) -> str:
    if problem.kind == "length":
        return f"共 {problem.position} 位，应为 {CODE_LENGTH} 位"
    plain = plain_code(problem.sign)
    what = {
        "blank": "空格，应删去",
        "full-width": f"全角字符“{problem.sign}”，应为半角“{plain}”",
        "lower-case": f"小写字母“{problem.sign}”，应为大写“{plain}”",
        "sign": f"“{problem.sign}”，应为数字或大写字母",
        "region": f"“{problem.sign}”，区划（第 1-6 位）应为数字",
        "year": f"“{problem.sign}”，年份（第 7-8 位）应为数字",
        "kind": f"“{problem.sign}”，类别应为大写字母",
    }[problem.kind]
    return f"第 {problem.position} 位是{what}"


@rule(
    "JX103",
    "project-code-check-character",
    Severity.WARNING,
    on=On.PROJECT,
    title="项目编码的校验字符应相符",
    source=GOOD_PRACTICE,
    says="项目编码“{code}”的末位是“{found}”，按前 20 位推算应为“{expected}”",
    advice="与预算管理一体化系统逐位核对：多为抄错一位或相邻两位颠倒；核对无误的可忽略",
    variants={
        "foreign-letter": Wording(
            "项目编码“{code}”第 {position} 位是字母“{found}”，已知的同类编码不使用字母 I、O、S、V、Z",
            "与预算管理一体化系统逐位核对：可能是数字 1、0、5、2 的误写；核对无误的可忽略",
        )
    },
    parameters={"kinds": "校验的类别字母（第 9 位）"},
    needs=("code",),
    example=Case("13022924P004R2810229F（29 误为 22、92 误为 29）", "13022924P004R2810292F"),
)
def project_code_check_character(project: Project, settings: Settings) -> Iterator[Fault]:
    """末位是前 20 位算出的校验字符，能查出抄错一位和相邻两位颠倒。

    该算法没有公开的文件依据，是从公开的 P 类项目编码（河北、天津，2021-2024 年，15 个全部相符）归纳得出；
    对其他类别不成立（已知一个北京的 T 类编码不符）。因此只校验 P 类，只作警告，也可在校验设置中关闭。
    编码本身不合规则（JX102）时不再校验。
    """
    parts = parse_code(project.code)
    if parts is None or parts.kind not in settings["kinds"]:
        return
    expected = check_character(project.code)
    foreign = signs_without_check_value(project.code)
    if foreign:
        _, position, sign = foreign[0]
        yield fault(project, "code", "foreign-letter", code=project.code, position=position, found=sign)
    elif expected != parts.check:
        yield fault(project, "code", code=project.code, found=parts.check, expected=expected)


@rule(
    "JX104",
    "project-code-year-or-region",
    Severity.WARNING,
    on=On.DEPARTMENT,
    title="项目编码中的年份、区划应与部门一致",
    source=FORM,
    says="项目编码第 7-8 位是“{found}”，预算年度是 {expected} 年",
    advice="核对编码是否属于本年度项目；如是以前年度立项、沿用原编码的延续项目，无需修改",
    variants={
        "region": Wording(
            "项目编码第 1-6 位是“{found}”，部门的行政区划代码是“{expected}”",
            "核对编码是否属于本部门，或改正部门信息中的行政区划代码",
        ),
        "everywhere": Wording(
            "部门信息的“{label}”是 {expected}，全部 {count} 个项目编码里都是“{found}”",
            "核对“{label}”；填写无误的，逐个核对项目编码是否属于本部门、本年度",
        ),
    },
    example=Case("预算年度 2024，编码 13022923P…", "预算年度 2024，编码 13022924P…"),
)
def project_code_year_or_region(department: Department, settings: Settings) -> Iterator[Fault | Unjudged]:
    """把上年或别的地区的编码复制过来，是套用旧表时常见的差错。

    跨年度的延续项目可能沿用立项年度的编码，所以只作警告。所有项目的编码都与部门信息不符而彼此相同时，多半是部门信息填错，
    只在部门信息报一次。编码不合规则（JX102），或部门信息没有年度、区划时不检查。
    """
    yield from (Unjudged(project, "code") for project in department.projects if project.origin.broken("code"))
    coded = [(project, parts) for project in department.projects if (parts := parse_code(project.code))]
    year, region = department.year, department.region
    if year is not None:
        found = [(project, parts.year) for project, parts in coded if parts.year != f"{year % 100:02d}"]
        yield from _part_faults(department, "year", found, len(coded), "")
    if is_six_digits(region):
        found = [(project, parts.region) for project, parts in coded if parts.region != region]
        yield from _part_faults(department, "region", found, len(coded), "region")


def _part_faults(
    department: Department, field: str, differing: list[tuple[Project, str]], count: int, variant: str
) -> Iterator[Fault]:
    """A fault for each code that differs from the department's field; one alone where all differ in the same way."""
    expected = getattr(department, field)
    if len(differing) == count > 1 and len({part for _, part in differing}) == 1:
        label = field_label(field)
        part = differing[0][1]
        yield fault(department, field, "everywhere", label=label, found=part, expected=expected, count=count)
        return
    for project, part in differing:
        yield fault(project, "code", variant, found=part, expected=expected)


@rule(
    "JX105",
    "duplicate-project-code",
    Severity.ERROR,
    on=On.DEPARTMENT,
    title="项目编码不得重复",
    source=FORM,
    says="项目编码“{code}”与{other}的编码相同",
    advice="一个项目一个编码：与预算管理一体化系统核对，改正抄错的一处，或删去重复的表",
    example=Case("两张项目表都填 13022924P004R2810292F", "各填各的编码"),
)
def duplicate_project_code(department: Department, settings: Settings) -> Iterator[Fault]:
    """复制一张表再改内容时，最容易忘记改的就是编码；编码重复会使两个项目的目标落到同一个项目上。

    从第二张起每张重复的表各报一次。比较时不分大小写、全半角和空格；空的编码由 JX101 检查。
    """
    first: dict[str, Project] = {}
    for project in department.projects:
        plain = plain_code(project.code)
        earlier = first.setdefault(plain, project)
        if plain and earlier is not project:
            yield fault(project, "code", code=project.code, other=_where(earlier))


def _where(project: Project) -> str:
    named = f"项目“{project.name}”" if project.name else "另一项目"
    return f"工作表“{project.origin.sheet}”的{named}" if project.origin.sheet else named
