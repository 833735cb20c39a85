"""JX2: amounts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.fields import field_label
from jixiao.model.money import ZERO, Money
from jixiao.model.records import Department, Project
from jixiao.rules.ceilings import ceilings, may_span_years
from jixiao.rules.core import (
    FORM,
    GOOD_PRACTICE,
    MOF_2015_88,
    Case,
    Fault,
    On,
    Record,
    Settings,
    Severity,
    Unjudged,
    Wording,
    fault,
    rule,
)
from jixiao.rules.totals import contradicting_total, total_words


@rule(
    "JX201",
    "budget-not-sum-of-sources",
    Severity.ERROR,
    on=On.PROJECT,
    title="预算数应等于财政资金与其他资金之和",
    source=FORM,
    says="预算数 {budget} 元，财政资金 {fiscal}＋其他资金 {other}＝{total} 元，比预算数{direction} {difference} 元",
    advice="核对三个数：预算数＝财政资金＋其他资金",
    variants={
        "blank-other": Wording(
            "预算数 {budget} 元，财政资金 {fiscal} 元，{direction} {difference} 元（其他资金没有填写，按 0.00 计）",
            "有其他资金的填上；没有的，预算数应与财政资金相等",
        )
    },
    parameters={"tolerance": "允许的差额（元）"},
    needs=("budget", "fiscal", "other"),
    example=Case(
        "预算数 50000.00，财政资金 40000.00，其他资金 0.00", "预算数 40000.00，财政资金 40000.00，其他资金 0.00"
    ),
)
def budget_not_sum_of_sources(project: Project, settings: Settings) -> Iterator[Fault]:
    """表中财政资金、其他资金是预算数的来源，合计必须等于预算数，一分不差。

    其他资金为空按 0.00 计。预算数或财政资金没有填写时由 JX101 检查，填的不是金额时由 JX205 检查，本条不再比较。
    """
    budget, fiscal, other = project.budget, project.fiscal, project.other
    if budget is None or fiscal is None:
        return
    total = fiscal + (other or ZERO)
    difference = total - budget
    if abs(difference).yuan > Decimal(str(settings["tolerance"])):
        yield fault(
            project, "budget", "blank-other" if other is None else "",
            budget=budget, fiscal=fiscal, other=other, total=total,
            direction="多" if difference > ZERO else "少", difference=abs(difference),
        )  # fmt: skip


@rule(
    "JX202",
    "cost-ceiling-above-budget",
    Severity.ERROR,
    on=On.PROJECT,
    title="成本指标的金额不得高于预算数",
    source=MOF_2015_88,
    says="成本指标“{stated}”即 {amount} 元，高于预算数 {budget} 元，多 {excess} 元",
    advice="改为不超过 {budget_in_unit}{unit}，或核对预算数",
    variants={
        "more-years": Wording(
            "成本指标“{stated}”即 {amount} 元，高于预算数 {budget} 元；用途或目标中还提到其他年度或其他来源的资金",
            "如是项目的总投资，在名称或描述中写明“总投资”；如是本年支出，改为不超过 {budget_in_unit}{unit}",
            Severity.WARNING,
        )
    },
    needs=("budget",),
    example=Case("预算数 300000.00，成本控制 ≤30.03万元", "预算数 300000.00，成本控制 ≤30万元"),
)
def cost_ceiling_above_budget(project: Project, settings: Settings) -> Iterator[Fault]:
    """成本指标约束的是花多少钱完成任务，上限高于预算数等于没有约束，也说明预算调整后指标没有跟着改。

    单位按元、千元、万元、亿元等精确换算后比较。只看成本指标中的项目总额：带“每”“人均”“单价”“标准”等字样的单位
    成本，总投资、概算、多年累计等不限于本年的金额，以及希望越高越好（≥、＞）的金额，都不比较；预算数为 0
    （只用结转资金）的也不比较。项目名称、用途或目标提到结转、分年、以前年度或上级、债券等其他资金的，只作警告。
    绩效目标应当与预算相匹配是办法的要求；本条的算法是对这一要求的具体化。
    """
    if not project.budget:
        return
    variant = "more-years" if may_span_years(project, settings) else ""
    for indicator, yuan, unit in ceilings(project, settings):
        budget = project.budget.yuan
        if yuan > budget:
            yield fault(
                indicator, "value", variant, stated=indicator.value.text, amount=f"{yuan:,.2f}", budget=project.budget,
                excess=f"{yuan - budget:,.2f}", budget_in_unit=_in_unit(budget, unit, settings), unit=unit,
            )  # fmt: skip


def _in_unit(yuan: Decimal, unit: str, settings: Settings) -> str:
    """300000 in 万元 is 30."""
    number = f"{yuan / settings.words('money_units')[unit]:f}"
    return number.rstrip("0").rstrip(".") if "." in number else number


@rule(
    "JX203",
    "money-unit-differs",
    Severity.INFO,
    on=On.PROJECT,
    title="成本指标的金额单位宜与表头一致",
    source=FORM,
    says="成本指标“{stated}”以“{unit}”为单位，本表的金额单位是“{declared}”",
    advice="可改写为 {mended}{declared}，便于与预算数核对",
    variants={
        "above-budget": Wording(
            "成本指标“{stated}”以“{unit}”为单位，本表的金额单位是“{declared}”",
            "金额高于预算数（见 JX202），改正时一并换成以“{declared}”为单位",
        )
    },
    example=Case("单位：元；成本控制 ≤30万元", "单位：元；成本控制 ≤300000元"),
)
def money_unit_differs(project: Project, settings: Settings) -> Iterator[Fault]:
    """同一张表里元与万元混用，是金额错一万倍的主要原因。

    只看成本指标中的项目总额；单位成本（元/人等）不在此列。只作提示。
    """
    declared = project.money_unit
    if declared not in settings.words("money_units"):
        return
    for indicator, yuan, unit in ceilings(project, settings):
        if unit != declared:
            operator = indicator.value.operator or ""
            above = bool(project.budget and yuan > project.budget.yuan)
            yield fault(
                indicator, "value", "above-budget" if above else "", stated=indicator.value.text,
                unit=unit, declared=declared, mended=f"{operator}{_in_unit(yuan, declared, settings)}",
            )  # fmt: skip


@rule(
    "JX204",
    "amount-in-text-differs",
    Severity.WARNING,
    on=On.PROJECT,
    title="文字中的项目总金额应与预算数一致",
    source=GOOD_PRACTICE,
    says="“{label}”中写的项目金额是 {stated}，预算数是 {budget} 元",
    advice="改为同一金额；如文字所指不是项目的全部预算，写明“其中”",
    needs=("budget",),
    example=Case(
        "预算数 60000.00；用途：申请项目经费5万元，用于……", "预算数 50000.00；用途：申请项目经费5万元，用于……"
    ),
)
def amount_in_text_differs(project: Project, settings: Settings) -> Iterator[Fault]:
    """预算调整以后，用途和绩效目标里的金额常常忘记改。

    只认明确指项目全部预算的写法，如“申请项目经费5万元”“项目总投资8万元”“预算安排40万元”“共需5万元”。
    “其中……”的分项、单价和标准、“约”“左右”等概数、其他年度或自筹配套资金，以及同一段文字里有几个不同总额的，
    都不比较。写到小数的金额按四舍五入比较；与财政资金相符的也视为一致。
    """
    if project.budget is None:
        return
    words, year = total_words(settings.profile), settings.department.year
    also = [project.fiscal.yuan] if project.fiscal else []
    for name in ("purpose", "goal"):
        found = contradicting_total(getattr(project, name), project.budget.yuan, also, year, words)
        if found:
            yield fault(project, name, label=field_label(name), stated=found.shown, budget=project.budget)


_AMOUNTS = ("budget", "fiscal", "other", "control_total")
_NOT_AMOUNT: dict[str, Wording] = {
    "error": Wording("“{label}”单元格是错误值 {shown}", "公式引用的内容已被删除或改动：改正公式，或直接填数字"),
    "uncalculated": Wording(
        "“{label}”单元格是公式，文件中没有保存它的计算结果",
        "用 Excel 或 WPS 打开，等公式计算完成后保存，再重新校验",
    ),
    "text": Wording("“{label}”填的“{shown}”不是数字", "只填数字，不写文字和单位；本表以{unit}为单位，如 40000.00"),
    "date": Wording("“{label}”单元格是日期 {shown}，不是金额", "把单元格格式改为“数值”，两位小数，再重新填数字"),
    "negative": Wording("“{label}”填的 {shown} 是负数", "预算金额不能小于 0：改为正数或 0.00"),
    "decimals": Wording("“{label}”填的 {shown} 超过两位小数", "金额以分为最小单位：四舍五入到两位小数后重新填写"),
    "too-large": Wording("“{label}”填的 {shown} 大得不合情理", "核对是否多打了数字，或把元当成了万元"),
    "number-as-text": Wording(
        "“{label}”填的“{shown}”是文本格式的数字，已按数字读取，但表中的公式不会计入它",
        "把单元格格式改为“数值”后重新输入",
        Severity.WARNING,
    ),
}


@rule(
    "JX205",
    "amount-not-valid",
    Severity.ERROR,
    on=On.DEPARTMENT,
    title="金额应是不小于 0、最多两位小数的数字",
    source=FORM,
    says="“{label}”填的“{shown}”不是有效的金额",
    advice="填不小于 0、最多两位小数的数字，如 40000.00",
    variants=_NOT_AMOUNT,
    example=Case("预算数：4万元", "预算数：40000.00"),
)
def amount_not_valid(department: Department, settings: Settings) -> Iterator[Fault]:
    """金额不是数字，合计、曲线和各项核对就都算不出来，相关规则会显示为“未校验”。

    检查预算数、财政资金、其他资金、基本支出的预算数和预算控制数，按错误值、没有结果的公式、文字、日期、负数、
    小数过多、过大分别说明。文本格式的数字能读懂，只作警告。没有填写的由 JX101 检查。
    """
    records: tuple[Record, ...] = (department, *department.spendings)
    for record in records:
        if record.origin.defects:
            yield from _amount_faults(record)


def _amount_faults(record: Record) -> Iterator[Fault]:
    for name in _AMOUNTS:
        defect = record.origin.defects.get(name)
        if defect:
            variant = defect.kind if defect.kind in _NOT_AMOUNT else ""
            unit = getattr(record, "money_unit", "元")
            yield fault(record, name, variant, label=field_label(name), shown=defect.shown, unit=unit)


@rule(
    "JX206",
    "department-total-differs",
    Severity.ERROR,
    on=On.DEPARTMENT,
    title="项目支出与基本支出合计应等于预算控制数",
    source=FORM,
    says="项目支出 {projects}＋基本支出 {basics}＝{total} 元，比预算控制数 {control} 元{direction} {difference} 元",
    advice="核对是否漏填或重复填了项目、人员经费、日常公用经费，或改正预算控制数",
    needs=("control_total",),
    example=Case("控制数 7015904.46，各项合计 7115904.46", "控制数 7015904.46，各项合计 7015904.46"),
)
def department_total_differs(department: Department, settings: Settings) -> Iterator[Fault | Unjudged]:
    """部门预算由人员经费、日常公用经费和各项目组成，合计应与下达的控制数一分不差。

    没有填写控制数时不检查；控制数正好是扣除其他资金后的合计的，视为只控制财政资金。有预算数没有填写的，先按 JX101
    补齐；有预算数无法读取的，显示为“未校验”。
    """
    control, spendings = department.control_total, department.spendings
    if control is None:
        return
    broken = [spending for spending in spendings if spending.origin.broken("budget")]
    if broken or any(spending.budget is None for spending in spendings):
        yield from (Unjudged(spending, "budget") for spending in broken)
        return
    projects = Money.total(project.budget for project in department.projects if project.budget)
    basics = Money.total(basic.budget for basic in department.basics if basic.budget)
    difference = projects + basics - control
    others = Money.total(project.other for project in department.projects if project.other)
    if difference and difference != others:
        yield fault(
            department, "control_total", projects=projects, basics=basics, total=projects + basics, control=control,
            direction="多" if difference > ZERO else "少", difference=abs(difference),
        )  # fmt: skip
