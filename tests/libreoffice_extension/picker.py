"""The dialog for files on the screen, answered with the keyboard in whatever language it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.libreoffice_extension.screen import Screen, until, windows


@dataclass(frozen=True, slots=True, repr=False)
class FileDialog:
    screen: Screen
    context: Any
    title: str

    def appear(self) -> None:
        """Wait until it is there and hears the keyboard."""
        until(self._is_seen)

    def _is_seen(self) -> bool:
        return any(self.screen.focus(window) for window in windows(self.context, self.title))

    def cancel(self) -> None:
        self.screen.press_key("Escape")
        until(lambda: not self._is_seen())

    def accept(self, file: Path | str = "") -> None:
        """With the name that it proposes, or with another."""
        if file:
            self.screen.press_key("ctrl+a")
            self.screen.write(str(file))
        self.screen.press_key("Return")
        until(lambda: not self._is_seen())
