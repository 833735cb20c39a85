"""Texts as a document can hold them: no control characters, one kind of line break; and one line where one is asked."""

from __future__ import annotations

import re

_LINE_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# What XML 1.0 cannot hold, and what shows nothing anywhere.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BREAK = re.compile(r"\s*\n\s*")


def legal(text: str) -> str:
    """`text` without what Word, a workbook or a text file cannot hold; its lines end in \\n; no outer blanks."""
    return _FORBIDDEN.sub("", _LINE_BREAKS.sub("\n", text).replace("\t", " ")).strip()


def lines_of(text: str) -> list[str]:
    """The lines that are not blank, without outer blanks; at least one."""
    lines = [line.strip() for line in legal(text).split("\n")]
    return [line for line in lines if line] or [""]


def one_line(text: str) -> str:
    """The lines of `text` run on; a blank stays only between two Latin words."""
    return _BREAK.sub(_joined, legal(text))


def _joined(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return " " if (before + after).isascii() and before.isalnum() and after.isalnum() else ""
