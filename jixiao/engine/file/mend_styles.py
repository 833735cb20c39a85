"""Styles derived by one trait (see styles.py), filled up from those they were derived from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jixiao.engine.file.styles import Derivation
from jixiao.engine.file.xml_text import attribute, with_attributes

_STYLES = re.compile(r"(<cellXfs[^>]*>)(.*?)(</cellXfs>)", re.DOTALL)
_STYLE = re.compile(r"<xf [^>]*/>|<xf .*?</xf>", re.DOTALL)
_ALIGNMENT = re.compile(r"<alignment\b[^>]*>")


def mended_styles(xml: bytes, derivations: Iterable[Derivation]) -> bytes:
    text = xml.decode()
    found = _STYLES.search(text)
    if found is None:
        return xml
    styles = _STYLE.findall(found[2])
    for derivation in derivations:
        styles[derivation.number] = _derived(styles[derivation.base], styles[derivation.number], derivation)
    return (text[: found.start(2)] + "".join(styles) + text[found.end(2) :]).encode()


def _derived(base: str, alone: str, derivation: Derivation) -> str:
    """`base` with one trait of `alone`."""
    if derivation.name == "number_format":
        return with_attributes(base, numFmtId=attribute(alone, "numFmtId"), applyNumberFormat="1")
    if derivation.name == "color":
        return with_attributes(base, fillId=attribute(alone, "fillId"), applyFill="1")
    if derivation.name == "quote_prefix":
        return with_attributes(base, quotePrefix="1")
    return _with_wrapping(with_attributes(base, applyAlignment="1"), str(int(bool(derivation.value))))


def _with_wrapping(style: str, wrapped: str) -> str:
    if match := _ALIGNMENT.search(style):
        return style[: match.start()] + with_attributes(match[0], wrapText=wrapped) + style[match.end() :]
    end = style.index(">")
    rest = "</xf>" if style[end - 1] == "/" else style[end + 1 :]
    return f'{style[:end].removesuffix("/")}><alignment wrapText="{wrapped}"></alignment>{rest}'
