"""The VBA project of the add-in, as the bytes Excel keeps in vbaProject.bin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from jixiao.addin.sources import BOOK_MODULE

PROJECT_PART = "xl/vbaProject.bin"

# [MS-OVBA] 2.3.4.1: version 0xFFFF says that there is no compiled code, so Excel compiles the text when it loads.
_NOTHING_COMPILED = bytes.fromhex("cc61ffff000000")


def parts_with_project(modules: Mapping[str, str], book: str) -> dict[str, bytes]:
    """The parts of an add-in file with one empty sheet and this VBA.

    `modules`: name -> text with its first line, for standard modules; `book`: the code of the workbook itself.
    """
    from pyopenvba import ExcelFile

    with TemporaryDirectory() as folder:
        path = Path(folder) / "addin.xlam"
        with ExcelFile.create_new(path) as file:
            project = file.vba_project()
            project.delete_module("Module1")
            for name, text in modules.items():
                project.add_module(name, _lines(text))
            file.set_module(BOOK_MODULE, _lines(book))
            file.save()
        with ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    parts[PROJECT_PART] = _uncompiled(parts[PROJECT_PART])
    return parts


def _lines(text: str) -> str:
    return "\r\n".join(text.splitlines()) + "\r\n"


def _uncompiled(project: bytes) -> bytes:
    from pyopenvba.cfb import CFB

    container = CFB.from_bytes(project)
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", _NOTHING_COMPILED)
    made: bytes = container.to_bytes()
    return made
