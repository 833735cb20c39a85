"""A button's command without the mouse: what LibreOffice does when the button is pressed."""

from __future__ import annotations

from typing import Any

from jixiao.engine.libreoffice.access import structure
from jixiao.libreoffice.configuration import PROTOCOL


def dispatch(document: Any, macro: str) -> None:
    url = structure("com.sun.star.util.URL", Complete=f"{PROTOCOL}{macro}", Protocol=PROTOCOL, Path=macro)
    answering = document.CurrentController.Frame.queryDispatch(url, "_self", 0)
    assert answering is not None, f"nobody answers {macro}"
    answering.dispatch(url, ())
