"""Takes the pictures of the LibreOffice page: a real window, its toolbar clicked with the mouse, on a virtual screen.

Needs what the tests of the extension need: LibreOffice with its Python interface, Xvfb, xdotool, a Chinese font, and
for Chinese menus libreoffice-l10n-zh-cn. Called by make_pictures.py; alone: python docs/live_pictures.py
"""

from __future__ import annotations

import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jixiao.cli import main as jixiao  # noqa: E402
from jixiao.engine.libreoffice import Office  # noqa: E402
from jixiao.engine.libreoffice.access import properties  # noqa: E402
from jixiao.sample import real_department  # noqa: E402
from jixiao.workbook.layout import Kind  # noqa: E402
from jixiao.workbook.template import build_workbook  # noqa: E402
from tests.libreoffice_extension.hosts import a_place  # noqa: E402
from tests.libreoffice_extension.screen import Screen, a_screen, in_full, press, until  # noqa: E402

PICTURES = Path(__file__).parent / "pictures"
FORM = "人大专项工作经费"
_WIDTH, _HEIGHT, _PERCENT, _COLOURS = 1440, 900, 80, 256
_SETTLE_SECONDS = 1.5  # until the window is drawn


def main() -> None:
    with a_place() as place, a_screen(_WIDTH, _HEIGHT) as screen:
        if jixiao(["libreoffice", "install", *place.options]):
            sys.exit(1)
        path = place.profile.parent / "玉田县人大常委会.xlsx"
        build_workbook(real_department()).save(path)
        with Office(place.profile, headless=False, environment=screen.environment) as office:
            document = office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties())
            _tidy(office, document, screen)
            _take_all(document, screen)
            document.close(True)


def _take_all(document: Any, screen: Screen) -> None:
    _show(document, FORM)
    _take(screen, "live-before")
    press(screen, document, "校验全部")
    until(lambda: _active(document) == Kind.FINDINGS)
    _take(screen, "live-findings")
    _show(document, FORM)
    _take(screen, "live-after")
    press(screen, document, "生成汇总")
    until(lambda: _active(document) == Kind.SUMMARY)
    _take(screen, "live-summary")
    press(screen, document, "支出曲线")
    until(lambda: _active(document) == Kind.CURVE)
    _take(screen, "live-curve")


def _tidy(office: Office, document: Any, screen: Screen) -> None:
    """The whole screen, without the bar at the side, every sheet a little smaller."""
    in_full(document, screen)
    controller = document.CurrentController
    dispatcher = office.context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.DispatchHelper", office.context
    )
    dispatcher.executeDispatch(controller.Frame, ".uno:Sidebar", "", 0, properties(Sidebar=False))
    controller.ShowPageBreaks = False
    for name in (FORM, Kind.FINDINGS, Kind.SUMMARY, Kind.CURVE):
        _show(document, name)
        zoom = properties(**{"Zoom.Value": _PERCENT, "Zoom.ValueSet": 28703, "Zoom.Type": 0})
        dispatcher.executeDispatch(controller.Frame, ".uno:Zoom", "", 0, zoom)


def _show(document: Any, sheet: str) -> None:
    document.CurrentController.setActiveSheet(document.Sheets.getByName(sheet))


def _active(document: Any) -> str:
    return str(document.CurrentController.ActiveSheet.Name)


def _take(screen: Screen, name: str) -> None:
    screen.rest()
    time.sleep(_SETTLE_SECONDS)
    target = PICTURES / f"{name}.png"
    image = Image.open(BytesIO(screen.picture()))
    image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target.name}: {target.stat().st_size // 1000} KB")


if __name__ == "__main__":
    main()
