"""What a rule is: a code, a name, its texts and a function that yields faults.

A rule looks at records and never at a cell. It yields faults, each a record, a field and the values its message needs;
the runner makes findings of them. All texts of a rule stand on the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from jixiao.model.narrative import Passage, Quote
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project
from jixiao.profiles import Parameter, Profile

Record = Department | Project | BasicExpenditure | Indicator | Passage | Quote


class Severity(StrEnum):
    """error: provable. warning: very probably to be mended. info: worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


class On(StrEnum):
    """What a rule's function is called with: one record after the other, or, where there are many, all of them at once.

    Few of many subjects break a rule: a call for each would cost more than judging them all.
    """

    DEPARTMENT = "department"
    PROJECT = "project"
    SPENDING = "spending"  # every project and both kinds of basic expenditure
    PAIR = "pair"  # what Part 1 and Part 2 say of one spending
    INDICATORS = "indicators"  # every indicator of every spending
    WORDED = "worded"  # the indicators whose value is a text or a date, and those that could not be read whole
    RECORDS = "records"  # all of these: the department, every spending, every indicator
    TEXTS = "texts"  # every text in a record or in a project's passage, and each distinct one only once

    @property
    def is_many(self) -> bool:
        return self in (On.INDICATORS, On.WORDED, On.RECORDS, On.TEXTS)


class Text(NamedTuple):
    """A text that somebody wrote into a field, and what a rule on texts may know of its place: the kind of the record.

    The same few words stand in a department's forms by the hundred. Such a rule judges them once, and what it finds
    holds wherever they stand.
    """

    kind: type[Record]
    field: str
    content: str


class Fault(NamedTuple):
    """`record`.`field` breaks the rule; `values` fill the message; `variant` picks other texts of the rule.

    A rule on texts names the text for the record.
    """

    record: Record | Text
    field: str
    values: Mapping[str, object]
    variant: str


def fault(record: Record, field: str, variant: str = "", **values: object) -> Fault:
    return Fault(record, field, values, variant)


def text_fault(text: Text, variant: str = "", **values: object) -> Fault:
    return Fault(text, text.field, values, variant)


class Unjudged(NamedTuple):
    """`record`.`field` cannot be read, so the rule cannot judge: for what `needs` of a rule does not reach."""

    record: Record
    field: str


@dataclass(frozen=True, slots=True)
class Wording:
    """`says` and `advice` are format strings over the fault's values."""

    says: str
    advice: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """An example for the page of the rule: wrong, and mended."""

    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What one rule may ask for besides its subject: the profile, its parameters, the department around it."""

    profile: Profile
    department: Department
    parameters: Mapping[str, Parameter]

    def __getitem__(self, parameter: str) -> Any:
        return self.parameters[parameter]

    def words(self, name: str) -> Any:
        """A word list of the profile."""
        return self.profile.words[name]


Check = Callable[[Any, Settings], Iterable[Fault | Unjudged]]  # of one subject, or of all: see `On`


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    title: what it checks, in Chinese, for people. source: the authority it rests on.
    parameters: name -> its meaning in Chinese; the default values are in the profile.
    needs: fields without which it cannot judge; where one is unreadable the rule says 未校验.
    explanation: why it matters and when it does not apply; for the rule's page.
    """

    code: str
    name: str
    title: str
    severity: Severity
    on: On
    source: str
    wording: Wording
    variants: Mapping[str, Wording]
    parameters: Mapping[str, str]
    needs: tuple[str, ...]
    explanation: str
    example: Case
    since: str
    check: Check

    def wording_of(self, variant: str) -> Wording:
        return self.variants[variant] if variant else self.wording


# Authorities, cited by document number; an article only where its wording has been read.
FORM = "项目绩效目标表（预算绩效目标文本格式）"
MOF_2015_88 = "财预〔2015〕88号 中央部门预算绩效目标管理办法"
MOF_2020_10 = "财预〔2020〕10号 项目支出绩效评价管理办法"
MOF_2021_101 = "财预〔2021〕101号 中央部门项目支出核心绩效目标和指标设置及取值指引（试行）"
INTEGRATED_SYSTEM = "财办〔2020〕13号 预算管理一体化规范（试行）"
GOOD_PRACTICE = "编制实践建议（非文件强制要求）"

RULES: dict[str, Rule] = {}


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    on: On,
    title: str,
    source: str,
    says: str,
    advice: str,
    example: Case,
    variants: Mapping[str, Wording] | None = None,
    parameters: Mapping[str, str] | None = None,
    needs: tuple[str, ...] = (),
    since: str = "0.1",
) -> Callable[[Check], Check]:
    """Enter a function into the catalogue; its docstring, in Chinese, is the explanation on the rule's page."""

    def enter(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"{code} is defined twice")
        RULES[code] = Rule(
            code, name, title, severity, on, source, Wording(says, advice), variants or {}, parameters or {},
            needs, _unwrapped(check.__doc__ or ""), example, since, check,
        )  # fmt: skip
        return check

    return enter


def _unwrapped(docstring: str) -> str:
    """Paragraphs of a docstring, each on one line; Chinese needs no blank where lines meet."""
    paragraphs = docstring.strip().split("\n\n")
    return "\n\n".join("".join(line.strip() for line in paragraph.splitlines()) for paragraph in paragraphs)


@dataclass(frozen=True, slots=True)
class Suppression:
    """Somebody's decision not to be shown a warning: which, where, why, who, until when (ISO date)."""

    code: str
    sheet: str
    cell: str
    reason: str
    person: str
    until: str


@dataclass(frozen=True, slots=True)
class RuleChoices:
    """What the department chose in 校验设置. Empty means: everything as the profile has it."""

    disabled: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Parameter]] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
