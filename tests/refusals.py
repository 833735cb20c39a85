"""Files that cannot be read, and the sentence that says so, whether a workbook or a document was wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.bad_files import Parts, pack

Build = Callable[[Path], Path]


def of_bytes(content: bytes) -> Build:
    def build(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return build


def named_parts(*names: str) -> Build:
    return lambda path: pack(path, dict.fromkeys(names, b"<x/>"))


def of_changed_parts(parts: Parts, change: Callable[[Parts], object]) -> Build:
    def build(path: Path) -> Path:
        own = dict(parts)
        change(own)
        return pack(path, own)

    return build


def cut_short(path: Path) -> Path:
    """The file without its last third."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])
    return path


def assert_one_sentence(sentence: str, name: str, said: str) -> None:
    """It names the file, says what is wrong and what to do."""
    assert sentence.startswith(f"无法读取“{name}”：") and said in sentence
    assert sentence.endswith("。") and sentence.count("；") >= 1 and "\n" not in sentence
