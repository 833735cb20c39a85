"""Chinese text takes two columns a character: measuring, padding, cutting and breaking it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_NEVER_FIRST = frozenset("，。；：、！？）》」』】〕”’％…%,.;:!?)]}")
_NEVER_LAST = frozenset("（《“「『【〔‘([{")
_CHUNK = re.compile(r"[!-~]+|.", re.DOTALL)


def columns(text: str) -> int:
    """How many columns the text takes. Signs of ambiguous width (“”≥·) count as two."""
    return sum(_columns_of(sign) for sign in text)


@lru_cache(maxsize=8192)
def _columns_of(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


def pad(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def one_line(text: str) -> str:
    """Blanks and line breaks as single blanks; no control characters, which could steer a terminal."""
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """Without the control characters that neither a terminal nor XML may get; line breaks and tabs stay."""
    return "".join(sign for sign in text if sign in "\n\t" or not _is_control(sign))


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff"


def elide(text: str, fits: Callable[[str], bool]) -> str:
    """The text, cut and ended with … until it fits."""
    if fits(text):
        return text
    length = len(text)
    while length and not fits(text[:length] + "…"):
        length -= 1
    return text[:length] + "…"


def wrap(text: str, width: int) -> list[str]:
    """Lines of about `width` columns: words and numbers stay whole, and no line begins with a stop.

    A stop may stand out by its own two columns.
    """
    lines, used = [""], 0
    for chunk in _CHUNK.findall(text):
        wanted = columns(chunk)
        if used + wanted <= width or _NEVER_FIRST.issuperset(chunk):
            lines[-1] += chunk
            used += wanted
        elif chunk.strip():
            lines.extend(_pieces(_opening(lines) + chunk, width))
            used = columns(lines[-1])
    return [line.rstrip() for line in lines if line.strip()] or [""]


def _opening(lines: list[str]) -> str:
    """Take a bracket that has just been opened off the end of the last line."""
    if lines[-1][-1:] not in _NEVER_LAST:
        return ""
    bracket, lines[-1] = lines[-1][-1:], lines[-1][:-1]
    return bracket


def _pieces(chunk: str, width: int) -> list[str]:
    return [chunk[start : start + width] for start in range(0, len(chunk), width)]
