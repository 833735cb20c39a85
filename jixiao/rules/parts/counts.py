"""JX805, JX806: how many indicators, and which 一级, the passage says there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jixiao.model.narrative import Passage, Quote
from jixiao.model.records import BasicExpenditure, Indicator, Spending
from jixiao.rules.core import FORM, GOOD_PRACTICE, Case, Fault, On, Settings, Severity, Wording, fault, rule
from jixiao.rules.levels import Taxonomy, bare, stem, taxonomy_of
from jixiao.rules.parts.matching import Pair
from jixiao.rules.parts.places import both, part1, part2, row_place
from jixiao.rules.required import has_content

_READINGS = {"rows": "指标行数", "level2": "二级指标的种数", "sum": "二级、三级指标个数之和"}


class _Counts(NamedTuple):
    """The three numbers a declared count may mean, and how many 一级 there are."""

    rows: int
    level2: int
    level1: int

    def of(self, reading: str) -> int:
        return {"level2": self.level2, "sum": self.rows + self.level2}.get(reading, self.rows)

    def meant(self, kinds: str) -> set[int]:
        """What a count of the named kinds may be; of 二、三级 each row is one, or each level counts."""
        if "一" in kinds:
            return {self.rows + self.level2 + self.level1}
        if "三" in kinds:
            return {self.rows, self.rows + self.level2} if "二" in kinds else {self.rows}
        return {self.level2} if "二" in kinds else self.all()

    def all(self) -> set[int]:
        return {self.rows, self.level2, self.rows + self.level2}


@rule(
    "JX805",
    "declared-count-wrong",
    Severity.ERROR,
    on=On.PAIR,
    title="第一部分所称的指标个数应与表中一致",
    source=GOOD_PRACTICE,
    says="{part1}“{name}”写明“{declared}”，{part2}有 {rows} 条指标、{level2} 种二级指标",
    advice="按表改为 {expected} 个（{reading}），或在表中补齐指标",
    variants={
        "other-reading": Wording(
            "{part1}“{name}”写明“{declared}”，{part2}有 {rows} 条指标、{level2} 种二级指标；"
            "{declared_number} 只是{other}",
            "按表改为 {expected} 个（{reading}），或写明数的是哪一级指标",
            Severity.WARNING,
        ),
        "basic": Wording(
            "{part1}“{name}”写明“{declared}”，这一段列出 {quotes} 个，{part2}有 {rows} 条",
            "改为实际列出的个数，或补写漏列的指标",
            Severity.WARNING,
        ),
    },
    parameters={"reading": "“二、三级指标”怎样数：rows 指标行数，level2 二级指标的种数，sum 二级、三级指标个数之和"},
    example=Case("“下设9个二、三级指标”，表中 8 行指标", "“下设8个二、三级指标”，表中 8 行指标"),
)
def declared_count_wrong(pair: Pair, settings: Settings) -> Iterator[Fault]:
    """个数常年照抄，表里增删了指标却没有跟着改。

    “二、三级指标”按指标行数比较；等于二级、三级指标个数之和的也不报告；只等于二级指标种数的，作警告。
    写明是二级指标或三级指标的，按那一级数。数法可在参数里改。表中没有指标的不比较。基本支出没有公开的表，和这一段列出的、基本支出表里的指标比较，只作警告。
    """
    found = both(pair)
    if not found or found.passage.declared_count is None:
        return
    passage, spending = found
    counts = _counts(_rows(spending), taxonomy_of(settings.profile))
    reading = settings["reading"] if settings["reading"] in _READINGS else "rows"
    is_basic = isinstance(spending, BasicExpenditure)
    listed = _counts(passage.quotes, taxonomy_of(settings.profile))
    variant = _basic_variant(passage, counts, listed) if is_basic else _variant(passage, counts, reading)
    if variant is not None:
        yield fault(
            passage, "declared_count", variant, part1=part1(passage), name=passage.name,
            declared=f"{passage.declared_count}个{passage.declared_of or '指标'}", part2=part2(spending),
            rows=counts.rows, level2=counts.level2, quotes=listed.rows,
            expected=counts.of(reading), reading=_READINGS[reading],
            declared_number=passage.declared_count, other=_fitting(passage, counts),
        )  # fmt: skip


def _variant(passage: Passage, counts: _Counts, reading: str) -> str | None:
    """None where the count is right, or there is nothing to compare it with."""
    declared = passage.declared_count
    if not counts.rows or declared in {counts.of(reading), *counts.meant(passage.declared_of)}:
        return None
    return "other-reading" if declared in counts.all() else ""


def _fitting(passage: Passage, counts: _Counts) -> str:
    """The reading by which the count would be right."""
    return next((label for name, label in _READINGS.items() if counts.of(name) == passage.declared_count), "")


def _basic_variant(passage: Passage, *known_counts: _Counts) -> str | None:
    known = {number for counts in known_counts for number in counts.all()} - {0}
    return "basic" if known and passage.declared_count not in known else None


def _rows(spending: Spending) -> list[Indicator]:
    return [row for row in spending.indicators if has_content(row)]


def _counts(rows: Sequence[Indicator | Quote], taxonomy: Taxonomy) -> _Counts:
    level2 = {taxonomy.meant2(row.level2) or bare(row.level2) for row in rows} - {""}
    return _Counts(len(rows), len(level2), len({_key(row.level1, taxonomy) for row in rows}))


def _key(level1: str, taxonomy: Taxonomy) -> str:
    """Which 一级 a name means, known to the profile or not: 产出, 产出指标, 效果指标."""
    return taxonomy.meant1(level1) or stem(level1)


_LEVELS: dict[str, Wording] = {
    "misnamed": Wording(
        "{part1}“{name}”把一级指标写作“{found}”，规范名称是“{meant}”{table}", "把第一部分的“{found}”改为“{meant}”"
    ),
    "number": Wording(
        "{part1}“{name}”写明{count}个一级指标，列出的是{stated}，共 {number} 个", "改正个数，或补上漏列的一级指标"
    ),
    "number-only": Wording(
        "{part1}“{name}”写明{count}个一级指标，{part2}有 {number} 个：{actual}", "按表改正个数"
    ),
    "quoted": Wording(
        "{part1}“{name}”所列的一级指标是{stated}，后面引用的指标却有属于“{other}”的",
        "在所列的一级指标里补上，或改正引用的指标",
    ),
    "not-quoted": Wording(
        "{part1}“{name}”所列的一级指标有“{other}”，后面没有引用它的任何指标",
        "可以为“{other}”引用一条有代表性的指标", Severity.INFO,
    ),
}  # fmt: skip


@rule(
    "JX806",
    "declared-levels-wrong",
    Severity.ERROR,
    on=On.PAIR,
    title="第一部分所列的一级指标应与表中一致",
    source=FORM,
    says="{part1}“{name}”所列的一级指标是{stated}，{part2}是{actual}：{difference}",
    advice="按表改正所列的一级指标",
    variants=_LEVELS,
    example=Case(
        "第一部分“产出指标、效果指标、满意度指标”，表中“效益指标”", "两部分都是“产出指标、效益指标、满意度指标”"
    ),
)
def declared_levels_wrong(pair: Pair, settings: Settings) -> Iterator[Fault]:
    """每个项目设了哪些一级指标，第一部分所列的、后面引用的、表中的，三处应当相同，名称用规范名称。

    只少写“指标”二字的不报告；表中自己的名称不规范的，由 JX403 检查。
    列了一级指标而没有引用其指标的，只作提示：引用的本来就是有代表性的几条。
    没有列出一级指标的只比较个数；表中没有指标的不和表比较。几处不一致的先报与表不一致的，改正后再看其余。
    """
    found = both(pair)
    if not found:
        return
    passage, spending = found
    taxonomy = taxonomy_of(settings.profile)
    values = {"part1": part1(passage), "name": passage.name, "stated": _listed(passage.named_levels)}
    yield from _misnamed(passage, spending, taxonomy, values)
    for compare in (_against_table, _wrong_number, _against_quotes):
        faults = list(compare(passage, spending, taxonomy, values))
        yield from faults
        if faults:  # what follows has the same cause
            return


def _misnamed(passage: Passage, spending: Spending, taxonomy: Taxonomy, values: dict[str, str]) -> Iterator[Fault]:
    """One finding a name, wherever in the passage it stands; not where the table has it likewise."""
    written = [*passage.named_levels, *(quote.level1 for quote in passage.quotes)]
    own = {stem(row.level1) for row in spending.indicators}
    for name in dict.fromkeys(stem(level1) for level1 in written):
        meant = taxonomy.meant1(name)
        if meant and stem(meant) != name and name not in own:
            found = next(level1 for level1 in written if stem(level1) == name)
            table = _written_in_table(spending, meant, taxonomy)
            yield fault(passage, "named_levels", "misnamed", **values, found=found, meant=meant, table=table)


def _written_in_table(spending: Spending, meant: str, taxonomy: Taxonomy) -> str:
    row = next((row for row in spending.indicators if taxonomy.meant1(row.level1) == meant), None)
    return f"；{row_place(spending, row, 'level1')}写的是“{row.level1}”" if row else ""


def _wrong_number(passage: Passage, spending: Spending, taxonomy: Taxonomy, values: dict[str, str]) -> Iterator[Fault]:
    count, named = passage.level_count, len(passage.named_levels)
    rows = _rows(spending)
    if count is None:
        return
    if named and count != named:
        yield fault(passage, "named_levels", "number", **values, count=count, number=named)
    present = _in_order([row.level1 for row in rows if row.level1], taxonomy)
    if not named and present and count != len(present) and not isinstance(spending, BasicExpenditure):
        place = part2(spending, "indicators")
        actual = _listed(present.values())
        number = len(present)
        yield fault(
            passage, "named_levels", "number-only", **values, count=count, number=number, actual=actual, part2=place
        )


def _against_table(passage: Passage, spending: Spending, taxonomy: Taxonomy, values: dict[str, str]) -> Iterator[Fault]:
    rows = _rows(spending)
    if not (rows and passage.named_levels) or isinstance(spending, BasicExpenditure):
        return
    stated, actual = (_in_order(names, taxonomy) for names in (passage.named_levels, [row.level1 for row in rows]))
    homes = {level1 for row in rows for level1 in taxonomy.level1s_of(row)}  # 满意度 under 效益: JX403 speaks of it
    more = [name for key, name in stated.items() if key not in actual and key not in homes]
    less = [name for key, name in actual.items() if key not in stated and name]
    if more or less:
        difference = "；".join(
            f"{lead}{_listed(names)}" for lead, names in (("表中没有", more), ("第一部分没有列", less)) if names
        )
        yield fault(
            passage, "named_levels", **values, part2=part2(spending, "indicators"),
            actual=_listed(actual.values()), difference=difference,
        )  # fmt: skip


def _against_quotes(
    passage: Passage, spending: Spending, taxonomy: Taxonomy, values: dict[str, str]
) -> Iterator[Fault]:
    if not passage.named_levels:
        return
    stated = _in_order(passage.named_levels, taxonomy)
    quoted = _in_order([quote.level1 for quote in passage.quotes if quote.level1], taxonomy)
    for key, name in quoted.items():
        if key not in stated:
            yield fault(passage, "named_levels", "quoted", **values, other=name)
    for key, name in stated.items():
        if quoted and key not in quoted:
            yield fault(passage, "named_levels", "not-quoted", **values, other=name)


def _in_order(names: Sequence[str], taxonomy: Taxonomy) -> dict[str, str]:
    """What each name means -> the name as it first stands."""
    meant: dict[str, str] = {}
    for name in names:
        meant.setdefault(_key(name, taxonomy), name)
    return meant


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
