"""One open spreadsheet of LibreOffice."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from jixiao.engine.libreoffice.access import load_uno, properties
from jixiao.engine.libreoffice.errors import CannotOpen, CannotSave, CannotWrite
from jixiao.engine.libreoffice.formats import Formats
from jixiao.engine.libreoffice.formulas import Formulas
from jixiao.engine.libreoffice.kept import Contents, Looks
from jixiao.engine.libreoffice.step import Steps
from jixiao.engine.values import serial_number

SERVICE = "com.sun.star.sheet.SpreadsheetDocument"
_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML", ".ods": "calc8",
}  # fmt: skip
_MILLISECONDS_A_DAY = 86_400_000
_YEAR_OF_1904_DATES = 1904


class Document:
    """`model` is UNO's object. Raises CannotOpen where it is no spreadsheet."""

    def __init__(self, model: Any) -> None:
        if model is None or not model.supportsService(SERVICE):
            raise CannotOpen("当前文档不是电子表格；请切换到绩效目标工作簿再操作")
        self.model = model
        self.formats = Formats(model)
        self.formulas = Formulas(model)
        self.steps = Steps(model.UndoManager)

    # what it is called

    @property
    def path(self) -> Path | None:
        """None where it was never saved, or does not lie on a disk."""
        url = str(self.model.URL)
        return Path(load_uno().fileUrlToSystemPath(url)) if url.startswith("file:") else None

    @property
    def name(self) -> str:
        return self.path.name if self.path else str(self.model.Title)

    # dates

    @cached_property
    def _epoch(self) -> datetime:
        first = self.model.NullDate
        return datetime(first.Year, first.Month, first.Day)

    def moment(self, serial: float) -> datetime:
        """To the millisecond: more a float does not hold."""
        return self._epoch + timedelta(milliseconds=round(serial * _MILLISECONDS_A_DAY))

    def serial(self, value: datetime) -> float:
        if self._epoch.year == _YEAR_OF_1904_DATES:
            return serial_number(value, since_1904=True)
        return (value - self._epoch) / timedelta(days=1)

    # changing it

    def may_change(self, sheet: Any, cells: Any) -> None:
        """To be called before cells are changed. Raises CannotWrite where the user has forbidden it."""
        self._refuse_read_only()
        if sheet.isProtected() and cells.CellProtection.IsLocked:
            raise CannotWrite(f"工作表“{sheet.Name}”受保护，不能改动；请撤销工作表保护后重试")

    def changes_contents(self, cells: Any) -> None:
        """To be called before contents are written into a range of UNO. A text like 70% is given a format for texts."""
        self.changes_looks(cells, "NumberFormat")
        self.steps.remember(lambda: Contents(cells).put_back)

    def changes_looks(self, cells: Any, name: str) -> None:
        """To be called before a property of cells is changed."""
        self.steps.remember(lambda: Looks(self.model, cells, name).put_back)

    def may_change_sheets(self) -> None:
        """To be called before sheets are added, moved, renamed …"""
        self._refuse_read_only()
        if self.model.isProtected():
            raise CannotWrite(f"工作簿“{self.name}”的结构受保护，不能增删、移动工作表或改名；请撤销保护后重试")

    def _refuse_read_only(self) -> None:
        if self.model.isReadonly():
            raise CannotWrite(f"“{self.name}”是以只读方式打开的，不能改动；请另存一份，或取消只读后重新打开")

    # saving it

    def save(self, path: Path | None) -> None:
        """Where it is, or elsewhere: then it is that file from then on."""
        path = path.absolute() if path else self.path
        if path is None:
            raise CannotSave(f"“{self.name}”还没有保存过，请先另存为文件")
        if path.suffix.lower() not in _FILTERS:
            raise CannotSave(f"不能保存为“{path.name}”；文件名须以 {'、'.join(_FILTERS)} 结尾")
        options = properties(FilterName=_FILTERS[path.suffix.lower()])
        try:
            if path == self.path:
                self.model.store()
            else:
                self.model.storeAsURL(load_uno().systemPathToFileUrl(str(path)), options)
        except Exception as problem:
            raise CannotSave(f"“{path}”无法保存：文件可能只读、被占用，或所在文件夹不可写；文件保持原样") from problem

    def close(self) -> None:
        self.model.close(True)
