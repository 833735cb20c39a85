"""JX4: the indicator framework of a project: which 一级 and 二级 it has, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jixiao.model.records import Indicator, Project, Spending
from jixiao.model.value import Kind
from jixiao.profiles import PROFILES, Profile, load_profile
from jixiao.rules.core import (
    FORM,
    GOOD_PRACTICE,
    MOF_2015_88,
    MOF_2021_101,
    Case,
    Fault,
    On,
    Settings,
    Severity,
    Wording,
    fault,
    rule,
)
from jixiao.rules.levels import Taxonomy, bare, stem, taxonomy_of
from jixiao.rules.required import has_content

_FRAMEWORK = f"{MOF_2015_88}；{MOF_2021_101}"


def _indicators(spending: Spending) -> list[Indicator]:
    """The rows with an indicator in them."""
    return [indicator for indicator in spending.indicators if has_content(indicator)]


@rule(
    "JX401",
    "level1-missing",
    Severity.ERROR,
    on=On.PROJECT,
    title="每个必设的一级指标下应有指标",
    source=_FRAMEWORK,
    says="缺少一级指标“{level1}”：本表没有任何一行属于它",
    advice="至少补一条“{level1}”下的指标，二级指标可选：{level2s}",
    variants={
        "none": Wording("没有填写任何绩效指标", "逐行填写绩效指标，至少包括：{level1}"),
        "by-name": Wording(
            "“{name}”像是工程、修缮或购置项目，没有一级指标“{level1}”",
            "补一条“{level1}”下的指标，二级指标可选：{level2s}；不是这类项目的可忽略",
            Severity.WARNING,
        ),
    },
    example=Case("只有产出指标、效益指标", "产出指标、效益指标、满意度指标都有"),
)
def level1_missing(project: Project, settings: Settings) -> Iterator[Fault]:
    """一级指标不全，是绩效目标被退回的常见原因。必设哪些一级指标由规则口径决定（部门信息中的“规则口径”）。

    只看项目，不看基本支出。一级指标只是少写“指标”二字、用了别的叫法（如效果指标），或空着但二级指标写明了归属的，
    不算缺少，由 JX403、JX101 检查。把服务对象满意度放在效益指标下的，不算缺少满意度指标。
    一条指标都没有的只报一次。财政部 2021 口径中成本指标只对工程、修缮、购置类项目必设，按项目名称判断，所以只作警告。
    """
    taxonomy, required = taxonomy_of(settings.profile), settings.profile.required_level1
    rows = _indicators(project)
    if not rows:
        yield fault(project, "indicators", "none", level1="、".join(required))
        return
    present = {level1 for row in rows for level1 in taxonomy.level1s_of(row)}
    by_name = settings.words("level1_by_name")
    asked_for = [level1 for level1, words in by_name.items() if any(word in project.name for word in words)]
    for level1, variant in [*((name, "") for name in required), *((name, "by-name") for name in asked_for)]:
        if level1 not in present:
            level2s = "、".join(settings.profile.levels[level1])
            yield fault(project, "indicators", variant, level1=level1, level2s=level2s, name=project.name)


@rule(
    "JX402",
    "level2-missing",
    Severity.WARNING,
    on=On.PROJECT,
    title="每个必设的二级指标下应有指标",
    source=_FRAMEWORK,
    says="“{level1}”下缺少二级指标“{level2}”",
    advice="补一条“{level2}”；确实不适用的可忽略并写明理由",
    example=Case("产出指标只有数量指标", "产出指标有数量、质量、时效、成本指标"),
)
def level2_missing(project: Project, settings: Settings) -> Iterator[Fault]:
    """产出要从数量、质量、时效、成本几方面说清楚。必设哪些二级指标由规则口径决定，个别项目确有不适用的，所以只作警告。

    只看项目。没有任何指标的、所属一级指标整个缺少的，由 JX401 检查，不重复报。放错了一级指标或用了别的叫法的，
    不算缺少，由 JX403 检查。
    """
    taxonomy = taxonomy_of(settings.profile)
    rows = _indicators(project)
    present1 = {level1 for row in rows for level1 in taxonomy.level1s_of(row)}
    present2 = {taxonomy.meant2(row.level2) for row in rows}
    for level2 in settings.profile.required_level2:
        level1 = taxonomy.home[level2]
        if level1 in present1 and level2 not in present2:
            yield fault(project, "indicators", level1=level1, level2=level2)


_MISNAMED: dict[str, Wording] = {
    "level1-unknown": Wording("一级指标“{found}”不在本口径的指标体系内", "改为 {choices} 之一"),
    "level1-variant": Wording("一级指标“{found}”不是规范名称，应为“{meant}”", "改为“{meant}”"),
    "level1-other-profile": Wording(
        "一级指标“{found}”不在本口径（{own}）内，属于“{profile}”",
        "如按该口径编制，把部门信息中的规则口径改为 {profile_name}；否则改为 {choices} 之一",
    ),
    "level2-variant": Wording("“{level1}”下的二级指标“{found}”不是规范名称，应为“{meant}”", "改为“{meant}”"),
    "misplaced": Wording(
        "二级指标“{found}”应在一级指标“{meant}”下，现在在“{level1}”下", "移到“{meant}”下，或改正二级指标"
    ),
    "is-level1": Wording("“{found}”在本口径中是一级指标，不是“{level1}”下的二级指标", "二级指标改为 {choices} 之一"),
    "satisfaction-under-benefit": Wording(
        "满意度指标“{found}”放在“{level1}”下；本口径中“{meant}”是单独的一级指标",
        "把一级指标改为“{meant}”；本地表格规定放在“{level1}”下的可忽略",
        Severity.WARNING,
    ),
    "suffix": Wording("“{found}”少写了“指标”二字", "改为“{meant}”", Severity.INFO),
}


@rule(
    "JX403",
    "level-unknown-or-misplaced",
    Severity.ERROR,
    on=On.SPENDING,
    title="一级、二级指标的名称和归属应符合指标体系",
    source=_FRAMEWORK,
    says="“{level1}”下没有二级指标“{found}”",
    advice="改为 {choices} 之一",
    variants=_MISNAMED,
    example=Case("效益指标—数量指标", "产出指标—数量指标"),
)
def level_unknown_or_misplaced(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """一级、二级指标是固定目录，名称写错或放错地方，汇总和系统导入时就归不到一起。目录由规则口径决定。

    只少“指标”二字的作提示；效果指标等别的叫法指出规范名称；服务对象满意度放在效益指标下，有的地方就是这样规定的，
    只作警告。名称后括注的分值不计。一级指标（合并单元格）写错只报一次。空着的由 JX101 检查。
    """
    taxonomy = taxonomy_of(settings.profile)
    seen: set[str] = set()
    for row in spending.indicators:
        if row.level1 and row.level1 not in seen:
            seen.add(row.level1)
            yield from _level1_fault(row, taxonomy, settings.profile)
        if row.level2:
            yield from _level2_fault(row, taxonomy, settings.profile)


def _level1_fault(row: Indicator, taxonomy: Taxonomy, profile: Profile) -> Iterator[Fault]:
    found, meant = row.level1, taxonomy.meant1(row.level1)
    choices = "、".join(profile.levels)
    if bare(found) == meant:
        return
    if stem(found) == stem(meant):
        yield fault(row, "level1", "suffix", found=found, meant=meant)
    elif meant:
        yield fault(row, "level1", "level1-variant", found=found, meant=meant)
    elif other := _other_profile(found, profile):
        yield fault(
            row, "level1", "level1-other-profile", found=found, own=profile.name, choices=choices,
            profile=other.title, profile_name=other.name,
        )  # fmt: skip
    else:
        yield fault(row, "level1", "level1-unknown", found=found, choices=choices)


def _other_profile(level1: str, profile: Profile) -> Profile | None:
    others = (load_profile(name) for name in PROFILES if name != profile.name)
    return next((other for other in others if stem(level1) in {stem(name) for name in other.levels}), None)


def _level2_fault(row: Indicator, taxonomy: Taxonomy, profile: Profile) -> Iterator[Fault]:
    found, meant = row.level2, taxonomy.meant2(row.level2)
    level1, home = taxonomy.level1s_of(row)
    known1 = level1 or home  # an unknown or empty 一级 is judged by itself
    if meant and home != known1:
        elsewhere = profile.words["level2_elsewhere"].get(meant) == level1
        variant = "satisfaction-under-benefit" if elsewhere else "misplaced"
        yield fault(row, "level2", variant, found=found, meant=home, level1=level1)
    elif not meant and not _known_elsewhere(row, level1, profile):
        variant = "is-level1" if stem(found) in taxonomy.level1 else ""
        choices = "、".join(profile.levels[level1] if level1 else profile.level2_order)
        yield fault(row, "level2", variant, found=found, level1=level1 or row.level1 or "（空）", choices=choices)
    elif meant and stem(found) != stem(meant):
        yield fault(row, "level2", "level2-variant", found=found, meant=meant, level1=known1)
    elif meant and bare(found) != meant:
        yield fault(row, "level2", "suffix", found=found, meant=meant)


def _known_elsewhere(row: Indicator, level1: str, profile: Profile) -> bool:
    """Both levels are another profile's: the finding on the 一级 says so."""
    other = None if level1 else _other_profile(row.level1, profile)
    return other is not None and bool(taxonomy_of(other).meant2(row.level2))


