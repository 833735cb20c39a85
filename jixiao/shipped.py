"""Where the files are that come with the package but are no part of it: udfs.py, macros.py, addin, template."""

from __future__ import annotations

from pathlib import Path

from jixiao.refusal import Refusal

_PACKAGE = Path(__file__).resolve().parent
# In a wheel they lie inside the package, in a checkout beside it.
_FOLDERS = (_PACKAGE / "_shipped", _PACKAGE.parent)


class NotShipped(Refusal):
    """The installation is incomplete. The text is one Chinese sentence for the user."""


def shipped(name: str) -> Path:
    """The file or folder of this name, e.g. "macros.py" or "template/绩效目标模板.xlsx"."""
    for folder in _FOLDERS:
        path = folder / name
        if path.exists():
            return path
    raise NotShipped(f"安装不完整，缺少“{name}”（应在“{_FOLDERS[0]}”）；请重新安装绩效助手")


def template() -> Path:
    """The blank workbook."""
    return shipped("template/绩效目标模板.xlsx")
