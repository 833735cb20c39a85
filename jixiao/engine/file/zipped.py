"""The parts of a zipped package, changed in memory; what nobody touches is written with the very bytes it had."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, MutableMapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jixiao.engine.values import CannotWrite

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LENGTHS_IN_LOCAL = struct.Struct("<26x2H")
_SIZES_BEHIND, _UTF8 = 0x08, 0x800  # flags of a member
_LEVEL = 4  # of zlib's nine: half the time of the usual six, a tenth more bytes
_MOST_MEMBERS, _MOST_BYTES = 0xFFFF, 0xFFFF_FFFF


class ZippedParts(MutableMapping[str, bytes]):
    """Part name -> content, unpacked when asked for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._package = ZipFile(BytesIO(content))
        self._members = {member.filename: member for member in self._package.infolist()}
        self._changed: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name in self._changed:
            return self._changed[name]
        return self._package.read(self._members[name])

    def __setitem__(self, name: str, content: bytes) -> None:
        self._members.setdefault(name, ZipInfo(name))
        self._changed[name] = content

    def __delitem__(self, name: str) -> None:
        del self._members[name]
        self._changed.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._members))

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def beginning(self, name: str, size: int) -> bytes:
        """The first bytes of a part, without unpacking the rest."""
        if name in self._changed:
            return self._changed[name][:size]
        with self._package.open(self._members[name]) as part:
            return part.read(size)

    def write_to(self, path: Path) -> None:
        """Changed parts are packed anew where they were, new ones at the end."""
        with path.open("wb") as file:
            written = [_write(file, self._packed(name)) for name in self._members]
            start = file.tell()
            if len(written) > _MOST_MEMBERS or start > _MOST_BYTES:
                raise CannotWrite("工作簿过大，无法保存；请把其中的工作表分到几个工作簿里")
            file.writelines(written)
            size = file.tell() - start
            file.write(_END.pack(b"PK\5\6", 0, 0, len(written), len(written), size, start, 0))

    def _packed(self, name: str) -> _Packed:
        member = self._members[name]
        if name not in self._changed:
            first = member.header_offset
            first += _LOCAL.size + sum(_LENGTHS_IN_LOCAL.unpack_from(self.content, first))
            return _Packed(member, memoryview(self.content)[first : first + member.compress_size])
        content = self._changed[name]
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        data = packer.compress(content) + packer.flush()
        changed = ZipInfo(name, member.date_time)
        changed.compress_type, changed.CRC = ZIP_DEFLATED, zlib.crc32(content)
        changed.compress_size, changed.file_size = len(data), len(content)
        changed.external_attr = member.external_attr
        return _Packed(changed, memoryview(data))


class _Packed(NamedTuple):
    member: ZipInfo
    data: memoryview


def _write(file: BinaryIO, packed: _Packed) -> bytes:
    """Write one member; returns its entry for the directory at the end."""
    member, offset = packed.member, file.tell()
    name = member.filename.encode()
    flags = member.flag_bits & ~(_SIZES_BEHIND | _UTF8) | (0 if name.isascii() else _UTF8)
    year, month, day, hour, minute, second = member.date_time
    moment = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    sizes = member.CRC, member.compress_size, member.file_size
    common = member.extract_version, flags, member.compress_type, *moment, *sizes, len(name), 0
    file.write(_LOCAL.pack(b"PK\3\4", *common) + name)
    file.write(packed.data)
    made_by = member.create_system << 8 | member.create_version
    entry = _CENTRAL.pack(b"PK\1\2", made_by, *common, 0, 0, member.internal_attr, member.external_attr, offset)
    return entry + name
