"""A user's LibreOffice profile: whether it is in use, and the functions' module in its Basic library."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from jixiao.libreoffice import LibreOfficeProblem
from jixiao.libreoffice.basic import MODULE, module_file
from jixiao.workbook.safe_write import CannotWrite, replace_file

_PROGRAM = b"soffice.bin"
_CHOSEN = b"-env:UserInstallation="
_ELEMENT = f'<library:element library:name="{MODULE}"/>'
_LISTED = re.compile(rf'[ \t]*<library:element\s+library:name="{MODULE}"\s*/>\r?\n?')
_END, _EMPTY = "</library:library>", re.compile(r"(<library:library\b[^>]*?)\s*/>")


@dataclass(frozen=True, slots=True)
class Profile:
    """`folder` is what LibreOffice calls the user installation; `is_default`: the one it takes unless told."""

    folder: Path
    is_default: bool

    @property
    def library(self) -> Path:
        """The Basic library of the user's own, in which cells look for functions."""
        return self.folder / "user" / "basic" / "Standard"

    @property
    def module(self) -> Path:
        return self.library / f"{MODULE}.xba"

    @property
    def index(self) -> Path:
        return self.library / "script.xlb"

    @property
    def exists(self) -> bool:
        return self.index.is_file()

    def in_use(self, processes: Path = Path("/proc")) -> bool:
        """Whether a LibreOffice of this user runs on it; that one would write its own state over ours."""
        return any(self._is_used_by(arguments) for arguments in _running(processes))

    def _is_used_by(self, arguments: list[bytes]) -> bool:
        chosen = [argument.removeprefix(_CHOSEN) for argument in arguments if argument.startswith(_CHOSEN)]
        if not chosen:
            return self.is_default
        return chosen[-1].rstrip(b"/") == self.folder.as_uri().encode().rstrip(b"/")


def _running(processes: Path) -> Iterator[list[bytes]]:
    for folder in processes.glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
            own = folder.stat().st_uid == os.getuid()
        except OSError:  # it ended meanwhile
            continue
        if own and arguments[0].rpartition(b"/")[2] == _PROGRAM:
            yield arguments


def put_functions(profile: Profile, text: str) -> None:
    """Add the module to the library, or replace it there. Raises LibreOfficeProblem; then nothing was changed."""
    index = _index(profile)
    try:
        replace_file(profile.module, lambda path: path.write_bytes(module_file(text)), backup=False)
        _write_index(profile, _with_module(index))
    except CannotWrite as problem:
        if not _LISTED.search(index):
            with suppress(OSError):
                profile.module.unlink()
        raise LibreOfficeProblem(f"工作表函数没有装上：{problem}") from None


def remove_functions(profile: Profile) -> None:
    """Take the module out of the library again, if it is there."""
    if not profile.exists:
        return
    try:
        _write_index(profile, _LISTED.sub("", _index(profile)))
        profile.module.unlink(missing_ok=True)
    except (CannotWrite, OSError) as problem:
        raise LibreOfficeProblem(f"工作表函数没有删除：{problem}") from None


def functions_are(profile: Profile, text: str) -> bool:
    """Whether the module is there, with this text."""
    if not profile.module.is_file() or profile.module.read_bytes() != module_file(text):
        return False
    return bool(_LISTED.search(_index(profile)))


def _with_module(index: str) -> str:
    if _LISTED.search(index):
        return index
    opened = _EMPTY.sub(rf"\1>\n{_END}", index)
    before, end, after = opened.rpartition(_END)
    return f"{before} {_ELEMENT}\n{end}{after}"


def _index(profile: Profile) -> str:
    """The library's list of its modules, as text: what else stands in it stays as it is."""
    try:
        text = profile.index.read_text("utf-8")
        ElementTree.fromstring(text)
    except (OSError, ValueError, ElementTree.ParseError):
        raise LibreOfficeProblem(
            f"读不了 LibreOffice 的宏库列表“{profile.index}”；请启动一次 LibreOffice，关闭后再试"
        ) from None
    return text


def _write_index(profile: Profile, text: str) -> None:
    if text != _index(profile):
        replace_file(profile.index, lambda path: path.write_text(text, "utf-8"), backup=False)
