"""The Python files that the extension carries: what the macros and functions can reach, of ours and of others.

They come from the installed environment. LibreOffice may bring a Python of its own, so nothing compiled is among them:
rapidfuzz has everything in Python as well and falls back on it by itself; lxml, which reads Word documents and pages,
has to be there already.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from pathlib import Path

from jixiao.libreoffice import LibreOfficeProblem
from jixiao.libreoffice.choosing import TEXTS
from jixiao.shipped import shipped, template

FOLDER = "pythonpath"  # LibreOffice adds a folder of this name to where Python looks
COMPILED = (".so", ".pyd", ".dll", ".dylib", ".pyc")

_OWN = "jixiao"
_PACKAGE = Path(__file__).resolve().parents[1]
_SHIPPED = f"{_OWN}/_shipped"
_CALLED = ("macros.py", "udfs.py")
_HOST = "jixiao.libreoffice.host"
# Distribution -> its package, and the part of it that is not free.
_OTHERS = {
    "xlwings": ("xlwings", "xlwings/pro/"),
    "rapidfuzz": ("rapidfuzz", None),
    "openpyxl": ("openpyxl", None),
    "et_xmlfile": ("et_xmlfile", None),  # openpyxl needs it
}
_LICENCES = ("LICENSE", "LICENSE.txt", "LICENCE.rst", "LICENCE.python")


def carried_files() -> dict[str, bytes]:
    """Everything below the folder, by its path in the extension."""
    files = {**_own_files(), **{name: content for each in _OTHERS for name, content in _files_of(each)}}
    return {f"{FOLDER}/{name}": content for name, content in files.items()}


def _own_files() -> dict[str, bytes]:
    called = {name: shipped(name).read_bytes() for name in _CALLED}
    reached = reached_modules(_HOST, called.values())
    files = {path.relative_to(_PACKAGE.parent).as_posix(): path.read_bytes() for path in sorted(_with_data(reached))}
    files |= {f"{_SHIPPED}/{name}": content for name, content in called.items()}
    files |= {f"{_SHIPPED}/{TEXTS}": shipped(TEXTS).read_bytes()}
    return files | {f"{_SHIPPED}/template/{template().name}": template().read_bytes()}


def reached_modules(first: str, sources: Iterable[bytes]) -> set[Path]:
    """The files of our package that a module and the texts can import, anywhere in them, directly or not."""
    waiting = [first, *(name for source in sources for name in _imported(source))]
    reached: set[Path] = set()
    while waiting:
        for path in _module_files(waiting.pop()):
            if path not in reached:
                reached.add(path)
                waiting += _imported(path.read_bytes())
    return reached


def _imported(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module_files(name: str) -> Iterator[Path]:
    """Of `jixiao.a.b`: the packages it lies in and the module, as far as the name is that of a module."""
    own, *parts = name.split(".")
    if own != _OWN:
        return
    place = _PACKAGE
    for part in ["", *parts]:
        place = place / part
        for path in (place / "__init__.py", place.with_suffix(".py")):
            if path.is_file():
                yield path


def _with_data(modules: Iterable[Path]) -> set[Path]:
    """With the tables that lie in the packages."""
    packages = {path.parent for path in modules}
    return {*modules, *(path for folder in packages for path in folder.glob("*.toml"))}


def _files_of(name: str) -> Iterator[tuple[str, bytes]]:
    """The Python files of a distribution, what tells its version, and its licence."""
    package, closed = _OTHERS[name]
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        files = []
    chosen = [each for each in files if _is_wanted(each, package) and not (closed and str(each).startswith(closed))]
    if not any(each.suffix == ".py" for each in chosen):
        raise LibreOfficeProblem(f"这个 Python 里没有组件 {name}，不能放进扩展；请先重新安装绩效助手")
    yield from ((str(each), Path(str(each.locate())).read_bytes()) for each in sorted(chosen))


def _is_wanted(file: PackagePath, package: str) -> bool:
    if file.parts[0] == package:
        return file.suffix == ".py"
    return file.name in ("METADATA", *_LICENCES)
