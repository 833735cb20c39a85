"""Whether the title of a form names its project, whatever else stands in it."""

from __future__ import annotations

import re

from jixiao.rules.similarity import normalised

# What titles add to a name, and names carry or not: numbers of years, the words of the form, the level of the money.
_ADDED = re.compile(
    r"附[件表]\d*|表\d+|第\d+[项个]|20\d\d年?度?|绩效目标(?:申报|批复|公开)?表?"
    r"|项目支出|支出|项目|部门|预算|草案|本级|[省市县区]级"
)
_NUMBERS = tuple(
    re.compile(number) for number in (r"^\d{1,5}[.-]?", r"^\d{1,3}[.-]\d{1,3}", r"^[一二三四五六七八九十]{1,3}")
)
_NAMELESS = re.compile(r"(?:专项)?(?:资金|经费)?")


def contradicts_name(title: str, name: str, unit: str) -> bool:
    """The title names something else; not so one that names no project at all, such as 项目支出绩效目标表.

    Blanks, punctuation, numbering, years, the unit's name and the words of the form make no difference.
    """
    own = _without(_plain(title), _plain(unit))
    stems = {number.sub("", form) for form in own for number in _NUMBERS} | own
    if any(_NAMELESS.fullmatch(stem) for stem in stems):
        return False
    return stems.isdisjoint(_without(_plain(name), _plain(unit)))


def _plain(text: str) -> str:
    return _ADDED.sub("", normalised(text))


def _without(text: str, unit: str) -> set[str]:
    return {text, text.replace(unit, "", 1)}
