"""What runs inside LibreOffice: a macro on the window's document, or the answer to a worksheet function.

Whatever happens, the program stays alive and the user sees a sentence: a button says why it did nothing, a cell shows
#N/A.
"""

from __future__ import annotations

import importlib
import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jixiao.arguments import BadArgument
from jixiao.diagnosis import unexpected

TITLE = "绩效助手"
COMMANDS = "commands.json"

# Calc reads the number of an error out of the bits of a number that is none; 32767 is #N/A.
_NOT_AVAILABLE = struct.unpack("<d", struct.pack("<Q", 0x7FF8_0000_0000_7FFF))[0]
_SHEETS = "com.sun.star.sheet.SpreadsheetDocument"
_NOTHING, _OK, _CANCEL = 0, 1, 2

_last_failure = ""


def run(macro: str, frame: Any, context: Any, folder: Path) -> None:
    """The macro behind a button. `folder`: that of the extension, where it is told which macros there are."""
    try:
        message = _run(macro, frame, context, json.loads((folder / COMMANDS).read_text("utf-8")))
    except Exception as problem:
        message = unexpected(problem)
    if message:
        _box(frame, context, "infobox", _NOTHING, message)


def _run(macro: str, frame: Any, context: Any, known: dict[str, Any]) -> str:
    """Returns what there is to say, beside what the macro itself says."""
    if macro not in known["macros"]:
        return f"这个版本没有“{macro}”这个命令；请重新安装绩效助手（jixiao libreoffice install）"
    document = frame.Controller.Model if frame and frame.Controller else None
    if document is None or not document.supportsService(_SHEETS):
        return "当前文档不是电子表格；请先用 Calc 打开部门的工作簿，再点这个按钮"
    if known["macros"][macro] and document.isReadonly():
        question = known["read_only"].replace("{1}", document.Title)
        if _box(frame, context, "querybox", _CANCEL, question) != _OK:
            return ""
    with _no_half_undo(document):
        _attach(document, context)
        arguments = ("LibreOffice", _last_failure) if macro == "diagnose" else ()
        getattr(_shipped("macros"), macro)(*arguments)
    return ""


def _attach(document: Any, context: Any) -> None:
    """Make the document the calling book of the macros."""
    from jixiao.engine.libreoffice import wrap

    wrap(document, context).set_mock_caller()


@contextmanager
def _no_half_undo(document: Any) -> Iterator[None]:
    """Values written by a program do not come into the list of steps, formulas do: to take back those would spoil the
    sheet. So nothing can be taken back past a macro, as in Excel."""
    manager = document.UndoManager
    manager.lock()
    try:
        yield
    finally:
        manager.unlock()
        manager.clear()


def _box(frame: Any, context: Any, kind: str, buttons: int, text: str) -> int:
    from com.sun.star.awt import MessageBoxType

    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    window = frame.ContainerWindow if frame else None
    types = {"infobox": MessageBoxType.INFOBOX, "querybox": MessageBoxType.QUERYBOX}
    box = toolkit.createMessageBox(window, types[kind], buttons + 1 if kind == "infobox" else buttons, TITLE, text)
    try:
        return int(box.execute())
    finally:
        box.dispose()


def answer(name: str, arguments: Sequence[Any]) -> Any:
    """The function's value; a number that Calc shows as #N/A where it has none."""
    global _last_failure
    try:
        return getattr(_shipped("udfs"), name)(*arguments)
    except BadArgument as problem:
        _last_failure = f"{name}：{problem}"
    except Exception as problem:
        _last_failure = f"{name}：{unexpected(problem)}"
    return _NOT_AVAILABLE


def _shipped(name: str) -> Any:
    """macros.py or udfs.py, whose plain names belong to nobody in a Python that all extensions share."""
    return importlib.import_module(f"jixiao._shipped.{name}")
