"""Which passage of Part 1 speaks of which spending of the tables: done once a run, before the rules.

By name first, through a dictionary. Only what is left over is compared by amount, and by likeness of the names: a pair
that is not found would be reported as missing, so in doubt two are taken for one, and JX801 says how they differ.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from jixiao.model.narrative import Passage
from jixiao.model.origin import Origin
from jixiao.model.records import BasicExpenditure, Department, Spending
from jixiao.profiles import Profile
from jixiao.rules.parts.amounts import is_telling, step_of
from jixiao.rules.parts.leftovers import Mentions, Names
from jixiao.rules.similarity import most_alike, normalised


@dataclass(frozen=True, slots=True)
class Pair:
    """What both parts say of one spending; `passage` or `spending` is None where only one part has it.

    is_doubtful: the names are only alike, and the amounts differ.
    together: all spendings that one passage names; `spending` is None then.
    beside: where one part lacks it, a passage that speaks of the same name all the same.
    nearest: where one part lacks it, the most similar name there that is left over; "" if none is similar.
    """

    passage: Passage | None = None
    spending: Spending | None = None
    is_doubtful: bool = False
    together: tuple[Spending, ...] = ()
    beside: Passage | None = None
    nearest: str = ""

    @property
    def code(self) -> str:
        return self.spending.code if self.spending else ""

    @property
    def name(self) -> str:
        """As the passage writes it."""
        return (self.passage and self.passage.name) or (self.spending.name if self.spending else "")

    @property
    def origin(self) -> Origin:
        record = self.passage or self.spending
        return record.origin if record else Origin()


def match_parts(department: Department, profile: Profile) -> tuple[Pair, ...]:
    """The passages in their order, each with its spending, then the spendings without one; () without any passage."""
    if not department.passages:
        return ()
    matching = _Matching(department, profile)
    matching.by_name(plain_name, choose=True)
    matching.of_several()
    matching.by_name(matching.core)
    matching.by_amount(is_exact=True)
    matching.by_amount(is_exact=False)
    matching.by_likeness()
    return tuple(matching.pairs())


def plain_name(name: str) -> str:
    """Without blanks and punctuation, and without the word 项目 that follows a name in a text."""
    plain = normalised(name)
    return plain.removesuffix("项目") or plain


# What tells two projects of similar names apart: numbers and phases, the level of government.
_MARK = re.compile(r"\d+|[一二三四五六七八九十]+(?=[期批标段号届次])|[省市县区乡镇]")
_YEAR = re.compile(r"20\d\d年?度?")
_JOINED = re.compile(r"[、和及与”“]")
_ALIKE, _ALIKE_AT_SAME_AMOUNT, _RELATED = 0.8, 0.5, 0.3
_SHORTEST_NAME = 3


def may_be_one(first: str, second: str) -> bool:
    """Nothing in two names contradicts that one project is meant: not so 一期 and 二期, 市级 and 县级."""
    marks, others = (set(_MARK.findall(_YEAR.sub("", name))) for name in (first, second))
    return marks <= others or others <= marks


class _Matching:
    """What is left over of both parts, by its place, and the pairs found so far."""

    def __init__(self, department: Department, profile: Profile) -> None:
        self._all_passages, self._all_spendings = department.passages, department.spendings
        self._passages = dict(enumerate(department.passages))
        self._spendings = dict(enumerate(department.spendings))
        self._found: dict[int, Pair] = {}
        self._fillers = _pattern(tuple(profile.words["parts"]["name_fillers"]))
        self._units = profile.words["money_units"]

    def core(self, name: str) -> str:
        """The name without the words that one part writes and the other leaves out."""
        plain = normalised(name)
        return self._fillers.sub("", plain) or plain

    def _take(self, passage: int, spending: int, *, is_doubtful: bool = False) -> None:
        self._found[passage] = Pair(self._passages.pop(passage), self._spendings.pop(spending), is_doubtful)

    def by_name(self, key: Callable[[str], str], *, choose: bool = False) -> None:
        """One name on each side; or, where a name stands several times and we may `choose`, the best of them."""
        passages, spendings = _grouped(self._passages, key), _grouped(self._spendings, key)
        for name in passages.keys() & spendings.keys():
            mine, theirs = passages[name], spendings[name]
            if choose:
                self._take_best(mine, theirs)
            elif len(mine) == len(theirs) == 1 and self._may_be_one(mine[0], theirs[0]):
                self._take(mine[0], theirs[0])

    def _take_best(self, passages: list[int], spendings: list[int]) -> None:
        for passage in passages:
            best = min(spendings, key=lambda spending: self._strangeness(passage, spending), default=None)
            if best is not None:
                spendings.remove(best)
                self._take(passage, best)

    def _strangeness(self, passage: int, spending: int) -> tuple[bool, bool]:
        mine, theirs = self._passages[passage], self._spendings[spending]
        return mine.is_basic is not isinstance(theirs, BasicExpenditure), mine.budget != theirs.budget

    def _may_be_one(self, passage: int, spending: int) -> bool:
        mine, theirs = self._passages[passage], self._spendings[spending]
        same_kind = mine.is_basic is isinstance(theirs, BasicExpenditure)
        return same_kind and (not mine.name or may_be_one(normalised(mine.name), normalised(theirs.name)))

    def of_several(self) -> None:
        """A passage that names several spendings in full: “甲”和“乙”项目年初预算安排…"""
        for place, passage in list(self._passages.items()):
            if not _JOINED.search(passage.name):
                continue
            named = [key for key, one in self._spendings.items() if _contains(passage.name, one.name)]
            if len(named) > 1:
                together = tuple(self._spendings.pop(key) for key in named)
                self._found[place] = Pair(self._passages.pop(place), together=together)

    def by_amount(self, *, is_exact: bool) -> None:
        """One passage and one spending of an amount, exact or as far as it is written out."""
        known = sorted((one.budget.fen, place) for place, one in self._spendings.items() if one.budget)
        amounts = [fen for fen, _ in known]
        single: dict[int, list[int]] = defaultdict(list)
        for place, passage in self._passages.items():
            low, high = self._range(passage, is_exact=is_exact)
            first, last = bisect_left(amounts, low), bisect_right(amounts, high)
            if last - first == 1:
                single[known[first][1]].append(place)
        for spending, places in single.items():
            if len(places) == 1 and self._are_related(places[0], spending):
                self._take(places[0], spending)

    def _range(self, passage: Passage, *, is_exact: bool) -> tuple[Decimal, Decimal]:
        fen = Decimal(passage.budget.fen if passage.budget else -1)
        grain = Decimal(0) if is_exact or not passage.budget else step_of(passage.budget_digits, self._units) * 50
        return fen - grain, fen + grain

    def _are_related(self, passage: int, spending: int) -> bool:
        """Round amounts coincide; then the names must have something in common, and never contradict."""
        mine, theirs = self._passages[passage], self._spendings[spending]
        if not self._may_be_one(passage, spending):
            return False
        if not mine.name or (mine.budget and is_telling(mine.budget)):
            return True
        return any(most_alike(self.core(mine.name), [self.core(theirs.name)], _RELATED))

    def by_likeness(self) -> None:
        """The most similar names first; at the same amount less likeness is enough."""
        places = list(self._spendings)
        names = [self.core(self._spendings[place].name) for place in places]
        candidates = []
        for passage in self._passages:
            for index, score in self._alike(self._passages[passage].name, names):
                same = self._same_amount(passage, places[index])
                if score >= (_ALIKE_AT_SAME_AMOUNT if same else _ALIKE):
                    candidates.append((not same, -score, passage, places[index]))
        for differs, _, passage, spending in sorted(candidates):
            if passage in self._passages and spending in self._spendings and self._may_be_one(passage, spending):
                known = self._passages[passage].budget and self._spendings[spending].budget
                self._take(passage, spending, is_doubtful=bool(differs and known))

    def _alike(self, name: str, names: Sequence[str]) -> Iterator[tuple[int, float]]:
        return most_alike(self.core(name), names, _ALIKE_AT_SAME_AMOUNT) if name and names else iter(())

    def _same_amount(self, passage: int, spending: int) -> bool:
        budget = self._spendings[spending].budget
        low, high = self._range(self._passages[passage], is_exact=False)
        return budget is not None and low <= budget.fen <= high

    def pairs(self) -> Iterator[Pair]:
        """The passages in the order of the text, matched or not, then the spendings that no passage is about."""
        named = {plain_name(pair.passage.name): pair.passage for pair in self._found.values() if pair.passage}
        spendings = Names([spending.name for spending in self._spendings.values()], self.core)
        for place, passage in enumerate(self._all_passages):
            if place in self._found:
                yield self._found[place]
            else:
                twin = named.get(plain_name(passage.name))
                yield Pair(passage, beside=twin, nearest=spendings.nearest(passage.name))
        if self._spendings:
            yield from self._without_passage(named)

    def _without_passage(self, named: Mapping[str, Passage]) -> Iterator[Pair]:
        passages = Names([passage.name for passage in self._passages.values()], self.core)
        mentions = Mentions(self._all_passages)
        for spending in self._spendings.values():
            name = plain_name(spending.name)
            beside = named.get(name) or mentions.of(name)
            yield Pair(spending=spending, beside=beside, nearest=passages.nearest(spending.name))


def _grouped(left: Mapping[int, Passage] | Mapping[int, Spending], key: Callable[[str], str]) -> dict[str, list[int]]:
    """The places by the key of their names; those without a name are not there."""
    groups: dict[str, list[int]] = {}
    for place, record in left.items():
        if name := key(record.name):
            groups.setdefault(name, []).append(place)
    return groups


def _contains(text: str, name: str) -> bool:
    plain = plain_name(name)
    return len(plain) >= _SHORTEST_NAME and plain in normalised(text)


@lru_cache(maxsize=8)
def _pattern(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))
