"""Curves as PNG files, one alone or all of a department.

The rasteriser (resvg) draws the very SVG the page shows; it comes as one small wheel without dependencies for
Windows, Linux and macOS. It is imported when a picture is wanted, not before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jixiao.curves import Curve, DepartmentCurves
from jixiao.refusal import Refusal
from jixiao.report.charts import LARGE, MOST_SMALL, SMALL, curve_svg
from jixiao.report.svg import placed, svg, text

_GAP, _PER_ROW, _ZOOM = 20, 3, 2


class NoChineseFont(Refusal):
    """The picture would have no text. The message is one Chinese sentence for the user."""


def curve_png(curve: Curve, title: str, *, font_folder: Path | None = None) -> bytes:
    """One curve, at double resolution.

    font_folder: take the fonts of this folder instead of those of the system. Raises NoChineseFont.
    """
    return _picture(curve_svg(curve, title), font_folder)


def curves_png(curves: DepartmentCurves, title: str, *, font_folder: Path | None = None) -> bytes:
    """The department's curve and, below, a small one for each spending (the first 24); see curve_png."""
    return _picture(curves_svg(curves, title), font_folder)


def _picture(drawing: str, font_folder: Path | None) -> bytes:
    fonts: dict[str, Any] = {}
    if font_folder is not None:
        fonts = {"skip_system_fonts": True, "font_dirs": [str(font_folder)]}
    if not _has_chinese(fonts):
        raise NoChineseFont(
            "没有找到中文字体，图片里的文字无法显示；请安装微软雅黑、宋体或思源黑体（Noto Sans CJK）后重试"
        )
    return _png(drawing, _ZOOM, fonts)


def curves_svg(curves: DepartmentCurves, title: str) -> str:
    """The picture of curves_png as SVG."""
    drawn = curves.by_spending[:MOST_SMALL]
    width = _PER_ROW * SMALL.width + (_PER_ROW + 1) * _GAP
    below, step = LARGE.height + 2 * _GAP, SMALL.height + _GAP
    height = below - (-len(drawn) // _PER_ROW) * step + _GAP
    body = [placed(curve_svg(curves.department, title), (width - LARGE.width) // 2, _GAP)]
    for number, (spending, curve) in enumerate(drawn):
        row, column = divmod(number, _PER_ROW)
        chart = curve_svg(curve, spending.name or spending.code, look=SMALL)
        body.append(placed(chart, _GAP + column * (SMALL.width + _GAP), below + row * step))
    body.append(text(_GAP, height - 14, _note(curves), more='font-size="13"'))
    return svg(width, height, body)


def _note(curves: DepartmentCurves) -> str:
    """What the picture leaves out; never silently."""
    notes = []
    if len(curves.by_spending) > MOST_SMALL:
        notes.append(f"共 {len(curves.by_spending)} 条曲线，按工作簿顺序画出前 {MOST_SMALL} 条，合计包含全部")
    if curves.excluded:
        notes.append(f"{len(curves.excluded)} 项的预算数或资金支出计划不可用，没有画出，也没有计入合计")
    return "；".join(notes)


def _has_chinese(fonts: dict[str, Any]) -> bool:
    """Two different characters look the same only where there is no glyph for either."""
    return _png(_probe("预"), 1, fonts) != _png(_probe("算"), 1, fonts)


def _probe(sign: str) -> str:
    return svg(30, 32, [text(2, 26, sign, more='font-size="24"')])


def _png(drawing: str, zoom: int, fonts: dict[str, Any]) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, background="#ffffff", zoom=zoom, **fonts))
