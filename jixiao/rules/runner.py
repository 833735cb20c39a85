"""Run the rules over a department: findings, and what could not be judged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jixiao.model.fields import field_label
from jixiao.model.narrative import Quote
from jixiao.model.origin import Place
from jixiao.model.records import Department, Indicator, Spending
from jixiao.profiles import DEFAULT_PROFILE, PROFILES, Parameter, Profile, load_profile
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import Fault, On, Record, Rule, RuleChoices, Settings, Severity, Suppression, Unjudged
from jixiao.rules.parts.matching import Pair, match_parts

_Owner = Spending | Pair
_Subject = tuple[Record | Pair, _Owner | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. `value` is what stands in the cell; `indicator` the 三级指标 of the row, if it is one."""

    code: str
    name: str
    severity: Severity
    place: Place
    project_code: str
    project: str
    indicator: str | None
    field: str
    value: str
    message: str
    advice: str
    authority: str


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A sheet or cell that no rule, or not every rule, could judge. `codes` is empty for a whole sheet."""

    place: Place
    why: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody chose not to see."""

    finding: Finding
    by: Suppression


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one run over one department. `void` lists suppressions that no longer, or never, hold."""

    department: Department
    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    void: tuple[tuple[Suppression, str], ...] = ()

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


def profile_of(department: Department) -> Profile:
    """The department's profile; the default one where it names none or an unknown one (a finding says so)."""
    name = department.profile if department.profile in PROFILES else DEFAULT_PROFILE
    return load_profile(name)


def check(department: Department, choices: RuleChoices, *, today: date, codes: Collection[str] | None = None) -> Report:
    """Run every enabled rule, or those of `codes`. Never raises for anything the user wrote."""
    profile = profile_of(department)
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    owners: dict[int, _Owner] = {
        id(indicator): spending for spending in department.spendings for indicator in spending.indicators
    }
    pairs = match_parts(department, profile)
    looked_at = _looked_at(department, pairs)
    for rule in RULES.values():
        if rule.code in choices.disabled or (codes is not None and rule.code not in codes):
            continue
        settings = Settings(profile, department, _parameters(rule, profile, choices))
        severity = _severity(rule, profile, choices)
        for record, owner in looked_at[rule.on]:
            if rule.needs and record.origin.defects and (broken := _broken_needs(rule, record)):
                unchecked.extend(broken)
                continue
            for found in rule.check(record, settings):
                if isinstance(found, Unjudged):
                    unchecked.extend(_unreadable(rule, found.record, found.field))
                else:
                    findings.append(_finding(rule, severity, found, owner or owners.get(id(found.record))))
    shown, suppressed, void = _suppress(findings, choices.suppressions, today)
    order = {record.origin.sheet: index for index, record in enumerate((department, *department.spendings))}
    key = _reading_order(order)
    return Report(
        department,
        tuple(sorted(shown, key=lambda finding: (key(finding.place), finding.code))),
        tuple(sorted(_joined(unchecked), key=lambda entry: key(entry.place))),
        tuple(suppressed),
        tuple(void),
    )


def _looked_at(department: Department, pairs: Sequence[Pair]) -> dict[On, list[_Subject]]:
    """What each scope of rules is called with."""
    looked_at: dict[On, list[_Subject]] = {on: list(subjects(on, department)) for on in On if on is not On.PAIR}
    # A basic passage fills the sheet of basic expenditure, where its text is read too.
    looked_at[On.RECORD] += [(pair.passage, pair) for pair in pairs if pair.passage and not pair.passage.is_basic]
    return looked_at | {On.PAIR: [(pair, pair) for pair in pairs]}


def subjects(on: On, department: Department) -> Iterator[tuple[Record, Spending | None]]:
    """The records a rule looks at, each with the spending it belongs to; pairs of both parts are no records."""
    if on is On.RECORD:
        for part in (On.DEPARTMENT, On.SPENDING, On.INDICATOR):
            yield from subjects(part, department)
    elif on is On.DEPARTMENT:
        yield department, None
    elif on is On.PROJECT:
        for project in department.projects:
            yield project, project
    elif on is On.SPENDING:
        for spending in department.spendings:
            yield spending, spending
    else:
        for spending in department.spendings:
            for indicator in spending.indicators:
                yield indicator, spending


