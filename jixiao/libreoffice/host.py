"""What runs inside LibreOffice: a macro on the window's document, or the answer to a worksheet function.

Whatever happens, the program stays alive and the user sees a sentence: a button says why it did nothing, a cell shows
#N/A.
"""

from __future__ import annotations

import importlib
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jixiao.arguments import BadArgument
from jixiao.diagnosis import unexpected
from jixiao.libreoffice.choosing import ASKING, NoFile, chosen_path

TITLE = "绩效助手"

_EXTENSION = Path(__file__).parents[3]

# Calc reads the number of an error out of the bits of a number that is none; 32767 is #N/A.
_NOT_AVAILABLE = struct.unpack("<d", struct.pack("<Q", 0x7FF8_0000_0000_7FFF))[0]
_SHEETS = "com.sun.star.sheet.SpreadsheetDocument"
_OK_ALONE = 1

_last_failure = ""


def run(macro: str, frame: Any, context: Any, arguments: Sequence[Any] = ()) -> None:
    """The macro behind a button, on the document of its window; the arguments are those of the command."""
    try:
        message = _run(macro, frame, context, arguments)
    except NoFile as problem:
        message = str(problem)
    except Exception as problem:
        message = unexpected(problem)
    if message:
        _say(message, frame, context)


def _run(macro: str, frame: Any, context: Any, arguments: Sequence[Any]) -> str:
    """Returns why it was not started; all else the macro says itself."""
    started = getattr(_shipped("macros"), macro, None)
    if macro.startswith("_") or not callable(started):
        return f"这个版本没有“{macro}”这个命令；请重新安装绩效助手（jixiao libreoffice install）"
    document = frame.Controller.Model if frame and frame.Controller else None
    if document is None or not document.supportsService(_SHEETS):
        return "当前文档不是电子表格；请先用 Calc 打开部门的工作簿，再点这个按钮"
    told = _told(macro, arguments, document, context)
    if told is not None:
        _attach(document, context)
        started(*told)
    return ""


def _told(macro: str, arguments: Sequence[Any], document: Any, context: Any) -> Sequence[str] | None:
    """What the macro cannot know itself; None where the user would rather not."""
    if macro in ASKING:
        path = chosen_path(macro, arguments, document, context)
        return None if path is None else (path,)
    return (str(_EXTENSION), _last_failure) if macro == "diagnose" else ()


def _attach(document: Any, context: Any) -> None:
    """Make the document the calling book of the macros."""
    from jixiao.engine.libreoffice import wrap

    wrap(document, context).set_mock_caller()


def _say(text: str, frame: Any, context: Any) -> None:
    from com.sun.star.awt.MessageBoxType import INFOBOX

    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    box = toolkit.createMessageBox(frame.ContainerWindow if frame else None, INFOBOX, _OK_ALONE, TITLE, text)
    try:
        box.execute()
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
