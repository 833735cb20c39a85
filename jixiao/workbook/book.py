"""Reading from and writing to an open xlwings book, whichever host it lives in; one call a sheet, one a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

from jixiao.engine.values import CannotWrite
from jixiao.model.origin import Defect, column_number
from jixiao.refusal import Refusal
from jixiao.workbook.blocks import CellBlock
from jixiao.workbook.grid import ERROR_VALUES, CellValue, Grid
from jixiao.workbook.layout import SHEET_TITLES, Kind

if TYPE_CHECKING:
    import xlwings as xw

_MANY_SHEETS = 20
_ADDRESS = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::.*)?")


class CannotWriteBook(Refusal):
    """Writing into the open book failed. The text is one Chinese sentence for the user."""


def read_book(book: xw.Book) -> list[Grid]:
    """Every worksheet of the book, in its order."""
    sheets = list(book.sheets)
    report = progress(book, "正在读取", len(sheets))
    grids: list[Grid] = []
    try:
        for number, sheet in enumerate(sheets, 1):
            report(number)
            grids.append(_grid(sheet))
    finally:
        if len(sheets) > _MANY_SHEETS:
            book.app.status_bar = False
    return grids


def _grid(sheet: xw.Sheet) -> Grid:
    used = sheet.used_range
    match = _ADDRESS.match(used.address)
    column, row = (column_number(match[1]), int(match[2])) if match else (1, 1)
    rows: list[list[CellValue]] = used.options(ndim=2, err_to_str=True).value
    broken = _without_errors(rows, row, column)
    return Grid(sheet.name, rows, row, column, broken, merged=_MergedColumns(sheet))


class _MergedColumns(Mapping[tuple[int, int], tuple[int, int]]):
    """Asks the host about one cell; it cannot list them all."""

    def __init__(self, sheet: xw.Sheet) -> None:
        self._sheet = sheet

    def __getitem__(self, cell: tuple[int, int]) -> tuple[int, int]:
        area = self._sheet.range(cell).merge_area
        if area.shape[1] > 1 or area.row == cell[0]:
            raise KeyError(cell)
        return area.row, area.column

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True


def _without_errors(rows: list[list[CellValue]], top: int, left: int) -> dict[tuple[int, int], Defect]:
    """Take the error values out of the rows; returns them by their cells."""
    errors: dict[tuple[int, int], Defect] = {}
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value.__class__ is str and value[:1] == "#" and value in ERROR_VALUES:
                errors[top + i, left + j] = Defect("error", str(value))
                row[j] = None
    return errors


def write_blocks(book: xw.Book, blocks: Sequence[CellBlock]) -> None:
    """All blocks or none: where one cannot be written, those already written are cleared again."""
    names = {sheet.name for sheet in book.sheets}
    for block in blocks:
        if block.sheet not in names:
            made = book.sheets.add(block.sheet, after=book.sheets[len(names) - 1])
            made.range("A1").value = SHEET_TITLES[Kind(block.sheet)]  # or it would not be known for what it is
            names.add(block.sheet)
    report = progress(book, "正在写入", len(blocks))
    written: list[CellBlock] = []
    try:
        for number, block in enumerate(blocks, 1):
            report(number)
            written.append(block)
            cells = _range(book, block)
            cells.value = block.rows
            _fit(cells, block)
    except Exception as problem:
        _clear(book, written)
        reason = f"工作表“{written[-1].sheet}”无法写入，可能受保护或正在编辑；请撤销保护、退出单元格编辑后重试"
        if isinstance(problem, CannotWrite):  # the host knows better
            reason = str(problem)
        raise CannotWriteBook(f"{reason}。本次结果没有保留") from problem


def _fit(cells: xw.Range, block: CellBlock) -> None:
    above = len(block.rows) if block.fit_from is None else max(0, block.fit_from - block.row)
    if above < len(block.rows):
        with suppress(Exception):  # a protected sheet may take values and refuse heights; the values are what counts
            cells[above:, :].rows.autofit()


def _clear(book: xw.Book, blocks: Iterable[CellBlock]) -> None:
    for block in blocks:
        try:
            _range(book, block).clear_contents()
        except Exception:
            continue


def _range(book: xw.Book, block: CellBlock) -> xw.Range:
    sheet = book.sheets[block.sheet]
    last = (block.row + len(block.rows) - 1, block.column + len(block.rows[0]) - 1)
    return sheet.range((block.row, block.column), last)


def progress(book: xw.Book, what: str, total: int) -> Callable[[int], None]:
    """Say in the status bar how far the work is, every twenty steps of a long one."""

    def report(done: int) -> None:
        if total > _MANY_SHEETS and done % _MANY_SHEETS == 0:
            book.app.status_bar = f"绩效助手：{what} {done}/{total}"

    return report


def one_step(book: xw.Book) -> AbstractContextManager[None]:
    """What happens inside is taken back as a whole when an exception leaves it, where the host of the book can."""
    step: Callable[[], AbstractContextManager[None]] = getattr(book.impl, "one_step", nullcontext)
    return step()


@contextmanager
def quiet(book: xw.Book) -> Iterator[None]:
    """No repainting and no recalculation while the book is being written; as before afterwards, come what may."""
    app: Any = book.app
    updating, calculation = app.screen_updating, app.calculation
    app.screen_updating, app.calculation = False, "manual"
    try:
        yield
    finally:
        app.calculation, app.screen_updating = calculation, updating
        app.status_bar = False
