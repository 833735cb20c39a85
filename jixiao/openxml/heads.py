"""What the first bytes of a file tell of its kind."""

from __future__ import annotations

import io
from typing import IO

from jixiao.openxml.refused import Refused
from jixiao.openxml.wording import Wording

HEAD_BYTES = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
RTF = b"{\\rtf"

_CHUNK = 1 << 20
_OTHER_HEADS = {
    b"%PDF": "PDF 文件",
    RTF: "RTF 文档",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
}


def read_head(name: str, file: IO[bytes], wording: Wording) -> bytes:
    """The first bytes of a file. Raises Refused for a program's own temporary file and for an empty one."""
    head = file.read(HEAD_BYTES)
    if name.startswith("~$"):
        left_behind = f"这是 {wording.program} 打开{wording.thing}时留下的临时文件"
        raise Refused(left_behind, f"请选择文件名不带“~$”的{wording.thing}")
    if not head:
        raise Refused("文件是空的（0 字节）", "请重新保存，或向提供者重新索取")
    return head


def refuse_encrypted(file: IO[bytes], wording: Wording) -> None:
    """Raises Refused for the old container of Office where it holds an encrypted file."""
    if holds_stream(file, "EncryptedPackage"):
        way = f"请用 {wording.program} 打开，在“文件-信息-保护{wording.thing}”中去掉打开密码后保存"
        raise Refused(f"{wording.thing}设有打开密码", way)


def other_kind(head: bytes) -> str | None:
    """The name of a kind that is neither Office's nor text."""
    return next((kind for start, kind in _OTHER_HEADS.items() if head.startswith(start)), None)


def holds_stream(file: IO[bytes], stream: str) -> bool:
    """Whether the old container of Office holds a stream of this name."""
    wanted = stream.encode("utf-16-le")
    file.seek(0, io.SEEK_SET)
    tail = b""
    while chunk := file.read(_CHUNK):
        if wanted in tail + chunk:
            return True
        tail = chunk[-len(wanted) :]
    return False


def is_web_page(head: bytes) -> bool:
    return any(tag in head.lower() for tag in (b"<html", b"<!doctype html", b"<table"))


def is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[: HEAD_BYTES - 4].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start > len(head) - 8:  # a character cut in two by the end of the sample
                return True
        else:
            return True
    return False
