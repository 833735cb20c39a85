"""What the buttons do to an open book; the command line does the same to a file, through `files`.

Commands take an xlwings Book and never import xlwings themselves.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao import __version__
from jixiao.judging import Outcome, judge
from jixiao.normalise import Change, changes
from jixiao.refusal import UserError
from jixiao.rules.catalogue import RULES
from jixiao.rules.runner import Report, profile_of
from jixiao.shipped import template
from jixiao.workbook import layout
from jixiao.workbook.blocks import (
    CellBlock,
    cleared_findings,
    content,
    curve_block,
    findings_block,
    mark_blocks,
    rule_codes_in,
    summary_blocks,
)
from jixiao.workbook.book import CannotWriteBook, quiet, read_book, write_blocks
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.grid import Grid
from jixiao.workbook.layout import Kind
from jixiao.workbook.names import free_path, sheet_name
from jixiao.workbook.reader import Reading, read_workbook
from jixiao.workbook.safe_write import CannotWrite, replace_file

if TYPE_CHECKING:
    import xlwings as xw


_NEW_WORKBOOK = "部门预算绩效目标.xlsx"


def judge_book(book: xw.Book, today: date | None = None) -> Outcome:
    return judge(read_book(book), today=today)


def validate(book: xw.Book, outcome: Outcome | None = None, *, today: date | None = None) -> Report:
    """Check the whole book, mark its sheets, fill 校验结果 and go there."""
    day = today or date.today()
    outcome = outcome or judge_book(book, day)
    reading, report = outcome.reading, outcome.report
    marks = mark_blocks(reading, report.findings)
    _write(book, [*_narrative(reading), *marks, findings_block(reading, report, day)])
    _go_to(book, reading, Kind.FINDINGS)
    return report


def _narrative(reading: Reading) -> list[CellBlock]:
    if reading.narrative is None:
        return []
    from jixiao.workbook.narrative_blocks import narrative_blocks

    return narrative_blocks(reading.narrative)


def validate_sheet(book: xw.Book, *, today: date | None = None) -> Report:
    """Check the whole book, since sheets depend on each other, but mark and report the active sheet alone."""
    outcome = judge_book(book, today)
    sheet = book.sheets.active.name
    if sheet not in outcome.reading.marks:
        raise UserError(f"当前工作表“{sheet}”不是填报表；请切换到项目表、基本支出或部门信息后再点“校验当前表”")
    report = outcome.report
    own = replace(
        report,
        findings=tuple(finding for finding in report.findings if finding.place.sheet == sheet),
        unchecked=tuple(entry for entry in report.unchecked if entry.place.sheet == sheet),
    )
    _write(book, mark_blocks(outcome.reading, own.findings, [sheet]))
    return own


def clear_marks(book: xw.Book) -> None:
    """Remove every trace of the validator from every sheet."""
    reading = read_workbook(read_book(book))
    _write(book, [*mark_blocks(reading, []), cleared_findings(reading)])


def build_summary(book: xw.Book, outcome: Outcome | None = None, *, today: date | None = None) -> Outcome:
    """Fill 部门汇总, 指标汇总 and 支出曲线 anew and go to 部门汇总."""
    day = today or date.today()
    outcome = outcome or judge_book(book, day)
    reading, report = outcome.reading, outcome.report
    profile = profile_of(reading.department)
    _write(book, summary_blocks(reading, report, outcome.curves, profile, day))
    _go_to(book, reading, Kind.SUMMARY)
    return outcome


def refresh_curve(book: xw.Book) -> None:
    """Fill the data of 支出曲线 anew, keep the user's choice where it still exists, and go there."""
    outcome = judge_book(book)
    block = curve_block(outcome.reading, outcome.curves)
    _write(book, [block])
    choice = book.sheets[block.sheet].range(layout.CURVE_CHOICE)
    if content(str(choice.value or "")) not in {row[0] for row in block.rows}:
        choice.value = layout.CURVE_ALL
    _go_to(book, outcome.reading, Kind.CURVE)


