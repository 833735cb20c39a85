"""A workbook file as a zip package: said what it is where it is none, and unpacked within limits where it is one.

Nothing here trusts what the file declares about itself. Sizes are checked while unpacking, nothing is ever written to
disk, and no link in the package is followed.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast
from xml.parsers import expat

from jixiao.workbook.file_kind import RESAVE, Refused, kind_of_file, kind_of_package
from jixiao.workbook.grid import CannotRead

# A thousand project sheets take about 30 MB unpacked, a summary of 20,000 rows 20 MB; packed, a tenth of it. Saved by
# LibreOffice the table of texts takes another 70 MB, because it marks every change between Chinese and Latin letters.
PART_BYTES = 128 << 20
TOTAL_BYTES = 256 << 20
PACKED_BYTES = 48 << 20
ENTRIES = 20_000
_STORED_BYTES = 48 << 20  # two thousand project sheets
_DIRECTORY_BYTES = 4 << 20
_MARKUP_FREE_BYTES = 512 << 10  # no cell holds that much text, and no honest tag is that long
_DEPTH = 64

_REPAIR = "请用 Excel 打开并另存为新的 .xlsx 文件，打不开时请向提供者重新索取"
_SMALLER = "请把其中的工作表分到几个工作簿里"


class Part(NamedTuple):
    """One file of the package: its content, and as it lies in the zip."""

    content: bytes
    packed: bytes
    method: int
    crc: int


class Package:
    """The parts of an open zip package, found by name without regard to case, as the standard wants it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._entries = _directory(file)
        self._unpacked = self._packed = 0

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    @property
    def names(self) -> frozenset[str]:
        """All names, in lower case."""
        return frozenset(self._entries)

    def read(self, name: str) -> Part:
        """Unpack one part and compare it with its checksum; raises Refused."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise Refused(f"工作簿内部缺少 {name}", _REPAIR)
        if entry.flag_bits & 0x1:
            raise Refused("压缩包设有密码", "请用 Excel 打开，取消密码后重新保存")
        self._charge(entry)
        packed = self._packed_bytes(entry)
        return Part(_unpacked(entry, packed), packed, entry.compress_type, entry.CRC)

    def _charge(self, entry: zipfile.ZipInfo) -> None:
        self._unpacked += entry.file_size
        self._packed += entry.compress_size
        if entry.file_size > PART_BYTES or self._unpacked > TOTAL_BYTES or self._packed > PACKED_BYTES:
            raise Refused("工作簿解压后的内容过大，超出可读取的范围", _SMALLER)

    def _packed_bytes(self, entry: zipfile.ZipInfo) -> bytes:
        try:
            self._file.seek(entry.header_offset)
            header = self._file.read(30)
            if len(header) < 30 or header[:4] != b"PK\x03\x04":
                raise _damaged()
            self._file.seek(sum(struct.unpack_from("<HH", header, 26)), io.SEEK_CUR)
            packed = self._file.read(entry.compress_size)
        except ValueError:  # a forged offset before the start of the file
            raise _damaged() from None
        if len(packed) != entry.compress_size:
            raise Refused("文件不完整，可能没有下载或复制完", "请重新下载或复制该文件")
        return packed


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package at `path`, open; whatever it cannot be read for becomes CannotRead with the file's name."""
    try:
        with _open_regular_file(path) as file:
            package = Package(file)
            kind_of_package(package.names)
            yield package
    except Refused as refusal:
        raise _cannot_read(path, refusal.problem, refusal.advice) from refusal
    except PermissionError:
        raise _cannot_read(
            path, "没有读取权限，或文件正被其他程序占用", "请关闭打开它的程序，或把文件复制到自己的文件夹"
        ) from None
    except OSError as error:
        raise _cannot_read(
            path, f"读取磁盘时出错（{error.strerror or error}）", "请检查磁盘或网络连接，或把文件复制到本机"
        ) from None
    except MemoryError:
        raise _cannot_read(path, "内存不足", "请关闭其他程序，或把工作簿分成几个") from None


def _cannot_read(path: Path, problem: str, advice: str) -> CannotRead:
    return CannotRead(f"无法读取“{path.name}”：{problem}；{advice}。")


def _damaged() -> Refused:
    return Refused("文件已损坏", _REPAIR)


