"""What somebody chose not to be shown: which findings that covers, and which choices do not hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from jixiao.rules.catalogue import RULES
from jixiao.rules.core import Severity, Suppression

if TYPE_CHECKING:
    from jixiao.rules.runner import Finding


_NOTHING = "没有找到对应的问题，可能已经改好，或单元格移动了；请核对后修改或删去"


def suppress(
    findings: list[Finding], suppressions: tuple[Suppression, ...], today: date, codes: Collection[str]
) -> tuple[list[Finding], list[tuple[Finding, Suppression]], list[tuple[Suppression, str]]]:
    """The findings to show, those not shown and by whose choice, the choices that do not hold and why.

    `codes`: the rules that were run; of the others nothing can be said.
    """
    valid: list[Suppression] = []
    void: list[tuple[Suppression, str]] = []
    for suppression in suppressions:
        why = _why_void(suppression, today)
        if why:
            void.append((suppression, why))
        else:
            valid.append(suppression)
    shown: list[Finding] = []
    suppressed: list[tuple[Finding, Suppression]] = []
    refused: dict[Suppression, str] = {}
    for finding in findings:
        by = next((one for one in valid if _covers(one, finding)), None)
        if by is not None and finding.severity is not Severity.ERROR:
            suppressed.append((finding, by))
            continue
        shown.append(finding)
        if by is not None:
            refused[by] = f"规则 {by.code} 查出的是错误，不能忽略，只能改正"
    void += refused.items()
    covering = refused.keys() | {by for _, by in suppressed}
    void += [(one, _NOTHING) for one in valid if one.code in codes and one not in covering]
    return shown, suppressed, void


def _why_void(suppression: Suppression, today: date) -> str:
    missing = [
        label
        for label, text in (("理由", suppression.reason), ("负责人", suppression.person), ("有效期", suppression.until))
        if not text
    ]
    if missing:
        return f"缺{'、'.join(missing)}，未生效"
    if suppression.code not in RULES:
        return f"没有规则 {suppression.code}，未生效"
    try:
        until = date.fromisoformat(suppression.until)
    except ValueError:
        return f"有效期“{suppression.until}”不是日期（应如 {today.year}-12-31），未生效"
    return f"已于 {until} 到期，不再生效" if until < today else ""


def _covers(suppression: Suppression, finding: Finding) -> bool:
    return (
        suppression.code == finding.code
        and suppression.sheet in ("", finding.place.sheet)
        and suppression.cell in ("", finding.place.a1)
    )
