"""A workbook file opened as a package, or said what it is where it is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jixiao.openxml.files import refusal_text, regular_file
from jixiao.openxml.package import Package
from jixiao.openxml.refused import Refused
from jixiao.openxml.wording import WORKBOOK
from jixiao.workbook.file_kind import kind_of_file, kind_of_package
from jixiao.workbook.grid import CannotRead


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package at `path`, open; whatever it cannot be read for becomes CannotRead with the file's name."""
    try:
        with regular_file(path, WORKBOOK) as file:
            kind_of_file(path.name, file)
            package = Package(file, WORKBOOK)
            kind_of_package(package.names)
            yield package
    except Refused as refusal:
        raise CannotRead(refusal_text(path, refusal)) from refusal
