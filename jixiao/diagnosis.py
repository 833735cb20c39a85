"""What the program can say of itself when something does not work: one readable text."""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from jixiao import __version__
from jixiao.shipped import NotShipped, template

LOG = Path(tempfile.gettempdir()) / "jixiao-error.log"

_NEEDED = ("xlwings", "rapidfuzz", "openpyxl", "python-calamine", "excelize", "pandas", "pyOpenVBA")
_NEEDED_IN_LIBREOFFICE = ("xlwings", "rapidfuzz", "openpyxl")  # the extension carries no others
_NEEDED_IN_WINDOWS = ("pywin32",)
_TITLE = re.compile(r"<dc:title\b[^>]*>[^<]*绩效助手 ([0-9][^<）]*)）</dc:title>")
_UNKNOWN = "看不出"


@dataclass(frozen=True, slots=True)
class Host:
    """The spreadsheet program, as the engine that drives it says."""

    version: str
    is_libreoffice: bool = False

    def __str__(self) -> str:
        return f"{'LibreOffice' if self.is_libreoffice else 'Excel'} {self.version}"

    @property
    def needed(self) -> tuple[str, ...]:
        """Distributions that must be there."""
        if self.is_libreoffice:
            return _NEEDED_IN_LIBREOFFICE
        return (*_NEEDED, *(_NEEDED_IN_WINDOWS if sys.platform == "win32" else ()))

    @property
    def python(self) -> str:
        """Where the Python is that runs here; LibreOffice has it within itself, without a program of its own."""
        return str(Path(os.__file__).parent) if self.is_libreoffice else sys.executable


def diagnosis(*, book: str, host: Host, addin: str, folder: Path, failure: str) -> str:
    """`book` and `addin`: paths; `folder`: that of macros.py; `failure`: the last one of a worksheet function."""
    missing = list(_missing(folder, host))
    lines = [
        "诊断（求助时请把全部文字一并发来）",
        "",
        f"绩效助手 {__version__}，{host}，{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}（{8 * _pointer_size()} 位）：{host.python}",
        f"加载项：{_joined(addin) or _UNKNOWN}",
        f"宏和函数：{folder}",
        f"空白模板：{_template_line()}",
        f"当前工作簿：{book}，模板版本 {version_of_template(Path(book)) or _UNKNOWN}",
        f"组件：{'，'.join(_versions(host))}",
        f"最近一次函数出错：{_joined(failure) or '没有'}",
        f"错误记录：{LOG if LOG.exists() else '没有'}",
        "",
        f"缺少：{'；'.join(missing)}。请重新安装绩效助手" if missing else "没有发现缺少的文件和组件。",
    ]
    return "\n".join(lines)


def version_of_template(workbook: Path) -> str:
    """The version whose template the workbook was made from, as its properties tell; empty where they do not."""
    try:
        with ZipFile(workbook) as package:
            found = _TITLE.search(package.read("docProps/core.xml").decode("utf-8", "replace"))
    except (OSError, KeyError, BadZipFile, ValueError):
        return ""
    return found[1] if found else ""


def unexpected(problem: Exception) -> str:
    """A sentence for the user of an error nobody foresaw; the details go to a file, in the place of the last one."""
    try:
        LOG.write_text("".join(traceback.format_exception(problem)), "utf-8")
        details = f"请把文件 {LOG} 发给维护人员"
    except OSError:
        details = f"请把这句话发给维护人员：{type(problem).__name__}：{problem}"
    return (
        "没有完成：表格程序拒绝了这一步，或遇到没有预料的情况。常见原因是工作表或工作簿受保护、正在编辑单元格、"
        f"工作簿是只读的；请撤销保护、退出编辑后重试。仍然不行，{details}。"
    )


def _joined(text: str) -> str:
    """VBA's texts are UTF-16, in which some characters come in halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _pointer_size() -> int:
    return 8 if sys.maxsize > 2**32 else 4


def _template_line() -> str:
    try:
        path = template()
    except NotShipped:
        return "缺少"
    return f"{path}（版本 {version_of_template(path) or _UNKNOWN}）"


def _installed(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _versions(host: Host) -> Iterator[str]:
    return (f"{name} {_installed(name) or '缺少'}" for name in host.needed)


def _missing(folder: Path, host: Host) -> Iterator[str]:
    yield from (f"组件 {name}" for name in host.needed if not _installed(name))
    yield from (f"文件 {folder / name}" for name in ("macros.py", "udfs.py") if not (folder / name).exists())
    try:
        template()
    except NotShipped as problem:
        yield f"空白模板（{problem}）"