def new_project(book: xw.Book, name: str = "") -> str:
    """Copy the blank form behind the last form and go there; returns the new sheet's name."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    blank = sheets.get(Kind.BLANK.value)
    if blank is None:
        raise UserError(f"没有找到工作表“{Kind.BLANK.value}”，无法新增项目；请从模板复制这张表到本工作簿，名称不要改")
    new_name = sheet_name(name or "新项目", sheets)
    blank.copy(before=blank, name=new_name)
    book.sheets[new_name].activate()
    return new_name


def normalise(book: xw.Book, grids: Sequence[Grid] | None = None) -> list[Change]:
    """Carry out the mends that need no judgement; returns those made, all or none. Formulas are left as they are."""
    reading = read_workbook(grids or read_book(book))
    made: list[Change] = []
    with quiet(book):
        for change in changes(reading.department):
            cell = _cell(book, change)
            if str(cell.formula).startswith("="):
                continue
            try:
                cell.value = content(change.after)
            except Exception as problem:
                for done in made:
                    _cell(book, done).value = content(done.before)
                raise CannotWriteBook(
                    f"工作表“{change.place.sheet}”的 {change.place.a1} 无法写入，可能受保护或正在编辑；"
                    "请撤销保护、退出单元格编辑后重试，本次没有改动任何单元格"
                ) from problem
            made.append(change)
    return made


def _cell(book: xw.Book, change: Change) -> xw.Range:
    return book.sheets[change.place.sheet].range((change.place.row, change.place.column))


def planned_changes(path: Path) -> list[Change]:
    """What `normalise` would do to a file."""
    return changes(read_workbook(read_grids(path)).department)


def new_workbook(book: xw.Book) -> Path:
    """Open a copy of the blank template beside the book, or among the user's documents; returns its path."""
    blank = template()
    return opened_new(book, own_folder(book), _NEW_WORKBOOK, lambda temporary: shutil.copyfile(blank, temporary))


def opened_new(book: xw.Book, beside: Path, name: str, write: Callable[[Path], object]) -> Path:
    """Let `write` make a new file in `beside`, or where that is refused among the user's documents, and open it."""
    taken = {other.name.lower() for other in book.app.books}
    refusal: CannotWrite | None = None
    for folder in (beside, Path.home() / "Documents", Path.home()):
        if not folder.is_absolute():
            continue
        path = free_path(folder / name, taken)
        try:
            replace_file(path, write)
        except CannotWrite as problem:
            refusal = refusal or problem
            continue
        book.app.books.open(path)
        return path
    raise UserError(f"没有新建工作簿：{refusal}")


def own_folder(book: xw.Book) -> Path:
    """The folder the book lies in; a relative path where that cannot be told."""
    try:
        return Path(book.fullname).parent
    except Exception:  # xlwings cannot tell the folder of some workbooks in the cloud
        return Path()


def explain_rule(book: xw.Book) -> str:
    """The page of the rule that the selected row of 校验结果, or of a marked form, names first."""
    from jixiao.rules.pages import plain_page

    sheet, selected = book.sheets.active, book.app.selection
    row = [] if selected is None else sheet.range((selected.row, 1), (selected.row, _last_column(sheet))).value
    codes = [code for code in rule_codes_in(row if isinstance(row, list) else [row]) if code in RULES]
    if not codes:
        raise UserError(
            "选中的这一行没有校验出的问题；请在“校验结果”里选中一条，或在项目表里选中“校验”列有内容的一行，再点“规则说明”"
        )
    others = f"本行涉及 {len(codes)} 条规则：{'、'.join(codes)}。以下说明第一条。\n\n" if len(codes) > 1 else ""
    return others + plain_page(RULES[codes[0]])


def _last_column(sheet: xw.Sheet) -> int:
    return int(sheet.used_range.last_cell.column)


def show_settings(book: xw.Book) -> None:
    """Go to 校验设置."""
    name = Kind.SETTINGS.value
    if name not in [sheet.name for sheet in book.sheets]:
        raise UserError(f"本工作簿没有“{name}”表，校验按默认设置进行；要调整设置，请从模板复制这张表，名称不要改")
    book.sheets[name].activate()


def diagnose(book: xw.Book, addin: str, failure: str, folder: Path) -> str:
    """What there is and what is missing. `addin`: path of the add-in; `folder`: that of macros.py."""
    from jixiao.diagnosis import Host, diagnosis

    try:
        path = book.fullname
    except Exception:  # as in new_workbook
        path = book.name
    host = Host(str(book.app.version), is_libreoffice=book.app.engine.name == "libreoffice")
    return diagnosis(book=path, host=host, addin=addin, folder=folder, failure=failure)


def about() -> str:
    return f"绩效助手 {__version__}\n部门预算绩效目标的填报、校验和汇总\n校验规则 {len(RULES)} 条"


def _write(book: xw.Book, blocks: Sequence[CellBlock]) -> None:
    with quiet(book):
        write_blocks(book, blocks)


def _go_to(book: xw.Book, reading: Reading, kind: Kind) -> None:
    book.sheets[reading.sheet_of(kind) or kind.value].activate()
