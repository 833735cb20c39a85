"""What the ribbon's buttons call: get the book, run a command, say what came of it. Nothing else."""

from __future__ import annotations

from collections.abc import Callable

import xlwings as xw

from jixiao import commands
from jixiao.rules.core import Severity
from jixiao.rules.runner import Report
from jixiao.workbook.book import CannotWriteBook
from jixiao.workbook.grid import CannotRead

TITLE = "绩效助手"
_SHOWN_CHANGES = 15


def validate() -> None:
    """校验全部."""
    _run(lambda book: _none(commands.validate(book)))


def validate_sheet() -> None:
    """校验当前表."""
    _run(lambda book: f"当前工作表：{_counts(commands.validate_sheet(book))}")


def clear_marks() -> None:
    """清除标记."""
    _run(commands.clear_marks)


def build_summary() -> None:
    """生成汇总."""
    _run(lambda book: _none(commands.build_summary(book)))


def refresh_curve() -> None:
    """支出曲线."""
    _run(commands.refresh_curve)


def new_project() -> None:
    """新增项目."""
    _run(lambda book: _none(commands.new_project(book)))


def normalise_values() -> None:
    """规范指标值."""
    _run(_normalise)


def _normalise(book: xw.Book) -> str:
    made = commands.normalise(book)
    if not made:
        return "没有需要规范的内容，没有改动任何单元格。"
    lines = [f"{change.place.sheet} {change.place.a1}：{change.before} → {change.after}" for change in made]
    more = [f"……另有 {len(lines) - _SHOWN_CHANGES} 处"] if len(lines) > _SHOWN_CHANGES else []
    return "\n".join([f"已规范 {len(made)} 处：", *lines[:_SHOWN_CHANGES], *more])


def _run(command: Callable[[xw.Book], str | None]) -> None:
    """Run a command on the calling book; what it returns, or why it could not, is shown to the user."""
    book = xw.Book.caller()
    try:
        message = command(book)
    except (CannotRead, CannotWriteBook, commands.UserError) as problem:
        message = str(problem)
    if message:
        book.app.alert(message, title=TITLE)


def _none(_: object) -> None:
    """The command shows its own result."""


def _counts(report: Report) -> str:
    return "，".join(f"{severity.label} {report.count(severity)} 个" for severity in Severity)
