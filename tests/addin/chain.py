"""The whole way of every button and every worksheet function, walked: what is wrong on it, as a list.

Button: name in the built ribbon -> VBA procedure -> xlwings' RunPython -> Python command -> macro on a real workbook.
Function: generated wrapper -> xlwings' server -> Python function -> what the cell shows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import xlwings as xw

from jixiao import __version__
from jixiao.addin.ribbon import Ribbon, read_ribbon
from jixiao.engine.file import engine, open_book
from jixiao.workbook import layout
from jixiao.workbook.layout import Kind
from tests.addin.excel import Excel
from tests.addin.udf_server import udf_server

ROOT = Path(__file__).parent.parent.parent
PUBLISHED = ROOT / "jixiao" / "sample" / "yutian-2024.txt"
FORM = "人大专项工作经费"
NOT_AVAILABLE = "Error 2042"


def built_ribbon(addin: Path) -> Ribbon:
    with ZipFile(addin) as package:
        return read_ribbon(package.read("customUI/customUI14.xml").decode())


@dataclass(frozen=True, slots=True)
class Clicked:
    """What a button did: to the workbook, and what boxes were shown by Python and by VBA."""

    excel: Excel
    book: xw.Book
    alerts: list[str]

    @property
    def active(self) -> str:
        return self.book.sheets.active.name

    def value(self, sheet: str, address: str) -> Any:
        return self.book.sheets[sheet].range(address).value

    @property
    def only_alert(self) -> str:
        return self.alerts[0] if len(self.alerts) == 1 else ""


@contextmanager
def clicked(
    addin: Path, workbook: Path, action: str, *, prepare: Callable[[xw.Book], object] = id, chosen: Path | None = None
) -> Iterator[Clicked]:
    """Excel after the click, with `workbook` open and brought into a state by `prepare`; `chosen`: in the dialog."""
    engine.app.alerts.clear()
    book = open_book(workbook)
    prepare(book)
    excel = Excel(addin)
    excel.open(workbook)
    excel.chosen = str(chosen) if chosen else False
    excel.on_command = lambda command: _run(command, excel, book)
    excel.press(action)
    yield Clicked(excel, book, list(engine.app.alerts))
    engine.app.quit()


def _run(command: str, excel: Excel, book: xw.Book) -> None:
    """As xlwings' server: the command, with the workbook that VBA named as the caller."""
    assert excel.caller == book.name
    book.set_mock_caller()
    exec(command, {})


def _validated(book: xw.Book) -> None:
    from jixiao import commands

    commands.validate(book)


def _at_a_finding(book: xw.Book) -> None:
    _validated(book)
    book.sheets[Kind.FINDINGS.value][f"C{layout.FINDINGS_HEADER_ROW + 1}"].select()


def _at_the_form(book: xw.Book) -> None:
    book.sheets[FORM].activate()


_PREPARED: dict[str, Callable[[xw.Book], object]] = {
    "校验当前表": _at_the_form, "清除标记": _validated, "规则说明": _at_a_finding,
}  # fmt: skip

# Label of the button -> the file that is chosen when it asks for one.
CHOSEN = {"导入文档": "绩效 2023's “定稿”.txt", "导出文本": "绩效 2024's “定稿”.docx"}

# Label of the button -> whether it did what its label says.
_DONE: dict[str, Callable[[Clicked], bool]] = {
    "新建部门工作簿": lambda after: _new_workbook_is_open(after),
    "导入文档": lambda after: _imported_workbook_is_open(after),
    "导出文本": lambda after: _document_is_written(after),
    "新增项目": lambda after: after.active == "新项目" and after.value("新项目", "A4") == "项目编码",
    "校验全部": lambda after: (
        after.active == Kind.FINDINGS.value and "JX503" in after.value(FORM, "I17") and not after.alerts
    ),
    "校验当前表": lambda after: (
        after.active == FORM and "JX503" in after.value(FORM, "I17") and after.only_alert.startswith("当前工作表：错误")
    ),
    "规范指标值": lambda after: (
        after.value("人大代表订刊", "F11") == "＝289份" and "289份 → ＝289份" in after.only_alert
    ),
    "清除标记": lambda after: (
        after.value(FORM, "I17") is None and "标记已清除" in after.value(Kind.FINDINGS.value, "A2")
    ),
    "生成汇总": lambda after: (
        after.active == Kind.SUMMARY.value and after.value(Kind.SUMMARY.value, "D33") == "合计"
        and after.value(Kind.SUMMARY.value, "E33") == 7015904.46
    ),
    "支出曲线": lambda after: after.active == Kind.CURVE.value and after.value(Kind.CURVE.value, "N7") == 7015904.46,
    "规则说明": lambda after: "【为什么检查】" in after.only_alert and after.only_alert.lstrip("本")[:2] == "JX",
    "设置": lambda after: after.active == Kind.SETTINGS.value and not after.alerts,
    "诊断": lambda after: (
        str(after.excel.book.vba_get("FullName")) in after.only_alert and after.book.fullname in after.only_alert
    ),
    "重启": lambda after: (
        (after.excel.killed, after.excel.recalculated, after.excel.commands) == (1, 1, [])
        and after.excel.told == ["后台程序已结束，工作簿已重新计算。"]
    ),
    "关于": lambda after: f"绩效助手 {__version__}" in after.only_alert,
}  # fmt: skip


