"""The errors of excelize, told as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jixiao.engine.values import CannotWrite


@contextmanager
def failing(where: str) -> Iterator[None]:
    """What excelize raises becomes a CannotWrite that says where."""
    try:
        yield
    except (RuntimeError, TypeError, UnicodeError) as problem:
        raise CannotWrite(f"“{where}”无法写入：{problem}") from problem
