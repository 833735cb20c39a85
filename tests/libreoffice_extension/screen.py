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

from jixiao.libreoffice.configuration import TOOLBAR

WIDTH, HEIGHT = 1600, 1000
_END_SECONDS = 10
_PIXEL = 4  # bytes: blue, green, red, nothing
_CHARACTERS_OF_A_COLOUR = 12  # bytes each entry of the colour table takes in the file of the screen


@dataclass(frozen=True, slots=True)
class Screen:
    """`memory` is the file in which the X server keeps what is on the screen."""

    display: str
    memory: Path

    @property
    def environment(self) -> dict[str, str]:
        """For a LibreOffice that shows its windows here, in plain dress and, where it can, in Chinese."""
        chinese = {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
        return {**os.environ, **chinese, "DISPLAY": self.display, "SAL_USE_VCLPLUGIN": "gen"}

    def click(self, x: int, y: int) -> None:
        self._mouse("mousemove", str(x), str(y), "click", "1")

    def rest(self) -> None:
        """Away from everything that would show a tip."""
        self._mouse("mousemove", str(WIDTH - 1), str(HEIGHT - 1))

    def _mouse(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env={**os.environ, "DISPLAY": self.display}, check=True, timeout=30)

    def picture(self) -> bytes:
        """The screen as PNG."""
        raw = self.memory.read_bytes()
        header = struct.unpack(">25I", raw[:100])
        size, width, height, row_length, colours = header[0], header[4], header[5], header[12], header[19]
        pixels = raw[size + colours * _CHARACTERS_OF_A_COLOUR :]
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
def a_screen() -> Iterator[Screen]:
    """An X server of its own on a free number, ended by its process."""
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        size = f"{WIDTH}x{HEIGHT}x24"
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-fbdir", folder],
            pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writing)
        try:
            with os.fdopen(reading, "rb") as told:
                number = told.readline().decode().strip()
            yield Screen(f":{number}", Path(folder) / "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait(_END_SECONDS)


# what LibreOffice shows on it


def in_full(document: Any) -> Any:
    """The window of the document, as large as the screen."""
    window = document.CurrentController.Frame.ContainerWindow
    window.setPosSize(0, 0, WIDTH, HEIGHT, 15)
    return window


def press(screen: Screen, document: Any, label: str) -> None:
    """Click the button of our toolbar with the mouse, as soon as it is there."""
    screen.click(*until(lambda: _button(document, label)))


def _button(document: Any, label: str) -> tuple[int, int] | None:
    bar = document.CurrentController.Frame.LayoutManager.getElement(TOOLBAR)
    return _place(bar.getRealInterface(), label) if bar else None


def _place(accessible: Any, name: str) -> tuple[int, int] | None:
    """The middle of what has this name, on the screen; the first below `accessible`."""
    inside = accessible.getAccessibleContext()
    for number in range(inside.getAccessibleChildCount()):
        child = inside.getAccessibleChild(number).getAccessibleContext()
        if child.getAccessibleName() == name:
            corner, size = child.getLocationOnScreen(), child.getSize()
            return corner.X + size.Width // 2, corner.Y + size.Height // 2
    return None


def until(seen: Callable[[], Any], seconds: float = 30) -> Any:
    """What is there as soon as it is there. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not (found := seen()):
        if time.monotonic() > end:
            raise TimeoutError(f"not seen within {seconds} s")
        time.sleep(0.05)
    return found
