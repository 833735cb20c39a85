"""A file of the user's, opened for reading; what the system says against it in the user's words."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from jixiao.openxml.refused import Refused
from jixiao.openxml.wording import Wording


@contextmanager
def regular_file(path: Path, wording: Wording) -> Iterator[IO[bytes]]:
    """The open file. The system's errors, also those met while it is read, are raised as Refused."""
    try:
        _refuse_other_than_file(path, wording)
        with path.open("rb") as file:
            yield file
    except PermissionError:
        raise Refused(
            "没有读取权限，或文件正被其他程序占用", "请关闭打开它的程序，或把文件复制到自己的文件夹"
        ) from None
    except OSError as error:
        raise Refused(
            f"读取磁盘时出错（{error.strerror or error}）", "请检查磁盘或网络连接，或把文件复制到本机"
        ) from None
    except MemoryError:
        raise Refused("内存不足", f"请关闭其他程序，或把{wording.thing}分成几个") from None


def _refuse_other_than_file(path: Path, wording: Wording) -> None:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise Refused("文件不存在", "请检查文件夹和文件名") from None
    except ValueError:
        raise Refused("文件名中有无效字符", "请改正文件名") from None
    if stat.S_ISDIR(status.st_mode):
        raise Refused("这是一个文件夹", f"请选择其中的 {wording.suffix} 文件")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("这不是普通文件", f"请选择 {wording.suffix} 文件")


def refusal_text(path: Path, refusal: Refused) -> str:
    """The whole sentence."""
    return f"无法读取“{path.name}”：{refusal.problem}；{refusal.advice}。"
