"""Documents in: a published text becomes a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.profiles import PROFILES
from jixiao.refusal import UserError
from jixiao.workbook.names import free_path
from jixiao.workbook.safe_write import replace_file

if TYPE_CHECKING:
    import xlwings as xw
    from openpyxl import Workbook

    from jixiao.documents.recognise import Imported


@dataclass(frozen=True, slots=True)
class Import:
    """A document as read, and the workbook that holds it."""

    document: Path
    workbook: Path
    imported: Imported


def workbook_for(document: Path, workbook: Path | None = None) -> Path:
    """`workbook`, or where none is named a new one beside the document."""
    return workbook or free_path(document.with_suffix(".xlsx"))


def import_document(document: Path, workbook: Path | None = None, profile: str | None = None) -> Import:
    """Read `document` into a new workbook, beside it where none is named; nothing is overwritten.

    Raises UserError, CannotImport, CannotWrite.
    """
    if profile is not None and profile not in PROFILES:
        raise UserError(f"没有规则口径“{profile}”；可用：{'、'.join(PROFILES)}")
    out = workbook_for(document, workbook)
    if out.suffix.lower() != ".xlsx":
        raise UserError(f"工作簿的文件名应以 .xlsx 结尾，现在是 {out.name}")
    if out.exists():
        raise UserError(f"{out} 已经存在，没有覆盖；请换一个文件名")
    imported = _read(document, profile)
    replace_file(out, built_workbook(document.name, imported).save)
    return Import(document, out, imported)


def import_and_open(book: xw.Book, document: Path) -> Import:
    """As `import_document`, and opens the new workbook; among the user's documents where its folder refuses it."""
    from jixiao.commands import opened_new  # here: a program without an open book needs none of it

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
