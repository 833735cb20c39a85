"""Where the labels of a curve's nodes go: near the node, off one another and, if possible, off the lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jixiao.report.svg import Point


class Label(NamedTuple):
    """Left end and baseline of the text of node number `node` (from 0)."""

    node: int
    x: float
    baseline: float


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, point: Point) -> bool:
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom

    def within(self, area: Area) -> bool:
        return self.left >= area[0] and self.top >= area[1] and self.right <= area[2] and self.bottom <= area[3]


Area = tuple[float, float, float, float]


def place_labels(
    points: Sequence[Point], widths: Sequence[float], size: float, area: Area, lines: Sequence[Point]
) -> list[Label]:
    """A label for each node that has room, the last node (the whole budget) served first.

    area: left, top, right, bottom. lines: points along the lines that are better not covered.
    """
    taken = [_Box(point.x - 4, point.y - 4, point.x + 4, point.y + 4) for point in points]
    labels = []
    for index in reversed(range(len(points))):
        free = [
            box
            for box in _candidates(points[index], widths[index], size)
            if box.within(area) and not any(box.meets(other) for other in taken)
        ]
        if not free:
            continue
        best = min(free, key=lambda box: sum(box.holds(point) for point in lines))
        taken.append(best)
        labels.append(Label(index, best.left, best.bottom - size * 0.25))
    return labels[::-1]


def _candidates(point: Point, width: float, size: float) -> Iterator[_Box]:
    """Below right first: a plan behind linear time progress leaves that side free."""
    height, gap = size * 1.25, size * 0.45
    below, above = point.y + gap, point.y - gap - height
    for left, top in (
        (point.x + gap, below),
        (point.x + gap, point.y - height / 2),
        (point.x - width - gap, above),
        (point.x - width + 2 * gap, above),
        (point.x - width / 2, above),
        (point.x - width / 2, below),
        (point.x - gap, above),
        (point.x - width - gap, point.y - height / 2),
    ):
        yield _Box(left, top, left + width, top + height)
