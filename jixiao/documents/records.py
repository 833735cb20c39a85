"""The records of an import in the order of the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from jixiao.documents.source import Paragraph, Part

if TYPE_CHECKING:
    from jixiao.documents.readings import Record

_NUMBER = re.compile(r"\d+")


def in_reading_order(records: Iterable[Record], parts: Iterable[Part]) -> tuple[Record, ...]:
    """By their places; those of the document as a whole first, unknown places behind their neighbours."""
    places = _Places(parts)
    return tuple(sorted(records, key=lambda record: places.rank(record.where)))


class _Places:
    def __init__(self, parts: Iterable[Part]) -> None:
        self._ranks: dict[str, int] = {}
        for part in parts:
            pieces: Iterable[str]
            pieces = (part.where,) if isinstance(part, Paragraph) else (cell.where for cell in chain(*part.rows))
            for where in pieces:
                self._ranks.setdefault(where, len(self._ranks) + 1)
        self._alike: dict[str, list[tuple[list[int], int]]] = {}
        for where, rank in self._ranks.items():
            self._alike.setdefault(_shape(where), []).append((_numbers(where), rank))
        for known in self._alike.values():
            known.sort()

    def rank(self, where: str) -> float:
        if not where:
            return 0
        if where in self._ranks:
            return self._ranks[where]
        known = self._alike.get(_shape(where))
        if not known:
            return float("inf")
        index = bisect_right([numbers for numbers, _ in known], _numbers(where))
        return known[index - 1][1] + 0.5 if index else 0.5


def _shape(where: str) -> str:
    return _NUMBER.sub("#", where)


def _numbers(where: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(where)]
