"""What a window shows: messages and the status bar."""

from __future__ import annotations

from typing import Any

from jixiao.engine.libreoffice.access import load_uno

# The button that declines, by the buttons of the box.
_DECLINING = {"ok": "ok", "ok_cancel": "cancel", "yes_no": "no", "yes_no_cancel": "cancel"}
_BUTTONS = {"ok": 1, "ok_cancel": 2, "yes_no": 3, "yes_no_cancel": 4}  # com.sun.star.awt.MessageBoxButtons
_RESULTS = {1: "ok", 2: "yes", 3: "no"}  # com.sun.star.awt.MessageBoxResults
_KINDS = {"info": "INFOBOX", "critical": "ERRORBOX"}
_FULL = 100


def answered(answer: str, buttons: str) -> str:
    """The answer where the box has such a button, else the button that declines."""
    return answer if answer in buttons.split("_") else _DECLINING[buttons]


def ask(toolkit: Any, window: Any, prompt: str, title: str | None, buttons: str, mode: str | None) -> str:
    """Show a box over a window, and say which button was pressed. Without a display nobody presses one."""
    usual = "INFOBOX" if buttons == "ok" else "QUERYBOX"
    kind = load_uno().Enum("com.sun.star.awt.MessageBoxType", _KINDS.get(mode or "", usual))
    box = toolkit.createMessageBox(window, kind, _BUTTONS[buttons], title or "", prompt)
    try:
        return answered(_RESULTS.get(box.execute(), ""), buttons)
    finally:
        box.dispose()


class Status:
    """The text in the status bar; False where there is none, as in Excel."""

    def __init__(self) -> None:
        self.text: str | bool = False
        self._indicator: Any = None

    def show(self, frame: Any, text: str) -> None:
        if self._indicator is None:
            self._indicator = frame.createStatusIndicator()
            self._indicator.start(text, _FULL)
        else:
            self._indicator.setText(text)
        self.text = text

    def end(self) -> None:
        if self._indicator is not None:
            self._indicator.end()
        self._indicator, self.text = None, False
