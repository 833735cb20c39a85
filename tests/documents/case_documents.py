"""Invented documents, `cases/*.txt`, and beside each what a careful reader takes from it, as toml.

After a wanted change: python -m tests.documents.case_documents, and read the difference line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from jixiao.documents.reading.source_file import read_source
from jixiao.documents.recognise import Imported, recognise
from jixiao.documents.source import CannotImport
from jixiao.model.narrative import Passage
from jixiao.model.plan import SpendPlan
from jixiao.model.records import BasicExpenditure, Indicator, Project
from jixiao.sample import real_import

CASES = Path(__file__).parent / "cases"
REAL = Path(__file__).parent / "yutian-2024.toml"


def documents() -> list[Path]:
    return sorted(CASES.glob("*.txt"))


def taken_from(document: Path) -> dict[str, Any]:
    """What the import reads; `error` where it refuses the document. Empty fields are left out."""
    try:
        return view(recognise(read_source(document)))
    except CannotImport as problem:
        return {"error": str(problem)}


def view(imported: Imported) -> dict[str, Any]:
    department = imported.department
    return _filled({
        "department": [department.unit_code, department.unit_name, department.year or 0, department.region,
                       department.profile],
        "overall_goal": department.overall_goal,
        "measures": department.measures,
        "part_one": _roles(imported),
        "records": ["｜".join(one.replace("\n", "⏎") for one in record) for record in imported.records],
        "basic": [_basic(basic) for basic in department.basics],
        "project": [_project(project) for project in department.projects],
        "passage": [_passage(passage) for passage in department.passages],
    })  # fmt: skip


def _roles(imported: Imported) -> list[str]:
    """Each paragraph's role, alike ones counted: 标题 2."""
    roles = groupby(paragraph.role.value for paragraph in imported.part_one.paragraphs)
    return [f"{role} {len(list(alike))}" for role, alike in roles]


def _project(project: Project) -> dict[str, Any]:
    return _filled({
        "code": project.code, "name": project.name, "unit": f"{project.unit_code} {project.unit_name}".strip(),
        "title": project.title,
        "amounts": ["" if one is None else str(one) for one in (project.budget, project.fiscal, project.other)],
        "purpose": project.purpose, "plan": plan_text(project.plan), "goal": project.goal,
        "indicators": [_indicator(indicator) for indicator in project.indicators],
    })  # fmt: skip


def _basic(basic: BasicExpenditure) -> dict[str, Any]:
    return _filled({
        "name": basic.name, "budget": str(basic.budget or ""), "goal": basic.goal, "plan": plan_text(basic.plan),
        "indicators": [_indicator(indicator) for indicator in basic.indicators], "basis": basic.basis,
    })  # fmt: skip


def _indicator(row: Indicator) -> list[str]:
    return [row.level1, row.level2, row.level3, row.description, row.value.text, row.basis]


def _passage(passage: Passage) -> dict[str, Any]:
    cumulative = " 累计" if passage.is_cumulative else ""
    counts = [*passage.named_levels, str(passage.level_count or ""), str(passage.declared_count or "")]
    return _filled({
        "name": passage.name, "is_basic": passage.is_basic, "source": passage.source,
        "budget": f"{passage.budget_digits} = {passage.budget}" if passage.budget_digits else "",
        "goal": passage.goal, "plan": plan_text(passage.plan) + cumulative,
        "declared": [*counts, passage.declared_of] if passage.declared_of or passage.named_levels else [],
        "quotes": [
            [quote.level1, quote.level2, quote.level3, quote.description, quote.value.text] for quote in passage.quotes
        ],
        "basis": passage.basis,
    })  # fmt: skip


def plan_text(plan: SpendPlan) -> str:
    """3:20 6:50, and 9:- for a month without a percentage."""
    return " ".join(f"{node.month}:{'-' if node.share is None else f'{node.share:f}'}" for node in plan.nodes)


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _lines(fields: dict[str, Any]) -> Iterable[str]:
    for name, value in fields.items():
        if value and isinstance(value, list) and isinstance(value[0], dict):
            for entry in value:
                yield from ("", f"[[{name}]]", *_lines(entry))
        elif isinstance(value, list) and (name == "records" or isinstance(value[0], list)):
            yield from (f"{name} = [", *(f"  {_plain(entry)}," for entry in value), "]")
        else:
            yield f"{name} = {_plain(value)}"


def _plain(value: Any) -> str:
    """JSON's texts, lists, numbers and truth values are toml's."""
    return json.dumps(value, ensure_ascii=False)


def rewrite() -> None:
    REAL.write_text(_as_toml(view(real_import())), "utf-8")
    for document in documents():
        document.with_suffix(".toml").write_text(_as_toml(taken_from(document)), "utf-8")


def _as_toml(fields: dict[str, Any]) -> str:
    return "\n".join(_lines(fields)) + "\n"


if __name__ == "__main__":
    rewrite()
