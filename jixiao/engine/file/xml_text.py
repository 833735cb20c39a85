"""Single tags of XML as text, so that nothing around them is touched."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape

from jixiao.engine.values import CannotWrite


class Unusual(CannotWrite):
    """XML that is spelled in a way this engine does not change. `sheets` are the worksheets spelled so."""

    def __init__(self, *sheets: str) -> None:
        where = f"工作表“{'”“'.join(sheets)}”" if sheets else "工作簿"
        super().__init__(f"{where}的内部写法特殊，无法写入；请在 Excel 或 WPS 中打开并另存一次")
        self.sheets = sheets


def decoded(xml: bytes) -> str:
    try:
        return xml.decode()
    except UnicodeDecodeError:
        raise Unusual from None


@cache
def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf"\s{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def attribute(tag: str, name: str) -> str | None:
    match = _attribute(name).search(tag)
    return unescape(match[1] or match[2] or "") if match else None


def with_attributes(element: str, **attributes: str | None) -> str:
    """The element with attributes of its first tag set, or taken away where None."""
    end = element.index(">")
    tag = element[:end].removesuffix("/")
    rest = element[len(tag) :]
    tag = tag.rstrip()
    for name, value in attributes.items():
        tag = _attribute(name).sub("", tag)
        if value is not None:
            tag += f' {name}="{escape(value)}"'
    return tag + rest
