"""Plain views of what was read, to compare with what was written."""

from __future__ import annotations

from pathlib import Path

from jixiao.documents.reading.source_file import read_source
from jixiao.documents.source import Paragraph, Source, Table


def shape(source: Source) -> list[str | list[list[str]]]:
    """Each paragraph as its text, each table as the texts of its cells."""
    return [part.text if isinstance(part, Paragraph) else texts(part) for part in source.parts]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def tables(source: Source) -> list[list[list[str]]]:
    return [texts(part) for part in source.parts if isinstance(part, Table)]


def paragraphs(source: Source) -> list[str]:
    return [part.text for part in source.parts if isinstance(part, Paragraph)]


def all_text(source: Source) -> str:
    return "".join(paragraphs(source)) + "".join(text for table in tables(source) for row in table for text in row)


def read_bytes(folder: Path, content: bytes, name: str = "绩效文本.txt") -> Source:
    path = folder / name
    path.write_bytes(content)
    return read_source(path)


def read_text(folder: Path, text: str) -> Source:
    return read_bytes(folder, text.encode())
