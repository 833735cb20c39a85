"""A document of any kind -> its paragraphs and tables. Only what the kind at hand needs is imported."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from jixiao.documents.reading.kinds import Kind, content_of, kind_of
from jixiao.documents.source import CannotImport, Source
from jixiao.openxml.files import refusal_text, regular_file
from jixiao.openxml.refused import Refused, damaged
from jixiao.openxml.wording import DOCUMENT

_NO_TEXT = "请检查是否选错了文件；若页面是图片（扫描件），须先用文字识别（OCR）转成文字"


def read_source(path: Path) -> Source:
    """Raises CannotImport, with one sentence for the user, for what cannot be read or is not safe to read."""
    try:
        with regular_file(path, DOCUMENT) as file:
            source = _read(path.name, file)
            if not source.parts:
                raise Refused(
                    "文档里没有文字", "请检查是否选错了文件；若页面是图片（扫描件），须先用文字识别（OCR）转成文字"
                )
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
    if kind is Kind.WORD:
        from jixiao.documents.reading.word_file import read_word

        return read_word(file)
    if kind is Kind.PAGE:
        from jixiao.documents.reading.web_page import read_page

        return read_page(content_of(file))
    from jixiao.documents.reading.old_word import read_old

    return read_old(content_of(file))
