"""JX1: the head of each form: compulsory cells, the unit, the title."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.model.codes import is_six_digits
from jixiao.model.records import Department, Project
from jixiao.model.value import fold
from jixiao.rules.core import FORM, Case, Fault, On, Record, Settings, Severity, Wording, fault, rule
from jixiao.rules.required import cell_faults
from jixiao.rules.titles import contradicts_name


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
        "blank-source": Wording("“{label}”没有填写，按 0.00 计", "确实没有的填 0.00，表明不是漏填", Severity.INFO),
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

    整行空白的指标行不算漏填；合并的一级、二级指标单元格只报一次。其他资金为空，或预算数全是其他资金而
    财政资金为空的，按 0.00 计，只作提示。
    单元格里是错误值、没有结果的公式或日期时，分别说明。指标值由 JX501、金额由 JX205、支出计划由 JX301 检查。
    没有“部门信息”表时不检查部门的单元格。
    """
    return cell_faults(department, tuple(settings["cells"]))


@rule(
    "JX106",
    "unit-code-inconsistent",
    Severity.ERROR,
    on=On.DEPARTMENT,
    title="单位编码、名称应规范并在各表一致",
    source=FORM,
    says="表头的单位是“{found}”，部门信息是“{expected}”",
    advice="改为同一编码和名称；如此表属于别的单位，移到那个单位的工作簿",
    variants={
        "malformed": Wording("单位编码“{found}”不是 6 位数字", "改为 6 位数字：3 位部门＋3 位单位，如 101001"),
        "everywhere": Wording("部门信息的单位是“{expected}”，各项目表表头都是“{found}”", "核对后改为同一编码和名称"),
        "sibling": Wording(
            "表头的单位是“{found}”，部门信息是“{expected}”：部门相同，单位不同",
            "本工作簿包括所属单位的，可忽略；否则改为同一编码和名称",
            Severity.WARNING,
        ),
    },
    example=Case("部门信息 101001，某项目表 101002", "各表都是 101001"),
)
def unit_code_inconsistent(department: Department, settings: Settings) -> Iterator[Fault]:
    """各项目表表头的单位编码和名称应与部门信息相同，否则汇总时会归到别的单位名下。

    比较时不计空格和全半角。表头没有写单位的项目表不比较；部门信息的编码不是 6 位数字的，先改正，不再逐表比较编码。
    编码前 3 位（部门）相同而单位编码和名称都不同的，可能是所属单位，只作警告。各表一致、只与部门信息不同的，只报一次。
    """
    compared = ["unit_code", "unit_name"]
    if department.unit_code and not is_six_digits(department.unit_code):
        yield fault(_unit_holder(department), "unit_code", "malformed", found=department.unit_code)
        compared = ["unit_name"]
    differing = [_unit_fault(project, department, compared) for project in department.projects]
    faults = [found for found in differing if found]
    if len(faults) == len(differing) > 1 and len({found.values["found"] for found in faults}) == 1:
        yield faults[0]._replace(record=department, variant="everywhere")
    else:
        yield from faults


def _unit_fault(project: Project, department: Department, compared: list[str]) -> Fault | None:
    names = [name for name in compared if _differs(getattr(project, name), getattr(department, name))]
    if not names:
        return None
    is_sibling = len(names) > 1 and project.unit_code[:3] == department.unit_code[:3]
    found, expected = ("".join(getattr(record, name) for name in names) for record in (project, department))
    return fault(project, names[0], "sibling" if is_sibling else "", found=found, expected=expected)


def _unit_holder(department: Department) -> Record:
    """Without a sheet of its own the department has its unit from the first project."""
    return department if department.origin.sheet or not department.projects else department.projects[0]


def _differs(stated: str, expected: str) -> bool:
    return bool(stated and expected) and stated != expected and fold(stated) != fold(expected)


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

    比较时不计标题的序号、年度、单位名称和“（项目支出）绩效目标（申报）表”等字样、标点和空格；标题为空或是不含名称的通用标题时不比较。
    年度不符由 JX901 检查。
    """
    if project.title and project.name and contradicts_name(project.title, project.name, project.unit_name):
        yield fault(project, "title", title=project.title, name=project.name)
