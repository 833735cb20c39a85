"""An xlwings engine for workbook files, so that a macro runs on a file as it runs in Excel.

book = open_book(path)
book.set_mock_caller()
some_macro()
book.save()
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import xlwings as xw

from jixiao.engine.file import reading
from jixiao.engine.file.app import Engine
from jixiao.engine.file.reading import CannotOpen, Values
from jixiao.engine.file.saving import CannotSave
from jixiao.engine.members import EngineError, UnsupportedMember
from jixiao.engine.values import CannotWrite

__all__ = ["CannotOpen", "CannotSave", "CannotWrite", "EngineError", "UnsupportedMember", "engine", "open_book"]

engine = Engine()


def open_book(path: Path | str, *, read_values: Callable[[Path], Values] | None = None) -> xw.Book:
    """Open an existing .xlsx or .xlsm; the engine is xlwings' active one until the last book is closed.

    `read_values` gives, for a path, a mapping from the name of every worksheet, in order, to the rows of its values
    from A1 on; it may read a sheet only when asked for it. Nothing is written before `book.save()`.
    """
    engine.activate()
    return xw.Book(impl=engine.app.books.open(str(path), read_values=read_values or reading.read_values))
