"""What sheets may be called, and what Excel calls those that nobody named."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from jixiao.engine.values import CannotWrite

_LONGEST = 31


def check_name(name: str, others: Iterable[str]) -> None:
    length = len(name.encode("utf-16-le")) // 2
    if not 1 <= length <= _LONGEST or set(name) & set("\\/?*[]:") or "'" in (name[0], name[-1]):
        raise CannotWrite(f"“{name}”不能作工作表名称：1 至 31 个字符，不含 \\ / ? * [ ] :，首尾不能是单引号")
    if name.casefold() in _folded(others):
        raise CannotWrite(f"工作表“{name}”已存在")


def free_name(names: Collection[str]) -> str:
    """Sheet3, after two sheets."""
    number, taken = len(names) + 1, _folded(names)
    while f"sheet{number}" in taken:
        number += 1
    return f"Sheet{number}"


def name_of_copy(name: str, names: Iterable[str]) -> str:
    """项目 (2)."""
    number, taken = 2, _folded(names)
    while (copy := f"{name[: _LONGEST - len(f' ({number})')]} ({number})").casefold() in taken:
        number += 1
    return copy


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}
