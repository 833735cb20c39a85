"""The texts of a record, as the rules of the family JX9 look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from operator import attrgetter

from jixiao.model.narrative import Passage
from jixiao.model.records import BasicExpenditure, Department, Indicator, Project
from jixiao.rules.core import Record

# What a person writes; the words of the form (一级, 二级) are no texts.
_FIELDS: dict[type[Record], tuple[str, ...]] = {
    Department: ("overall_goal", "measures"),
    Project: ("title", "name", "purpose", "goal"),
    BasicExpenditure: ("name", "goal", "basis"),
    Indicator: ("level3", "description", "value", "basis"),
    Passage: ("text",),
}

_CONTEXT = 10
_LONGEST_QUOTE = 60


def text_of(field: str) -> Callable[[Record], str]:
    """Gets the text of the field from a record."""
    return attrgetter("value.text" if field == "value" else field)


def columns_of(kind: type[Record], records: Sequence[Record]) -> Iterator[tuple[str, Iterable[str]]]:
    """(field, its text in each of the records, which are of one kind; empty ones too), field by field."""
    return ((field, map(text_of(field), records)) for field in _FIELDS[kind])


def excerpt(text: str, start: int, end: int) -> str:
    """The piece from `start` to `end` with a little of what stands around it, on one line."""
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    piece = " ".join(text[first:last].splitlines())
    return f"{'…' if first else ''}{piece}{'…' if last < len(text) else ''}"


def quote_mended(text: str, mended: str) -> str:
    """The mended text; of a long one the piece from its first to its last difference."""
    if len(mended) <= _LONGEST_QUOTE:
        return " ".join(mended.splitlines())
    start = _shared(text, mended)
    end = len(mended) - _shared(text[:start:-1], mended[:start:-1])
    return excerpt(mended, start, min(end, start + _LONGEST_QUOTE))


def _shared(one: str, other: str) -> int:
    """How many signs both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
