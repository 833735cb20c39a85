"""An xlwings engine for LibreOffice Calc, so that a macro runs in it as it runs in Excel.

Inside LibreOffice:             book = wrap(document, context)
From elsewhere, over a pipe:    with Office(profile) as office: book = open_book(path, office.context)

Then `book.set_mock_caller()` and call the macro.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlwings as xw

from jixiao.engine.libreoffice.app import Engine
from jixiao.engine.libreoffice.errors import CannotOpen, CannotSave, CannotWrite, NoOffice
from jixiao.engine.libreoffice.process import Office
from jixiao.engine.members import EngineError, UnsupportedMember

__all__ = [
    "CannotOpen", "CannotSave", "CannotWrite", "EngineError", "NoOffice", "Office", "UnsupportedMember", "engine",
    "open_book", "wrap",
]  # fmt: skip

engine = Engine()


def wrap(document: Any, context: Any) -> xw.Book:
    """The book of an open document, given its LibreOffice's component context; the engine is active from then on.

    Raises CannotOpen where the document is no spreadsheet.
    """
    engine.attach(context)
    return xw.Book(impl=engine.app.books.of(document))


def open_book(path: Path | str, context: Any, *, read_only: bool = False) -> xw.Book:
    """Open a file in the LibreOffice of this component context; the engine is active from then on."""
    engine.attach(context)
    return xw.Book(impl=engine.app.books.open(str(path), read_only=read_only))
