"""One macro as one step: kept as a whole, or taken back as a whole.

Cells and their looks are taken back by LibreOffice itself. Sheets are not: undoing a new sheet ends the program where
no window has the focus. What was done to sheets is kept out of its list and taken back here, in the order it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

_NUMBERS = count(1)


class Steps:
    """The steps of one document."""

    def __init__(self, undo: Any) -> None:
        self._undo = undo
        self._step: _Step | None = None

    @contextmanager
    def one(self) -> Iterator[None]:
        """What happens inside is taken back where an exception leaves it. Inside another step it is a part of that."""
        if self._step is not None:
            yield
            return
        locks = self._unlocked()
        self._step = step = _Step(self._undo)
        try:
            yield
        except BaseException:
            step.take_back()
            raise
        else:
            step.keep()
        finally:
            self._step = None
            for _ in range(locks):
                self._undo.lock()

    def _unlocked(self) -> int:
        """Somebody may have locked the list of what can be undone; says how often."""
        locks = 0
        while self._undo.isLocked():
            self._undo.unlock()
            locks += 1
        return locks

    def changes_cells(self) -> None:
        """To be called before cells, rows or columns are changed."""
        if self._step:
            self._step.open()

    @contextmanager
    def changing_sheets(self) -> Iterator[list[Callable[[], object]]]:
        """Around a change of the list of sheets; whoever makes it puts what takes it back into the list."""
        if self._step is None:
            yield []
            return
        back: list[Callable[[], object]] = []
        self._step.close()
        self._undo.lock()
        try:
            yield back
        finally:
            self._undo.unlock()
            self._step.sheets_changed(back)


class _Step:
    def __init__(self, undo: Any) -> None:
        self._undo = undo
        self._title = ""
        self._back: list[Callable[[], object]] = []
        self._of_sheets = False

    def open(self) -> None:
        if not self._title:
            self._title = f"绩效助手（第{next(_NUMBERS)}次改动）"  # a title of its own tells whether anything was done
            self._undo.enterUndoContext(self._title)

    def close(self) -> None:
        if not self._title:
            return
        title, self._title = self._title, ""
        self._undo.leaveUndoContext()
        if self._undo.isUndoPossible() and self._undo.getCurrentUndoActionTitle() == title:
            self._back.append(self._undo.undo)

    def sheets_changed(self, back: list[Callable[[], object]]) -> None:
        self._of_sheets = True
        self._back += [lambda act=act: self._locked(act) for act in back]  # type: ignore[misc]

    def _locked(self, act: Callable[[], object]) -> None:
        self._undo.lock()
        try:
            act()
        finally:
            self._undo.unlock()

    def keep(self) -> None:
        """The user can take the step back, unless it changed sheets: older actions know them by number."""
        self.close()
        if self._of_sheets:
            self._undo.clear()

    def take_back(self) -> None:
        self.close()
        for act in reversed(self._back):
            act()
        if self._of_sheets:
            self._undo.clear()
        else:
            self._undo.clearRedo()
