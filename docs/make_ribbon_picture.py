"""Draws the guide's picture of the ribbon from its XML. It is a drawing: nothing here was seen in Excel.

Needs Pillow and a Chinese font. The icons stand for Excel's own of the same name and are drawn for this picture.
Run from the checkout: python docs/make_ribbon_picture.py
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import resvg_py
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jixiao.report.svg import Point, line, svg, text  # noqa: E402
from jixiao.shipped import shipped  # noqa: E402

PICTURE = Path(__file__).parent / "pictures" / "ribbon.png"
_TABS = ("文件", "开始", "插入", "页面布局", "公式", "数据", "审阅", "视图")
_ZOOM, _COLOURS = 2, 64
_TAB_HEIGHT, _BODY, _LARGE_WIDTH, _SMALL_ROW = 34, 96, 72, 25
_GREEN, _INK, _GREY, _LINE = "#217346", "#333333", "#666666", "#d0d0d0"

# On a grid of 24 x 24, as the outline of what the name says.
_ICONS = {
    "FileOpen": "M2 20V5h7l2 3h9v3M2 20l4-9h17l-4 9z",
    "FileSaveAsWordDocx": "M6 2h9l4 4v16H6zM15 2v4h4M9 11l1.500 7L12.500 12.500 14.500 18 16 11",
    "FileNew": "M6 2h9l4 4v16H6zM15 2v4h4M12 10v8M8 14h8",
    "TableExcelSpreadsheetInsert": "M2 4h14v14H2zM2 9h14M2 13h14M7 4v14M12 4v14M19 16v7M15.500 19.500h7",
    "Spelling": "M3 13l6 7L21 4",
    "FindDialog": "M10 3a7 7 0 1 0 .01 0M15 15l7 7",
    "AutoFormat": "M3 21L15 9M13 7l4 4M18 2v5M15.500 4.500h5M21 11v4M19 13h4",
    "Clear": "M9 20L3 14 13 4l7 7-9 9zM8 9l7 7M9 20h12",
    "AutoSum": "M18 5V3H5l8 9-8 9h13v-2",
    "ChartInsert": "M3 3v18h18M6 17l5-6 4 3 6-9",
    "ContextHelp": "M12 2a10 10 0 1 0 .01 0M9 9a3 3 0 1 1 4 3l-1 1.500V15M12 18v.500",
    "ApplicationOptionsDialog": "M12 8a4 4 0 1 0 .01 0M12 2v4M12 18v4M2 12h4M18 12h4M5 5l3 3m8 8l3 3M5 19l3-3m8-8l3-3",
    "ErrorChecking": "M12 3L2 21h20zM12 9v6M12 17.500v.500",
    "Repeat": "M20 12a8 8 0 1 1-3-6M20 2v5h-5",
    "About": "M12 2a10 10 0 1 0 .01 0M12 11v7M12 6.500v.500",
}


def main() -> None:
    drawing = _ribbon(ElementTree.parse(shipped("addin") / "customUI14.xml").getroot())
    png = bytes(resvg_py.svg_to_bytes(svg_string=drawing, background="#ffffff", zoom=_ZOOM))
    Image.open(BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=0).save(PICTURE, optimize=True)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size // 1000} KB")


def _ribbon(root: ElementTree.Element) -> str:
    space = {"ui": root.tag.partition("}")[0].strip("{")}
    tab = root.find(".//ui:tab", space)
    assert tab is not None
    body, left = [], 8
    for group in tab.findall("ui:group", space):
        drawn, left = _group(group, left)
        body += drawn
    width = max(left, 60 * len(_TABS) + 120)
    return svg(width, _TAB_HEIGHT + _BODY + 4, [*_tabs(tab.get("label", ""), width), *body])


def _tabs(label: str, width: int) -> list[str]:
    drawn = [f'<rect width="{width}" height="{_TAB_HEIGHT}" fill="#f3f3f3"/>']
    places = [(30 + 58 * number, name, _GREY, "") for number, name in enumerate(_TABS)]
    own = 30 + 58 * len(_TABS) + 14
    for x, name, colour, more in [*places, (own, label, _GREEN, ' font-weight="bold"')]:
        drawn.append(text(x, 22, name, anchor="middle", more=f'font-size="13" fill="{colour}"{more}'))
    return [*drawn, line(Point(own - 28, 30), Point(own + 28, 30), _GREEN, more='stroke-width="3"')]


def _group(group: ElementTree.Element, left: int) -> tuple[list[str], int]:
    """The group's drawing and where the next one begins."""
    drawn, x, row = [], left, 0
    for button in group:
        label, icon = button.get("label", ""), button.get("imageMso", "")
        if button.get("size") == "large":
            x, row = (x + _small_width(group), 0) if row else (x, 0)
            drawn += _large(label, icon, x)
            x += _LARGE_WIDTH
        else:
            if row == 3:
                x, row = x + _small_width(group), 0
            drawn += _small(label, icon, x, row)
            row += 1
    right = x + (_small_width(group) if row else 0)
    name = text(
        (left + right) / 2, _TAB_HEIGHT + _BODY - 4, group.get("label", ""), anchor="middle", more=_style(11, _GREY)
    )
    edge = line(Point(right + 4, _TAB_HEIGHT + 6), Point(right + 4, _TAB_HEIGHT + _BODY - 2), _LINE)
    return [*drawn, name, edge], right + 10


def _small_width(group: ElementTree.Element) -> int:
    labels = [button.get("label", "") for button in group if button.get("size") != "large"]
    return 32 + 13 * max(len(label) for label in labels)


def _large(label: str, icon: str, x: int) -> list[str]:
    """A label without a blank breaks in the middle when it does not fit."""
    half = -(-len(label) // 2) if len(label) > 5 else len(label)
    lines = [part for part in (label[:half], label[half:]) if part]
    middle = x + _LARGE_WIDTH / 2
    labels = [
        text(middle, _TAB_HEIGHT + 54 + 15 * number, part, anchor="middle", more=_style(12, _INK))
        for number, part in enumerate(lines)
    ]
    return [_icon(icon, x + (_LARGE_WIDTH - 32) // 2, _TAB_HEIGHT + 6, 32), *labels]


def _small(label: str, icon: str, x: int, row: int) -> list[str]:
    top = _TAB_HEIGHT + 4 + _SMALL_ROW * row
    return [_icon(icon, x + 6, top + 2, 18), text(x + 29, top + 16, label, more=_style(12, _INK))]


def _icon(name: str, x: int, y: int, size: int) -> str:
    pen = f'fill="none" stroke="{_GREEN}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<g transform="translate({x} {y}) scale({size / 24:.3f})"><path d="{_ICONS[name]}" {pen}/></g>'


def _style(size: int, colour: str) -> str:
    return f'font-size="{size}" fill="{colour}"'


if __name__ == "__main__":
    main()
