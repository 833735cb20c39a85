"""One invented project without defects, composed from a theme, a place and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from jixiao.model.money import ZERO, Money
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import Indicator, Project
from jixiao.model.value import parse_value
from jixiao.sample.places import COUNTY, place
from jixiao.sample.services import SERVICES
from jixiao.sample.theme import Item, Row, Theme
from jixiao.sample.works import WORKS

YEAR = 2025
_THEMES = (*WORKS, *SERVICES)
_MEASURES = {
    "人": "人数", "人次": "人次", "次": "次数", "户": "户数", "场": "场次", "期": "期数", "亩": "面积",
    "平方米": "面积", "米": "长度", "立方米": "体积", "吨": "重量", "页": "页数",
}  # fmt: skip
_LEVEL1 = {
    "数量": "产出指标", "质量": "产出指标", "时效": "产出指标", "成本": "产出指标",
    "经济": "效益指标", "社会": "效益指标", "生态": "效益指标", "可持续影响": "效益指标",
    "服务对象满意度": "满意度指标",
}  # fmt: skip
_LEVEL2 = {short: f"{short}效益指标" if short in ("经济", "社会", "生态") else f"{short}指标" for short in _LEVEL1}
_ORDER = list(_LEVEL1)

_MAIN: tuple[Row, ...] = (
    ("数量", "{done}{measure}", "{place}年内完成并确认的{measure}，以验收单为准", "≥{n}{unit}"),
    ("数量", "{done}{measure}", "按台账统计，{place}全年{done}的{measure}", "≥{n}{unit}"),
    ("数量", "{item}完成{measure}", "经{county}主管部门核实，{place}{done}的{measure}", "＝{n}{unit}"),
)
_QUANTITY: tuple[Row, ...] = (
    ("数量", "现场检查次数", "年内到{place}检查{done}情况的次数", "≥{times}次"),
    ("数量", "公开公示期数", "{place}{done}情况在公开栏公示的期数", "≥{times}期"),
    ("数量", "工作台账份数", "{place}为{done}建立的台账份数", "≥{times}份"),
    ("数量", "调度会议次数", "为推进{place}{done}召开的调度会议次数", "≥{times}次"),
    ("数量", "资料归档份数", "{place}{done}整理归档的资料份数", "≥{some}份"),
)
_TIMELY: tuple[Row, ...] = (
    ("时效", "按期完成率", "{month}月底前完成的{measure}占{place}{done}计划{measure}的比例", "≥{pct}%"),
    ("时效", "{done}完成时间", "{place}全部完成并提交资料的截止时间", "{month}月底前"),
    ("时效", "资金按期拨付率", "按约定日期拨付的资金占{place}{item}应拨付资金的比例", "≥{pct}%"),
    ("时效", "问题整改用时", "{place}{done}中查出的问题从通知到整改完毕的平均天数", "≤{times}天"),
)
_COST: tuple[Row, ...] = (
    ("成本", "{done}总成本", "{place}按合同和票据核算的全部支出", "≤{total}元"),
    ("成本", "单位成本", "{place}平均每{unit}{item}的支出", "≤{price}元/{unit}"),
)
_SATISFIED: tuple[Row, ...] = (
    ("服务对象满意度", "{people}满意度", "受访{people}中对{place}{item}表示满意的人数占受访总人数的比例", "≥{s}%"),
)
_PURPOSES = (
    "用于{place}{done}，支付{pays}。",
    "{place}{done}所需{pays}，计划{measure}为{n}{unit}。",
    "为{place}{done}提供经费保障，主要用于{pays}",
    "按{county}年度工作计划，安排{place}{done}的{pays}。",
    "由主管部门组织实施{place}{done}，资金用于{pays}。",
)
_GOALS = (
    "1.{month}月底前完成{place}{done}，{measure}达到{n}{unit}；\n2.{people}满意度达到{s}%以上",
    "1.全年完成{place}{done}{n}{unit}；\n2.单位成本控制在{price}元/{unit}以内；\n3.{people}满意度不低于{s}%",
    "{year}年完成{place}{done}，{measure}为{n}{unit}，{people}满意度不低于{s}%。",
    "1.{place}{done}的{measure}不少于{n}{unit}；\n2.{month}月底前完成验收和资料归档",
)
_DOCUMENT_SIGNS = "财教卫农交水民文建环"


@dataclass(frozen=True, slots=True)
class _Draft:
    theme: Theme
    item: Item
    budget: Money
    words: Mapping[str, str]


def compose_project(random: Random) -> Project:
    """A project without code and title, and without any known defect."""
    draft = _draw(random)
    budget = draft.budget
    other = budget.share(Decimal(random.choice((10, 20, 30, 50)))) if random.random() < 0.25 else ZERO
    return Project(
        name=random.choice(draft.theme.names).format(**draft.words),
        budget=budget,
        fiscal=budget - other,
        other=other,
        purpose=_purpose(draft, random),
        plan=_plan(random),
        goal=random.choice(_GOALS).format(**draft.words),
        indicators=_indicators(draft, random),
    )


def yuan_text(money: Money) -> str:
    """In yuan, without separators: `38500` or `38500.50`."""
    return f"{money.yuan:f}" if money.fen % 100 else str(money.fen // 100)


def indicator(row: Row, basis: str) -> Indicator:
    """The row with its 一级 and 二级 as the form prints them."""
    short, level3, description, value = row
    return Indicator(_LEVEL1[short], _LEVEL2[short], level3, description, parse_value(value), basis)


def _draw(random: Random) -> _Draft:
    theme = random.choice(_THEMES)
    item = random.choice(theme.items)
    large = item.least >= 100 and random.random() < 0.05
    count = _rounded(random.randint(item.least, item.most)) * (10 if large else 1)
    price = _price(item, random)
    budget = Money(price.fen * count)
    words = {
        "place": place(theme.where, random),
        "item": item.name,
        "done": theme.done.format(item=item.name),
        "people": theme.people,
        "pays": random.choice(theme.pays),
        "unit": item.unit,
        "measure": _MEASURES.get(item.unit, "数量"),
        "county": COUNTY,
        "year": str(YEAR),
        "month": str(random.randint(9, 12)),
        "n": str(count),
        "price": yuan_text(price),
        "total": yuan_text(budget),
        "saving": str(max(100, budget.fen * random.randint(2, 12) // 1_000_000 * 100)),
        "s": str(random.randint(85, 98)),
    }
    return _Draft(theme, item, budget, words)


def _rounded(count: int) -> int:
    """People plan 40, 350 or 4200, seldom 4187."""
    step = 1 if count < 30 else 10 if count < 1000 else 100
    return count // step * step


def _price(item: Item, random: Random) -> Money:
    step = 10_000 if item.dear >= 3000 else 100
    if random.random() < 0.15:
        step //= 10
    return Money(random.randrange(item.cheap * 100, item.dear * 100 + 1, step))


def _purpose(draft: _Draft, random: Random) -> str:
    """Sometimes it names the amount in 万元, as long as two decimals say it exactly."""
    text = random.choice(_PURPOSES).format(**draft.words)
    if draft.budget.fen % 10_000 == 0 and random.random() < 0.2:
        ten_thousands = Decimal(draft.budget.fen).scaleb(-6).normalize()
        return f"申请项目经费{ten_thousands:f}万元，{text}"
    return text


def _plan(random: Random) -> SpendPlan:
    """Within ten points of linear progress."""
    step = 1 if random.random() < 0.1 else 5
    shares = (random.randrange(15, 41, step), random.randrange(40, 66, step), random.randrange(75, 96, step), 100)
    return plan_of(shares)


def plan_of(shares: tuple[int, int, int, int]) -> SpendPlan:
    """At the nodes of the form in use."""
    nodes = zip((3, 6, 10, 12), shares, strict=True)
    return SpendPlan(tuple(Node(month, Decimal(share)) for month, share in nodes))


def _indicators(draft: _Draft, random: Random) -> tuple[Indicator, ...]:
    """Eight to twelve rows in the form's order: all four 产出, two or three 效益, 满意度."""
    rows = _rows(draft.theme, random)
    sources = _sources(draft.theme, random)
    return tuple(indicator(_filled(row, {**draft.words, **_numbers(random)}), random.choice(sources)) for row in rows)


