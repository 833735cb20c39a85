"""A button's command without the mouse: what LibreOffice does when the button is pressed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jixiao.engine.libreoffice.access import load_uno, properties, structure
from jixiao.libreoffice.configuration import PROTOCOL


def dispatch(document: Any, macro: str, path: Path | str | None = None) -> None:
    """With a path, or any other URL, as a program gives it that wants nobody to be asked."""
    url = structure("com.sun.star.util.URL", Complete=f"{PROTOCOL}{macro}", Protocol=PROTOCOL, Path=macro)
    answering = document.CurrentController.Frame.queryDispatch(url, "_self", 0)
    assert answering is not None, f"nobody answers {macro}"
    answering.dispatch(url, properties(URL=_url(path)) if path else ())


def _url(path: Path | str) -> str:
    return path if isinstance(path, str) else str(load_uno().systemPathToFileUrl(str(path)))
