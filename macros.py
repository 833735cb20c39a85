"""What the ribbon's buttons call: get the book, run a command, say what came of it. Nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import xlwings as xw

from jixiao import commands, exporting, importing
from jixiao.diagnosis import unexpected
from jixiao.refusal import Refusal
from jixiao.rules.core import Severity
from jixiao.rules.runner import Report
from jixiao.workbook.book import one_step

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


def new_workbook() -> None:
    """新建部门工作簿."""
    _run(lambda book: f"已新建并打开：{commands.new_workbook(book)}\n请先填“部门信息”，再一个项目填一张表。")


def import_document(path: str) -> None:
    """导入文档. The host asks for the file."""
    _run(lambda book: _imported(importing.import_and_open(book, Path(path))))


def export_document(path: str) -> None:
    """导出文本. The host asks for the file; its ending says which kind."""
    _run(lambda book: _exported(path, exporting.export_book(book, Path(path))))


def explain_rule() -> None:
    """规则说明."""
    _run(commands.explain_rule)


def show_settings() -> None:
    """设置."""
    _run(commands.show_settings)


def diagnose(addin: str = "", failure: str = "") -> None:
    """诊断. The add-in tells where it is, and what the last worksheet function said that failed."""
    _run(lambda book: commands.diagnose(book, addin, failure, Path(__file__).parent))


def about() -> None:
    """关于."""
    _run(lambda _: commands.about())


def _normalise(book: xw.Book) -> str:
    made = commands.normalise(book)
    if not made:
        return "没有需要规范的内容，没有改动任何单元格。"
    lines = [f"{change.place.sheet} {change.place.a1}：{change.before} → {change.after}" for change in made]
    more = [f"……另有 {len(lines) - _SHOWN_CHANGES} 处"] if len(lines) > _SHOWN_CHANGES else []
    return "\n".join([f"已规范 {len(made)} 处：", *lines[:_SHOWN_CHANGES], *more])


def _imported(done: importing.Import) -> str:
    from jixiao.documents.outcome import read_lines

    opened = f"已新建并打开：{done.workbook}\n请看一遍“导入记录”，再点“校验全部”。"
    return "\n".join([*read_lines(done.imported, _SHOWN_CHANGES), opened])


def _exported(path: str, remarks: Sequence[str]) -> str:
    more = [f"……另有 {len(remarks) - _SHOWN_CHANGES} 条"] if len(remarks) > _SHOWN_CHANGES else []
    asked = [f"以下 {len(remarks)} 条请核对，需要改的改好后重新导出："] if remarks else []
    return "\n".join([f"已生成：{path}", *asked, *remarks[:_SHOWN_CHANGES], *more])


def _run(command: Callable[[xw.Book], str | None]) -> None:
    """Run a command on the calling book; what it returns, or why it could not, is shown to the user."""
    book = xw.Book.caller()
    try:
        with one_step(book):
            message = command(book)
    except Refusal as problem:
        message = str(problem)
    except Exception as problem:  # a traceback helps no user
        message = unexpected(problem)
    if message:
        book.app.alert(message, title=TITLE)


def _none(_: object) -> None:
    """The command shows its own result."""


def _counts(report: Report) -> str:
    return "，".join(f"{severity.label} {report.count(severity)} 个" for severity in Severity)
