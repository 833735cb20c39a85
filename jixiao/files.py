"""The commands on files, for the command line: read, do, write safely. A file is replaced whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao import commands
from jixiao.judging import Outcome, judge
from jixiao.profiles import PROFILES
from jixiao.refusal import UserError
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import Grid, values
from jixiao.workbook.layout import Kind
from jixiao.workbook.names import free_path
from jixiao.workbook.safe_write import replace_file, spare

if TYPE_CHECKING:
    import xlwings as xw

    from jixiao.model.records import Department
    from jixiao.normalise import Change

_MOST_PROJECTS = 2000
_DEMO_NAME = "绩效目标示例.xlsx"


def target(book: Path, out: Path | None, in_place: bool) -> Path:
    """Where a changed workbook goes; the workbook itself only if that was said."""
    if in_place:
        return book
    if out is None:
        raise UserError("没有说明写到哪里：请加 -o 新文件名，或加 --in-place 直接改原文件（会留备份）")
    spare(book, out, "要直接改它请用 --in-place（会留备份）")
    return out


def new_file(out: Path, projects: int, *, profile: str, sample: bool) -> None:
    """A workbook from the template, with `projects` blank forms or as many invented projects."""
    from jixiao.model.records import Department
    from jixiao.workbook.template import build_workbook

    if profile not in PROFILES:
        raise UserError(f"没有规则口径“{profile}”；可用：{'、'.join(PROFILES)}")
    if not 0 <= projects <= _MOST_PROJECTS:
        raise UserError(f"项目表张数应在 0 到 {_MOST_PROJECTS} 之间，现在是 {projects}")
    if out.suffix.lower() != ".xlsx":
        raise UserError(f"新工作簿的文件名应以 .xlsx 结尾，现在是 {out.name}")
    if out.exists():
        raise UserError(f"{out} 已经存在，没有覆盖；请换一个文件名")
    department = _sample(projects) if sample else Department(profile=profile)
    built = build_workbook(department, blank_projects=0 if sample else projects)
    replace_file(out, built.save)


def _sample(projects: int) -> Department:
    from jixiao.sample import sample_department

    return sample_department(projects)


def demo(folder: Path) -> list[str]:
    """Build, check and sum up a workbook from a real published document; returns what to tell the user."""
    from jixiao.importing import built_workbook
    from jixiao.sample import REAL_DOCUMENT, real_import

    if not folder.is_dir():
        raise UserError(f"文件夹 {folder} 不存在；请先新建，或换一个文件夹")
    path = free_path(folder / _DEMO_NAME)
    replace_file(path, built_workbook(REAL_DOCUMENT, real_import()).save)
    grids = read_grids(path)
    outcome = judge(grids)
    _change(path, path, grids, lambda book: _mark_and_sum(book, outcome), backup=False)
    return _demo_lines(path, outcome)


def _mark_and_sum(book: xw.Book, outcome: Outcome) -> None:
    commands.build_summary(book, outcome)
    commands.validate(book, outcome)


def _demo_lines(path: Path, outcome: Outcome) -> list[str]:
    from jixiao.report.demo import demo_lines

    return demo_lines(outcome.report, outcome.curves, path)


def mark_file(book: Path, out: Path, codes: Collection[str] | None) -> Outcome:
    """Check the file and write 校验结果 and the marks into `out`."""
    grids = read_grids(book)
    outcome = judge(grids, codes=codes)
    _change(book, out, grids, lambda opened: commands.validate(opened, outcome))
    return outcome


def unmarked(outcome: Outcome) -> list[str]:
    """The forms that have no columns for marks."""
    forms = (Kind.DEPARTMENT, Kind.BASIC, Kind.PROJECT)
    reading = outcome.reading
    return [f"“{name}”" for name, kind in reading.kinds.items() if kind in forms and name not in reading.marks]


def summary_file(book: Path, out: Path) -> Outcome:
    grids = read_grids(book)
    outcome = judge(grids)
    _change(book, out, grids, lambda opened: commands.build_summary(opened, outcome))
    return outcome


def normalise_file(book: Path, out: Path) -> list[Change]:
    grids = read_grids(book)
    made: list[Change] = []
    _change(book, out, grids, lambda opened: made.extend(commands.normalise(opened, grids)))
    return made


def _change(
    source: Path, out: Path, grids: Sequence[Grid], change: Callable[[xw.Book], object], *, backup: bool = True
) -> None:
    """Open `source` without Excel, change it, write it to `out`; what stood there is kept as .bak.

    `grids` is what `source` holds: it has been read once, safely, and no other reader shall see it.
    """
    from jixiao.engine.file import CannotSave, open_book

    def save(temporary: Path) -> None:
        try:
            book.save(temporary)
        except CannotSave as problem:  # the system's own error: one place words it for the user, with the real name
            raise problem.__cause__ or problem from None

    book = open_book(source, read_values=lambda _: {grid.name: values(grid) for grid in grids})
    try:
        change(book)
        replace_file(out, save, backup=backup)
    finally:
        book.close()
