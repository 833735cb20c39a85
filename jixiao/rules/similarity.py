"""When two texts say the same: normalised texts, equality and likeness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

# Blanks and punctuation carry no meaning here; signs of a value (%, ≥, /, the point and dash within a number) do.
_MEANINGLESS = re.compile(r"(?!(?<=\d)[.~-]\d)[^\w%‰/≥≤<>=+]")
_PLAIN = re.compile(r"[一-鿿0-9a-z]*")


@lru_cache(maxsize=32768)
def normalised(text: str) -> str:
    """Full-width forms folded, lower case, without blanks and punctuation: `培训 人数（人次）。` is `培训人数人次`."""
    if _PLAIN.fullmatch(text):
        return text
    return _MEANINGLESS.sub("", unicodedata.normalize("NFKC", text).casefold())


def same(first: str, second: str) -> bool:
    """Both say something, and the same, but for blanks, punctuation, case and width."""
    return bool(plain := normalised(first)) and plain == normalised(second)


def exchanges(first: str, second: str, fillers: re.Pattern[str]) -> set[str]:
    """Of "insert" and "delete", what turns the first text into the second, changes of mere `fillers` left aside."""
    from rapidfuzz.distance import Indel  # here: most commands import the rules without comparing texts

    kinds = set()
    for edit in Indel.opcodes(first, second):
        is_gone = edit.tag == "delete"
        piece = first[edit.src_start : edit.src_end] if is_gone else second[edit.dest_start : edit.dest_end]
        if edit.tag != "equal" and fillers.sub("", piece):
            kinds.add(edit.tag)
    return kinds


def likeness(first: str, second: str, least: float = 0.0) -> float:
    """0 to 1: the share of both normalised texts that stands in the same order in both; 0 if it is below `least`."""
    return likeness_of_normalised(normalised(first), normalised(second), least)


def likeness_of_normalised(first: str, second: str, least: float) -> float:
    """As `likeness`, of texts that are normalised already."""
    if 2 * min(len(first), len(second)) < least * (len(first) + len(second)):
        return 0.0  # too different in length; cheap to see
    from rapidfuzz.distance import Indel  # here: most commands import the rules without comparing texts

    score = Indel.normalized_similarity(first, second)
    return score if score >= least else 0.0


def most_alike(text: str, others: Sequence[str], least: float, limit: int = 3) -> Iterator[tuple[int, float]]:
    """The places among `others`, all of them normalised, of those most like `text`, best first, with their likeness."""
    from rapidfuzz import process  # here: most commands import the rules without comparing texts
    from rapidfuzz.distance import Indel

    found = process.extract(text, others, scorer=Indel.normalized_similarity, score_cutoff=least, limit=limit)
    return ((place, score) for _, score, place in found)
