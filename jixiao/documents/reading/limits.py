"""How much of a document is read: far more than a county publishes in one file, and no more than the memory bears."""

from __future__ import annotations

from jixiao.openxml.refused import Refused
from jixiao.openxml.wording import DOCUMENT

PIECES = 500_000  # lines or cells; a thousand project tables have a hundred thousand


class Allowance:
    """Counts the pieces taken of one document."""

    def __init__(self) -> None:
        self._left = PIECES

    def take(self, count: int) -> None:
        """Raises Refused when there are too many."""
        self._left -= count
        if self._left < 0:
            raise Refused(f"段落和单元格超过 {PIECES // 10_000} 万个，超出可读取的范围", DOCUMENT.divide)
