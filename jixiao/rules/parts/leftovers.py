"""What only one part has: the most similar name the other part has left over, and a passage that mentions it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from jixiao.model.narrative import Passage
from jixiao.rules.similarity import most_alike, normalised

_WORTH_NAMING = 0.5
_SHORTEST_MENTION = 4


class Names:
    """Names that are left over, to be searched for one that is like another."""

    def __init__(self, names: Sequence[str], core: Callable[[str], str]) -> None:
        self._names, self._core = names, core
        self._cores = [core(name) for name in names]

    def nearest(self, name: str) -> str:
        """ "" if none is like it."""
        if not name:
            return ""
        found = next(most_alike(self._core(name), self._cores, _WORTH_NAMING, 1), None)
        return self._names[found[0]] if found else ""


class Mentions:
    """The texts of all passages as one, so that a name is looked for once."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        texts = [f"{normalised(passage.text)}\n" for passage in passages]
        self._passages, self._text = passages, "".join(texts)
        self._ends = list(accumulate(map(len, texts)))

    def of(self, name: str) -> Passage | None:
        """The first passage whose text has the name, which is normalised; None for a name too short to tell."""
        place = self._text.find(name) if len(name) >= _SHORTEST_MENTION else -1
        return None if place < 0 else self._passages[bisect_right(self._ends, place)]
