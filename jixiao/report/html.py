"""The report as one HTML page that needs nothing else: no server, no network, no script to be readable.

Everything is visible as the page stands; the script only adds the filters and the search box. The content
policy allows this page's own style and script, by their hashes, and nothing from anywhere.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib import resources

from jixiao.curves import DepartmentCurves
from jixiao.report.common import (
    SheetFindings,
    by_sheet,
    facts,
    label_of,
    markup,
    place_text,
    severity_counts,
    table_head,
    unjudged,
    unrecognised,
)
from jixiao.report.html_curves import curves_section
from jixiao.rules.core import Suppression
from jixiao.rules.runner import Finding, Report, Unchecked

_LONGEST_VALUE = 100


def as_html(report: Report, curves: DepartmentCurves, workbook_name: str) -> str:
    """The whole page; write it as UTF-8."""
    style, script = _asset("page.css"), _asset("page.js")
    parts = [
        _head(workbook_name, style, script),
        "<body>",
        _header(report, workbook_name),
        '<main id="main">',
        _findings_section(report),
        *_unchecked_sections(report),
        *_suppressed_sections(report),
        curves_section(curves, report.department),
        "</main>",
        "<footer><p>未校验的内容不等于合格。提示和警告供参考，是否修改由编制单位决定。</p></footer>",
        f"<script>{script}</script>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _head(workbook_name: str, style: str, script: str) -> str:
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<link rel="icon" href="data:,">',
            f"<title>绩效目标校验报告：{markup(workbook_name)}</title>",
            f"<style>{style}</style>",
            "</head>",
        ]
    )


def _header(report: Report, workbook_name: str) -> str:
    pairs = "".join(
        f"<div><dt>{label}</dt><dd>{markup(content)}</dd></div>" for label, content in facts(report.department)
    )
    links = [("findings", "校验结果")]
    links += [("unchecked", "未校验")] * bool(report.unchecked)
    links += [("suppressed", "已忽略")] * bool(report.suppressed or report.void)
    links.append(("curves", "支出进度曲线"))
    nav = "".join(f'<a href="#{target}">{name}</a>' for target, name in links)
    return (
        '<a class="skip" href="#main">跳到正文</a>\n'
        f'<header><h1>绩效目标校验报告</h1><p class="book">{markup(workbook_name)}</p>'
        f'<dl class="facts">{pairs}</dl><nav aria-label="目录">{nav}</nav></header>'
    )


def _findings_section(report: Report) -> str:
    groups = "\n".join(_group(group) for group in by_sheet(report.findings))
    return (
        f'<section id="findings"><h2>校验结果</h2>\n{_counts(report)}\n{_verdict(report)}\n{groups}\n'
        '<div class="nothing" hidden><p>没有符合条件的结果。</p>'
        '<button type="button" class="reset">清除筛选</button></div></section>'
    )


def _counts(report: Report) -> str:
    """The counts: buttons once the script runs, and plain figures without it."""
    counts = severity_counts(report.findings)
    buttons = "".join(
        f'<button type="button" class="count {severity.value}" data-severity="{severity.value}" '
        f'aria-pressed="false">{severity.label} <b>{count}</b></button>'
        for severity, count in counts
    )
    plain = "".join(
        f'<span class="count {severity.value}">{severity.label} <b>{count}</b></span>' for severity, count in counts
    )
    return (
        '<div class="tools" hidden><div class="filters" role="group" aria-label="按级别筛选">'
        '<button type="button" class="count all" aria-pressed="true">全部 '
        f"<b>{len(report.findings)}</b></button>{buttons}</div>"
        '<label class="search">搜索 <input type="search" autocomplete="off" spellcheck="false" '
        'placeholder="单元格、编号、指标、内容…"></label>'
        '<p class="shown" role="status"></p></div>'
        f'<p class="plain-counts">{plain}</p>'
    )


def _verdict(report: Report) -> str:
    if report.findings:
        return ""
    skipped = "，但有未校验的内容，见下文" if report.unchecked else ""
    return f'<p class="verdict">没有发现问题{skipped}。</p>'


def _group(group: SheetFindings) -> str:
    project = f"<small>{markup(group.project)}</small>" if group.shows_project else ""
    rows = "\n".join(_row(finding) for finding in group.findings)
    return (
        f'<section class="sheet"><h3><span>{markup(group.sheet)}</span>{project}</h3>\n'
        f"<table>{table_head('级别', '单元格', '指标或栏目', '现有内容', '问题、建议和依据')}\n"
        f"<tbody>\n{rows}\n</tbody></table></section>"
    )


def _row(finding: Finding) -> str:
    severity = finding.severity
    return (
        f'<tr class="finding" data-severity="{severity.value}">'
        f'<td class="level"><span class="badge {severity.value}">{severity.label}</span>'
        f'<span class="code">{finding.code}</span></td>'
        f'<td class="cell">{finding.place.a1 or "整张表"}</td>'
        f'<td data-label="指标或栏目">{_about(finding)}</td>'
        f'<td data-label="现有内容" class="value">{_value(finding.value)}</td>'
        f'<td class="says"><p class="message">{markup(finding.message)}</p>'
        f'<p class="advice"><b>建议</b> {markup(finding.advice)}</p>'
        f'<p class="authority"><b>依据</b> {markup(finding.authority)}</p></td></tr>'
    )


def _about(finding: Finding) -> str:
    label = label_of(finding.field)
    if finding.indicator is None:
        return markup(label)
    return f"{markup(finding.indicator)}<small>{markup(label)}</small>"


def _value(value: str) -> str:
    if not value:
        return '<span class="empty">（空）</span>'
    if len(value) <= _LONGEST_VALUE:
        return markup(value)
    return f'{markup(value[:_LONGEST_VALUE])}…<span class="empty">（共 {len(value)} 字）</span>'


def _unchecked_sections(report: Report) -> Iterable[str]:
    """One section whose anchor the navigation knows, with the cells and the whole sheets apart."""
    if not report.unchecked:
        return
    yield '<section id="unchecked"><h2>未校验</h2><p class="lead">以下内容没有判断，不等于合格。</p>'
    for title, entries in (("单元格无法读取", unjudged(report)), ("未识别的工作表", unrecognised(report))):
        if entries:
            yield f"<h3>{title}</h3><ul>{''.join(_unchecked(entry) for entry in entries)}</ul>"
    yield "</section>"


def _unchecked(entry: Unchecked) -> str:
    codes = f'<span class="codes">涉及规则 {"、".join(entry.codes)}</span>' if entry.codes else ""
    return f"<li><b>{markup(place_text(entry.place))}</b> {markup(entry.why)} {codes}</li>"


def _suppressed_sections(report: Report) -> Iterable[str]:
    if not (report.suppressed or report.void):
        return
    yield '<section id="suppressed"><h2>已忽略</h2><p class="lead">由本单位在校验设置中决定不再提示。</p>'
    if report.suppressed:
        items = "".join(_suppressed(one.finding, one.by) for one in report.suppressed)
        yield f"<ul>{items}</ul>"
    if report.void:
        items = "".join(_void(suppression, why) for suppression, why in report.void)
        yield f"<h3>未生效的忽略设置</h3><ul>{items}</ul>"
    yield "</section>"


def _suppressed(finding: Finding, by: Suppression) -> str:
    where = f"{markup(place_text(finding.place))} {finding.severity.label} {finding.code}"
    who = f"理由：{markup(by.reason)}；负责人：{markup(by.person)}；有效期至 {markup(by.until)}"
    return f'<li><b>{where}</b> {markup(finding.message)}<span class="codes">{who}</span></li>'


def _void(suppression: Suppression, why: str) -> str:
    where = "!".join(part for part in (suppression.sheet, suppression.cell) if part)
    return f"<li><b>{markup(suppression.code) or '（无规则编号）'} {markup(where)}</b> {markup(why)}</li>"
