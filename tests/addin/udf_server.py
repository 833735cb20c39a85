"""Worksheet functions as xlwings' server runs them: its own code, on cells of a workbook in the file engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import xlwings as xw
from pyopenvba.apps.excel._model import Range
from pyopenvba.interpreter._values import MISSING

from jixiao.addin.wrappers import generator_of_xlwings
from jixiao.engine.file import engine
from jixiao.engine.file.range import Range as FileRange

_MISSING_ARGUMENT = -2147352572  # what COM hands over for an optional argument left out

Call = Callable[[str, str, list[Any]], Any]


@contextmanager
def udf_server(folder: Path, book: xw.Book) -> Iterator[Call]:
    """A function that runs `function` of `module`, found in `folder`, on VBA's arguments; ranges are those of `book`.

    xlwings' parts that speak COM are replaced: ranges come from the file engine, and no event loop runs.
    """

    def as_python(argument: Any) -> Any:
        if argument is MISSING:
            return _MISSING_ARGUMENT
        if isinstance(argument, Range):
            sheet = book.sheets[str(argument.vba_get("Worksheet").vba_get("Name"))]
            return sheet.range(str(argument.vba_get("Address"))).impl
        return str(argument) if isinstance(argument, str) else argument

    with _served(folder) as server:

        def call(module: str, function: str, arguments: list[Any]) -> Any:
            result = server.call_udf(
                module, function, tuple(map(as_python, arguments)), None, book.sheets[0]["A1"].impl
            )
            while isinstance(result, list | tuple) and len(result) == 1:
                result = result[0]
            return result

        yield call


@contextmanager
def _served(folder: Path) -> Iterator[Any]:
    spoken = SimpleNamespace(Range=lambda xl: xl, is_range_instance=lambda value: isinstance(value, FileRange))
    loops = ModuleType("xlwings.com_server")
    vars(loops)["loop"] = None
    with generator_of_xlwings() as server, _kept_as_before(folder):
        sys.modules["xlwings.com_server"] = loops
        vars(xw)["_xlwindows"] = spoken  # setattr would need a declared attribute
        xw.engines.add(xw.Engine(impl=_Excel()))
        yield server


class _Excel:
    """xlwings' engine of the name that its server asks for; values pass through the file engine's hands."""

    name, type = "excel", "desktop"
    clean_value_data = staticmethod(engine.clean_value_data)
    prepare_xl_data_element = staticmethod(engine.prepare_xl_data_element)


@contextmanager
def _kept_as_before(folder: Path) -> Iterator[None]:
    """Put back what the server leaves in xlwings and among the modules."""
    engines, by_name = list(xw.engines.engines), dict(xw.engines.engines_by_name)
    replaced = {name: sys.modules.pop(name, None) for name in ("udfs", "xlwings.com_server")}
    windows = vars(xw).get("_xlwindows")
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        xw.engines.engines, xw.engines.engines_by_name = engines, by_name
        vars(xw)["_xlwindows"] = windows
        for name, module in replaced.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module
