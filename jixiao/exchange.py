"""Documents in and out, as commands: a published text becomes a workbook, a workbook becomes the text to publish."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.commands import UserError
from jixiao.profiles import PROFILES
from jixiao.workbook.names import free_path
from jixiao.workbook.safe_write import replace_file

if TYPE_CHECKING:
    from jixiao.documents.recognise import Imported


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
    from jixiao.documents.read import read_source
    from jixiao.documents.recognise import recognise

    if profile is not None and profile not in PROFILES:
        raise UserError(f"没有规则口径“{profile}”；可用：{'、'.join(PROFILES)}")
    out = workbook or free_path(document.with_suffix(".xlsx"))
    if out.suffix.lower() != ".xlsx":
        raise UserError(f"工作簿的文件名应以 .xlsx 结尾，现在是 {out.name}")
    if out.exists():
        raise UserError(f"{out} 已经存在，没有覆盖；请换一个文件名")
    imported = recognise(read_source(document), profile)
    _build(document, imported, out)
    return Import(document, out, imported)


def _build(document: Path, imported: Imported, out: Path) -> None:
    from jixiao.workbook.import_sheets import ImportSheets
    from jixiao.workbook.template import build_workbook

    sheets = ImportSheets(
        document.name,
        [paragraph.text for paragraph in imported.paragraphs],
        [paragraph.where for paragraph in imported.paragraphs],
        imported.part_one,
        [(record.level.value, record.where, record.text, record.why) for record in imported.records],
    )
    replace_file(out, build_workbook(imported.department, imported=sheets).save)
