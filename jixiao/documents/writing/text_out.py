"""The published document as a text file, its tables in the shape they have in published pages.

A cell is a line that begins with a tab, the further lines of its text do not; a blank line ends a row. A cell that a
cell above reaches down to is a tab alone, an empty one a tab and a blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from jixiao.documents.writing.plain import lines_of
from jixiao.documents.writing.project_form import FormCell, ProjectForm, Row
from jixiao.documents.writing.publication import NO_FORMS, PART1, PART2, PartTitle, Publication, publication
from jixiao.model.records import Department
from jixiao.profiles import Profile

_GAP = " "  # a line with a blank, as between the tables of published pages


def write_text(department: Department, profile: Profile, path: Path, *, today: date) -> tuple[str, ...]:
    """In UTF-8 with the mark that older Notepads need, lines ended for Windows. Returns what is left blank.

    The text names no date: `today` is asked for by every writer of documents and not used by this one.
    """
    document = publication(department, profile)
    path.write_bytes("\r\n".join((*_lines(document), "")).encode("utf-8-sig"))
    return document.gaps


def _lines(document: Publication) -> Iterator[str]:
    yield from (document.unit_name, document.title, _GAP)
    yield from _part(PART1)
    yield from (line.text for line in document.lines)
    yield _GAP
    yield from _part(PART2)
    if not document.forms:
        yield NO_FORMS
    for form in document.forms:
        yield from _form(form)


def _part(part: PartTitle) -> tuple[str, ...]:
    return part.number, part.name, _GAP


def _form(form: ProjectForm) -> Iterator[str]:
    yield form.title
    yield from _rows(form.head)
    yield from ("", _GAP)
    yield from _rows(form.table)
    yield from ("", _GAP)


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        for cell in row:
            yield from _cell(cell)
        yield ""


def _cell(cell: FormCell) -> Iterator[str]:
    if not cell.rows:
        yield "\t"
        return
    first, *more = lines_of(cell.text)
    yield f"\t{first or ' '}"
    yield from more
