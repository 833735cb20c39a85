"""Styles derived by one trait (see styles.py), filled up from those they were derived from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jixiao.engine.file.style_sheet import StyleSheet
from jixiao.engine.file.styles import Derivation
from jixiao.engine.file.xml_text import attribute, with_attributes

_FILLS = re.compile(r"<fills[^>]*>(.*?)</fills>", re.DOTALL)
_ALIGNMENT = re.compile(r"<alignment\b[^>]*>")


def mended_styles(xml: bytes, derivations: Iterable[Derivation]) -> bytes:
    sheet = StyleSheet(xml)
    fills, formats = _FILLS.search(sheet.text), sheet.formats
    first_fill = fills[1].count("<fill>") if fills else 0
    colors: list[str] = []
    for derivation in derivations:
        base, alone = formats[derivation.base], formats[derivation.number]
        formats[derivation.number] = _derived(base, alone, derivation, colors, first_fill)
    return _FILLS.sub(lambda match: _with_fills(match[1], colors), sheet.with_formats(), count=1).encode()


def _with_fills(fills: str, colors: list[str]) -> str:
    own = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{color}"/></patternFill></fill>' for color in colors
    )
    return f'<fills count="{fills.count("<fill>") + len(colors)}">{fills}{own}</fills>'


def _derived(base: str, alone: str, derivation: Derivation, colors: list[str], first_fill: int) -> str:
    """`base` with one trait of `alone`; a new colour is added to `colors`, whose fills begin at `first_fill`."""
    if derivation.name == "number_format":
        return with_attributes(base, numFmtId=attribute(alone, "numFmtId"), applyNumberFormat="1")
    if derivation.name == "wrap_text":
        return _with_wrapping(with_attributes(base, applyAlignment="1"), str(int(bool(derivation.value))))
    if derivation.value is None:
        return with_attributes(base, fillId="0", applyFill="1")
    colors.append(str(derivation.value))
    return with_attributes(base, fillId=str(first_fill + len(colors) - 1), applyFill="1")


def _with_wrapping(style: str, wrapped: str) -> str:
    if match := _ALIGNMENT.search(style):
        return style[: match.start()] + with_attributes(match[0], wrapText=wrapped) + style[match.end() :]
    end = style.index(">")
    rest = "</xf>" if style[end - 1] == "/" else style[end + 1 :]
    return f'{style[:end].removesuffix("/")}><alignment wrapText="{wrapped}"></alignment>{rest}'
