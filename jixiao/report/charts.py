"""A spend curve as a small SVG picture: the plan against linear time progress (序时进度).

Plain presentation attributes only: no style sheet, no script, no reference, so that a picture may stand in a
page with a strict content policy, in a file of its own, or go through a rasteriser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import pairwise

from jixiao.curves import MONTHS, Curve, CurveNode
from jixiao.model.money import ZERO, Money
from jixiao.model.plan import linear_progress, percent_text
from jixiao.report.columns import columns, elide, one_line
from jixiao.report.labels import place_labels
from jixiao.report.svg import Point, line, polyline, svg, text

PLAN_COLOUR, LINEAR_COLOUR = "#0b5394", "#767676"
MOST_SMALL = 24  # small charts in one place; more would be a wallpaper nobody reads
_INK, _GRID, _PAPER = "#333333", "#e2e6ea", "#ffffff"
_DASHED = 'stroke-dasharray="6 5"'
_FEN_OF_UNIT = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes of one kind of chart, in pixels. `amounts`: node labels give the amount, not only the share."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    font: float
    heading: float
    stroke: float
    ticks: int
    amounts: bool
    month_suffix: str


LARGE = Look(760, 400, 78, 56, 84, 44, 13, 17, 1.5, 5, True, "月")
SMALL = Look(360, 236, 52, 22, 62, 34, 11, 13, 1.2, 4, False, "")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns months and amounts into places on the picture."""

    look: Look
    unit: str
    top_fen: int
    step_fen: int

    def point(self, month: int, amount: Money) -> Point:
        look = self.look
        across = (look.width - look.left - look.right) * month / MONTHS
        upward = (look.height - look.top - look.bottom) * amount.fen / self.top_fen
        return Point(look.left + across, look.height - look.bottom - upward)


def curve_svg(curve: Curve, title: str, *, look: Look = LARGE) -> str:
    """One `<svg>` element: title, axes (元, 万元 or 亿元), months, plan, linear time progress, nodes.

    A node whose label would cover another one goes without; its figures are in its tooltip.
    """
    frame = _frame(curve.budget, look)
    plan = [frame.point(month, amount) for month, amount in enumerate((ZERO, *curve.monthly))]
    linear = [frame.point(0, ZERO), frame.point(MONTHS, curve.budget)]
    body = [
        f'<rect width="{look.width}" height="{look.height}" fill="{_PAPER}"/>',
        *_amount_axis(frame),
        *_month_axis(frame),
        polyline(linear, LINEAR_COLOUR, more=f'stroke-width="{look.stroke}" {_DASHED} class="linear"'),
        polyline(plan, PLAN_COLOUR, more=f'stroke-width="{look.stroke + 1}" class="plan"'),
        *(_dot(node, frame) for node in curve.nodes),
        *_labels(curve.nodes, frame, [*_along(plan), *_along(linear)]),
        *_heading(title, frame),
    ]
    spoken = f'role="img" aria-label="{escape(_spoken(curve, title))}"'
    return svg(look.width, look.height, body, more=f'{spoken} font-size="{look.font}" fill="{_INK}"')


def unit_for(budget: Money) -> str:
    """万元 from 10,000 yuan on, 亿元 from a billion on: no figure of the axis has more than six digits."""
    if budget.fen >= _FEN_OF_UNIT["亿元"] * 10:
        return "亿元"
    return "万元" if budget.fen >= _FEN_OF_UNIT["万元"] else "元"


def amount_text(amount: Money, unit: str) -> str:
    """In the unit, with at most two decimals, no trailing zeros: `23.78`, `1,122.6`."""
    number = f"{Decimal(amount.fen) / _FEN_OF_UNIT[unit]:,.2f}"
    return number.rstrip("0").rstrip(".")


def _spoken(curve: Curve, title: str) -> str:
    nodes = [f"{month}月底 {amount} 元（{percent_text(share)}）" for month, amount, share in curve.nodes]
    return f"{one_line(title)}：累计支出计划，{'，'.join(nodes)}"


