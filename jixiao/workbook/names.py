"""Names of sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_LONGEST = 31


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A name Excel accepts and no sheet has: forbidden signs out, 31 characters, numbered where taken."""
    clean = _FORBIDDEN.sub("", wanted).strip()[:_LONGEST] or "项目"
    lower = {name.lower() for name in taken}
    name, number = clean, 1
    while name.lower() in lower:
        number += 1
        ending = f"({number})"
        name = clean[: _LONGEST - len(ending)] + ending
    return name
