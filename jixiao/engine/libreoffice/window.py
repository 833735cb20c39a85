"""What a window shows: messages and the status bar."""

from __future__ import annotations

from typing import Any

from jixiao.engine.libreoffice.access import load_uno

_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}  # com.sun.star.awt.MessageBoxButtons
_RESULTS = {1: "ok", 2: "yes", 3: "no"}  # com.sun.star.awt.MessageBoxResults
_KINDS = {"info": "INFOBOX", "critical": "ERRORBOX"}
_FULL = 100


def ask(toolkit: Any, window: Any, prompt: str, title: str | None, buttons: str, mode: str | None) -> str | None:
    """Show a box over a window, and say which button was pressed; None for none: without a display nobody does."""
    usual = "INFOBOX" if buttons == "ok" else "QUERYBOX"
    kind = load_uno().Enum("com.sun.star.awt.MessageBoxType", _KINDS.get(mode or "", usual))
    box = toolkit.createMessageBox(window, kind, _BUTTONS[buttons], title or "", prompt)
    try:
        return _RESULTS.get(box.execute())
    finally:
        box.dispose()


class Status:
    """The text in the status bar of one window."""

    def __init__(self) -> None:
        self._indicator: Any = None

    def show(self, frame: Any, text: str) -> None:
        if self._indicator is None:
            self._indicator = frame.createStatusIndicator()
            self._indicator.start(text, _FULL)
        else:
            self._indicator.setText(text)

    def end(self) -> None:
        if self._indicator is not None:
            self._indicator.end()
        self._indicator = None
