"""Single tags of XML as text, for mending what excelize wrote without touching anything else."""

from __future__ import annotations

import re
from html import escape, unescape


def attribute(tag: str, name: str) -> str | None:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(match[1]) if match else None


def with_attributes(element: str, **attributes: str | None) -> str:
    """The element with attributes of its first tag set, or taken away where None."""
    end = element.index(">")
    tag = element[:end].removesuffix("/")
    rest = element[len(tag) :]
    for name, value in attributes.items():
        tag = re.sub(rf'\s{name}="[^"]*"', "", tag)
        if value is not None:
            tag += f' {name}="{escape(value)}"'
    return tag + rest
