"""Builders of workbook packages, honest and hostile, written part by part; and a child process to read them in.

The children are held to a limited memory and time, so that a file that takes a process down, fills the memory or
never ends fails one test and nothing else.
"""

from __future__ import annotations

import json
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import CannotRead

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT = Path(__file__).parent.parent
MEMORY_BYTES = 900 << 20  # of addresses, of which the libraries themselves take some three hundred
SECONDS = 60

Parts = dict[str, bytes]


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def links(targets: Mapping[str, tuple[str, str]]) -> str:
    """Identifier -> (kind, target)."""
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for identifier, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def workbook_xml(names: Sequence[str], *, before: str = "") -> str:
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(names, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheets>{listed}</sheets></workbook>'


def book_parts(*sheets: str, texts: str = "", styles: str = "", **changed: str) -> Parts:
    """The parts of a workbook with these sheets; `changed` replaces `main`, `main_links` or `package_links`."""
    names = [f"表{number}" for number in range(1, len(sheets) + 1)]
    targets = {f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)}
    targets |= {"texts": ("sharedStrings", "sharedStrings.xml"), "styles": ("styles", "styles.xml")}
    parts = {
        "_rels/.rels": changed.get("package_links", links({"main": ("officeDocument", "xl/workbook.xml")})),
        "xl/workbook.xml": changed.get("main", workbook_xml(names)),
        "xl/_rels/workbook.xml.rels": changed.get("main_links", links(targets)),
        **{f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)},
    }
    if texts:
        parts["xl/sharedStrings.xml"] = texts
    if styles:
        parts["xl/styles.xml"] = styles
    return {name: text.encode() for name, text in parts.items()}


def pack(path: Path, parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def book(path: Path, *sheets: str, **more: str) -> Path:
    return pack(path, book_parts(*sheets, **more))


def filled_row(row: int, columns: str = "ABCDEFGHIJKLMNO", value: str = "<v>1.5</v>", type_: str = "n") -> str:
    cells = "".join(f'<c r="{column}{row}" t="{type_}">{value}</c>' for column in columns)
    return f'<row r="{row}">{cells}</row>'


def texts_xml(*texts: str) -> str:
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


def ole_file(path: Path, *streams: str) -> Path:
    """As much of the old container as tells its kind: the signature, and the names of its streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    path.write_bytes(head + bytes(1 << 20) + entries)
    return path


def with_central_field(path: Path, name: str, offset: int, layout: str, value: int) -> Path:
    """Forge one field of an entry in the zip's directory; `offset` counts from the entry's signature."""
    data = bytearray(path.read_bytes())
    at = data.rindex(name.encode()) - 46
    struct.pack_into(layout, data, at + offset, value)
    path.write_bytes(data)
    return path


def outcome(path: Path) -> dict[str, Any]:
    """What reading gives, in plain values."""
    try:
        grids = read_grids(path)
    except CannotRead as refusal:
        return {"refused": str(refusal)}
    return {
        "sizes": [[len(grid.rows), len(grid.rows[0]) if grid.rows else 0] for grid in grids],
        "stray": [grid.stray for grid in grids],
        "broken": sum(len(grid.broken) for grid in grids),
    }


class Child:
    """Reads files in a process of its own, one after the other."""

    def __enter__(self) -> Child:
        command = [sys.executable, "-m", "tests.bad_files"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def read(self, path: Path) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"reading {path.name} ended the process: {self._process.wait()}"
        answer: dict[str, Any] = json.loads(line)
        return answer


def _serve() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for line in sys.stdin:
        print(json.dumps(outcome(Path(line.rstrip("\n")))), flush=True)


if __name__ == "__main__":
    _serve()
