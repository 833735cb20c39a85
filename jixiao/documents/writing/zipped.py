"""A zip package whose bytes depend on its contents and on one date alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_YEAR = 1980  # of the zip format


def write_package(path: Path, parts: Mapping[str, bytes], today: date) -> None:
    """The parts in their order, all of them of `today`."""
    day = (max(today.year, _FIRST_YEAR), today.month, today.day, 0, 0, 0)
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            entry = ZipInfo(name, day)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, content)
