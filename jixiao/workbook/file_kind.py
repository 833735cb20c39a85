"""What a file is that is no .xlsx workbook, so that the user can be told how to get one."""

from __future__ import annotations

import io
from collections.abc import Collection
from typing import IO

RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 格式"
_OTHER_FILE = "请改选 .xlsx 格式的工作簿"
_HEAD_BYTES = 4096
_CHUNK = 1 << 20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x10\x00", b"\x09\x08\x08\x00")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_HEADS = {
    b"%PDF": "PDF 文件",
    b"{\\rtf": "RTF 文档",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
}


class Refused(Exception):
    """A file that is not read, and why: two parts of a Chinese sentence that lacks only the file's name."""

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(problem, advice)
        self.problem = problem
        self.advice = advice


def kind_of_file(name: str, file: IO[bytes]) -> None:
    """Raises Refused unless the file starts as a zip does."""
    head = file.read(_HEAD_BYTES)
    if name.startswith("~$"):
        raise Refused("这是 Excel 打开工作簿时留下的临时文件", "请选择文件名不带“~$”的工作簿")
    if not head:
        raise Refused("文件是空的（0 字节）", "请重新保存，或向提供者重新索取")
    if head.startswith(_OLE):
        raise _ole(name, file)
    if head.startswith(_OLD_BIFF):
        raise Refused("这是旧版 Excel 格式（.xls）", RESAVE)
    if not head.startswith(_ZIP):
        raise _other(head)


def _ole(name: str, file: IO[bytes]) -> Refused:
    """The old container of Office: what it holds is told by the names of its streams."""
    if _holds(file, "EncryptedPackage"):
        return Refused("工作簿设有打开密码", "请用 Excel 打开，在“文件-信息-保护工作簿”中去掉打开密码后保存")
    if name.lower().endswith(".et"):
        return Refused("这是 WPS 表格格式（.et）", "请用 WPS 打开后另存为 .xlsx 格式")
    if _holds(file, "WordDocument"):
        return Refused("这是 Word 文档（.doc）", _OTHER_FILE)
    return Refused("这是旧版 Excel 格式（.xls）", RESAVE)


def _holds(file: IO[bytes], stream: str) -> bool:
    wanted = stream.encode("utf-16-le")
    file.seek(0, io.SEEK_SET)
    tail = b""
    while chunk := file.read(_CHUNK):
        if wanted in tail + chunk:
            return True
        tail = chunk[-len(wanted) :]
    return False


def _other(head: bytes) -> Refused:
    for start, kind in _OTHER_HEADS.items():
        if head.startswith(start):
            return Refused(f"这不是 Excel 工作簿，而是{kind}", _OTHER_FILE)
    lower = head.lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lower:
        return Refused("这是“XML 电子表格 2003”格式", RESAVE)
    if any(tag in lower for tag in (b"<html", b"<!doctype html", b"<table")):
        return Refused("这不是 Excel 工作簿，而是网页（HTML），只是扩展名相同", RESAVE)
    if _is_text(head):
        return Refused("这不是 Excel 工作簿，而是文本文件（如 CSV）", RESAVE)
    return Refused("这不是 Excel 工作簿，或文件开头已损坏", "请改选 .xlsx 文件，或向提供者重新索取")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[: _HEAD_BYTES - 4].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start > len(head) - 8:  # a character cut in two by the end of the sample
                return True
        else:
            return True
    return False


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
