"""Replacing a file as a whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jixiao.refusal import Refusal

PREFIX = ".~jixiao-"

_REASONS = {
    errno.ENOSPC: ("磁盘已满", "请清理磁盘后重试"),
    errno.EDQUOT: ("磁盘配额已用完", "请清理磁盘后重试"),
    errno.EFBIG: ("文件超过了允许的大小", "请换一个磁盘或文件夹"),
    errno.EROFS: ("所在的磁盘是只读的", "请保存到其他文件夹"),
    errno.ENAMETOOLONG: ("文件名过长", "请缩短文件名或换一个路径较短的文件夹"),
}
_DENIED = ("没有写入权限，或文件正在 Excel 等程序中打开", "请关闭该文件，或保存到自己的文件夹")
# What the writers of other languages put in the text of their errors instead of a number.
_PHRASES = {
    "no space left": errno.ENOSPC,
    "not enough space": errno.ENOSPC,
    "file too large": errno.EFBIG,
    "read-only file system": errno.EROFS,
    "permission denied": errno.EACCES,
    "access is denied": errno.EACCES,
}


class CannotWrite(Refusal):
    """The file was not written; what was there is untouched. The text is one Chinese sentence for the user."""


def spare(source: Path, out: Path, advice: str = "请换一个文件名") -> None:
    """Raise CannotWrite where `out` names the file `source`, which need not exist yet."""
    if _is_same(source, out):
        raise CannotWrite(f"输出文件就是 {source}，没有覆盖；{advice}")


def _is_same(one: Path, other: Path) -> bool:
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    with suppress(OSError):  # what cannot be looked at cannot be written either, and then it is said why
        return one.samefile(other)
    return False


def replace_file(target: Path, write: Callable[[Path], object], *, backup: bool = False) -> None:
    """Let `write` make a file at the path it is called with, then put that in the place of `target`.

    Until it is complete and on the disk the old file stays as it is, whatever happens, a power cut included. `backup`
    keeps the old file as `<name>.bak`. Raises CannotWrite for everything the disk or the folder refuses.
    """
    target = Path(os.path.realpath(target))
    temporary = _temporary(target)
    try:
        with _as_cannot_write(target):
            _refuse_unwritable(target)
            _remove_leftovers(target)
            write(temporary)
            _settle(temporary, like=target)
            if backup and target.exists():
                _keep(target)
            temporary.replace(target)
            _sync_folder(target.parent)
    finally:
        _remove(temporary)


@contextmanager
def _as_cannot_write(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _cannot_write(target, error.errno or 0, error.strerror or str(error)) from error
    except RuntimeError as error:
        number = next((number for phrase, number in _PHRASES.items() if phrase in str(error).lower()), None)
        if number is None:
            raise
        raise _cannot_write(target, number, str(error)) from error


def _cannot_write(target: Path, number: int, text: str) -> CannotWrite:
    if number in (errno.EACCES, errno.EPERM):
        return _refusal(target, *_DENIED)
    return _refusal(target, *_REASONS.get(number, (f"系统报告“{text}”", "请换一个文件夹重试")))


def _refusal(target: Path, problem: str, advice: str) -> CannotWrite:
    untouched = "原文件没有改动，" if os.path.lexists(target) else ""
    return CannotWrite(f"无法写入“{target.name}”（文件夹“{target.parent}”）：{problem}；{untouched}{advice}。")


def _refuse_unwritable(target: Path) -> None:
    """Replacing asks only for rights on the folder; a file marked read-only is to be respected all the same."""
    if target.is_dir():
        raise _refusal(target, "这是一个文件夹", "请换一个文件名")
    if target.exists() and not target.is_file():
        raise _refusal(target, "这不是普通文件", "请换一个文件名")
    if not target.parent.is_dir():
        raise _refusal(target, "文件夹不存在", "请检查路径，或先建立该文件夹")
    if target.exists() and not os.access(target, os.W_OK):
        raise _refusal(target, *_DENIED)


def _temporary(target: Path) -> Path:
    """In the same folder, with the same suffix, because writers go by it; the target is known by its checksum."""
    return target.with_name(f"{_mark(target)}{os.getpid()}-{os.urandom(4).hex()}{target.suffix}")


def _mark(target: Path) -> str:
    return f"{PREFIX}{zlib.crc32(target.name.encode('utf-8', 'surrogateescape')):08x}-"


def _remove_leftovers(target: Path) -> None:
    """What a killed process left behind; what a living one is writing stays."""
    mark = _mark(target)
    for path in target.parent.iterdir():
        if path.name.startswith(mark) and not _running(path.name.removeprefix(mark).partition("-")[0]):
            _remove(path)


def _running(process: str) -> bool:
    """Windows has no harmless way to ask, and needs none: a file that is being written cannot be removed there."""
    if os.name == "nt" or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def _remove(path: Path) -> None:
    with suppress(OSError):  # it is only litter, and the next write to the target tries again
        path.unlink()


def _settle(temporary: Path, *, like: Path) -> None:
    """On the disk, and with the access rights of the file it replaces."""
    with temporary.open("r+b") as file:
        os.fsync(file.fileno())
    if like.exists():
        shutil.copymode(like, temporary)


def _keep(target: Path) -> None:
    copy = _temporary(target)
    try:
        shutil.copy2(target, copy)
        _settle(copy, like=target)
        copy.replace(target.with_name(f"{target.name}.bak"))
    finally:
        _remove(copy)


def _sync_folder(folder: Path) -> None:
    """Make the new name outlast a power cut; Windows and some network disks do not offer it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
