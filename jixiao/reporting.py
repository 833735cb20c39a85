"""What a run found, as the text, the page or the picture that was asked for, printed or written to a file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.refusal import UserError
from jixiao.workbook.safe_write import replace_file

if TYPE_CHECKING:
    from jixiao.judging import Outcome


def rendered(outcome: Outcome, workbook_name: str, form: str, *, terminal: bool = False) -> str:
    """The report as `text`, `json` or `html`; on a `terminal` in colour and fitted to its width."""
    if form == "json":
        from jixiao.report.as_json import as_json

        return as_json(outcome.report, workbook_name) + "\n"
    if form == "html":
        from jixiao.report.html import as_html

        return as_html(outcome.report, outcome.curves, workbook_name)
    from jixiao.report.text import as_text

    width = shutil.get_terminal_size().columns if terminal else 0
    return as_text(outcome.report, workbook_name, colour=terminal, width=width)


def curve_of(book: Path, code: str | None, form: str) -> str | bytes:
    """The spend curves as text, JSON or a picture: of one project, or of the whole department."""
    from jixiao.judging import judge_file
    from jixiao.report.curves_text import chosen_curve, curve_as_text, curves_as_text

    curves = judge_file(book).curves
    if form == "json":
        from jixiao.report.as_json import curves_as_json

        return curves_as_json(curves) + "\n"
    title, curve = chosen_curve(curves, code)
    if curve is None:
        raise UserError(f"没有编码为“{code}”且支出计划完整的项目；用 jixiao curve {book} 查看全部")
    if form == "png":
        from jixiao.report.picture import curve_png

        return curve_png(curve, title)
    if form == "svg":
        from jixiao.report.charts import curve_svg

        return curve_svg(curve, title)
    return curves_as_text(curves) if code is None else curve_as_text(title, curve)


def write_report(out: Path, data: bytes) -> None:
    """Write what a command found."""
    replace_file(out, lambda temporary: temporary.write_bytes(data))
