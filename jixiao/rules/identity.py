"""JX1: the head of each form: compulsory cells, codes, names."""

from __future__ import annotations

import re
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
from jixiao.model.records import Department, Project
from jixiao.model.value import fold
from jixiao.rules.core import (
    FORM,
    GOOD_PRACTICE,
    Case,
    Fault,
    On,
    Record,
    Settings,
    Severity,
    Wording,
    fault,
    rule,
)
from jixiao.rules.required import cell_faults


@rule(
    "JX101",
    "required-cell-empty",
    Severity.ERROR,
    on=On.DEPARTMENT,
    title="必填单元格不得为空",
    source=FORM,
    says="“{label}”没有填写",
    advice="{hint}",
    variants={
        "blank-other": Wording("“其他资金”没有填写，按 0.00 计", "没有其他资金的填 0.00，表明不是漏填", Severity.INFO),
        "error": Wording("“{label}”单元格是错误值 {shown}", "公式引用的内容已被删除或改动：改正公式，或直接输入内容"),
        "uncalculated": Wording(
            "“{label}”单元格是公式，文件中没有保存它的计算结果",
            "用 Excel 或 WPS 打开，等公式计算完成后保存，再重新校验",
        ),
        "date": Wording("“{label}”单元格是日期 {shown}，此处不是填日期的地方", "把单元格格式设为“文本”后重新输入内容"),
        "unknown": Wording("“{label}”填的“{shown}”无法识别", "{hint}"),
    },
    parameters={"cells": "必填的单元格，写作“表.项目”，如“项目.用途”；可写的表：部门、项目、基本支出、指标"},
    example=Case("绩效目标：（空）", "绩效目标：全年举办培训 12 次，合格率不低于 90%"),
)
def required_cell_empty(department: Department, settings: Settings) -> Iterator[Fault]:
    """表格中的必填项缺一项，预算管理一体化系统就无法提交，而且系统遇到第一处就停；这里一次列出全部空格。

    整行空白的指标行不算漏填；合并的一级、二级指标单元格只报一次。其他资金为空按 0.00 计，只作提示。
    单元格里是错误值、没有结果的公式或日期时，分别说明。指标值由 JX501、金额由 JX205、支出计划由 JX301 检查。
    没有“部门信息”表时不检查部门的单元格。
    """
    return cell_faults(department, tuple(settings["cells"]))


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
    on=On.PROJECT,
    title="项目编码中的年份、区划应与部门一致",
    source=FORM,
    says="项目编码第 7-8 位是“{found}”，预算年度是 {expected} 年",
    advice="核对编码是否属于本年度项目；如是以前年度立项、沿用原编码的延续项目，无需修改",
    variants={
        "region": Wording(
            "项目编码第 1-6 位是“{found}”，部门的行政区划代码是“{expected}”",
            "核对编码是否属于本部门，或改正部门信息中的行政区划代码",
        )
    },
    needs=("code",),
    example=Case("预算年度 2024，编码 13022923P…", "预算年度 2024，编码 13022924P…"),
)
def project_code_year_or_region(project: Project, settings: Settings) -> Iterator[Fault]:
    """把上年或别的地区的编码复制过来，是套用旧表时常见的差错。

    跨年度的延续项目可能沿用立项年度的编码，所以只作警告。编码不合规则（JX102），或部门信息没有年度、区划时不检查。
    """
    parts = parse_code(project.code)
    if parts is None:
        return
    year, region = settings.department.year, settings.department.region
    if year is not None and parts.year != f"{year % 100:02d}":
        yield fault(project, "code", found=parts.year, expected=year)
    if is_six_digits(region) and parts.region != region:
        yield fault(project, "code", "region", found=parts.region, expected=region)


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


@rule(
    "JX106",
    "unit-code-inconsistent",
    Severity.ERROR,
    on=On.DEPARTMENT,
    title="单位编码、名称应规范并在各表一致",
    source=FORM,
    says="表头的单位是“{found}”，部门信息是“{expected}”",
    advice="改为同一编码和名称；如此表属于别的单位，移到那个单位的工作簿",
    variants={"malformed": Wording("单位编码“{found}”不是 6 位数字", "改为 6 位数字：3 位部门＋3 位单位，如 101001")},
    example=Case("部门信息 101001，某项目表 101002", "各表都是 101001"),
)
def unit_code_inconsistent(department: Department, settings: Settings) -> Iterator[Fault]:
    """各项目表表头的单位编码和名称应与部门信息相同，否则汇总时会归到别的单位名下。

    比较时不计空格和全半角。表头没有写单位的项目表不比较。
    """
    if department.unit_code and not is_six_digits(department.unit_code):
        yield fault(_unit_holder(department), "unit_code", "malformed", found=department.unit_code)
    for project in department.projects:
        differing = [
            name for name in ("unit_code", "unit_name") if _differs(getattr(project, name), getattr(department, name))
        ]
        if differing:
            yield fault(
                project, differing[0],
                found="".join(getattr(project, name) for name in differing),
                expected="".join(getattr(department, name) for name in differing),
            )  # fmt: skip


def _unit_holder(department: Department) -> Record:
    """Without a sheet of its own the department has its unit from the first project."""
    return department if department.origin.sheet or not department.projects else department.projects[0]


def _differs(stated: str, expected: str) -> bool:
    return bool(stated and expected) and stated != expected and fold(stated) != fold(expected)


_TITLE_NUMBER = re.compile(r"^(?:\(?\d{1,5}\)|\d{1,5}[.、,]|[一二三四五六七八九十]{1,3}、)")
_TITLE_YEAR = re.compile(r"^\d{4}年度?")
_TITLE_SUFFIX = re.compile(r"绩效目标(?:申报)?表$")
_GENERIC_TITLE = re.compile(r"(?:部门)?(?:预算)?(?:项目)?(?:支出)?")
_KIND_WORD = re.compile(r"(?:项目支出|项目)$")
_QUOTES = str.maketrans("", "", '“”"「」')


@rule(
    "JX107",
    "sheet-title-differs",
    Severity.WARNING,
    on=On.PROJECT,
    title="表标题应与项目名称一致",
    source=FORM,
    says="表标题是“{title}”，项目名称是“{name}”",
    advice="改为同一名称：标题写作“{name}绩效目标表”，或改正项目名称",
    needs=("title", "name"),
    example=Case("标题“人大会议费绩效目标表”，名称“人大研究会”", "标题“人大研究会绩效目标表”，名称“人大研究会”"),
)
def sheet_title_differs(project: Project, settings: Settings) -> Iterator[Fault]:
    """标题与名称不一致，往往是套用了别的项目的表而没有改全。

    比较时不计标题的序号、年度和“（项目）绩效目标表”字样、引号和空格；标题为空或是不含名称的通用标题时不比较。
    """
    if not (project.title and project.name):
        return
    title = _bare(project.title)
    stems = {_TITLE_SUFFIX.sub("", form) for form in (title, _TITLE_NUMBER.sub("", title))}
    stems |= {_TITLE_YEAR.sub("", stem) for stem in stems}
    if any(_GENERIC_TITLE.fullmatch(stem) for stem in stems):
        return
    name = _bare(project.name)
    names = {_KIND_WORD.sub("", form) for form in (name, _TITLE_YEAR.sub("", name))}
    if names.isdisjoint(_KIND_WORD.sub("", stem) for stem in stems):
        yield fault(project, "title", title=project.title, name=project.name)


def _bare(text: str) -> str:
    return fold(text).translate(_QUOTES)