def _open_regular_file(path: Path) -> IO[bytes]:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise Refused("文件不存在", "请检查文件夹和文件名") from None
    except ValueError:
        raise Refused("文件名中有无效字符", "请改正文件名") from None
    if stat.S_ISDIR(status.st_mode):
        raise Refused("这是一个文件夹", "请选择其中的 .xlsx 文件")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("这不是普通文件", "请选择 .xlsx 文件")
    file = path.open("rb")
    try:
        kind_of_file(path.name, file)
    except BaseException:
        file.close()
        raise
    return file


class _ShortReads:
    """A file whose single reads are cut short, so that a forged directory size cannot fill the memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        return self._file.read(_DIRECTORY_BYTES if size < 0 else min(size, _DIRECTORY_BYTES))


def _directory(file: IO[bytes]) -> dict[str, zipfile.ZipInfo]:
    """The entries by lower-case name; of entries with one name the last, which is the newest."""
    try:
        entries = zipfile.ZipFile(cast("IO[bytes]", _ShortReads(file))).infolist()
    except OSError:
        raise
    except Exception:  # BadZipFile, and half a dozen others on forged fields
        raise Refused("文件不完整或已损坏，可能没有下载或复制完", "请重新下载或复制该文件") from None
    if len(entries) > ENTRIES:
        raise Refused("压缩包内的文件过多，不是正常的工作簿", _REPAIR)
    return {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}


def _unpacked(entry: zipfile.ZipInfo, packed: bytes) -> bytes:
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        content = _inflated(packed, entry.file_size)
    else:
        raise Refused("使用了 Excel 不支持的压缩方式", RESAVE)
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise _damaged()
    return content


def _inflated(packed: bytes, size: int) -> bytes:
    """At most one byte more than `size`, whatever the stream holds."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = stream.decompress(packed, size + 1)
    except zlib.error:
        raise _damaged() from None
    if not stream.eof:
        raise _damaged()
    return content


class Packer:
    """Builds, in memory, the package that is handed to the reader: known names, checked sizes, nothing else.

    What is not packed is read faster, so as much as there is room for is stored as it is.
    """

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._directory: list[bytes] = []

    @property
    def has_room(self) -> bool:
        return self._buffer.tell() < _STORED_BYTES

    def add(self, name: str, content: bytes) -> None:
        packed, method = content, zipfile.ZIP_STORED
        if not self.has_room:
            stream = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
            packed, method = stream.compress(content) + stream.flush(), zipfile.ZIP_DEFLATED
        self.add_part(name, Part(content, packed, method, zlib.crc32(content)))

    def add_part(self, name: str, part: Part) -> None:
        """As it was packed already; nothing is compressed twice."""
        encoded = name.encode()
        sizes = (part.crc, len(part.packed), len(part.content), len(encoded), 0)
        offset = self._buffer.tell()
        self._buffer.write(struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, part.method, 0, 33, *sizes) + encoded)
        self._buffer.write(part.packed)
        self._directory.append(
            struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, part.method, 0, 33, *sizes, 0, 0, 0, 0, offset)
            + encoded
        )

    def finish(self) -> io.BytesIO:
        directory = b"".join(self._directory)
        count, offset = len(self._directory), self._buffer.tell()
        end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), offset, 0)
        self._buffer.write(directory + end)
        self._buffer.seek(0)
        return self._buffer


Attributes = dict[str, str]


def walk_xml(
    content: bytes,
    started: Callable[[str, Attributes], None],
    ended: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for every element (names without prefix); raises Refused for what no workbook contains."""
    refuse_unusual(content)
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise _damaged()
        started(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if ended is not None:
            ended(name.rpartition(":")[2])

    parser = expat.ParserCreate("utf-8")  # whatever is declared; others could not be told apart in bytes
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise _damaged() from None


def refuse_unusual(content: bytes) -> None:
    """Raises Refused for UTF-16, NUL bytes, a DOCTYPE (without it there are no entities), and endless tags."""
    if b"\0" in content:
        raise Refused("内部文件使用了 UTF-16 编码或含有空字符", RESAVE)
    if b"<!DOCTYPE" in content:
        raise Refused("内部文件含有 DOCTYPE 声明，正常的工作簿没有", "来源不明时请勿打开，请向提供者重新索取")
    for start in range(0, len(content) - _MARKUP_FREE_BYTES, _MARKUP_FREE_BYTES):
        if content.find(b"<", start, start + _MARKUP_FREE_BYTES) < 0:
            raise _damaged()
