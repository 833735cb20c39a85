"""What kind of document a file is, told by its content; a file that is none is refused with what to do instead."""

from __future__ import annotations

import io
import re
from enum import Enum, auto
from pathlib import PurePath
from typing import IO

from jixiao.openxml.heads import OLE, RTF, ZIP, holds_stream, is_web_page, other_kind, read_head, refuse_encrypted
from jixiao.openxml.package import Package
from jixiao.openxml.refused import Refused
from jixiao.openxml.wording import DOCUMENT

MOST_BYTES = 24 << 20

_KINDS = "请改选 .docx、.doc、.html 或 .txt 文件"
_FROM_PDF = "请用 Word 或 WPS 打开它并另存为 .docx 文件；若是扫描件（页面是图片），须先用文字识别（OCR）转成文字"
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_PAGE = re.compile(rb"<(?:html|!doctype html|head|body|table|div|p|h1|meta)\b", re.IGNORECASE)


class Kind(Enum):
    TEXT = auto()
    PAGE = auto()
    WORD = auto()
    CONVERTED = auto()


def kind_of(name: str, file: IO[bytes]) -> Kind:
    """Raises Refused for everything that is no document, or too large for one."""
    head = read_head(name, file, DOCUMENT)
    if head.startswith(ZIP):
        return _kind_of_package(file)
    if head.startswith(OLE):
        return _kind_of_old_container(file)
    if head.startswith(RTF):
        return Kind.CONVERTED
    return _kind_of_text(name, head)


def content_of(file: IO[bytes]) -> bytes:
    """Raises Refused for more than is read of a text, a page, or an old document."""
    file.seek(0, io.SEEK_SET)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(f"文件超过 {MOST_BYTES >> 20} MB，超出可读取的范围", DOCUMENT.divide)
    return content


def _kind_of_package(file: IO[bytes]) -> Kind:
    package = Package(file, DOCUMENT)
    names = package.names
    if "word/document.xml" in names:
        return Kind.WORD
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        raise _workbook()
    if "ppt/presentation.xml" in names:
        raise Refused("这是 PowerPoint 演示文稿（.pptx）", _KINDS)
    if "mimetype" in names and "content.xml" in names:
        if package.read("mimetype").content.startswith(_OPEN_TEXT):
            return Kind.CONVERTED
        raise Refused("这是 OpenDocument 的表格或演示，不是文字文档", _KINDS)
    if "[content_types].xml" in names and any(name.endswith("document.xml") for name in names):
        return Kind.WORD
    raise Refused("这是普通的压缩包，不是 Word 文档", "请先解压，再选择其中的文档")


def _kind_of_old_container(file: IO[bytes]) -> Kind:
    refuse_encrypted(file, DOCUMENT)
    if holds_stream(file, "WordDocument"):
        return Kind.CONVERTED
    if holds_stream(file, "Workbook") or holds_stream(file, "Book"):
        raise _workbook()
    raise Refused("这不是 Word 文档，或文件已损坏", DOCUMENT.resave)


def _workbook() -> Refused:
    return Refused("这是 Excel 工作簿，不是文档", "工作簿不用导入，请直接校验（jixiao validate 或“校验”按钮）")


def _kind_of_text(name: str, head: bytes) -> Kind:
    kind = other_kind(head)
    if kind == "PDF 文件":
        raise Refused("这是 PDF 文件", _FROM_PDF)
    if kind == "图片":
        raise Refused("这是图片，其中的文字不能直接读取", "请先用文字识别（OCR）转成文字，再存为 .docx 或 .txt 文件")
    if kind is not None:
        raise Refused(f"这是{kind}，不是文档", "请先解压，再选择其中的文档")
    lower = head.lower()
    if b"mime-version:" in lower and b"multipart/related" in lower:
        raise Refused("这是网页归档（.mht）", "请用 Word 或浏览器打开后另存为 .docx 或 .html 文件")
    if b"<w:worddocument" in lower or b"<pkg:package" in lower:
        raise Refused("这是 Word 的 XML 文档", DOCUMENT.resave)
    return Kind.PAGE if _is_page(name, head) else Kind.TEXT


def _is_page(name: str, head: bytes) -> bool:
    plain = head.replace(b"\0", b"")
    begins = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    is_named_so = PurePath(name).suffix.lower() in (".html", ".htm", ".shtml", ".xhtml")
    return is_named_so or (begins and (is_web_page(plain) or _PAGE.search(plain) is not None))
