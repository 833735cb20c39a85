"""Measure the worksheet functions: a block of 500 cells in one resident process, as Excel asks for them.

    python benchmarks/functions.py

Counted is what the functions take, not the way from Excel to Python and back, which needs Windows to be measured.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from jixiao import functions
from jixiao.model.money import money_to_number
from jixiao.model.records import Project
from jixiao.sample import sample_department

CELLS = 500
RUNS = 5
SHARES, MONTHS = [0.2, 0.5, 0.8, 1.0], ["3月底", "6月底", "10月底", "12月底"]
Arguments = Sequence[tuple[Any, ...]]


def rows() -> list[tuple[Any, ...]]:
    """The arguments of JXCHECK for so many different rows."""
    projects = sample_department(CELLS // 5).projects
    return list(islice((row for project in projects for row in _rows_of(project)), CELLS))


def _rows_of(project: Project) -> list[tuple[Any, ...]]:
    budget = money_to_number(project.budget) if project.budget else None
    return [
        (one.level1, one.level2, one.level3, one.description, one.value.text, one.basis, budget, project.money_unit)
        for one in project.indicators
    ]


def microseconds(function: Callable[..., object], arguments: Arguments) -> float:
    """For one call, the best of several rounds over all arguments."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        for own in arguments:
            function(*own)
        best = min(best, time.perf_counter() - start)
    return best / len(arguments) * 1e6


def first_time(function: Callable[..., object], arguments: Arguments) -> float:
    """For one call, nothing known from before but the imports."""
    start = time.perf_counter()
    for own in arguments:
        function(*own)
    return (time.perf_counter() - start) / len(arguments) * 1e6


def start_up(module: str) -> float:
    """Seconds until a new process has imported the module."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    checks = rows()
    budget = 1234567.89
    print(f"start-up: xlwings {start_up('xlwings'):.2f} s, jixiao.functions {start_up('jixiao.functions'):.2f} s")
    print(f"JXCHECK, first time      {first_time(functions.check_row, checks):8.1f} µs a cell")
    remembered = lru_cache(maxsize=4096)(functions.check_row)
    cases: list[tuple[str, Callable[..., object], Arguments]] = [
        ("JXCHECK", functions.check_row, checks),
        ("JXCHECK, remembered", remembered, checks),
        ("JXVALUE", functions.value_part, [(row[4], "单位") for row in checks]),
        ("JXNORM", functions.normal_value, [(row[4],) for row in checks]),
        ("JXCODE", functions.check_code, [("13022924P004R2810292F",)] * CELLS),
        ("JXPLAN", functions.node_amount, [(budget, SHARES, 1 + number % 4) for number in range(CELLS)]),
        ("JXCURVE", functions.amount_by, [(budget, SHARES, MONTHS, 1 + number % 12) for number in range(CELLS)]),
    ]
    for name, function, arguments in cases:
        each = microseconds(function, arguments)
        print(f"{name:24} {each:8.1f} µs a cell, {each * CELLS / 1000:6.1f} ms for {CELLS}")


if __name__ == "__main__":
    main()
