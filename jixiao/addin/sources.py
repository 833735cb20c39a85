"""The sources of the add-in: the ribbon, the VBA modules, the texts that VBA shows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jixiao.addin import AddinProblem
from jixiao.shipped import shipped

RIBBON_FILE = "customUI14.xml"
TEXTS_FILE = "texts.toml"
BOOK_MODULE = "ThisWorkbook"

_NAME = re.compile(r'^Attribute VB_Name = "(\w+)"\n')


@dataclass(frozen=True, slots=True)
class Sources:
    """`modules`: the text of each standard module, with its first line; `book`: the code of the workbook itself."""

    ribbon: str
    modules: Mapping[str, str]
    book: str
    texts: Mapping[str, str]


def read_sources(folder: Path | None = None) -> Sources:
    """The sources in `folder`, or those that came with the package. Raises AddinProblem for what cannot be built."""
    folder = folder or shipped("addin")
    texts = tomllib.loads(_text(folder / TEXTS_FILE))
    return Sources(
        ribbon=_text(folder / RIBBON_FILE),
        modules=dict(_module(path) for path in sorted(folder.glob("*.bas"))),
        book=_ascii(folder / f"{BOOK_MODULE}.cls"),
        texts={str(name): str(text) for name, text in texts.items()},
    )


def _module(path: Path) -> tuple[str, str]:
    text = _ascii(path)
    name = _NAME.match(text)
    if name is None or name[1] != path.stem:
        raise AddinProblem(f'加载项源文件 {path.name} 的第一行应为 Attribute VB_Name = "{path.stem}"')
    return path.stem, text


def _ascii(path: Path) -> str:
    """VBA text is kept in the code page of a machine; only ASCII means the same on every one."""
    text = _text(path)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.isascii():
            raise AddinProblem(f"加载项源文件 {path.name} 第 {number} 行有非 ASCII 字符；中文请放到 {TEXTS_FILE}")
    return text


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as problem:
        raise AddinProblem(f"读不了加载项源文件“{path}”：{problem.strerror}；请重新安装绩效助手") from None
