"""Bytes of a text or of a published page as characters: the encoding found, and every doubtful character reported."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.documents.source import Note
from jixiao.openxml.refused import Refused

LOST = "\ufffd"

_MARKS = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_USUAL = ("utf-8", "gb18030")
_SAMPLE_BYTES = 4096
_MOST_LOST = 10  # one lost character in so many that are no ASCII, and the encoding is held to be another one
_MOST_CONTROLS = 100
_MOST_NOTES = 100
_CONTROL = re.compile("[\0-\x08\x0e-\x1f\x7f\ufeff]")
_DOUBTFUL = re.compile(f"[\0-\x08\x0e-\x1f\x7f\ufeff{LOST}]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_CHINESE = re.compile("[\u2000-\u22ff\u2460-\u24ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_LINE_END = re.compile("\r\n?|\n")
_SAVE_AS_TEXT = "请用记事本或 Word 打开，另存为 UTF-8 编码的文本文件或 .docx 文件"


def decoded(content: bytes, declared: str = "") -> tuple[str, tuple[Note, ...]]:
    """The text, its lines ended by "\\n", and a note for every line with a character that is none.

    `declared` is the encoding that the file itself names. Raises Refused for what is no text in any usual encoding.
    """
    text = _LINE_END.sub("\n", _characters(content, declared).removeprefix("\ufeff").rstrip("\x1a"))
    if not _DOUBTFUL.search(text):
        return text, ()
    if len(_CONTROL.findall(text)) * _MOST_CONTROLS > len(text) + _MOST_CONTROLS:
        raise _no_text()
    return _CONTROL.sub("", text), tuple(_notes(text))


def _characters(content: bytes, declared: str) -> str:
    guessed = _wide_encoding(content[:_SAMPLE_BYTES])
    plausible: list[str] = []
    for encoding in _encodings(content, guessed, declared):
        text = content.decode(encoding, "replace")
        if _is_plausible(text):
            if _is_usual(text[:_SAMPLE_BYTES]):
                return text
            plausible.append(text)
    if not plausible or guessed:
        raise _no_text()
    return plausible[0]


def _encodings(content: bytes, guessed: str, declared: str) -> Sequence[str]:
    """UTF-8 before what is declared: pages often name another one, and nothing else looks like UTF-8."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return (encoding,)
    if guessed:
        return (guessed,)
    return ("utf-8", declared, "gb18030") if declared else _USUAL


def _is_plausible(text: str) -> bool:
    lost = text.count(LOST)
    return lost * _MOST_LOST <= len(text) - len(text.encode("ascii", "ignore")) - lost


def _is_usual(text: str) -> bool:
    """What is not ASCII is mostly Chinese: nearly every pair of bytes is some character, which says little."""
    others = _NOT_ASCII.findall(text)
    return len(_CHINESE.findall("".join(others))) * 4 >= len(others) * 3


def _wide_encoding(sample: bytes) -> str:
    """UTF-16 without its mark: the zeros of line ends and Latin letters stand in the same half of each pair."""
    if b"\0" not in sample:
        return ""
    return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"


def _no_text() -> Refused:
    return Refused("内容不是文本，或使用了无法识别的编码", _SAVE_AS_TEXT)


def _notes(text: str) -> list[Note]:
    notes: list[Note] = []
    more = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not _DOUBTFUL.search(line):
            continue
        if len(notes) < _MOST_NOTES:
            notes.append(Note(f"第 {number} 行", _CONTROL.sub("", line).strip(), _why(line)))
        else:
            more += 1
    if more:
        notes.append(Note(f"另有 {more} 行", "", "同样有无法识别的字符，没有逐行列出"))
    return notes


def _why(line: str) -> str:
    if LOST in line:
        return f"有无法识别的字符，读作“{LOST}”；请对照原文改正"
    return "有不可见的控制字符，已去掉"