def _rows(theme: Theme, random: Random) -> list[Row]:
    more = random.sample(range(5), random.randint(0, 4))
    rows = [
        random.choice(_MAIN),
        *random.sample(_QUANTITY, 2 if 0 in more else 1),
        *random.sample(theme.quality, 2 if 1 in more else 1),
        *random.sample(_TIMELY, 2 if 2 in more else 1),
        *random.sample(_COST, 2 if 3 in more else 1),
        *random.sample(theme.benefits, 3 if 4 in more else 2),
        *_SATISFIED,
    ]
    return sorted(rows, key=lambda row: _ORDER.index(row[0]))


def _filled(row: Row, words: Mapping[str, str]) -> Row:
    short, level3, description, value = row
    return short, level3.format(**words), description.format(**words), value.format(**words)


def _numbers(random: Random) -> dict[str, str]:
    """Numbers of one row alone."""
    return {
        "few": str(random.randint(2, 30)),
        "times": str(random.randint(2, 12)),
        "some": str(random.randrange(20, 600, 5)),
        "many": str(random.randrange(100, 6000, 10)),
        "years": str(random.randint(5, 30)),
        "guaranteed": str(random.randint(2, 6)),
        "low": str(random.randint(3, 15)),
        "tiny": str(random.randint(1, 3)),
        "q": str(random.randint(90, 99)),
        "pct": str(random.randint(75, 99)),
    }


def _sources(theme: Theme, random: Random) -> list[str]:
    """One or two documents the values of a project rest on; a document of the county has a number."""
    chosen = random.sample(theme.sources, random.randint(1, 2))
    return [source if source.startswith("《") else _numbered(source, random) for source in chosen]


def _numbered(source: str, random: Random) -> str:
    sign, year, number = random.choice(_DOCUMENT_SIGNS), random.randint(YEAR - 6, YEAR - 1), random.randint(1, 120)
    return f"《{source.format(county=COUNTY)}》（青{sign}字〔{year}〕{number}号）"
