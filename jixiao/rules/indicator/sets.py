"""JX519-JX521: an indicator among the others: its 二级指标, the project's rows, the other projects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from jixiao.model.records import Department, Indicator, Project, Spending
from jixiao.rules.core import GOOD_PRACTICE, MOF_2015_88, Case, Fault, On, Settings, Severity, Wording, fault, rule
from jixiao.rules.indicator.lexicon import lexicon, says_nothing
from jixiao.rules.similarity import exchanges, likeness, normalised, same

NAMES_SHOWN = 3
# A form has about ten rows; far more and far longer ones must not cost time.
MOST_COMPARED = 40
LONGEST_COMPARED = 1000


@rule(
    "JX519",
    "indicator-in-wrong-level2",
    Severity.WARNING,
    on=On.INDICATORS,
    title="三级指标应列在相应的二级指标下",
    source=GOOD_PRACTICE,
    says="“{name}”反映的是{reflects}，列在“{level2}”下不合适",
    advice="{move}",
    variants={"mild": Wording("“{name}”反映的是{reflects}，列在“{level2}”下", "{move}", Severity.INFO)},
    needs=("level2", "level3", "value"),
    example=Case("数量指标：培训参与率 ≥90%", "数量指标：参训人数 ≥50人"),
)
def indicator_in_wrong_level2(indicators: Iterable[Indicator], settings: Settings) -> Iterator[Fault]:
    """数量写做了多少，质量写做得好不好，时效写是否按时，满意度写服务对象怎么评价。列错了，评价时该看的方面就空着。

    只提示明显的：百分比的率列在数量下，完成率列在质量下，及时率列在质量或数量下，满意度列在产出或效益下，人数、场次列在质量或时效下。
    覆盖率、接种率等上级常统一列在数量下，只作提示；数量指标下的完成率、拿不准的指标不提示。有的省把满意度作为效益的二级指标，那样列不算错。
    """
    words = lexicon(settings)
    for indicator in indicators:
        entry = words.misplacing(indicator)
        if entry and "满意" not in indicator.level1:
            yield fault(
                indicator, "level2", "mild" if entry.mild else "", name=indicator.level3, level2=indicator.level2,
                reflects=entry.reflects, move=entry.move,
            )  # fmt: skip


@rule(
    "JX520",
    "duplicate-indicator",
    Severity.WARNING,
    on=On.SPENDING,
    title="同一项目里指标不重复",
    source=GOOD_PRACTICE,
    says="与本项目第 {row} 个指标“{name}”重复：名称和描述相同",
    advice="删去一个，或在名称和描述里写明两者的区别",
    variants={
        "near": Wording(
            "与本项目第 {row} 个指标“{name}”几乎相同，指标值也一样（{shown}）",
            "删去一个，或在名称和描述里写明两者的区别",
        ),
    },
    parameters={"similarity": "名称和描述合起来的相似度达到多少算几乎相同（0 到 1）"},
    example=Case("同一项目有两行“培训人数，参加培训的人数”", "培训人数（县级）、培训人数（乡级）各一行"),
)
def duplicate_indicator(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """同一指标列两行会重复计分；指标值不同的，年底按哪一个考核说不清。

    名称和描述都相同的一定提示。只是相似的，须指标值相同而且只差虚词（的、全部、情况、程度等）或名称完全相同才提示，
    “小学教师培训人数”与“中学教师培训人数”是两个指标。
    """
    seen: dict[str, tuple[int, Indicator]] = {}
    by_value: dict[str, list[tuple[int, Indicator]]] = defaultdict(list)
    for number, indicator in enumerate(spending.indicators, 1):
        if not normalised(indicator.level3):
            continue
        said = _said(indicator)
        alike = by_value[indicator.value.normal]
        if said in seen:
            variant, (row, first) = "", seen[said]
        elif alike and (found := _near(indicator, alike, settings)) is not None:
            variant, (row, first) = "near", found
        else:
            seen[said] = number, indicator
            alike.append((number, indicator))
            continue
        yield fault(indicator, "level3", variant, row=row, name=first.level3, shown=indicator.value.text)


def _said(indicator: Indicator) -> str:
    return f"{normalised(indicator.level3)}·{normalised(indicator.description)}"


def _near(indicator: Indicator, alike: list[tuple[int, Indicator]], settings: Settings) -> tuple[int, Indicator] | None:
    """The earlier row with the same value that says nearly the same."""
    if says_nothing(indicator.value) or len(_said(indicator)) > LONGEST_COMPARED:
        return None
    words = lexicon(settings)
    for number, first in alike[-MOST_COMPARED:]:
        if likeness(_said(first), _said(indicator), settings["similarity"]):
            kinds = exchanges(_said(first), _said(indicator), words.duplicate_fillers)
            # Content exchanged for other content is another thing that is counted.
            if not kinds or (len(kinds) == 1 and same(first.level3, indicator.level3)):
                return number, first
    return None


@rule(
    "JX521",
    "boilerplate-across-projects",
    Severity.INFO,
    on=On.DEPARTMENT,
    title="几个项目用了完全相同的指标",
    source=MOF_2015_88,
    says="“{name}”（{shown}）在 {count} 个项目里完全相同，还有：{others}",
    advice="核对是否照搬；能体现项目特点的，改写名称、描述或指标值",
    parameters={"minimum": "至少几个项目相同才提示"},
    example=Case("三个项目都是“成本控制，预算控制数，控制在预算范围内”", "各项目分别写明自己的成本构成和金额"),
)
def boilerplate_across_projects(department: Department, settings: Settings) -> Iterator[Fault]:
    """绩效指标应当针对项目设置。名称、描述、指标值一字不差地出现在几个项目里，多半是照搬，审核时会要求改写。

    只作参考：服务对象满意度、成本控制这类共性指标本来就相近。一组只提示一次，标在最先出现的一行。
    """
    by_text: dict[tuple[str, str], list[tuple[Project, Indicator]]] = defaultdict(list)
    for project in department.projects:
        for indicator in project.indicators:
            if indicator.level3 and not says_nothing(indicator.value):
                by_text[normalised(indicator.level3), normalised(indicator.description)].append((project, indicator))
    for alike in by_text.values():
        if len(alike) >= settings["minimum"]:
            for members in _by_value(alike):
                yield from _boilerplate(members, settings["minimum"])


def _by_value(alike: list[tuple[Project, Indicator]]) -> Iterable[list[tuple[Project, Indicator]]]:
    groups: dict[str, list[tuple[Project, Indicator]]] = defaultdict(list)
    for project, indicator in alike:
        groups[indicator.value.normal].append((project, indicator))
    return groups.values()


def _boilerplate(members: list[tuple[Project, Indicator]], minimum: int) -> Iterator[Fault]:
    projects = list({id(project): project for project, _ in members}.values())
    if len(projects) < max(minimum, 2):
        return
    first = members[0][1]
    others = [project.name or project.code or project.origin.sheet for project in projects[1:]]
    shown = "、".join(others[:NAMES_SHOWN]) + ("等" if len(others) > NAMES_SHOWN else "")
    yield fault(first, "level3", name=first.level3, shown=first.value.text, count=len(projects), others=shown)
