"""Measure the buttons in LibreOffice Calc: how long a click takes, the first of a session and those after it.

    python benchmarks/libreoffice.py

The extension is built and installed into a profile of its own; a click is what LibreOffice dispatches when the button
is pressed, until the macro has come back. There is no window, so that nothing is drawn.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))  # tests are no part of the package

from jixiao.cli import main as jixiao
from jixiao.engine.libreoffice import Office, engine, open_book
from jixiao.model.records import Department
from jixiao.sample import real_department, sample_department
from jixiao.workbook.layout import Kind
from tests import workbooks
from tests.libreoffice_extension.commands import dispatch
from tests.libreoffice_extension.hosts import a_place

CLICKS = 4
LIMIT = 1.0
LARGE = 100
DEMO = "演示工作簿"
BUTTONS = {"校验全部": ("validate", Kind.FINDINGS), "生成汇总": ("build_summary", Kind.SUMMARY)}


def clicked(department: Department, macro: str, goes_to: Kind) -> Iterator[float]:
    """Seconds of each click in a LibreOffice just started; each must have led to the sheet it shows."""
    with a_place() as place, tempfile.TemporaryDirectory() as folder:
        with redirect_stdout(sys.stderr):
            if jixiao(["libreoffice", "install", *place.options]):
                raise SystemExit("the extension was not installed")
        path = workbooks.written(Path(folder), department)
        with Office(place.profile, environment=place.environment) as office:
            book = open_book(path, office.context)
            for _ in range(CLICKS):
                book.sheets[0].activate()
                start = time.perf_counter()
                dispatch(book.impl.document.model, macro)
                yield time.perf_counter() - start
                assert book.sheets.active.name == goes_to.value
            book.close()
            engine.detach()


def click_lines() -> Iterator[str]:
    if shutil.which("soffice") is None:
        yield "本机没有 LibreOffice，没有测。"
        return
    for name, department in ((DEMO, real_department()), (f"{LARGE} 张项目表", sample_department(LARGE))):
        for label, (macro, goes_to) in BUTTONS.items():
            first, *others = clicked(department, macro, goes_to)
            later = min(others)
            yield f"- {name}，{label}：打开后第一次 {first:.2f} 秒，以后 {later:.2f} 秒{_verdict(name, later)}"


def _verdict(name: str, seconds: float) -> str:
    """The limit is set for the demo workbook, after the first click."""
    if name != DEMO:
        return ""
    return f"（第一次以后目标 {LIMIT:g} 秒：{'达到' if seconds <= LIMIT else '未达到'}）"


if __name__ == "__main__":
    for line in click_lines():
        print(line)
