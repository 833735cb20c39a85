"""Telling what a name measures by how it ends, where hundreds of endings are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Endings:
    """Whether a name ends with one of many endings; only those are tried that share its last signs."""

    def __init__(self, endings: Iterable[str]) -> None:
        listed = tuple(endings)
        self._shared = min(map(len, listed))
        by_last: defaultdict[str, list[str]] = defaultdict(list)
        for ending in listed:
            by_last[ending[-self._shared :]].append(ending)
        self._by_last = {last: tuple(alike) for last, alike in by_last.items()}

    def close(self, name: str) -> bool:
        return name.endswith(self._by_last.get(name[-self._shared :], ()))
