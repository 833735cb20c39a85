"""What an import says, for people and programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jixiao.documents.outcome import read_lines
from jixiao.documents.readings import Level, Record
from jixiao.documents.recognise import Imported

_ENGLISH = {Level.UNREAD: "error", Level.UNUSED: "warning", Level.NOTE: "info"}


def import_text(imported: Imported, workbook: Path) -> str:
    """What was read, what was not (the first of it), which file to open."""
    return "\n".join([*read_lines(imported), f"已写入 {workbook}；下一步：jixiao validate {workbook}", ""])


def records_text(records: Iterable[Record]) -> str:
    """Every record in full, one a line, its fields between tabs."""
    heading = "类别\t来源位置\t原文\t说明\n"
    return heading + "".join(
        f"{record.level.value}\t{record.place}\t{' '.join(record.text.split())}\t{record.why}\n" for record in records
    )


def import_json(imported: Imported, document: str, workbook: str) -> str:
    """One object: document, workbook, department, counts, records; severities as in `validate`."""
    import json

    from jixiao.report.as_json import department_json  # here: most imports are told in lines

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
