"""Reading the values of a workbook file, in bulk, a sheet on first need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from jixiao.engine.address import Area, parse_area
from jixiao.engine.file.parts import sheet_parts
from jixiao.engine.file.zipped import ZippedParts
from jixiao.engine.members import EngineError
from jixiao.refusal import Refusal

Values = Mapping[str, Sequence[Sequence[Any]]]

_ERROR = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</\w*:?c>).)*?<(?:\w+:)?v>([^<]*)<", re.DOTALL)
_ATTRIBUTE = re.compile(rb"(?<![\w:])(\w+)\s*=\s*[\"']([^\"']*)[\"']")


class CannotOpen(EngineError, Refusal):
    """The file is no workbook this engine can read. The text is Chinese, for the user."""


def read_values(path: Path) -> Values:
    """The values of every worksheet from A1 on, by its name and in the workbook's order."""
    import python_calamine

    try:
        return _CalamineValues(path)
    except python_calamine.PasswordError as problem:
        raise CannotOpen(f"“{path.name}”有打开密码；请在 Excel 或 WPS 中去掉密码后再用") from problem
    except (python_calamine.CalamineError, BadZipFile, ParseError, KeyError) as problem:
        raise CannotOpen(f"“{path.name}”不是完好的工作簿：{problem}；请在 Excel 或 WPS 中打开并另存一次") from problem


class _CalamineValues(Mapping[str, Sequence[Sequence[Any]]]):
    def __init__(self, path: Path) -> None:
        import python_calamine

        content = path.read_bytes()  # from memory, lest an open file stands in the way of saving
        self._workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        worksheet = python_calamine.SheetTypeEnum.WorkSheet
        self._names = [sheet.name for sheet in self._workbook.sheets_metadata if sheet.typ == worksheet]
        self._package = ZippedParts(content)
        self._parts = sheet_parts(self._package)

    def __getitem__(self, name: str) -> Sequence[Sequence[Any]]:
        rows: list[list[Any]] = self._workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for area, error in self._errors(name):
            rows.extend([] for _ in range(area.row - len(rows)))
            rows[area.row - 1].extend([""] * (area.column - len(rows[area.row - 1])))
            rows[area.row - 1][area.column - 1] = error
        return rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def _errors(self, name: str) -> Iterator[tuple[Area, str]]:
        """Cells with an error value, which python-calamine gives as empty."""
        xml = self._package[self._parts[name]]
        if b't="e"' in xml or b"t='e'" in xml:
            for attributes, value in _ERROR.findall(xml):
                if area := parse_area(_attributes(attributes).get("r", "")):
                    yield area, value.decode()


def _attributes(xml: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(xml)}
