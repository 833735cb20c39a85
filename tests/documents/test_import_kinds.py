"""The same invented document as a text, a Word file and a web page: what is read of it is the same."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from jixiao.documents.reading.source_file import read_source
from jixiao.documents.recognise import recognise
from jixiao.documents.source import Paragraph, Part, Table
from tests.documents.case_documents import documents, view

READABLE = [one for one in documents() if "error" not in one.with_suffix(".toml").read_text("utf-8")]


def content(document: Path) -> dict[str, Any]:
    """What is read, without places and records, which name the places."""
    fields = view(recognise(read_source(document)))
    del fields["records"]
    for passage in fields.get("passage", ()):
        del passage["source"]
    return fields


def as_word(parts: tuple[Part, ...], path: Path) -> None:
    word = Document()
    for part in parts:
        if isinstance(part, Paragraph):
            word.add_paragraph(part.text)
            continue
        table = word.add_table(len(part.rows), width(part))
        for row, cells in zip(table.rows, part.rows, strict=True):
            row_cells = row.cells
            for target, cell in zip(row_cells, cells, strict=False):
                target.text = cell.text
    word.save(str(path))


def width(table: Table) -> int:
    return max(len(row) for row in table.rows)


def as_page(parts: tuple[Part, ...], path: Path) -> None:
    body = "\n".join(paragraph(part) if isinstance(part, Paragraph) else rows(part) for part in parts)
    path.write_text(f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>", "utf-8")


def paragraph(part: Paragraph) -> str:
    return f"<p>{escape(part.text)}</p>"


def rows(table: Table) -> str:
    lines = ("".join(f"<td>{escape(cell.text).replace(chr(10), '<br>')}</td>" for cell in row) for row in table.rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


@pytest.mark.parametrize("document", READABLE, ids=lambda path: path.stem)
def test_a_document_says_the_same_in_every_kind_of_file(document: Path, tmp_path: Path) -> None:
    parts = read_source(document).parts
    as_word(parts, tmp_path / "文本.docx")
    as_page(parts, tmp_path / "文本.html")
    expected = content(document)
    assert content(tmp_path / "文本.docx") == expected
    assert content(tmp_path / "文本.html") == expected
