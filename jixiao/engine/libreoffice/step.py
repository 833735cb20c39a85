"""One macro as one step: kept as a whole, or taken back as a whole.

LibreOffice's own list of what can be undone does not serve: it leaves new contents in cells that were empty, and
undoing a new sheet ends the program where no window has the focus. So every change tells here how it is put back. The
list is emptied after a step, as in Excel, since it knows sheets and cells by numbers that may no longer hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jixiao.engine.libreoffice.errors import CannotWrite

Back = Callable[[], object]


class Steps:
    """The steps of one document; `undo` is its undo manager."""

    def __init__(self, undo: Any) -> None:
        self._undo = undo
        self._back: list[Back] | None = None

    @contextmanager
    def one(self) -> Iterator[None]:
        """What happens inside is taken back where an exception leaves it. Inside another step it is a part of that."""
        if self._back is not None:
            yield
            return
        back: list[Back] = []
        self._back = back
        try:
            yield
        except BaseException:
            self._back = None
            _take_back(back)
            raise
        finally:
            self._back = None
            if back:
                self._undo.clear()

    def remember(self, how: Callable[[], Back]) -> None:
        """To be called before a change: `how` looks at what is there and returns what puts it back."""
        if self._back is not None:
            self._back.append(how())


def _take_back(acts: list[Back]) -> None:
    """All that can be, the last first."""
    failed: Exception | None = None
    for act in reversed(acts):
        try:
            act()
        except Exception as problem:
            failed = problem
    if failed:
        raise CannotWrite("没有完成，已做的改动也没能全部撤回；请不保存就关闭文档，再重新打开") from failed
