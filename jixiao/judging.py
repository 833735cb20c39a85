"""A workbook read and judged by the rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.refusal import UserError
from jixiao.rules.catalogue import RULES
from jixiao.rules.runner import Report, check, profile_of
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import Grid
from jixiao.workbook.reader import Reading, read_workbook

if TYPE_CHECKING:
    from jixiao.curves import DepartmentCurves


_CODES = re.compile(r"[^,，、]+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A workbook as read, and what the rules say of it."""

    reading: Reading
    report: Report

    @property
    def curves(self) -> DepartmentCurves:
        from jixiao.curves import department_curves

        department = self.reading.department
        return department_curves(department, profile_of(department).nodes)


def rule_codes(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str] | None:
    """The codes chosen by prefixes such as JX2 or JX2,JX3; None for all. Raises UserError for a prefix no rule has."""
    select, ignore = ([code for words in chosen for code in _CODES.findall(words)] for chosen in (select, ignore))
    for prefix in (*select, *ignore):
        if not any(code.startswith(prefix.upper()) for code in RULES):
            raise UserError(f"没有代码以“{prefix}”开头的规则；用 jixiao rules 查看全部规则")
    if not select and not ignore:
        return None
    wanted = {code for code in RULES if not select or code.startswith(tuple(prefix.upper() for prefix in select))}
    dropped = {code for code in RULES if code.startswith(tuple(prefix.upper() for prefix in ignore))}
    return frozenset(wanted - dropped if ignore else wanted)


def judge(grids: Sequence[Grid], *, today: date | None = None, codes: Collection[str] | None = None) -> Outcome:
    """Read and check. Raises CannotRead where there is no project sheet."""
    reading = read_workbook(grids)
    report = check(reading.department, reading.choices, today=today or date.today(), codes=codes)
    return Outcome(reading, replace(report, unchecked=(*reading.unchecked, *report.unchecked)))


def judge_file(path: Path, *, today: date | None = None, codes: Collection[str] | None = None) -> Outcome:
    return judge(read_grids(path), today=today, codes=codes)
