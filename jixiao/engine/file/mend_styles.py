"""Styles derived by one trait (see styles.py), filled up from those they were derived from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jixiao.engine.file.styles import Derivation
from jixiao.engine.file.xml_text import attribute, with_attributes

_STYLES = re.compile(r"<cellXfs[^>]*>(.*?)</cellXfs>", re.DOTALL)
_FILLS = re.compile(r"<fills[^>]*>(.*?)</fills>", re.DOTALL)
_STYLE = re.compile(r"<xf [^>]*/>|<xf .*?</xf>", re.DOTALL)
_ALIGNMENT = re.compile(r"<alignment\b[^>]*>")


def mended_styles(xml: bytes, derivations: Iterable[Derivation]) -> bytes:
    text = xml.decode()
    found, fills = _STYLES.search(text), _FILLS.search(text)
    if found is None or fills is None:
        return xml
    styles, first_fill = _STYLE.findall(found[1]), fills[1].count("<fill>")
    colors: list[str] = []
    for derivation in derivations:
        base, alone = styles[derivation.base], styles[derivation.number]
        styles[derivation.number] = _derived(base, alone, derivation, colors, first_fill)
    text = text[: found.start(1)] + "".join(styles) + text[found.end(1) :]
    return _FILLS.sub(lambda match: _with_fills(match[1], colors), text, count=1).encode()


def _with_fills(fills: str, colors: list[str]) -> str:
    own = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{color}"/></patternFill></fill>' for color in colors
    )
    return f'<fills count="{fills.count("<fill>") + len(colors)}">{fills}{own}</fills>'


def _derived(base: str, alone: str, derivation: Derivation, colors: list[str], first_fill: int) -> str:
    """`base` with one trait of `alone`; a new colour is added to `colors`, whose fills begin at `first_fill`."""
    if derivation.name == "number_format":
        return with_attributes(base, numFmtId=attribute(alone, "numFmtId"), applyNumberFormat="1")
    if derivation.name == "quote_prefix":
        return with_attributes(base, quotePrefix="1")
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