@rule(
    "JX404",
    "level2-order",
    Severity.INFO,
    on=On.PROJECT,
    title="二级指标宜按表中的顺序排列",
    source=FORM,
    says="“{level1}”下“{found}”排在“{before}”之后，表中的顺序是 {order}",
    advice="可按表中的顺序调整各行",
    example=Case("数量、质量、成本、时效", "数量、质量、时效、成本"),
)
def level2_order(project: Project, settings: Settings) -> Iterator[Fault]:
    """顺序一致便于审核和对比，不影响内容，只作提示，一个项目至多提示一处。

    在每个一级指标内比较。空着的、目录中没有的或放错一级指标的二级指标不参加比较。
    """
    taxonomy, profile = taxonomy_of(settings.profile), settings.profile
    last: dict[str, str] = {}
    for row in project.indicators:
        level1, home = taxonomy.level1s_of(row)
        level2 = taxonomy.meant2(row.level2)
        if not level2 or level1 != home:
            continue
        order = profile.levels[home]
        before = last.get(home, level2)
        if order.index(level2) < order.index(before):
            listed = "、".join(order)
            yield fault(row, "level2", level1=home, found=level2, before=before, order=listed)
            return
        last[home] = level2


@rule(
    "JX405",
    "numeric-share-low",
    Severity.WARNING,
    on=On.PROJECT,
    title="定量指标应占多数",
    source=MOF_2015_88,
    says="{total} 个指标值{beside}中只有 {numeric} 个是数字（{share}%），低于 {minimum}%",
    advice="把能计数、能算比率的指标改为“计算符号＋数字＋单位”，如 ≥90%",
    parameters={"minimum": "定量指标的最低比例（%）"},
    example=Case("8 个指标值中 3 个是数字", "8 个指标值中 6 个是数字"),
)
def numeric_share_low(project: Project, settings: Settings) -> Iterator[Fault]:
    """绩效目标应当量化，确实不能量化的才用定性表述，这是办法的要求；比例界限是实践中的经验值，可在校验设置中修改。

    只统计填了指标值的行；空着的由 JX501 检查。“12月底前”之类的日期到期就能核对，既不算数字，也不计入总数。
    """
    stated = [row.value for row in project.indicators if row.value.kind is not Kind.EMPTY]
    values = [value for value in stated if value.kind is not Kind.DATE]
    numeric = sum(value.is_numeric for value in values)
    minimum = Decimal(str(settings["minimum"]))
    if values and numeric * 100 < minimum * len(values):
        yield fault(
            project, "indicators", total=len(values), numeric=numeric, share=numeric * 100 // len(values),
            minimum=f"{minimum:f}", beside="（日期除外）" if len(values) < len(stated) else "",
        )  # fmt: skip


@rule(
    "JX406",
    "row-count-unusual",
    Severity.INFO,
    on=On.PROJECT,
    title="指标条数宜适中",
    source=GOOD_PRACTICE,
    says="共 {rows} 条指标，通常为 {minimum}～{maximum} 条",
    advice="{remedy}",
    parameters={"minimum": "通常的最少条数", "maximum": "通常的最多条数"},
    example=Case("只有 3 条指标", "8 条指标，覆盖各个二级指标"),
)
def row_count_unusual(project: Project, settings: Settings) -> Iterator[Fault]:
    """太少说不清目标，太多则自评时难以逐条取证。没有文件规定条数，界限是实践中的经验值，只作提示。

    一条都没有的由 JX401 检查。
    """
    rows, minimum, maximum = len(_indicators(project)), settings["minimum"], settings["maximum"]
    if rows and not minimum <= rows <= maximum:
        remedy = "补充指标，覆盖产出、效益、满意度各方面" if rows < minimum else "保留最能反映目标的，合并或删去次要的"
        yield fault(project, "indicators", rows=rows, minimum=minimum, maximum=maximum, remedy=remedy)
