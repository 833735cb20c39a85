"""JX7: the goal, and whether the indicators measure it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from jixiao.model.records import BasicExpenditure, Project, Spending
from jixiao.rules.aims import content_of, goal_words, is_measurable, pairs_in
from jixiao.rules.core import GOOD_PRACTICE, MOF_2015_88, Case, Fault, On, Settings, Severity, Wording, fault, rule
from jixiao.rules.texts import excerpt

_LONGEST_QUOTE = 40
# Different words for one thing (道路, 公路) share no pair of characters, but many of the characters.
_SHARED_SIGNS = 0.3
_FEWEST_PAIRS = 8


@rule(
    "JX701",
    "goal-not-measurable",
    Severity.WARNING,
    on=On.SPENDING,
    title="绩效目标应有数量、时限或可检查的成果",
    source=MOF_2015_88,
    says="绩效目标“{goal}”没有数量、时限，也没有可检查的成果",
    advice="补充年终能够核对的内容，如数量（举办培训12次）、时限（12月底前）或成果（建成、通过验收、合格率达到90%）",
    variants={
        "basic": Wording(
            "绩效目标“{goal}”没有数量、时限，也没有可检查的成果",
            "可写明保障的人数或按月、足额发放等年终能够核对的内容",
            Severity.INFO,
        )
    },
    needs=("goal",),
    example=Case(
        "1.高质量组织代表培训学习，提高代表履职能力。", "1.年内组织代表培训4次、参训200人次，培训合格率达到90%以上。"
    ),
)
def goal_not_measurable(spending: Spending, settings: Settings) -> Iterator[Fault]:
    """绩效目标要具体、能衡量：年终自评时应当能说清“实现了没有”。“提高能力”“保障工作顺利开展”这样的目标无法核对。

    只要写明一项数量、一个时限（年内、12月底前、按期）或一项可检查的成果（完成报刊征订、建成、发放到位）就不报告。
    行首编号、文号、会议届次里的数字不算数量；“完成各项工作任务”没有说明完成什么，不算成果。目标未填时不检查。
    人员经费、日常公用经费保障的是日常运转，只作提示。
    """
    goal = spending.goal
    if goal and not is_measurable(goal, goal_words(settings.profile.name)):
        variant = "basic" if isinstance(spending, BasicExpenditure) else ""
        yield fault(spending, "goal", variant, goal=excerpt(goal, 0, _LONGEST_QUOTE))


@rule(
    "JX702",
    "indicators-do-not-cover-goal",
    Severity.INFO,
    on=On.PROJECT,
    title="绩效指标应与项目的用途和目标对应",
    source=GOOD_PRACTICE,
    says="绩效指标与项目名称、用途、目标几乎没有相同的词语，可能不是本项目的指标",
    advice="核对指标是否从其他项目复制而来；指标应能衡量本项目的目标",
    parameters={"share": "相同词语不超过百分之几时提示", "characters": "两边文字各不少于多少字才比较"},
    needs=("goal",),
    example=Case("项目“农村公路养护”，指标为培训人次、培训合格率", "项目“农村公路养护”，指标为养护里程、路面完好率"),
)
def indicators_do_not_cover_goal(project: Project, settings: Settings) -> Iterator[Fault]:
    """指标是用来衡量目标的。复制别的项目的指标表而忘了修改时，指标与项目说的不是一件事。

    比较的是去掉通用词（项目、工作、提升、满意度等）以后相邻两字的重合程度，只在几乎完全不重合、两边文字又足够长时提示；
    说法不同而意思相同的情况无法识别，请自行判断。
    """
    words = goal_words(settings.profile.name)
    aim = "\n".join((project.name, project.purpose, project.goal))
    measured = "\n".join(f"{row.level3}\n{row.description}\n{row.value.text}" for row in project.indicators)
    if not project.goal or min(len(aim), len(measured)) < settings["characters"]:
        return
    runs = content_of(aim, words)
    signs = frozenset("".join(runs))  # compared first: they are fewer than the pairs
    if not _share_at_most(_SHARED_SIGNS, signs, measured):
        return
    pairs = pairs_in(runs)
    if len(pairs) >= _FEWEST_PAIRS and _share_at_most(settings["share"] / 100, pairs, measured):
        yield fault(project, "goal")


def _share_at_most(share: float, pieces: frozenset[str], text: str) -> bool:
    """No more than this share of the pieces stand in the text; one too many is enough to know."""
    most = int(share * len(pieces))
    found = islice(filter(text.__contains__, pieces), most + 1)
    return len(list(found)) <= most
