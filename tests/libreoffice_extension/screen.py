"""A screen without a monitor: windows appear on it, a mouse clicks, pictures are taken."""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jixiao.engine.libreoffice.access import load_uno
from jixiao.libreoffice.configuration import TOOLBAR

_END_SECONDS = 10
_PAUSE_SECONDS = 0.2
_PIXEL = 4  # bytes: blue, green, red, nothing
_COLOUR = 12  # bytes of an entry of the colour table
# com.sun.star.accessibility.AccessibleRole
_ALERT = 1
_LABEL, _PUSH_BUTTON = 86, 44
_X_WINDOW = 6  # com.sun.star.lang.SystemDependent
_PLACE_AND_SIZE = 15  # com.sun.star.awt.PosSize


@dataclass(frozen=True, slots=True)
class Screen:
    """`memory` is the file in which the X server keeps what is on the screen."""

    display: str
    memory: Path
    width: int
    height: int

    @property
    def environment(self) -> dict[str, str]:
        """For a LibreOffice that shows its windows here, in plain dress and, where it can, in Chinese."""
        # Only the messages: a language the system has not set up would take from Python the names of Chinese files.
        chinese = {"LANG": "C.UTF-8", "LC_CTYPE": "C.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}
        others = {name: value for name, value in os.environ.items() if name != "LC_ALL"}
        return {**others, **chinese, "DISPLAY": self.display, "SAL_USE_VCLPLUGIN": "gen"}

    def click(self, x: int, y: int) -> None:
        self._do("mousemove", str(x), str(y))
        time.sleep(_PAUSE_SECONDS)
        self._do("click", "1")

    def press_key(self, name: str) -> None:
        """In the window that has been given the focus."""
        self._do("key", name)

    def write(self, text: str) -> None:
        self._do("type", text)

    def rest(self) -> None:
        """Away from everything that would show a tip."""
        self._do("mousemove", str(self.width - 1), str(self.height - 1))

    def focus(self, window: Any) -> bool:
        """Let a window of LibreOffice hear the user: there is no window manager to see to it, and the first click on a
        window that does not hear would be lost. Whether it is on the screen."""
        told = window.getWindowHandle(load_uno().ByteSequence(b""), _X_WINDOW)
        number = str(getattr(told, "WindowHandle", told))
        seen = number in self._do("search", "--onlyvisible", "--name", "").split()
        if seen:
            self._do("windowfocus", number)
        return seen

    def _do(self, *arguments: str) -> str:
        environment = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(["xdotool", *arguments], env=environment, capture_output=True, text=True, timeout=30)
        return done.stdout

    def picture(self) -> bytes:
        """The screen as PNG."""
        raw = self.memory.read_bytes()
        header = struct.unpack(">25I", raw[:100])
        size, width, height, row_length, colours = header[0], header[4], header[5], header[12], header[19]
        pixels = raw[size + colours * _COLOUR :]
        rows = [_row(pixels[number * row_length :][: width * _PIXEL]) for number in range(height)]
        return _png(width, height, b"".join(rows))


def _row(pixels: bytes) -> bytes:
    row = bytearray(1 + len(pixels) // _PIXEL * 3)
    row[1::3], row[2::3], row[3::3] = pixels[2::_PIXEL], pixels[1::_PIXEL], pixels[::_PIXEL]
    return bytes(row)


def _png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@contextmanager
def a_screen(width: int = 1600, height: int = 1000) -> Iterator[Screen]:
    """An X server of its own on a free number, ended by its process."""
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        size = f"{width}x{height}x24"
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-fbdir", folder],
            pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        try:
            with os.fdopen(reading, "rb") as told:
                number = told.readline().decode().strip()
            yield Screen(f":{number}", Path(folder) / "Xvfb_screen0", width, height)
        finally:
            server.terminate()
            server.wait(_END_SECONDS)


# what LibreOffice shows on it


def in_full(document: Any, screen: Screen) -> None:
    """Make the window of the document as large as the screen."""
    document.CurrentController.Frame.ContainerWindow.setPosSize(0, 0, screen.width, screen.height, _PLACE_AND_SIZE)


def press(screen: Screen, document: Any, label: str) -> None:
    """Click the button of our toolbar with the mouse, as soon as it is there and no longer moves."""
    place = until(lambda: _at_rest(lambda: _button(document, label)))
    until(lambda: screen.focus(document.CurrentController.Frame.ContainerWindow))
    screen.click(*place)


def _at_rest(place: Callable[[], tuple[int, int] | None]) -> tuple[int, int] | None:
    before = place()
    time.sleep(_PAUSE_SECONDS)
    return before if before == place() else None


def _button(document: Any, label: str) -> tuple[int, int] | None:
    bar = document.CurrentController.Frame.LayoutManager.getElement(TOOLBAR)
    return _place(bar.getRealInterface(), label) if bar else None


def _place(accessible: Any, name: str) -> tuple[int, int] | None:
    """The middle of what has this name, on the screen; the first below `accessible`."""
    children = _children(accessible.getAccessibleContext())
    return next((_middle(child) for child in children if child.getAccessibleName() == name), None)


# message boxes: without a window manager keys do not reach them


def box_text(context: Any) -> str:
    """What the message box on the screen says; empty while there is none."""
    box = _box(context)
    labels = [child for child in _inside(box) if child.getAccessibleRole() == _LABEL] if box else []
    return "\n".join(label.getAccessibleName() for label in labels).strip()


def answer_box(screen: Screen, context: Any) -> None:
    """Press the only button of the box, and wait until the box is gone."""
    place = until(lambda: _at_rest(lambda: _box_button(context)))
    until(lambda: screen.focus(_box(context)))
    screen.click(*place)
    until(lambda: _box(context) is None)


def _box_button(context: Any) -> tuple[int, int]:
    return next(_middle(child) for child in _inside(_box(context)) if child.getAccessibleRole() == _PUSH_BUTTON)


def _box(context: Any) -> Any:
    alerts = (each for each in windows(context) if each.getAccessibleContext().getAccessibleRole() == _ALERT)
    return next(alerts, None)


def windows(context: Any, title: str = "") -> list[Any]:
    """All that there are, or those of this title; also such as are hidden."""
    toolkit = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
    found = [toolkit.getTopWindow(number) for number in range(toolkit.getTopWindowCount())]
    known = [each for each in found if each and each.getAccessibleContext()]
    return [each for each in known if not title or each.getAccessibleContext().getAccessibleName() == title]


def _inside(window: Any) -> list[Any]:
    return _children(window.getAccessibleContext())


def _children(inside: Any) -> list[Any]:
    return [
        inside.getAccessibleChild(number).getAccessibleContext() for number in range(inside.getAccessibleChildCount())
    ]


def _middle(inside: Any) -> tuple[int, int]:
    corner, size = inside.getLocationOnScreen(), inside.getSize()
    return corner.X + size.Width // 2, corner.Y + size.Height // 2


def until(seen: Callable[[], Any], seconds: float = 30) -> Any:
    """What is there as soon as it is there. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not (found := seen()):
        if time.monotonic() > end:
            raise TimeoutError(f"not seen within {seconds} s")
        time.sleep(0.05)
    return found
