"""The few elements a chart is made of, as text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

# The first that the machine has is used; the last have no Chinese but let a rasteriser look further.
FONTS = (
    "Microsoft YaHei", "SimSun", "SimHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC",
    "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Arial",
    "Liberation Sans", "DejaVu Sans",
)  # fmt: skip
FONT_FAMILY = ",".join(f"'{font}'" for font in FONTS)


class Point(NamedTuple):
    x: float
    y: float


def svg(width: int, height: int, body: Sequence[str], *, more: str = "") -> str:
    """The root element; `more` is further attributes, escaped."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="{FONT_FAMILY}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {more}>\n' + "\n".join(body) + "\n</svg>"


def placed(element: str, x: int, y: int) -> str:
    """A root element, to stand within another one."""
    return element.replace("<svg ", f'<svg x="{x}" y="{y}" ', 1)


def text(x: float, y: float, content: str, *, anchor: str = "start", more: str = "") -> str:
    """`y` is the baseline."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(content)}</text>'


def line(start: Point, end: Point, colour: str, *, more: str = "") -> str:
    ends = f'x1="{start.x:.1f}" y1="{start.y:.1f}" x2="{end.x:.1f}" y2="{end.y:.1f}"'
    return f'<line {ends} stroke="{colour}" {more}/>'


def polyline(points: Sequence[Point], colour: str, *, more: str = "") -> str:
    places = " ".join(f"{point.x:.1f},{point.y:.1f}" for point in points)
    return f'<polyline points="{places}" fill="none" stroke="{colour}" {more}/>'
