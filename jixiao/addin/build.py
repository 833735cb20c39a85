"""Composing 绩效助手.xlam: our sources, xlwings' own VBA module, the wrappers of the functions, the hidden sheets."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from jixiao import __version__
from jixiao.addin import AddinProblem
from jixiao.addin.package import Rows, with_properties, with_ribbon, with_sheets, zipped
from jixiao.addin.project import parts_with_project
from jixiao.addin.ribbon import for_older_hosts, problems
from jixiao.addin.settings import settings_of_this_process
from jixiao.addin.sources import Sources, read_sources
from jixiao.addin.wrappers import MODULE as WRAPPERS_MODULE
from jixiao.addin.wrappers import Function, Wrappers, wrappers_of
from jixiao.shipped import shipped

SUFFIX = ".xlam"
TITLE = "绩效助手"

_DESCRIPTION = f"部门预算绩效目标：填报、校验、汇总（版本 {__version__}）"
_PROJECT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,23}")  # with .conf it is the name of a sheet, at most 31 long
_XLWINGS_NAME = 'Public Const PROJECT_NAME As String = "myaddin"'
_XLWINGS_VERSION = re.compile(r'^Public Const XLWINGS_VERSION As String = "([^"]*)"', re.MULTILINE)


def new_project_name() -> str:
    """A name nobody can guess: a workbook with a sheet of this name could tell Excel which program to start."""
    return f"jixiao_{secrets.token_hex(6)}"


def build_addin(
    target: Path,
    *,
    settings: Mapping[str, str] | None = None,
    project_name: str | None = None,
    sources: Sources | None = None,
    udfs: Path | None = None,
) -> str:
    """Write the add-in and return its project name. The same arguments give the same bytes.

    `settings`: as of settings_for, by default those of this process.
    The file is replaced whole or not at all. Raises AddinProblem where the sources, the name or the place do not do.
    """
    if target.suffix.lower() != SUFFIX:
        raise AddinProblem(f"加载项的文件名应以 {SUFFIX} 结尾，现在是 {target.name}")
    name = project_name or new_project_name()
    content = addin_bytes(
        settings or settings_of_this_process(),
        name,
        sources or read_sources(),
        wrappers_of(udfs or shipped("udfs.py")),
    )
    _replace(target, content)
    return name


def addin_bytes(settings: Mapping[str, str], project_name: str, sources: Sources, wrappers: Wrappers) -> bytes:
    """The content of the add-in's file."""
    modules = vba_modules(project_name, sources, wrappers)
    if faults := problems(sources.ribbon, modules):
        raise AddinProblem(f"功能区有 {len(faults)} 处错误：{'；'.join(faults)}")
    parts = parts_with_project(modules, sources.book)
    parts = with_sheets(parts, _sheets(settings, project_name, sources.texts, wrappers.functions))
    parts = with_ribbon(parts, sources.ribbon, for_older_hosts(sources.ribbon))
    return zipped(with_properties(parts, TITLE, _DESCRIPTION))


def vba_modules(project_name: str, sources: Sources, wrappers: Wrappers) -> dict[str, str]:
    """The text of every standard module by name."""
    return {"xlwings": _xlwings_module(project_name), **sources.modules, WRAPPERS_MODULE: wrappers.text}


def _sheets(
    settings: Mapping[str, str], project_name: str, texts: Mapping[str, str], functions: tuple[Function, ...]
) -> dict[str, Rows]:
    return {
        f"{project_name}.conf": list(settings.items()),
        "texts": list(texts.items()),
        "functions": [(one.name, one.description, one.category, *one.arguments) for one in functions],
    }


def _xlwings_module(project_name: str) -> str:
    """xlwings' own module for add-ins with a name of their own; its DLLs carry the version it was made for."""
    import xlwings

    if not _PROJECT_NAME.fullmatch(project_name):
        raise AddinProblem(f"项目名“{project_name}”不行：以英文字母开头，只用英文字母、数字和下划线，最多 24 个字符")
    text = (Path(xlwings.__file__).parent / "xlwings_custom_addin.bas").read_text("utf-8")
    version = _XLWINGS_VERSION.search(text)
    if text.count(_XLWINGS_NAME) != 1 or version is None or version[1] != xlwings.__version__ or not text.isascii():
        raise AddinProblem(f"安装的 xlwings {xlwings.__version__} 与本程序不配；请重新安装绩效助手")
    return text.replace(_XLWINGS_NAME, _XLWINGS_NAME.replace("myaddin", project_name))


def _replace(target: Path, content: bytes) -> None:
    made = target.with_name(f".~{target.stem}{secrets.token_hex(4)}{target.suffix}")
    try:
        made.write_bytes(content)
        made.replace(target)
    except OSError as problem:
        raise AddinProblem(
            f"无法写入“{target}”（{problem.strerror}）；文件夹应存在且可写，Excel 打开着这个加载项时请先关闭 Excel"
        ) from None
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
