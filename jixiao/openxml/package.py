"""A zip package of Office, unpacked within limits and packed anew.

Nothing here trusts what the file declares about itself. Sizes are checked while unpacking, nothing is ever written to
disk, and no link in the package is followed.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import IO, NamedTuple, cast

from jixiao.openxml.refused import Refused, damaged
from jixiao.openxml.wording import WORKBOOK, Wording

# A thousand project sheets take about 30 MB unpacked, a summary of 20,000 rows 20 MB; packed, a tenth of it. Saved by
# LibreOffice the table of texts takes another 70 MB, because it marks every change between Chinese and Latin letters.
PART_BYTES = 128 << 20
TOTAL_BYTES = 256 << 20
PACKED_BYTES = 48 << 20
ENTRIES = 20_000
_STORED_BYTES = 48 << 20  # two thousand project sheets
_DIRECTORY_BYTES = 4 << 20


class Part(NamedTuple):
    """One file of the package: its content, and as it lies in the zip."""

    content: bytes
    packed: bytes
    method: int
    crc: int


class Package:
    """The parts of an open zip package, found by name without regard to case, as the standard wants it."""

    def __init__(self, file: IO[bytes], wording: Wording = WORKBOOK) -> None:
        self._file = file
        self.wording = wording
        self._entries = _directory(file, wording)
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
            raise Refused(f"{self.wording.thing}内部缺少 {name}", self.wording.repair_or_ask)
        if entry.flag_bits & 0x1:
            raise Refused("压缩包设有密码", f"请用 {self.wording.program} 打开，取消密码后重新保存")
        self._charge(entry)
        packed = self._packed_bytes(entry)
        return Part(_unpacked(entry, packed, self.wording), packed, entry.compress_type, entry.CRC)

    def _charge(self, entry: zipfile.ZipInfo) -> None:
        self._unpacked += entry.file_size
        self._packed += entry.compress_size
        if entry.file_size > PART_BYTES or self._unpacked > TOTAL_BYTES or self._packed > PACKED_BYTES:
            raise Refused(f"{self.wording.thing}解压后的内容过大，超出可读取的范围", self.wording.divide)

    def _packed_bytes(self, entry: zipfile.ZipInfo) -> bytes:
        try:
            self._file.seek(entry.header_offset)
            header = self._file.read(30)
            if len(header) < 30 or header[:4] != b"PK\x03\x04":
                raise damaged(self.wording)
            self._file.seek(sum(struct.unpack_from("<HH", header, 26)), io.SEEK_CUR)
            packed = self._file.read(entry.compress_size)
        except ValueError:  # a forged offset before the start of the file
            raise damaged(self.wording) from None
        if len(packed) != entry.compress_size:
            raise Refused("文件不完整，可能没有下载或复制完", "请重新下载或复制该文件")
        return packed


class _ShortReads:
    """A file whose single reads are cut short, so that a forged directory size cannot fill the memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        return self._file.read(_DIRECTORY_BYTES if size < 0 else min(size, _DIRECTORY_BYTES))


def _directory(file: IO[bytes], wording: Wording) -> dict[str, zipfile.ZipInfo]:
    """The entries by lower-case name; of entries with one name the last, which is the newest."""
    try:
        entries = zipfile.ZipFile(cast("IO[bytes]", _ShortReads(file))).infolist()
    except OSError:
        raise
    except Exception:  # BadZipFile, and half a dozen others on forged fields
        raise Refused("文件不完整或已损坏，可能没有下载或复制完", "请重新下载或复制该文件") from None
    if len(entries) > ENTRIES:
        raise Refused(f"压缩包内的文件过多，不是正常的{wording.thing}", wording.repair_or_ask)
    return {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}


def _unpacked(entry: zipfile.ZipInfo, packed: bytes, wording: Wording) -> bytes:
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        content = _inflated(packed, entry.file_size, wording)
    else:
        raise Refused(f"使用了 {wording.program} 不支持的压缩方式", wording.resave)
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise damaged(wording)
    return content


def _inflated(packed: bytes, size: int, wording: Wording) -> bytes:
    """At most one byte more than `size`, whatever the stream holds."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = stream.decompress(packed, size + 1)
    except zlib.error:
        raise damaged(wording) from None
    if not stream.eof:
        raise damaged(wording)
    return content


class Packer:
    """Builds, in memory, the package that is handed to the reader: known names, checked sizes, nothing else.

    What is not packed is read faster, so as much as there is room for is stored as it is.
    """

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._directory: list[bytes] = []
        self._size = 0

    @property
    def has_room(self) -> bool:
        return self._size < _STORED_BYTES

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
        offset = self._size
        header = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, part.method, 0, 33, *sizes) + encoded
        self._pieces += (header, part.packed)
        self._size += len(header) + len(part.packed)
        self._directory.append(
            struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, part.method, 0, 33, *sizes, 0, 0, 0, 0, offset)
            + encoded
        )

    def finish(self) -> bytes:
        """The whole package. The packer is used up: its parts take as much memory as the package and are let go."""
        directory = b"".join(self._directory)
        count = len(self._directory)
        end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), self._size, 0)
        pieces, self._pieces = [*self._pieces, directory, end], []
        return b"".join(pieces)
