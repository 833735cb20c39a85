"""What a file is that is no .xlsx workbook, so that the user can be told how to get one."""

from __future__ import annotations

from collections.abc import Collection
from typing import IO

from jixiao.openxml.heads import OLE, ZIP, holds_stream, is_text, is_web_page, other_kind, read_head, refuse_encrypted
from jixiao.openxml.refused import Refused
from jixiao.openxml.wording import WORKBOOK

RESAVE = WORKBOOK.resave
_OTHER_FILE = "请改选 .xlsx 格式的工作簿"

_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x10\x00", b"\x09\x08\x08\x00")


def kind_of_file(name: str, file: IO[bytes]) -> None:
    """Raises Refused unless the file starts as a zip does."""
    head = read_head(name, file, WORKBOOK)
    if head.startswith(OLE):
        refuse_encrypted(file, WORKBOOK)
        raise _ole(name, file)
    if head.startswith(_OLD_BIFF):
        raise Refused("这是旧版 Excel 格式（.xls）", RESAVE)
    if not head.startswith(ZIP):
        raise _other(head)


def _ole(name: str, file: IO[bytes]) -> Refused:
    """The old container of Office: what it holds is told by the names of its streams."""
    if name.lower().endswith(".et"):
        return Refused("这是 WPS 表格格式（.et）", "请用 WPS 打开后另存为 .xlsx 格式")
    if holds_stream(file, "WordDocument"):
        return Refused("这是 Word 文档（.doc）", _OTHER_FILE)
    return Refused("这是旧版 Excel 格式（.xls）", RESAVE)


def _other(head: bytes) -> Refused:
    kind = other_kind(head)
    if kind is not None:
        return Refused(f"这不是 Excel 工作簿，而是{kind}", _OTHER_FILE)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head.lower():
        return Refused("这是“XML 电子表格 2003”格式", RESAVE)
    if is_web_page(head):
        return Refused("这不是 Excel 工作簿，而是网页（HTML），只是扩展名相同", RESAVE)
    if is_text(head):
        return Refused("这不是 Excel 工作簿，而是文本文件（如 CSV）", RESAVE)
    return Refused("这不是 Excel 工作簿，或文件开头已损坏", "请改选 .xlsx 文件，或向提供者重新索取")


def kind_of_package(names: Collection[str]) -> None:
    """Raises Refused for the zip packages of other programs, told by the names of their parts."""
    if "xl/workbook.bin" in names:
        raise Refused("这是 Excel 二进制工作簿（.xlsb）", "请用 Excel 打开后另存为 .xlsx 格式")
    if "word/document.xml" in names:
        raise Refused("这是 Word 文档（.docx）", _OTHER_FILE)
    if "ppt/presentation.xml" in names:
        raise Refused("这是 PowerPoint 演示文稿（.pptx）", _OTHER_FILE)
    if "mimetype" in names and "content.xml" in names:
        raise Refused("这是 OpenDocument 格式（如 .ods）", RESAVE)
    if not any(name.endswith(("workbook.xml", ".rels")) for name in names):
        raise Refused("这是普通的压缩包，不是 Excel 工作簿", "请先解压，再选择其中的 .xlsx 文件")
