"""Which file a macro works on: what the caller names, or what the user chooses in LibreOffice's own dialog.

As with LibreOffice's own commands for files: where a command comes with a URL, nobody is asked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jixiao.refusal import Refusal
from jixiao.shipped import shipped

ASKING = ("import_document", "export_document")  # the macros that need a path
TEXTS = "addin/texts.toml"

_FILE = "file:"
_PICKER = "com.sun.star.ui.dialogs.FilePicker"


class NoFile(Refusal):
    """No file to work on. The text is one Chinese sentence for the user."""


def chosen_path(macro: str, arguments: Sequence[Any], document: Any, context: Any) -> str | None:
    """None where the user cancels. Raises NoFile for what is no file of this machine."""
    url = next((each.Value for each in arguments if each.Name == "URL"), None) or _asked(macro, document, context)
    return None if url is None else _path(url)


def _path(url: str) -> str:
    import uno

    if not url.lower().startswith(_FILE):
        raise NoFile(f"“{url}”不是本机的文件；请先把文件放到本机的文件夹里，或选择本机的文件夹")
    return str(uno.fileUrlToSystemPath(url))


def _asked(macro: str, document: Any, context: Any) -> str | None:
    from com.sun.star.ui.dialogs.ExecutableDialogResults import OK

    texts = tomllib.loads(shipped(TEXTS).read_text("utf-8"))
    picker = _PREPARED[macro](texts, context)
    if document.URL.startswith(_FILE):
        picker.setDisplayDirectory(document.URL.rpartition("/")[0])
    try:
        return str(picker.getFiles()[0]) if picker.execute() == OK else None
    finally:
        picker.dispose()


def _to_open(texts: Mapping[str, str], context: Any) -> Any:
    from com.sun.star.ui.dialogs.TemplateDescription import FILEOPEN_SIMPLE

    return _picker(FILEOPEN_SIMPLE, texts["import_title"], texts["import_filter"], context)


def _to_save(texts: Mapping[str, str], context: Any) -> Any:
    from com.sun.star.ui.dialogs.ExtendedFilePickerElementIds import CHECKBOX_AUTOEXTENSION
    from com.sun.star.ui.dialogs.TemplateDescription import FILESAVE_AUTOEXTENSION

    picker = _picker(FILESAVE_AUTOEXTENSION, texts["export_title"], texts["export_filter"], context)
    picker.setDefaultName(texts["export_name"])
    picker.setValue(CHECKBOX_AUTOEXTENSION, 0, True)  # the type chosen is the type written
    return picker


_PREPARED: Mapping[str, Callable[[Mapping[str, str], Any], Any]] = dict(zip(ASKING, (_to_open, _to_save), strict=True))


def _picker(kind: int, title: str, types: str, context: Any) -> Any:
    picker = context.ServiceManager.createInstanceWithArgumentsAndContext(_PICKER, (kind,), context)
    picker.setTitle(title)
    for name, endings in filters(types):
        picker.appendFilter(name, endings)
    picker.setCurrentFilter(filters(types)[0][0])
    return picker


def filters(types: str) -> list[tuple[str, str]]:
    """A text as Excel takes it, name and endings by turns between commas, as names with their endings."""
    parts = types.split(",")
    return list(zip(parts[::2], parts[1::2], strict=True))