def _frame(budget: Money, look: Look) -> _Frame:
    step = _step(budget.fen, look.ticks)
    return _Frame(look, unit_for(budget), max(-(-budget.fen // step), 1) * step, step)


def _step(fen: int, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 … yuan of which at most `most` reach the amount."""
    power = 100
    while True:
        for factor in (1, 2, 5):
            if factor * power * most >= fen:
                return factor * power
        power *= 10


def _amount_axis(frame: _Frame) -> list[str]:
    parts = []
    for fen in range(0, frame.top_fen + 1, frame.step_fen):
        left, right = frame.point(0, Money(fen)), frame.point(MONTHS, Money(fen))
        label = amount_text(Money(fen), frame.unit)
        parts.append(line(left, right, _GRID if fen else _INK))
        parts.append(text(left.x - 6, left.y + frame.look.font * 0.35, label, anchor="end"))
    return parts


def _month_axis(frame: _Frame) -> list[str]:
    suffix, drop = frame.look.month_suffix, frame.look.font + 7
    names = ["" if suffix else "月", *(f"{month}{suffix}" for month in range(1, MONTHS + 1))]
    parts = []
    for month, name in enumerate(names):
        foot = frame.point(month, ZERO)
        parts.append(line(foot, Point(foot.x, foot.y + 4), _INK))
        parts.append(text(foot.x, foot.y + drop, name, anchor="middle"))
    return parts


def _dot(node: CurveNode, frame: _Frame) -> str:
    place, radius = frame.point(node.month, node.amount), frame.look.font * 0.32
    linear = percent_text(linear_progress(node.month))
    share = percent_text(node.share)
    tip = f"{node.month}月底累计 {node.amount} 元，占预算 {share}（序时进度 {linear}）"
    return (
        f'<circle cx="{place.x:.1f}" cy="{place.y:.1f}" r="{radius:.1f}" fill="{PLAN_COLOUR}" '
        f'stroke="{_PAPER}"><title>{tip}</title></circle>'
    )


def _labels(nodes: Sequence[CurveNode], frame: _Frame, lines: Sequence[Point]) -> list[str]:
    look, foot = frame.look, frame.point(0, ZERO)
    texts = [_node_text(node, frame) for node in nodes]
    area = (foot.x + 2, look.top - look.font * 1.9, look.width - 2.0, foot.y - 2)
    points = [frame.point(node.month, node.amount) for node in nodes]
    halo = f'fill="{PLAN_COLOUR}" paint-order="stroke" stroke="{_PAPER}" stroke-width="3" class="label"'
    labels = place_labels(points, [_width(one, look.font) for one in texts], look.font, area, lines)
    return [text(label.x, label.baseline, texts[label.node], more=halo) for label in labels]


def _node_text(node: CurveNode, frame: _Frame) -> str:
    share = percent_text(node.share)
    return f"{amount_text(node.amount, frame.unit)}（{share}）" if frame.look.amounts else share


def _along(points: Sequence[Point]) -> list[Point]:
    """Points of the line, close enough together that no label slips between them."""
    steps = 24
    return [
        Point(a.x + (b.x - a.x) * step / steps, a.y + (b.y - a.y) * step / steps)
        for a, b in pairwise(points)
        for step in range(steps + 1)
    ]


def _heading(title: str, frame: _Frame) -> list[str]:
    look, full = frame.look, one_line(title)
    shown = elide(full, lambda cut: _width(cut, look.heading) <= look.width - 20)
    weight = f'font-size="{look.heading}" font-weight="bold"'
    second = look.heading * 2 + 10
    return [
        f"<g><title>{escape(full)}</title>{text(10, look.heading + 5, shown, more=weight)}</g>",
        text(10, second, f"累计金额（{frame.unit}）"),
        *_legend(look, second),
    ]


def _legend(look: Look, baseline: float) -> list[str]:
    """Plan and linear time progress, flush right on the second line."""
    parts, x, y = [], float(look.width - 10), baseline - look.font * 0.35
    for name, colour, dash in (("序时进度", LINEAR_COLOUR, _DASHED), ("支出计划", PLAN_COLOUR, "")):
        x -= _width(name, look.font)
        parts.append(text(x, baseline, name))
        parts.append(line(Point(x - 30, y), Point(x - 5, y), colour, more=f'stroke-width="2" {dash}'))
        x -= 44
    return parts


def _width(content: str, size: float) -> float:
    """An estimate on the generous side: in the fonts named no column is wider than 0.58 of the size."""
    return columns(content) * size * 0.58
