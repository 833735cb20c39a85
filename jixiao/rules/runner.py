"""Run the rules over a department: findings, and what could not be judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, cast

from jixiao.model.fields import field_label
from jixiao.model.narrative import Quote
from jixiao.model.origin import Place
from jixiao.model.records import Department, Indicator, Spending
from jixiao.model.value import Kind
from jixiao.profiles import DEFAULT_PROFILE, PROFILES, Parameter, Profile, load_profile
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import (
    Fault,
    On,
    Record,
    Rule,
    RuleChoices,
    Settings,
    Severity,
    Suppression,
    Text,
    Unjudged,
)
from jixiao.rules.parts.matching import Pair, match_parts
from jixiao.rules.suppressing import suppress
from jixiao.rules.texts import columns_of

_Owner = Spending | Pair


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
    run = _Run(department, profile)
    chosen = list(_chosen(profile, department, choices, codes))
    for one in chosen:
        if one.rule.on is On.TEXTS:
            run.judge_texts(one)
        else:
            run.judge_records(one)
    key = _reading_order(department)
    run.findings.sort(key=lambda finding: (key(finding.place), finding.code))
    shown, suppressed, void = suppress(run.findings, choices.suppressions, today, {one.rule.code for one in chosen})
    return Report(
        department,
        tuple(shown),
        tuple(sorted(_joined(run.unchecked), key=lambda entry: key(entry.place))),
        tuple(Suppressed(*pair) for pair in suppressed),
        tuple(void),
    )


class _Chosen(NamedTuple):
    """A rule as this department runs it."""

    rule: Rule
    settings: Settings
    severity: Severity


def _chosen(
    profile: Profile, department: Department, choices: RuleChoices, codes: Collection[str] | None
) -> Iterator[_Chosen]:
    for rule in RULES.values():
        if rule.code not in choices.disabled and (codes is None or rule.code in codes):
            settings = Settings(profile, department, _parameters(rule, profile, choices))
            yield _Chosen(rule, settings, _severity(rule, profile, choices))


class _Run:
    """What the rules say of one department, as they are run one after the other."""

    def __init__(self, department: Department, profile: Profile) -> None:
        self.findings: list[Finding] = []
        self.unchecked: list[Unchecked] = []
        pairs = match_parts(department, profile)
        self._records: dict[On, Sequence[Any]] = {on: subjects(on, department) for on in On if on is not On.PAIR}
        self._records[On.PAIR] = pairs
        self._texts = _texts(self._records[On.TEXTS])
        self._defective = {on: [one for one in records if one.origin.defects] for on, records in self._records.items()}
        self._owners: dict[int, _Owner] = {
            id(record): spending for spending in department.spendings for record in (spending, *spending.indicators)
        }
        for pair in pairs:
            if pair.passage:
                self._owners |= {id(record): pair for record in (pair.passage, *pair.passage.quotes)}

    def judge_records(self, one: _Chosen) -> None:
        for found in _faults(one, self._judgeable(one.rule)):
            self._keep(one, found, cast("Record", found.record))

    def _judgeable(self, rule: Rule) -> Sequence[Record]:
        """The records that hold what the rule needs; of each of the others is kept why it could not be judged."""
        unfit = set()
        for record in self._defective[rule.on]:
            if broken := _broken_needs(rule, record):
                self.unchecked += broken
                unfit.add(id(record))
        records = self._records[rule.on]
        return [record for record in records if id(record) not in unfit] if unfit else records

    def judge_texts(self, one: _Chosen) -> None:
        """What holds for a text holds wherever it stands: see `Text`."""
        for found in _faults(one, self._texts):
            for record in self._texts[found.record]:
                self._keep(one, found, record)

    def _keep(self, one: _Chosen, found: Fault | Unjudged, record: Record) -> None:
        if isinstance(found, Unjudged):
            self.unchecked += _unreadable(one.rule, record, found.field)
        else:
            self.findings.append(_finding(one, found, record, self._owners.get(id(record))))


def _faults(one: _Chosen, subjects: Iterable[Record | Text]) -> Iterator[Fault | Unjudged]:
    check, settings = one.rule.check, one.settings
    if one.rule.on.is_many:
        return iter(check(subjects, settings))
    return chain.from_iterable(check(subject, settings) for subject in subjects)


def _texts(records: Iterable[Record]) -> dict[Record | Text, list[Record]]:
    """Every distinct text, and the records it stands in."""
    of_kind: defaultdict[type[Record], list[Record]] = defaultdict(list)
    for record in records:
        of_kind[type(record)].append(record)
    texts: dict[Record | Text, list[Record]] = {}
    for kind, alike in of_kind.items():
        for field, contents in columns_of(kind, alike):
            holders: defaultdict[str, list[Record]] = defaultdict(list)
            for content, record in zip(contents, alike, strict=True):
                holders[content].append(record)
            holders.pop("", None)
            texts |= {Text(kind, field, content): holding for content, holding in holders.items()}
    return texts


def subjects(on: On, department: Department) -> tuple[Record, ...]:
    """The records a rule looks at, or whose texts it looks at."""
    spendings = department.spendings
    if on is On.DEPARTMENT:
        return (department,)
    if on is On.PROJECT:
        return department.projects
    if on is On.SPENDING:
        return spendings
    indicators = tuple(indicator for spending in spendings for indicator in spending.indicators)
    if on is On.WORDED:
        return tuple(one for one in indicators if one.value.kind in (Kind.TEXT, Kind.DATE) or one.origin.defects)
    if on is On.INDICATORS:
        return indicators
    everywhere = (department, *spendings, *indicators)
    # A basic passage fills the sheet of basic expenditure, where its text is looked at too.
    return everywhere + tuple(one for one in department.passages if on is On.TEXTS and not one.is_basic)


def _parameters(rule: Rule, profile: Profile, choices: RuleChoices) -> dict[str, Parameter]:
    own = profile.parameters.get(rule.code, {})
    chosen = choices.parameters.get(rule.code, {})
    return {name: chosen.get(name, own[name]) for name in rule.parameters}


def _severity(rule: Rule, profile: Profile, choices: RuleChoices) -> Severity:
    if rule.code in choices.severities:
        return choices.severities[rule.code]
    return Severity(profile.severities.get(rule.code, rule.severity))


def _broken_needs(rule: Rule, record: Record | Pair) -> list[Unchecked]:
    return [entry for name in rule.needs for entry in _unreadable(rule, record, name)]


def _unreadable(rule: Rule, record: Record | Pair, name: str) -> list[Unchecked]:
    defect = record.origin.broken(name)
    if defect is None:
        return []
    why = f"取决于{field_label(name)}（单元格内容“{defect.shown}”无法读取）"
    return [Unchecked(record.origin.place(name), why, (rule.code,))]


def _finding(one: _Chosen, found: Fault, record: Record, owner: _Owner | None) -> Finding:
    rule, wording = one.rule, one.rule.wording_of(found.variant)
    return Finding(
        rule.code,
        rule.name,
        _milder(one.severity, wording.severity),
        record.origin.place(found.field),
        owner.code if owner else "",
        owner.name if owner else "",
        record.level3 or None if isinstance(record, Indicator | Quote) else None,
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


def _joined(unchecked: list[Unchecked]) -> list[Unchecked]:
    """One entry a cell, with all the rules that wanted it."""
    joined: dict[tuple[Place, str], Unchecked] = {}
    for entry in unchecked:
        known = joined.get((entry.place, entry.why))
        joined[entry.place, entry.why] = replace(known, codes=known.codes + entry.codes) if known else entry
    return list(joined.values())


def _reading_order(department: Department) -> Callable[[Place], tuple[int, str, int, int]]:
    sheets = {record.origin.sheet: index for index, record in enumerate((department, *department.spendings))}
    return lambda place: (sheets.get(place.sheet, len(sheets)), place.sheet, place.row, place.column)
