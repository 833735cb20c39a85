"""A document of any kind -> its paragraphs and tables. Only what the kind at hand needs is imported."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import IO

from jixiao.documents.reading.kinds import Kind, content_of, kind_of
from jixiao.documents.source import CannotImport, Source
from jixiao.openxml.files import refusal_text, regular_file
from jixiao.openxml.refused import Refused, damaged
from jixiao.openxml.wording import DOCUMENT

_PARSER = "lxml.etree"
_NO_PARSER = "读取 Word 文档和网页要用组件 lxml，这里的 Python 没有"
_WITHOUT_PARSER = (
    "请管理员安装软件包 python3-lxml，再重新启动本程序；或用命令行 jixiao import；"
    "或改选纯文本（.txt）文件，其中表格各列之间须是制表符"
)
_NO_TEXT = "请检查是否选错了文件；若页面是图片（扫描件），须先用文字识别（OCR）转成文字"


def read_source(path: Path) -> Source:
    """Raises CannotImport, with one sentence for the user, for what cannot be read or is not safe to read."""
    try:
        with regular_file(path, DOCUMENT) as file:
            source = _read(path.name, file)
            if not source.parts:
                raise Refused("文档里没有文字", _NO_TEXT)
            return source
    except RecursionError:
        raise CannotImport(refusal_text(path, damaged(DOCUMENT))) from None
    except Refused as refusal:
        raise CannotImport(refusal_text(path, refusal)) from refusal


def _read(name: str, file: IO[bytes]) -> Source:
    kind = kind_of(name, file)
    if kind is Kind.TEXT:
        from jixiao.documents.reading.text_file import read_text

        return read_text(content_of(file))
    _need_parser()
    return _read_markup(kind, file)


def _read_markup(kind: Kind, file: IO[bytes]) -> Source:
    if kind is Kind.WORD:
        from jixiao.documents.reading.word_file import read_word

        return read_word(file)
    if kind is Kind.PAGE:
        from jixiao.documents.reading.web_page import read_page

        return read_page(content_of(file))
    from jixiao.documents.reading.old_word import read_old

    return read_old(content_of(file))


def _need_parser() -> None:
    """The one compiled package that reading takes; a spreadsheet program's own Python may lack it, or have another's."""
    try:
        import_module(_PARSER)
    except ImportError:
        raise Refused(_NO_PARSER, _WITHOUT_PARSER) from None
