"""JX6: 指标值确定依据."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from jixiao.model.narrative import Passage
from jixiao.model.records import BasicExpenditure, Department, Indicator, Spending
from jixiao.model.value import fold
from jixiao.profiles import Profile
from jixiao.rules.core import (
    FORM,
    GOOD_PRACTICE,
    Case,
    Fault,
    On,
    Settings,
    Severity,
    Unjudged,
    Wording,
    fault,
    rule,
)


@dataclass(frozen=True, slots=True, eq=False)
class _Sources:
    """How a text names where a value comes from: compiled from the profile's words, made once for each profile."""

    named: re.Pattern[str]
    filler: re.Pattern[str]
    titled: re.Pattern[str]
    whole: frozenset[str]


# A title in its brackets, the number of a document or an order, the number of a technical standard; a figure.
_REFERENCE = re.compile(
    r"《[^《》]{2,}|\d号|[〔﹝]20\d\d[〕﹞]\d|[A-Z]{2,5}(?:/[A-Z]{1,2})?-?\d{2,}"
    r"|\d(?:\.\d+)?[万亿]?(?:[%‰元人户名个次件份亩吨套台辆家所处座]|公里)"
)


@lru_cache(maxsize=8)
def _sources(profile: Profile) -> _Sources:
    words = profile.words["basis"]
    return _Sources(
        named=re.compile(rf"{'|'.join(words['standards'])}|(?<!相关)(?<!有关)(?:{'|'.join(words['sources'])})"),
        filler=re.compile("|".join(sorted(words["filler"], key=len, reverse=True))),
        titled=re.compile(rf"[一-鿿A-Za-z0-9)]{{2}}(?:{'|'.join(words['titles'])})"),
        whole=frozenset(words["whole"]),
    )


@lru_cache(maxsize=8192)
def _names_a_source(text: str, sources: _Sources) -> bool:
    folded = fold(text).rstrip("。.;,")
    if folded in sources.whole or _REFERENCE.search(folded) or sources.named.search(folded):
        return True
    return bool(sources.titled.search(sources.filler.sub("", folded)))


class _Basis(NamedTuple):
    """A stated basis at the first record that states it, and how many records of the spending do."""

    record: BasicExpenditure | Indicator | Passage
    text: str
    times: int


def _bases(spending: Spending) -> list[_Basis]:
    """The one of basic expenditure and the rows' ones, each once: copied through all rows it is one defect."""
    records: list[BasicExpenditure | Indicator] = [spending] if isinstance(spending, BasicExpenditure) else []
    by_text: dict[str, list[BasicExpenditure | Indicator]] = {}
    for record in (*records, *spending.indicators):
        if record.basis:
            by_text.setdefault(fold(record.basis), []).append(record)
    return [_Basis(same[0], same[0].basis, len(same)) for same in by_text.values()]


_NAMES_NOTHING = "“{basis}”没有写明是哪个文件、哪项标准或哪里的数据"
_NAME_IT = "写出文件名称和文号，或注明计划标准、历史标准、行业标准、预算支出标准及具体内容，如“上年实际 85%”"


@rule(
    "JX601",
    "basis-names-nothing",
    Severity.WARNING,
    on=On.SPENDING,
    title="指标值确定依据应写明文件、标准或数据来源",
    source=FORM,
    says=_NAMES_NOTHING,
    advice=_NAME_IT,
    variants={"repeated": Wording(_NAMES_NOTHING, f"本表 {{times}} 处都这样写，请逐处改正：{_NAME_IT}")},
    example=Case("依据相关政策文件确定", "《某某县培训费管理办法》（某财〔2023〕12号）"),
)
def basis_names_nothing(spending: Spending, settings: Settings) -> Iterator[Fault | Unjudged]:
    """依据要能让审核人查到指标值从哪里来；“依据相关政策文件确定”等于没有写，常被退回。

    写了书名号、文号、标准编号，计划标准、历史标准、行业标准、预算支出标准、其他这几类之一，或写明是哪份规划、方案、
    合同、办法、批复，哪年的数据、哪个系统或台账、哪种调查、询价、测算的，都算写明。表格要求填写依据，但没有文件规定怎样才算
    写明，所以只作警告。同一张表里几行写法相同的，只在第一行报一次。依据为空由 JX101 检查。
    """
    sources = _sources(settings.profile)
    yield from (Unjudged(row, "basis") for row in (spending, *spending.indicators) if row.origin.broken("basis"))
    for basis in _bases(spending):
        if not _names_a_source(basis.text, sources):
            variant = "repeated" if basis.times > 1 else ""
            yield fault(basis.record, "basis", variant, basis=basis.text, times=basis.times)


