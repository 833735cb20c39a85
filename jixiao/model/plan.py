"""The spend plan: cumulative shares of the budget at month ends."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from jixiao.model.money import HUNDRED


class Node(NamedTuple):
    """`share`: cumulative per cent of the budget spent by the end of `month`; None: nothing is stated."""

    month: int
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class SpendPlan:
    """Nodes in the order of the form's header."""

    nodes: tuple[Node, ...] = ()

    @property
    def months(self) -> tuple[int, ...]:
        return tuple(node.month for node in self.nodes)

    @property
    def shares(self) -> tuple[Decimal | None, ...]:
        return tuple(node.share for node in self.nodes)

    @property
    def text(self) -> str:
        """The stated shares in their order: `20%、50%、80%、100%`."""
        return "、".join(exact_percent(share) for share in self.shares if share is not None)

    @property
    def is_usable(self) -> bool:
        """Complete, months of the year in order, never falling, ending at 100 %: a curve can be drawn."""
        shares = [node.share for node in self.nodes]
        known = [share for share in shares if share is not None]
        return (
            bool(known)
            and len(known) == len(shares)
            and known[-1] == HUNDRED
            and known[0] >= 0
            and all(earlier <= later for earlier, later in pairwise(known))
            and list(self.months) == sorted(set(self.months))
            and self.months[0] >= 1
            and self.months[-1] <= 12
        )


def linear_progress(month: int) -> Decimal:
    """序时进度: the share of the year, in per cent, gone by the end of `month`."""
    return Decimal(month) * HUNDRED / 12


def exact_percent(share: Decimal) -> str:
    """All its decimals: 99.999% must not look like 100%."""
    return f"{share.normalize():f}%"


def percent_text(share: Decimal) -> str:
    """`20%`, `83.3%`: at most two decimals, no trailing zeros."""
    text = f"{share:.2f}".rstrip("0").rstrip(".")
    return f"{text}%"
