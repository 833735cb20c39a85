"""The published 2024 targets of 玉田县人大常委会, word for word, with their errors.

Part 2 as published; of Part 1 the overall goal, the measures and both kinds of basic expenditure. What Part 1
says about the projects is not here: it differs from Part 2 in places.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from typing import Any

from jixiao.model.money import Money
from jixiao.model.plan import Node, SpendPlan
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project
from jixiao.model.value import parse_value

_FILE = "yutian-2024.json"


def real_department() -> Department:
    """Seven projects and two kinds of basic expenditure, 7,015,904.46 yuan in all."""
    data = json.loads(resources.files(__package__).joinpath(_FILE).read_text("utf-8"))
    return Department(
        unit_code=data["unit_code"],
        unit_name=data["unit_name"],
        year=data["year"],
        region=data["region"],
        profile=data["profile"],
        overall_goal=data["overall_goal"],
        measures=data["measures"],
        basics=tuple(_basic(entry) for entry in data["basics"]),
        projects=tuple(_project(entry) for entry in data["projects"]),
    )


def _basic(entry: Mapping[str, Any]) -> BasicExpenditure:
    return BasicExpenditure(
        name=entry["name"],
        budget=_money(entry["budget"]),
        plan=_plan(entry["plan"]),
        goal=entry["goal"],
        indicators=_indicators(entry["indicators"]),
        basis=entry["basis"],
    )


def _project(entry: Mapping[str, Any]) -> Project:
    return Project(
        code=entry["code"],
        name=entry["name"],
        unit_code=entry["unit_code"],
        unit_name=entry["unit_name"],
        title=entry["title"],
        budget=_money(entry["budget"]),
        fiscal=_money(entry["fiscal"]),
        other=_money(entry["other"]),
        purpose=entry["purpose"],
        plan=_plan(entry["plan"]),
        goal=entry["goal"],
        indicators=_indicators(entry["indicators"]),
    )


def _money(yuan: str) -> Money | None:
    return Money.of_yuan(yuan) if yuan else None


def _plan(shares: Mapping[str, str]) -> SpendPlan:
    return SpendPlan(tuple(Node(int(month), Decimal(share.rstrip("%"))) for month, share in shares.items()))


def _indicators(rows: list[list[str]]) -> tuple[Indicator, ...]:
    """Each row has the six columns of the form."""
    return tuple(
        Indicator(level1, level2, level3, description, parse_value(value), basis)
        for level1, level2, level3, description, value, basis in rows
    )
