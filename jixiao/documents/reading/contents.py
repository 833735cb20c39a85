"""A table of contents repeats the headings of the document; it is left out, so that no heading is met twice."""

from __future__ import annotations

import re

from jixiao.documents.source import Note, Paragraph, Source, Table

_TITLE = re.compile(r"[\[【]?目\s*录[\]】]?")
_LEADERS = r"(?:\t|\s{2,}|[.．·•…⋯‥_-]{3,}|…)"
_ENTRY = re.compile(rf".*\S\s*{_LEADERS}[\s.．·•…⋯‥_-]*[（(-]?\s*\d{{1,4}}\s*[)）-]?")
_PAGE = re.compile(r"\d{1,4}")
_WHY = "目录，与正文的标题重复，没有读入"


def without_contents(source: Source) -> Source:
    """Of a table of contents typed as text (`一、总体绩效目标……1` below 目录) one note is left."""
    for index, part in enumerate(source.parts):
        if isinstance(part, Paragraph) and is_contents_title(part.text):
            end = index + 1
            while end < len(source.parts) and _is_entry(source.parts[end]):
                end += 1
            if end > index + 1:
                entries = source.parts[index:end]
                note = contents_note(part.where, "\n".join(map(_text, entries)))
                return Source(source.parts[:index] + source.parts[end:], (*source.notes, note))
    return source


def is_contents_title(text: str) -> bool:
    return _TITLE.fullmatch(text) is not None


def contents_note(where: str, text: str) -> Note:
    return Note(where, text, _WHY)


def _is_entry(part: Paragraph | Table) -> bool:
    if isinstance(part, Paragraph):
        return _ENTRY.fullmatch(part.text) is not None
    return all(len(row) == 2 and row[0].text and _PAGE.fullmatch(row[1].text) for row in part.rows)


def _text(part: Paragraph | Table) -> str:
    if isinstance(part, Paragraph):
        return part.text
    return "\n".join("\t".join(cell.text for cell in row) for row in part.rows)
