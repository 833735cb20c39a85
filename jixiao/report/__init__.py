"""What a run says, for people and programs: terminal text, JSON, one HTML page, pictures of the spend curves.

Everything here reads a finished `Report` and finished curves and judges nothing.
"""

from __future__ import annotations

from jixiao.report.as_json import as_json, curves_as_json
from jixiao.report.charts import curve_svg
from jixiao.report.curves_text import chosen_curve, curve_as_text, curves_as_text
from jixiao.report.html import as_html
from jixiao.report.picture import NoChineseFont, curve_png, curves_png
from jixiao.report.text import as_text

__all__ = [
    "NoChineseFont", "as_html", "as_json", "as_text", "chosen_curve", "curve_as_text", "curve_png", "curve_svg",
    "curves_as_json", "curves_as_text", "curves_png",
]  # fmt: skip
