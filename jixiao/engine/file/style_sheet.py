"""The cell formats in xl/styles.xml, of the original or of what excelize wrote."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TypeGuard

from jixiao.engine.file.xml_text import Unusual, attribute, decoded, with_attributes

_FORMATS = re.compile(r"(<cellXfs\b[^>]*>)(.*?)</cellXfs>", re.DOTALL)
_FORMAT = re.compile(r"<xf\b[^>]*/>|<xf\b.*?</xf>", re.DOTALL)
_WRAPPED = re.compile(r"<alignment\b[^>]*\swrapText=[\"'](?:1|true)[\"']")
_DAY, _DAY_AND_TIME = "14", "22"  # numbers of built-in formats
_GENERAL = (None, "0")


def has_formats(xml: bytes | None) -> TypeGuard[bytes]:
    return xml is not None and b"cellXfs" in xml


class StyleSheet:
    """`formats` are the elements <xf>, by the number under which cells refer to them; a workbook may have none."""

    def __init__(self, xml: bytes | None) -> None:
        self.text = decoded(xml) if has_formats(xml) else "<cellXfs></cellXfs>"
        found = _FORMATS.search(self.text)
        if found is None:
            raise Unusual
        self._found = found
        self.formats: list[str] = _FORMAT.findall(found[2])
        self._before = list(self.formats)
        self._derived: dict[tuple[int, str], int] = {}
        self._wrapped: dict[int, bool] = {}

    @property
    def changed(self) -> bool:
        return self.formats != self._before

    def with_formats(self) -> str:
        """The XML with `formats` as they are now."""
        found = self._found
        head = with_attributes(found[1], count=str(len(self.formats)))
        return f"{self.text[: found.start()]}{head}{''.join(self.formats)}{self.text[found.end(2) :]}"

    def quoted(self, number: int) -> int:
        """The format that differs by what keeps Excel from taking a text for a formula when the cell is edited."""
        return self._with(number, "quotePrefix", "1")

    def dated(self, number: int, value: datetime) -> int:
        """The format for a date, where `number` has none for numbers."""
        if not self._has(number) or attribute(self.formats[number], "numFmtId") not in _GENERAL:
            return number
        return self._with(number, "numFmtId", _DAY if value.time() == time() else _DAY_AND_TIME)

    def wraps(self, number: int) -> bool:
        if number not in self._wrapped:
            self._wrapped[number] = self._has(number) and _WRAPPED.search(self.formats[number]) is not None
        return self._wrapped[number]

    def _has(self, number: int) -> bool:
        return number < len(self.formats)

    def _with(self, number: int, name: str, value: str) -> int:
        if not self._has(number) or attribute(self.formats[number], name) == value:
            return number
        key = number, f"{name}={value}"
        if key not in self._derived:
            applied = {"applyNumberFormat": "1"} if name == "numFmtId" else {}
            self._derived[key] = len(self.formats)
            self.formats.append(with_attributes(self.formats[number], **{name: value}, **applied))
        return self._derived[key]