_DOCUMENT_NUMBER = re.compile(
    r"(?:(?P<open>[\[［【(（〔﹝{｛<＜〈])\s*(?P<year>(?:19|20)[0-9]{2})\s*(?P<close>[\]］】)）〕﹞}｝>＞〉])"
    r"|(?<=[发字函办规通])(?P<bare>(?:19|20)[0-9]{2})\s*[年-])"
    r"\s*(?P<number>第?\s*[0-9]{1,5})\s*(?P<end>号?)(?![0-9期次])"
)
_STANDARD_BRACKETS = ("〔〕", "﹝﹞")
# These are numbered 第3号 within their year.
_SERIES = ("纪要", "公告", "令", "会议")


@dataclass(frozen=True, slots=True)
class _DocumentNumber:
    stated: str
    standard: str
    year: int
    is_standard: bool


@lru_cache(maxsize=8192)
def _document_numbers(text: str) -> tuple[_DocumentNumber, ...]:
    found = (_document_number(match) for match in _DOCUMENT_NUMBER.finditer(text))
    return tuple(number for number in found if number)


def _document_number(match: re.Match[str]) -> _DocumentNumber | None:
    year, number = match["year"] or match["bare"], "".join(match["number"].split())
    has_standard_brackets = f"{match['open']}{match['close']}" in _STANDARD_BRACKETS
    if not (match["end"] or has_standard_brackets):
        return None  # (2019) and a number: anything
    in_series = match.string.endswith(_SERIES, 0, match.start())
    plain = number if in_series else number.removeprefix("第").lstrip("0") or "0"
    is_standard = has_standard_brackets and number == plain and bool(match["end"])
    return _DocumentNumber(match[0], f"〔{year}〕{plain}号", int(year), is_standard)


@rule(
    "JX602",
    "document-number-form",
    Severity.INFO,
    on=On.DEPARTMENT,
    title="文号宜用六角括号，文件宜现行有效",
    source=GOOD_PRACTICE,
    says="文号“{stated}”的写法不规范",
    advice="改写为“{standard}”：年份用六角括号，序号不加“第”、不补 0，后面写“号”",
    variants={
        "old": Wording(
            "文号“{stated}”是 {year} 年的文件，距预算年度 {age} 年", "确认文件仍然有效；已被新文件代替的，改写新文件"
        )
    },
    parameters={"years": "文件距预算年度超过多少年时提示"},
    example=Case("玉发[2005]11号", "玉发〔2005〕11号"),
)
def document_number_form(department: Department, settings: Settings) -> Iterator[Fault]:
    """党政机关公文格式（GB/T 9704-2012）规定发文字号的年份用六角括号〔〕括起，序号不加“第”、不编虚位，后加“号”字。
    绩效目标表不是公文，所以只作提示。会议纪要、令、公告的“第3号”不报告。

    年代较久的文件可能已经废止或修订，提示核对；界限可在校验设置中修改，没有预算年度时不提示。
    “（2019年修订）”等不是文号。同一张表里写法相同的依据只看一次，每处同类问题只提示一次。第一部分各段写的依据也看。
    """
    budget_year, years = department.year, settings["years"]
    in_forms = chain.from_iterable(map(_bases, department.spendings))
    in_part_one = (_Basis(one, one.basis, 1) for one in department.passages if one.basis and not one.is_basic)
    for basis in chain(in_forms, in_part_one):
        numbers = _document_numbers(basis.text)
        misspelled = next((number for number in numbers if not number.is_standard), None)
        if misspelled:
            yield fault(basis.record, "basis", stated=misspelled.stated, standard=misspelled.standard)
        oldest = min(numbers, key=lambda number: number.year, default=None)
        if oldest and budget_year is not None and budget_year - oldest.year > years:
            age = budget_year - oldest.year
            yield fault(basis.record, "basis", "old", stated=oldest.stated, year=oldest.year, age=age)
