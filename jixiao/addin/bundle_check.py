"""Whether a folder for an installation without internet is complete."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jixiao.addin.bundle_files import MANIFEST, file_digest
from jixiao.addin.wheels import Target

# One module of each package the program calls; the last one exists on Windows only.
MODULES = (
    "xlwings", "openpyxl", "pandas", "python_calamine", "excelize", "rapidfuzz", "resvg_py", "pyopenvba", "packaging",
    "lxml", "win32com.client",
)  # fmt: skip
_SHOWN = 5


def check_bundle(folder: Path, modules: Sequence[str] = MODULES) -> list[str]:
    """What is wrong, as sentences for the user. The modules are tried only by the folder's own Python."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        files, target = manifest["files"], Target.of(manifest["python"])
    except (OSError, ValueError, KeyError):
        return [f"{folder} 不是离线安装文件夹，或文件清单 {MANIFEST} 缺失、损坏；请重新制作或重新复制"]
    problems = [*_file_problems(folder, files), *_python_problems(folder / "python", target)]
    if not problems and Path(sys.executable).is_relative_to(folder.absolute()):
        problems += _import_problems(modules)
    return problems


def _file_problems(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    missing = [name for name in files if not (folder / name).is_file()]
    changed = [name for name in files if name not in missing and file_digest(folder / name) != files[name]]
    if missing:
        yield f"缺少 {len(missing)} 个文件：{_shown(missing)}；可能没有复制完，或被杀毒软件删除，请重新复制整个文件夹"
    if changed:
        yield f"{len(changed)} 个文件与制作时不同：{_shown(changed)}；请重新复制整个文件夹"


def _shown(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + (" 等" if len(names) > _SHOWN else "")


def _python_problems(python: Path, target: Target) -> Iterator[str]:
    needed = ("python.exe", f"{target.library}.dll", f"{target.library}.zip")
    if missing := [name for name in needed if not (python / name).is_file()]:
        yield (
            f"python 文件夹里缺少 {'、'.join(missing)}：请照“说明.txt”第一步放入 Python {target.version} 的"
            "“embeddable package (64-bit)”，版本和位数都要对"
        )


def _import_problems(modules: Sequence[str]) -> Iterator[str]:
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError as error:
            yield f"组件 {name} 不能用（{error}）；请重新复制整个文件夹，并查看杀毒软件的隔离区"
