"""Replacing a file as a whole: either all of the new one is there, or the old one is as it was."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from jixiao.engine.members import EngineError
from jixiao.refusal import Refusal

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class CannotSave(EngineError, Refusal):
    """The file was not written and is as it was before. The text is Chinese, for the user."""


class State(NamedTuple):
    """What tells that a file has been changed by somebody else."""

    modified: int
    size: int

    @classmethod
    def of(cls, path: Path) -> State:
        status = path.stat()
        return cls(status.st_mtime_ns, status.st_size)


@contextmanager
def replacing(target: Path, like: Path) -> Iterator[Path]:
    """Yields the path of a temporary file beside `target`, which takes its place once the block is through.

    It gets the permissions of `target`, or of `like` where there is no target yet. Whatever goes wrong, the temporary
    file is removed and `target` stays untouched.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".~{target.stem}.", suffix=target.suffix, dir=target.parent)
    except OSError as problem:
        raise CannotSave(_why(target, problem)) from problem
    temporary = Path(name)
    try:
        os.close(handle)
        yield temporary
        shutil.copymode(target if target.exists() else like, temporary)
        _flush(temporary)
        temporary.replace(target)
    except (OSError, RuntimeError) as problem:
        raise CannotSave(_why(target, problem)) from problem
    finally:
        temporary.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Wait until the content is on the disk, so that a power cut cannot leave a half-written file behind."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _why(target: Path, problem: Exception) -> str:
    if isinstance(problem, PermissionError):
        reason = "没有写入权限，或文件正在 Excel、WPS 中打开；请关闭后重试"
    elif isinstance(problem, FileNotFoundError):
        reason = f"文件夹“{target.parent}”不存在"
    elif getattr(problem, "errno", None) in _FULL or "no space left" in str(problem) or "too large" in str(problem):
        reason = "磁盘空间不足；请清理后重试"
    else:
        reason = f"{problem}"
    return f"“{target.name}”没有保存，原文件未改动：{reason}"
