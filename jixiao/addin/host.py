"""What must hold on the machine before the add-in is installed or removed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from jixiao.addin.places import ADDIN_NAME, CannotInstall, Places
from jixiao.addin.record import Record, State

PATH_FILES = "python*._pth"  # beside an interpreter: where it looks for modules, wherever its folder is

_TASKS = ("tasklist", "/FI", "IMAGENAME eq EXCEL.EXE", "/FO", "CSV", "/NH")


def excel_runs() -> bool:
    try:
        tasks = subprocess.run(_TASKS, capture_output=True, check=False).stdout
    except OSError:
        return False  # where tasks cannot be listed, the locked add-in tells
    return b"EXCEL.EXE" in tasks.upper()


def need_excel_closed(places: Places, running: Callable[[], bool]) -> None:
    if places.excel and running():
        raise CannotInstall("Excel 正在运行；请保存并关闭所有 Excel 窗口，再试一次")


def need_own_name(places: Places, record: Record | None) -> None:
    """Excel opens only one book of a name: another add-in called like ours is never replaced or shadowed."""
    if places.addin_elsewhere.exists():
        raise CannotInstall(_other(places.addin_elsewhere, "同名的加载项，两个不能同时打开"))
    own = [part for part in record.parts if part.path == places.addin] if record else []
    if places.addin.exists() and not any(part.state is State.SOUND for part in own):
        what = "安装后被改动过的加载项" if own else "同名的加载项，不是本程序装的"
        raise CannotInstall(_other(places.addin, what))


def _other(path: Path, what: str) -> str:
    return f"{path} 是{what}；没有动它。请先在 Excel 里停用它，再把这个文件移走或改名，然后重新安装"


def need_interpreter(interpreter: Path, encoding: str) -> None:
    """Excel loads what it needs of Python by paths in the code page of the machine."""
    try:
        str(interpreter).encode(encoding)
    except UnicodeEncodeError as error:
        raise CannotInstall(
            f"Python 的路径 {interpreter} 里有本机代码页不能表示的字“{error.object[error.start]}”，Excel 找不到它；"
            "请把 Python 装到没有生僻字的文件夹，再试一次"
        ) from None


def need_libraries(python: Path) -> None:
    """`python` is the folder of python.exe. Excel starts Python through two libraries there or one folder above."""
    from importlib.metadata import version

    names = [f"xlwings{bits}-{version('xlwings')}.dll" for bits in (32, 64)]
    missing = [name for name in names if not any((folder / name).exists() for folder in (python, python.parent))]
    if missing:
        raise CannotInstall(
            f"{'、'.join(missing)} 不在 {python} 里，也不在它的上一级文件夹里，Excel 无法启动 Python；"
            "通常是因为安装时没有权限写入 Python 的文件夹。"
            f"请把 Python 装到自己的文件夹（安装时不选“所有用户”），重新安装本程序后再装 {ADDIN_NAME}"
        )


def need_movable(python: Path) -> None:
    """Only an interpreter that finds its modules by a file beside it works from another folder."""
    if not any(python.glob(PATH_FILES)):
        raise CannotInstall(f"{python} 里的 Python 不能整个复制；--with-python 只用于离线安装文件夹里的 Python")