def _parameters(rule: Rule, profile: Profile, choices: RuleChoices) -> dict[str, Parameter]:
    own = profile.parameters.get(rule.code, {})
    chosen = choices.parameters.get(rule.code, {})
    return {name: chosen.get(name, own[name]) for name in rule.parameters}


def _severity(rule: Rule, profile: Profile, choices: RuleChoices) -> Severity:
    if rule.code in choices.severities:
        return choices.severities[rule.code]
    return Severity(profile.severities.get(rule.code, rule.severity))


def _broken_needs(rule: Rule, record: Record | Pair) -> list[Unchecked]:
    if not record.origin.defects:
        return []
    return [entry for name in rule.needs for entry in _unreadable(rule, record, name)]


def _unreadable(rule: Rule, record: Record | Pair, name: str) -> list[Unchecked]:
    defect = record.origin.broken(name)
    if defect is None:
        return []
    why = f"取决于{field_label(name)}（单元格内容“{defect.shown}”无法读取）"
    return [Unchecked(record.origin.place(name), why, (rule.code,))]


def _finding(rule: Rule, severity: Severity, found: Fault, owner: _Owner | None) -> Finding:
    wording = rule.wording_of(found.variant)
    record = found.record
    if isinstance(record, Indicator | Quote):
        indicator = record.level3 or None
    else:
        indicator = None
        owner = record if isinstance(record, Spending) else owner
    return Finding(
        rule.code,
        rule.name,
        _milder(severity, wording.severity),
        record.origin.place(found.field),
        owner.code if owner else "",
        owner.name if owner else "",
        indicator,
        found.field,
        shown_value(record, found.field),
        wording.says.format_map(found.values),
        wording.advice.format_map(found.values),
        rule.source,
    )


def _milder(severity: Severity, own: Severity | None) -> Severity:
    """A variant may be milder than its rule; where the user made the rule milder still, that holds."""
    return severity if own is None or own.rank < severity.rank else own


def shown_value(record: Record, name: str) -> str:
    """What stands in the field, as text."""
    if defect := record.origin.defects.get(name):
        return defect.shown
    if name.startswith("plan."):
        return _plan_text(record, name)
    value = getattr(record, name, None)
    if value is None or isinstance(value, tuple):
        return "、".join(part for part in value or () if isinstance(part, str))
    return str(getattr(value, "text", value))


def _plan_text(record: Record, name: str) -> str:
    nodes = record.plan.nodes if isinstance(record, Spending) else ()
    shares = {f"plan.{node.month}": node.share for node in nodes}
    share = shares.get(name)
    return "" if share is None else f"{share:f}%"


def _suppress(
    findings: list[Finding], suppressions: tuple[Suppression, ...], today: date
) -> tuple[list[Finding], list[Suppressed], list[tuple[Suppression, str]]]:
    valid: list[Suppression] = []
    void: list[tuple[Suppression, str]] = []
    for suppression in suppressions:
        why = _why_void(suppression, today)
        if why:
            void.append((suppression, why))
        else:
            valid.append(suppression)
    shown: list[Finding] = []
    suppressed: list[Suppressed] = []
    refused: dict[Suppression, str] = {}
    for finding in findings:
        by = next((one for one in valid if _covers(one, finding)), None)
        if by is not None and finding.severity is not Severity.ERROR:
            suppressed.append(Suppressed(finding, by))
            continue
        shown.append(finding)
        if by is not None:
            refused[by] = f"规则 {by.code} 查出的是错误，不能忽略，只能改正"
    void += refused.items()
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


def _joined(unchecked: list[Unchecked]) -> list[Unchecked]:
    """One entry a cell, with all the rules that wanted it."""
    joined: dict[tuple[Place, str], Unchecked] = {}
    for entry in unchecked:
        known = joined.get((entry.place, entry.why))
        joined[entry.place, entry.why] = replace(known, codes=known.codes + entry.codes) if known else entry
    return list(joined.values())


def _reading_order(sheets: dict[str, int]) -> Callable[[Place], tuple[int, str, int, int]]:
    return lambda place: (sheets.get(place.sheet, len(sheets)), place.sheet, place.row, place.column)
