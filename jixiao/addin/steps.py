"""Putting files and folders in their places: all of them or none."""

from __future__ import annotations

import errno
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jixiao.addin.places import CannotInstall

_STAGING = ".~jixiao-"
_ABANDONED_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Placement:
    """One file or folder of the installation: its name for the user, its place, and what writes it."""

    what: str
    target: Path
    make: Callable[[Path], object]


class Moves:
    """Changes on the disk that can be taken back. What is replaced or removed lies in the staging folder meanwhile."""

    def __init__(self, staging: Path) -> None:
        self._staging = staging
        self._kept = 0
        self._undo: list[Callable[[], object]] = []
        self.folders: list[Path] = []  # made here, outermost first

    def aside(self, name: str) -> Path:
        """A place in the staging folder that nothing else has."""
        self._kept += 1
        folder = self._staging / str(self._kept)
        folder.mkdir()
        return folder / name

    def make_folder(self, folder: Path) -> None:
        for each in missing_folders(folder):
            each.mkdir()
            self._undo.append(each.rmdir)
            self.folders.append(each)

    def put(self, made: Path, target: Path) -> None:
        self.make_folder(target.parent)
        self.remove(target)
        _move(made, target)
        self._undo.append(lambda: discard(target))

    def remove(self, target: Path) -> None:
        if target.exists():
            kept = self.aside(target.name)
            _move(target, kept)
            self._undo.append(lambda: _move(kept, target))

    def take_back(self) -> bool:
        """Whether everything is as it was before."""
        complete = True
        while self._undo:
            try:
                self._undo.pop()()
            except OSError:
                complete = False
        return complete


@contextmanager
def all_or_nothing(parent: Path) -> Iterator[Moves]:
    """Moves that are taken back when the block fails. Raises CannotInstall for what the disk refuses."""
    missing = missing_folders(parent)
    restored = True
    try:
        with staging_folder(parent) as staging:
            moves = Moves(staging)
            moves.folders += missing
            try:
                yield moves
            except BaseException:
                restored = moves.take_back()
                raise
    except OSError as error:
        remove_empty(missing)
        raise CannotInstall(_refusal(error, restored)) from error
    except BaseException:
        remove_empty(missing)
        raise


@contextmanager
def looking() -> Iterator[None]:
    """For what only looks at the disk. Raises CannotInstall for what the disk refuses."""
    try:
        yield
    except OSError as error:
        raise CannotInstall(_refusal(error, restored=True)) from error


def place(moves: Moves, placements: Sequence[Placement]) -> None:
    """Make everything aside first; only what is complete is moved to its place."""
    made = [(moves.aside(each.target.name), each) for each in placements]
    for path, each in made:
        each.make(path)
    for path, each in made:
        moves.put(path, each.target)


def missing_folders(folder: Path) -> list[Path]:
    """The folder and those above it that are not there, outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    return missing[::-1]


def discard(path: Path) -> None:
    """Remove a file or a folder with all that is in it, as far as it can be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):  # what cannot be removed here is ours and replaced by the next installation
            path.unlink()


def remove_empty(folders: Iterable[Path]) -> None:
    """Those of the folders, outermost first, that have nothing in them."""
    for folder in reversed(list(folders)):
        with suppress(OSError):  # it was never made, or holds something of somebody else
            folder.rmdir()


@contextmanager
def staging_folder(parent: Path) -> Iterator[Path]:
    """A folder beside what is to be replaced, so that finished things are only renamed; gone afterwards."""
    parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(parent)
    staging = parent / f"{_STAGING}{secrets.token_hex(4)}"
    staging.mkdir()
    try:
        yield staging
    finally:
        discard(staging)


def _move(source: Path, target: Path) -> None:
    """A folder is renamed or stays as it is; a file may go to another disk, as roaming profiles can lie on one."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV or source.is_dir():
            raise
        _copy_and_remove(source, target)


def _copy_and_remove(source: Path, target: Path) -> None:
    try:
        shutil.copy2(source, target)
        source.unlink()
    except OSError:
        discard(target)
        raise


def _refusal(error: OSError, restored: bool) -> str:
    where = f"“{error.filename}”" if error.filename else "安装文件夹"
    outcome = "没有改变任何东西" if restored else "有些文件没能恢复原状，排除原因后请重新安装一次"
    reason, advice = _reason(error)
    return f"无法使用 {where}：{reason}；{outcome}。{advice}"


def _reason(error: OSError) -> tuple[str, str]:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            "没有写入权限，或文件正被其他程序使用",
            "请关闭 Excel（任务管理器里若还有 python.exe，也结束它），看看杀毒软件有没有拦截，再试一次",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return "这里应该是文件夹，却有一个同名的文件", "请把那个文件移走或改名，再试一次"
    if error.errno == errno.ENOSPC:
        return "磁盘已满", "请清理磁盘后再试一次"
    return f"系统报告“{error.strerror or error}”", "排除原因后再试一次"


def _remove_abandoned(parent: Path) -> None:
    """What an installation that was killed left behind; a running one is younger."""
    for path in parent.glob(f"{_STAGING}*"):
        if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
            discard(path)
