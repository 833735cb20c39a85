"""Names of sheets and of new files."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from pathlib import Path

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


def free_path(path: Path, taken: Container[str] = ()) -> Path:
    """The path, numbered where it or, among `taken`, its name in small letters is taken: nothing is overwritten."""
    number, free = 1, path
    while free.exists() or free.name.lower() in taken:
        number += 1
        free = path.with_stem(f"{path.stem}({number})")
    return free
