"""The way to LibreOffice: its Python interface (UNO) in whatever Python this is, and a running one on a pipe."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from jixiao.engine.libreoffice.errors import NoOffice

# Where the interface lies when it is not among this Python's own modules.
FOLDERS = tuple(
    Path(folder)
    for folder in (
        "/usr/lib/python3/dist-packages",
        "/usr/lib/libreoffice/program",
        "/usr/lib64/libreoffice/program",
        "/opt/libreoffice/program",
    )
)
_LIBRARY = "libpyuno.so"
_WANTED = re.compile(rb"libpython3\.(\d+)")
_RETRY_SECONDS = 0.05
_MISSING = (
    "没有找到 LibreOffice 的 Python 接口（模块 uno），请安装软件包 python3-uno"
    " / LibreOffice's Python interface is missing: install python3-uno"
)


def load_uno(folders: Iterable[Path] = FOLDERS) -> ModuleType:
    """The module uno. Raises NoOffice where there is none or it was built for another Python."""
    if "uno" in sys.modules:
        return sys.modules["uno"]
    own = importlib.util.find_spec("uno")
    if own is not None and own.origin:
        return _loaded(Path(own.origin).parent)
    for folder in folders:
        if (folder / "uno.py").exists():
            return _loaded(folder)
    raise NoOffice(_MISSING)


def _loaded(folder: Path) -> ModuleType:
    """Inside LibreOffice any Python that got this far is the right one; elsewhere a wrong one would crash."""
    refuse_wrong_python([folder, *FOLDERS])
    with _among_modules(folder):
        try:
            importlib.import_module("unohelper")
            return importlib.import_module("uno")
        except ImportError as problem:
            raise NoOffice(f"LibreOffice 的 Python 接口（{folder}）无法载入：{problem}") from problem


@contextmanager
def _among_modules(folder: Path) -> Iterator[None]:
    """Only for as long as it takes: other packages of the system's Python shall not be found by ours."""
    added = str(folder) not in sys.path
    if added:
        sys.path.append(str(folder))
    try:
        yield
    finally:
        if added:
            sys.path.remove(str(folder))


def refuse_wrong_python(folders: Iterable[Path], version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Raise NoOffice where the interface's library was built for another Python: loading it would end the process."""
    for library in (folder / _LIBRARY for folder in folders):
        found = _WANTED.search(library.read_bytes()) if library.exists() else None
        if found is None:
            continue
        wanted = (3, int(found[1]))
        if wanted != tuple(version):
            raise NoOffice(
                f"LibreOffice 的 Python 接口要求 Python {_dotted(wanted)}，现在运行的是 {_dotted(version)}；"
                f"请用 python{_dotted(wanted)} 运行"
                f" / LibreOffice's Python interface needs Python {_dotted(wanted)}, this is {_dotted(version)}"
            )
        return


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def connect(pipe: str, seconds: float = 30) -> Any:
    """The component context of the LibreOffice that listens on a pipe."""
    uno = load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + seconds
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception as problem:  # pyuno's exceptions have no common class of their own
            if time.monotonic() >= until:
                raise NoOffice(f"{seconds:g} 秒内没有连上 LibreOffice（管道 {pipe}），请确认它已启动") from problem
            time.sleep(_RETRY_SECONDS)


def structure(name: str, **fields: Any) -> Any:
    """A UNO structure, such as com.sun.star.beans.PropertyValue."""
    made = load_uno().createUnoStruct(name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def properties(**values: Any) -> tuple[Any, ...]:
    kind = "com.sun.star.beans.PropertyValue"
    return tuple(structure(kind, Name=name, Value=value) for name, value in values.items())
