"""Documents in and out, as commands: a published text becomes a workbook, a workbook becomes the text to publish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jixiao.commands import opened_new
from jixiao.profiles import PROFILES
from jixiao.refusal import UserError
from jixiao.rules.runner import profile_of
from jixiao.workbook.book import read_book
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.names import free_path
from jixiao.workbook.reader import read_workbook
from jixiao.workbook.safe_write import replace_file, spare

if TYPE_CHECKING:
    import xlwings as xw
    from openpyxl import Workbook

    from jixiao.documents.recognise import Imported
    from jixiao.model.records import Department
    from jixiao.profiles import Profile

    class Writer(Protocol):
        """Writes a document to the path; returns what to look at in it, a Chinese sentence each."""

        def __call__(self, department: Department, profile: Profile, path: Path, *, today: date) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class Import:
    """A document as read, and the workbook that holds it."""

    document: Path
    workbook: Path
    imported: Imported


def import_document(document: Path, workbook: Path | None = None, profile: str | None = None) -> Import:
    """Read `document` into a new workbook, beside it where none is named; nothing is overwritten.

    Raises UserError, CannotImport, CannotWrite.
    """
    if profile is not None and profile not in PROFILES:
        raise UserError(f"没有规则口径“{profile}”；可用：{'、'.join(PROFILES)}")
    out = workbook or free_path(document.with_suffix(".xlsx"))
    if out.suffix.lower() != ".xlsx":
        raise UserError(f"工作簿的文件名应以 .xlsx 结尾，现在是 {out.name}")
    if out.exists():
        raise UserError(f"{out} 已经存在，没有覆盖；请换一个文件名")
    imported = _read(document, profile)
    replace_file(out, built_workbook(document.name, imported).save)
    return Import(document, out, imported)


def import_and_open(book: xw.Book, document: Path) -> Import:
    """As `import_document`, and opens the new workbook; among the user's documents where its folder refuses it."""
    imported = _read(document, None)
    name = document.with_suffix(".xlsx").name
    built = built_workbook(document.name, imported)
    return Import(document, opened_new(book, document.parent, name, built.save), imported)


def _read(document: Path, profile: str | None) -> Imported:
    from jixiao.documents.reading.source_file import read_source
    from jixiao.documents.recognise import recognise

    return recognise(read_source(document), profile)


def built_workbook(document: str, imported: Imported) -> Workbook:
    """The workbook of a document read; `document` is its file's name."""
    from jixiao.workbook.import_sheets import ImportSheets
    from jixiao.workbook.template import build_workbook

    sheets = ImportSheets(
        document,
        [paragraph.text for paragraph in imported.paragraphs],
        [paragraph.where for paragraph in imported.paragraphs],
        imported.part_one,
        [(record.level.value, record.place, record.text, record.why) for record in imported.records],
    )
    return build_workbook(imported.department, imported=sheets)


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