def _new_workbook_is_open(after: Clicked) -> bool:
    names = [book.name for book in after.book.app.books]
    made = Path(after.book.fullname).with_name("部门预算绩效目标.xlsx")
    return made.is_file() and names[0] == made.name and str(made) in after.only_alert


def _imported_workbook_is_open(after: Clicked) -> bool:
    made = Path(after.book.fullname).with_name(CHOSEN["导入文档"]).with_suffix(".xlsx")
    opened = after.book.app.books.active
    return (
        made.is_file()
        and (opened.name, opened.sheets[FORM]["C5"].value) == (made.name, 100000)
        and {Kind.NARRATIVE.value, Kind.IMPORT.value} <= {sheet.name for sheet in opened.sheets}
        and "7 个项目，58 个指标" in after.only_alert
        and f"已新建并打开：{made}" in after.only_alert
    )


def _document_is_written(after: Clicked) -> bool:
    made = Path(after.book.fullname).with_name(CHOSEN["导出文本"])
    document = docx.Document(str(made))
    narrative = "\n".join(paragraph.text for paragraph in document.paragraphs)
    labels = [cell.text for table in document.tables for cell in table.columns[0].cells]
    return (
        f"“{FORM}”项目年初预算安排10万元" in narrative
        and labels.count("项目编码") == 7
        and after.only_alert == f"已生成：{made}"
    )


def button_faults(addin: Path, workbook: Path, folder: Path, only: Collection[str] = ()) -> list[str]:
    """What the buttons do wrong, or those with a label in `only`; each gets a fresh copy of the workbook."""
    faults, buttons = [], built_ribbon(addin).buttons
    if {button.label for button in buttons} != _DONE.keys():
        faults.append("the buttons are not those that are known")
    for button in buttons:
        if only and button.label not in only:
            continue
        own = folder / button.id
        own.mkdir()
        copy = Path(shutil.copy(workbook, own))
        chosen = own / CHOSEN[button.label] if button.label in CHOSEN else None
        if button.label == "导入文档":
            shutil.copy(PUBLISHED, own / CHOSEN[button.label])
        try:
            prepare = _PREPARED.get(button.label, id)
            with clicked(addin, copy, button.action, prepare=prepare, chosen=chosen) as after:
                if after.excel.told and button.label != "重启":
                    faults.append(f"{button.label}: {after.excel.told}")
                elif not _DONE[button.label](after):
                    faults.append(f"{button.label} did not do what it says: {after.excel.commands} {after.alerts}")
        except Exception as problem:
            engine.app.quit()
            faults.append(f"{button.label}: {type(problem).__name__}: {problem}")
    return faults


# Cells of the sheet on which functions are tried.
CELLS: list[list[object]] = [
    [1000.01, 0.2, 0.5, 0.8, 1.0],
    [None, 3, 6, 10, 12],
    [">= 90 %", "13022924P004R2810292F", "13022924P004R28102920"],
    ["产出指标", "数量指标", "培训人次", "全年培训的人次", "200", "《培训计划》（玉人〔2024〕3号）"],
]
# Function, its arguments ("A1" is a range), what the cell must show.
CALLS: tuple[tuple[str, tuple[object, ...], object], ...] = (
    ("JXCHECK", ("@A4", "@B4", "@C4", "@D4", "@E4", "@F4"), "错误 JX503"),
    ("JXCHECK", ("@A4", "@B4", "@C4", "@D4", "≥200人次", "@F4", "@A1"), "✓"),
    ("JXVALUE", ("@A3", "数值"), 90.0),
    ("JXVALUE", ("@A3", "符号"), "≥"),
    ("JXNORM", ("@A3",), "≥90%"),
    ("JXPLAN", ("@A1", "@B1:E1", 2), 500.01),
    ("JXPLAN", ("@A1", "@B1:E1", 4), 1000.01),
    ("JXPLAN", ("@A1", "@B1:E1", 9), NOT_AVAILABLE),
    ("JXCURVE", ("@A1", "@B1:E1", "@B2:E2", 4.0), 300.0),
    ("JXCURVE", ("@A1", "@B1:E1", "@B2:E2", 13), NOT_AVAILABLE),
    ("JXPROGRESS", (3,), 0.25),
    ("JXCODE", ("@B3",), "✓"),
    ("JXCODE", ("@C3",), "警告 JX103"),
    ("JXVER", (), 100.0),
)


def function_faults(addin: Path, sheet: Path) -> list[str]:
    """What the worksheet functions do wrong on CELLS, which the workbook `sheet` holds."""
    excel = Excel(addin)
    excel.open(sheet)
    faults = []
    book = open_book(sheet)
    try:
        with udf_server(ROOT, book) as excel.on_function:
            for function, arguments, expected in CALLS:
                given = [
                    excel.cells(value[1:]) if isinstance(value, str) and value[:1] == "@" else value
                    for value in arguments
                ]
                try:
                    shown = excel.call(function, *given)
                except Exception as problem:
                    shown = f"{type(problem).__name__}: {problem}"
                if not (str(shown).startswith(expected) if isinstance(expected, str) else shown == expected):
                    faults.append(f"{function}{arguments} shows {shown!r} instead of {expected!r}")
    finally:
        book.close()
    return faults
