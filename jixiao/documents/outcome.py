"""What was read of a document, and what was not, in lines for the user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from jixiao.documents.readings import Level, Record
from jixiao.documents.recognise import Imported

_SHOWN = 20


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
    return f"  {record.level.value} {record.place}：{_excerpt(record.text)} —— {record.why}"


def _excerpt(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:60]}……"
