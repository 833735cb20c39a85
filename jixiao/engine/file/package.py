"""The only place that calls excelize: for sheets added and copied, and for the looks of cells.

It never writes a value: it would walk through the names of all sheets for every cell. Looks and sheets are what it
does better than this engine could.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from jixiao.engine.address import Area, parse_area
from jixiao.engine.file.failing import failing
from jixiao.engine.file.looks import Looks
from jixiao.engine.file.source import Source
from jixiao.engine.file.styles import Derivation, Styles
from jixiao.engine.values import CannotWrite

_COPIED = {"hyperlink", "comments", "vmlDrawing", "printerSettings", "threadedComment"}


class Package:
    """An excelize file. Sheets are addressed by their keys, the names under which excelize knows them.

    `copies` collects the key each copy was made of.
    """

    def __init__(self, source: Source, shown: str) -> None:
        import excelize

        if source.is_strict:
            advice = "请在 Excel 中另存为普通的 .xlsx"
            raise CannotWrite(f"“{shown}”是“严格 Open XML”格式，不能增删工作表或设置格式；{advice}")
        self._source = source
        with failing(shown):
            self._file: Any = excelize.open_reader(source.content)
        self._styles = Styles(self._file)
        self._looks = Looks(self._file, self._styles, self._reach)
        self.copies: dict[str, str] = {}

    def close(self) -> None:
        self._file.close()

    # sheets

    def add_sheet(self, key: str) -> None:
        with failing(key):
            number = max(self._file.get_sheet_map()) + 1
            if f"xl/worksheets/sheet{number}.xml" in self._source.parts:
                raise CannotWrite(f"无法新增工作表：文件内部已有 sheet{number}.xml。请先在 Excel 或 WPS 中另存一次")
            self._file.new_sheet(key)

    def copy_sheet(self, source: str, key: str, shown: str) -> None:
        """Everything of a sheet but objects that lie on it; a sheet with such objects is refused."""
        first = self.copies.get(source, source)
        if self._source.relation_kinds(first) - _COPIED:
            raise CannotWrite(f"工作表“{shown}”里有图表、图片、文本框或表格，只能在 Excel 或 WPS 中复制")
        self.add_sheet(key)
        with failing(shown):
            index = self._file.get_sheet_index
            self._file.copy_sheet(index(source), index(key))
            layout = self._file.get_page_layout(source)
            self._file.set_page_layout(key, replace(layout, size=layout.size or None))
        self.copies[key] = first

    # looks

    @property
    def looks(self) -> Looks:
        """Refused for a file without styles: excelize ends the process over one."""
        if not self._source.has_styles:
            raise CannotWrite("工作簿里没有样式表，不能设置格式；请在 Excel 或 WPS 中打开并另存一次")
        return self._looks

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """The styles that still have to be filled up."""
        return tuple(self._styles.derivations.values())

    def _reach(self, key: str) -> tuple[int, int]:
        """The last row and column that hold anything, as far as the file says."""
        area = parse_area(self._file.get_sheet_dimension(key) or "A1")
        return (area.last_row, area.last_column) if area else (1, 1)

    def show_as_date(self, key: str, row: int, column: int, value: datetime) -> None:
        """Give a cell without a format for numbers the one Excel gives to dates."""
        cell = Area(row, column)
        if self.looks.traits(key, cell, "number_format") == {"General"}:
            self.looks.change(key, cell, "number_format", "m/d/yyyy" if value.time() == time() else "m/d/yyyy h:mm")

    # saving

    def rewrite(self, keys: Iterable[str]) -> None:
        """Have sheets come out spelled as excelize does, however they were spelled before."""
        for key in keys:
            with failing(key):
                self._file.get_row_height(key, 1)

    def save_as(self, path: Path) -> None:
        self._file.save_as(str(path))
