"""The report for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jixiao.report.columns import columns, one_line, pad, wrap
from jixiao.report.common import by_sheet, facts, place_text, severity_counts, unjudged, unrecognised
from jixiao.rules.core import Severity
from jixiao.rules.runner import Finding, Report, Unchecked

Paint = Callable[[str, str], str]

_CODES = {Severity.ERROR.value: "31;1", Severity.WARNING.value: "33", Severity.INFO.value: "36", "head": "1"}


def as_text(report: Report, workbook_name: str, *, colour: bool = False, width: int = 0) -> str:
    """The whole report, ending with a line break.

    A finding takes two lines: what is wrong, then advice and authority. `width` (columns of the terminal)
    breaks longer lines under their beginning; 0 leaves them long, which suits files and pipes.
    """
    writer = _Writer(colour, width)
    lines = [*_head(report, workbook_name, writer), *_findings(report, writer)]
    lines += [*_unchecked(report, writer), *_suppressed(report, writer), "", *_close(report, writer)]
    return "\n".join(lines) + "\n"


class _Writer:
    """Colours and breaks lines, or leaves them alone."""

    def __init__(self, colour: bool, width: int) -> None:
        self._colour, self._width = colour, width

    def paint(self, kind: str, text: str) -> str:
        return f"\x1b[{_CODES[kind]}m{text}\x1b[0m" if self._colour else text

    def line(self, text: str, *, lead: str = "", painted: str = "") -> list[str]:
        """`lead`, then the text; further lines begin below the text. `painted` stands for the lead."""
        text, indent = one_line(text), columns(lead)
        room = max(self._width - indent, 20) if self._width else 0
        first, *rest = wrap(text, room) if room else [text]
        return [(painted or lead) + first, *(" " * indent + line for line in rest)]


def _head(report: Report, workbook_name: str, writer: _Writer) -> list[str]:
    return [
        writer.paint("head", f"绩效目标校验结果：{one_line(workbook_name)}"),
        *writer.line("；".join(f"{label}：{text}" for label, text in facts(report.department))),
        *writer.line(_counts(report)),
    ]


def _counts(report: Report) -> str:
    others = (
        ("未校验 {} 处", len(unjudged(report))),
        ("未识别 {} 张表", len(unrecognised(report))),
        ("已忽略 {} 条", len(report.suppressed)),
    )
    parts = [_severities(report.findings), *(text.format(count) for text, count in others if count)]
    return "；".join(parts)


def _severities(findings: tuple[Finding, ...]) -> str:
    return "，".join(f"{severity.label} {count} 条" for severity, count in severity_counts(findings))


def _findings(report: Report, writer: _Writer) -> Iterator[str]:
    for group in by_sheet(report.findings):
        name = f"{group.sheet}（{group.project}）" if group.shows_project else group.sheet
        counts = "，".join(f"{one.label} {count}" for one, count in severity_counts(group.findings) if count)
        yield ""
        yield f"{writer.paint('head', f'【{one_line(name)}】')}{counts}"
        cell_width = max(columns(finding.place.a1 or "整表") for finding in group.findings)
        for finding in group.findings:
            yield from _finding(finding, cell_width, writer)


def _finding(finding: Finding, cell_width: int, writer: _Writer) -> Iterator[str]:
    label = finding.severity.label
    rest = f"  {pad(finding.place.a1 or '整表', cell_width)}  {finding.code}  "
    about = finding.indicator or ""
    message = finding.message if not about or about in finding.message else f"{about}：{finding.message}"
    painted = f"  {writer.paint(finding.severity.value, label)}{rest}"
    yield from writer.line(message, lead=f"  {label}{rest}", painted=painted)
    indent = " " * columns(f"  {label}{rest}")
    yield from writer.line(f"建议：{finding.advice.rstrip('。')}。依据：{finding.authority}", lead=indent)


def _unchecked(report: Report, writer: _Writer) -> Iterator[str]:
    yield from _section("未校验（以下内容没有判断，不等于合格）", unjudged(report), writer)
    yield from _section("未识别（以下工作表没有读取，不等于合格）", unrecognised(report), writer)


def _section(title: str, entries: list[Unchecked], writer: _Writer) -> Iterator[str]:
    if entries:
        yield ""
        yield writer.paint("head", title)
    for entry in entries:
        codes = f"。涉及规则：{'、'.join(entry.codes)}" if entry.codes else ""
        yield from writer.line(f"{entry.why}{codes}", lead=f"  {one_line(place_text(entry.place))}  ")


def _suppressed(report: Report, writer: _Writer) -> Iterator[str]:
    if report.suppressed:
        yield ""
        yield writer.paint("head", "已忽略（由本单位决定不再提示）")
    for entry in report.suppressed:
        found, by = entry.finding, entry.by
        lead = f"  {found.severity.label}  {one_line(place_text(found.place))}  {found.code}  "
        yield from writer.line(found.message, lead=lead)
        yield from writer.line(f"理由：{by.reason}；负责人：{by.person}；有效期至 {by.until}", lead=" " * 8)
    if report.void:
        yield ""
        yield writer.paint("head", "未生效的忽略设置")
    for suppression, why in report.void:
        where = "!".join(part for part in (suppression.sheet, suppression.cell) if part)
        yield from writer.line(f"{where}  {why}", lead=f"  {one_line(suppression.code) or '（无规则编号）'}  ")


def _close(report: Report, writer: _Writer) -> list[str]:
    end = "没有发现问题" if not report.findings else _severities(report.findings)
    skipped = "；有未校验的内容，不等于合格" if report.unchecked else ""
    return writer.line(f"{end}{skipped}。", lead="合计：")
