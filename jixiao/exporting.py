"""Documents out: a workbook becomes the text to publish, or the rows that the integrated system imports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jixiao.refusal import UserError
from jixiao.rules.runner import profile_of
from jixiao.workbook.book import read_book
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.reader import read_workbook
from jixiao.workbook.safe_write import replace_file, spare

if TYPE_CHECKING:
    import xlwings as xw

    from jixiao.model.records import Department
    from jixiao.profiles import Profile

    class Writer(Protocol):
        """Writes a document to the path; returns what to look at in it, a Chinese sentence each."""

        def __call__(self, department: Department, profile: Profile, path: Path, *, today: date) -> Iterable[str]: ...


def export_file(book: Path, out: Path, *, for_system: bool = False, today: date | None = None) -> tuple[str, ...]:
    """Write the publishable document of the workbook in the file `book`, or the integrated system's rows, to `out`.

    What stood in `out` is kept as .bak. Returns what to look at, a Chinese sentence each: what is missing,
    and for the system what it cannot hold.
    """
    spare(book, out)
    return _export(read_workbook(read_grids(book)).department, out, for_system=for_system, today=today)


def export_book(book: xw.Book, out: Path) -> tuple[str, ...]:
    """As `export_file`, from an open workbook; an `out` that ends in .xlsx gets the integrated system's rows."""
    if out.name.lower() in {other.name.lower() for other in book.app.books}:
        raise UserError(f"{out.name} 正打开着，不能覆盖；请换一个文件名")
    for_system = out.suffix.lower() == ".xlsx"
    return _export(read_workbook(read_book(book)).department, out, for_system=for_system, today=None)


def _export(department: Department, out: Path, *, for_system: bool, today: date | None) -> tuple[str, ...]:
    """The kind of document is told by the ending of `out`."""
    write = _writer(out, for_system=for_system)
    profile, day = profile_of(department), today or date.today()
    remarks: list[str] = []
    replace_file(out, lambda path: remarks.extend(write(department, profile, path, today=day)), backup=True)
    return tuple(remarks)


def _writer(out: Path, *, for_system: bool) -> Writer:
    suffix = out.suffix.lower()
    if for_system:
        if suffix != ".xlsx":
            raise UserError(f"一体化系统导入文件的文件名应以 .xlsx 结尾，现在是 {out.name}")
        from jixiao.documents.writing.system_columns import write_system_rows

        return write_system_rows
    if suffix == ".docx":
        from jixiao.documents.writing.word_out import write_word

        return write_word
    if suffix == ".txt":
        from jixiao.documents.writing.text_out import write_text

        return write_text
    raise UserError(f"绩效文本的文件名应以 .docx 或 .txt 结尾，现在是 {out.name}")
