"""What an import says, for people and programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jixiao.documents.readings import Level, Record
from jixiao.documents.recognise import Imported
from jixiao.report.as_json import department_json

_SHOWN = 20
_ENGLISH = {Level.UNREAD: "error", Level.UNUSED: "warning", Level.NOTE: "info"}


def import_text(imported: Imported, workbook: Path) -> str:
    """What was read, what was not (the first of it), which file to open."""
    return "\n".join([*read_lines(imported), f"已写入 {workbook}；下一步：jixiao validate {workbook}", ""])


def read_lines(imported: Imported, shown: int = _SHOWN) -> list[str]:
    """What was read, and of what was not the first `shown`."""
    department = imported.department
    rows = sum(len(project.indicators) for project in department.projects)
    needed = [record for record in imported.records if record.level is not Level.NOTE]
    lines = [
        f"{department.unit_name or '（没有读出单位名称）'}{f'（{department.year}年）' if department.year else ''}："
        f"{len(department.projects)} 个项目，{rows} 个指标；第一部分 {len(imported.paragraphs)} 段，"
        f"其中分项绩效目标 {len(department.passages)} 段",
        _counts_text(imported.records),
        *(_line(record) for record in needed[:shown]),
    ]
    if len(needed) > shown:
        lines.append(f"  ……另有 {len(needed) - shown} 条，见工作表“导入记录”")
    return lines


def _counts_text(records: Iterable[Record]) -> str:
    counts = Counter(record.level for record in records)
    return "，".join(f"{level.value} {counts[level]} 处" for level in Level)


def _line(record: Record) -> str:
    return f"  {record.level.value} {record.where or '全文'}：{_excerpt(record.text)} —— {record.why}"


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:60]}……"


def records_text(records: Iterable[Record]) -> str:
    """Every record in full, one a line, its fields between tabs."""
    heading = "类别\t来源位置\t原文\t说明\n"
    return heading + "".join(
        f"{record.level.value}\t{record.where}\t{' '.join(record.text.split())}\t{record.why}\n" for record in records
    )


def import_json(imported: Imported, document: str, workbook: str) -> str:
    """One object: document, workbook, department, counts, records; severities as in `validate`."""
    counts = Counter(_ENGLISH[record.level] for record in imported.records)
    content: dict[str, Any] = {
        "document": document,
        "workbook": workbook,
        "department": department_json(imported.department),
        "counts": {severity: counts[severity] for severity in _ENGLISH.values()},
        "records": [
            {"severity": _ENGLISH[record.level], "where": record.where, "text": record.text, "message": record.why}
            for record in imported.records
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
