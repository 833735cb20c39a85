"""Number formats: their text as Excel has it, and which of them make a number a date or a truth value."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Any

from jixiao.engine.libreoffice.access import structure
from jixiao.engine.values import CannotWrite

GENERAL = "General"
DATE, DATE_AND_TIME, TRUTH, TEXT = "m/d/yyyy", "m/d/yyyy h:mm", "BOOLEAN", "@"
_OF_DATES, _OF_TIMES, _OF_TEXTS, _OF_TRUTH = 2, 4, 256, 1024  # com.sun.star.util.NumberFormat
_LETTERS = re.compile(r"\"[^\"]*\"|\[\$[^\]]*\]|AM/PM|A/P|[YMDHS]+", re.IGNORECASE)
_ESCAPED = re.compile(r"(?:\\[^\x00-\x7f])+")


class Kind(Enum):
    """What a number format makes of a number."""

    DATE = auto()
    TRUTH = auto()
    TEXT = auto()
    OTHER = auto()


class Formats:
    """The number formats of one document, which knows them by numbers."""

    def __init__(self, model: Any) -> None:
        self._formats = model.NumberFormats
        self._english = structure("com.sun.star.lang.Locale", Language="en", Country="US")
        self._keys: dict[str, int] = {}
        self._types: dict[int, int] = {}

    def key(self, text: str) -> int:
        """The number of a format."""
        if text not in self._keys:
            try:
                known = self._formats.queryKey(text, self._english, False)
                self._keys[text] = known if known >= 0 else self._formats.addNew(text, self._english)
            except Exception as problem:
                raise CannotWrite(f"“{text}”不是数字格式") from problem
        return self._keys[text]

    def text(self, key: int) -> str:
        """As Excel spells it: letters of dates small, Chinese signs in quotes."""
        text = str(self._formats.getByKey(key).FormatString)
        text = _ESCAPED.sub(lambda match: '"' + match[0].replace("\\", "") + '"', text)
        if self._type(key) & (_OF_DATES | _OF_TIMES):
            return _LETTERS.sub(lambda match: match[0] if match[0][0] in '"[aA' else match[0].lower(), text)
        return text

    def kind(self, key: int) -> Kind:
        bits = self._type(key)
        if bits & _OF_DATES:
            return Kind.DATE
        if bits & _OF_TRUTH:
            return Kind.TRUTH
        return Kind.TEXT if bits & _OF_TEXTS else Kind.OTHER

    def _type(self, key: int) -> int:
        if key not in self._types:
            self._types[key] = int(self._formats.getByKey(key).Type)
        return self._types[key]
