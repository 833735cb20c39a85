"""Composing jixiao.oxt: the component, its registration, the packages. The same installation gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from jixiao import __version__
from jixiao.addin.buttons import button_groups
from jixiao.addin.package import zipped
from jixiao.addin.sources import Sources, read_sources
from jixiao.libreoffice import LibreOfficeProblem
from jixiao.libreoffice.basic import basic_module
from jixiao.libreoffice.checks import problems
from jixiao.libreoffice.configuration import COMPONENT, configuration
from jixiao.libreoffice.packages import carried_files
from jixiao.shipped import shipped
from jixiao.workbook.safe_write import replace_file

SUFFIX = ".oxt"


def build_extension(target: Path) -> None:
    """Write the extension. The file is replaced whole or not at all."""
    if target.suffix.lower() != SUFFIX:
        raise LibreOfficeProblem(f"扩展的文件名应以 {SUFFIX} 结尾，现在是 {target.name}")
    content = extension_bytes()
    replace_file(target, lambda temporary: temporary.write_bytes(content), backup=False)


def extension_bytes(sources: Sources | None = None) -> bytes:
    """Raises LibreOfficeProblem where a button, a function or a file would not work."""
    parts = extension_parts(sources or read_sources())
    if faults := problems(parts):
        raise LibreOfficeProblem(f"扩展有 {len(faults)} 处错误：{'；'.join(faults)}")
    return zipped(parts)


def extension_parts(sources: Sources) -> dict[str, bytes]:
    """Every file of the extension by its path in it."""
    return {
        **configuration(button_groups(sources), __version__),
        COMPONENT: Path(__file__).with_name(COMPONENT).read_bytes(),
        **carried_files(),
    }


def functions_module() -> str:
    """The worksheet functions, for the user's Basic library: they are no part of the extension's file."""
    return basic_module(shipped("udfs.py").read_text("utf-8"))
