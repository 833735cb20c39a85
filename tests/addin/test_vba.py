"""The VBA by itself: no workbook, nothing to start, a workbook that would lead astray, the help of the functions."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from jixiao.addin.build import build_addin
from jixiao.addin.ribbon import read_ribbon
from jixiao.addin.settings import settings_for
from jixiao.addin.sources import read_sources
from jixiao.addin.wrappers import wrappers_of
from jixiao.shipped import shipped
from tests.addin.chain import NOT_AVAILABLE
from tests.addin.conftest import PROJECT_NAME
from tests.addin.excel import FOLDER, NEEDED, PYTHON, Excel

SOURCES = read_sources()
ACTIONS = {button.label: button.action for button in read_ribbon(SOURCES.ribbon).buttons}
WITHOUT_WORKBOOK = ("新建部门工作簿", "导入文档", "诊断", "关于")
ASKING = ("导入文档", "导出文本")
CHOSEN = 'D:\\绩效 2024\\玉田\'s “人大”\\绩效"文本".docx'
CHANGING = ("新增项目", "校验全部", "校验当前表", "规范指标值", "清除标记", "生成汇总", "支出曲线")


@pytest.fixture
def excel(addin: Path) -> Excel:
    excel = Excel(addin)
    excel.on_command = lambda command: None
    excel.chosen = CHOSEN
    return excel


def test_every_module_declares_its_variables_and_hides_what_is_no_worksheet_function() -> None:
    for text in (*SOURCES.modules.values(), SOURCES.book):
        assert "\nOption Explicit\n" in f"\n{text}"
    assert "\nOption Private Module\n" in SOURCES.modules["JXHelp"]
    functions = [line for line in SOURCES.modules["JXRibbon"].splitlines() if line.startswith("Public Function")]
    assert functions == []


def test_every_text_that_vba_asks_for_is_there_and_every_text_is_asked_for() -> None:
    asked = re.findall(r'(?:JXSay|JXConfirmed\(|JXText\(|Filled\() ?"(\w+)"', "".join(SOURCES.modules.values()))
    assert set(asked) == set(SOURCES.texts)


@pytest.mark.parametrize("label", [label for label in ACTIONS if label not in WITHOUT_WORKBOOK])
def test_without_a_workbook_a_button_says_what_to_do(excel: Excel, label: str) -> None:
    excel.press(ACTIONS[label])
    assert (excel.told, excel.commands, excel.killed) == ([SOURCES.texts["no_workbook"]], [], 0)
    assert excel.app.dialogs[0][2] == "绩效助手"


@pytest.mark.parametrize("label", WITHOUT_WORKBOOK)
def test_what_needs_no_workbook_works_without_one_and_leaves_none_behind(excel: Excel, label: str) -> None:
    seen: list[list[str]] = []
    excel.on_command = lambda command: seen.append(excel.names_of_books)
    before = excel.names_of_books
    excel.press(ACTIONS[label])
    assert (len(excel.commands), excel.told) == (1, [])
    assert len(seen[0]) == len(before) + 1
    assert excel.names_of_books == before


@pytest.mark.parametrize("label", ACTIONS)
@pytest.mark.parametrize("gone", sorted(NEEDED))
def test_a_program_that_vanished_is_named_with_what_to_do(addin: Path, sheet: Path, label: str, gone: str) -> None:
    excel = Excel(addin, disk=NEEDED - {gone})
    excel.open(sheet)
    excel.press(ACTIONS[label])
    assert excel.commands == []
    assert len(excel.told) == 1
    assert gone in excel.told[0]
    assert str(excel.book.vba_get("FullName")) in excel.told[0]
    assert "请重新安装绩效助手" in excel.told[0]


@pytest.mark.parametrize("label", CHANGING)
def test_a_read_only_workbook_is_changed_only_if_the_user_wants_it(excel: Excel, sheet: Path, label: str) -> None:
    excel.open(sheet, read_only=True)
    excel.app.answer_dialogs(2, 1)  # cancel, then OK
    excel.press(ACTIONS[label])
    assert excel.commands == []
    assert "“函数.xlsx”是以只读方式打开的" in excel.told[0]
    excel.press(ACTIONS[label])
    assert len(excel.commands) == 1


@pytest.mark.parametrize("label", sorted(ACTIONS.keys() - set(CHANGING)))
def test_what_changes_nothing_asks_nothing_of_a_read_only_workbook(excel: Excel, sheet: Path, label: str) -> None:
    excel.open(sheet, read_only=True)
    excel.press(ACTIONS[label])
    assert [text for text in excel.told if text != SOURCES.texts["restarted"]] == []
    assert len(excel.commands) + excel.killed == 1


def test_an_error_before_python_runs_is_told_in_chinese(excel: Excel, sheet: Path) -> None:
    excel.open(sheet)
    excel.dll_error = "Could not load xlwings64.dll"
    for label in ("校验全部", "重启"):
        excel.press(ACTIONS[label])
    told = SOURCES.texts["failed"].replace("{1}", "Could not load xlwings64.dll")
    assert (excel.told, excel.recalculated) == ([told, told], 0)


# the dialogs that ask for a file


@pytest.mark.parametrize("label", ASKING)
def test_a_cancelled_dialog_does_nothing(excel: Excel, sheet: Path, label: str) -> None:
    excel.chosen = False
    excel.open(sheet)
    excel.press(ACTIONS[label])
    assert (len(excel.asked), excel.commands, excel.told) == (1, [], [])


def test_a_cancelled_import_leaves_no_workbook_behind(excel: Excel) -> None:
    excel.chosen = False
    before = excel.names_of_books
    excel.press(ACTIONS["导入文档"])
    assert (excel.commands, excel.told, excel.names_of_books) == ([], [], before)


@pytest.mark.parametrize(("label", "macro"), [("导入文档", "import_document"), ("导出文本", "export_document")])
def test_the_chosen_path_reaches_python_whole(excel: Excel, sheet: Path, label: str, macro: str) -> None:
    excel.open(sheet)
    excel.press(ACTIONS[label])
    paths: list[str] = []
    exec(excel.commands[0].replace(f"import macros; macros.{macro}", "told"), {"told": paths.append})
    assert paths == [CHOSEN]


def kinds(file_filter: str) -> dict[str, set[str]]:
    """What Excel makes of it: a text and its patterns, in turn, between commas."""
    parts = file_filter.split(",")
    return dict(zip(parts[::2], [set(patterns.split(";")) for patterns in parts[1::2]], strict=True))


def test_the_import_asks_for_the_kinds_of_documents_that_are_read(excel: Excel) -> None:
    excel.press(ACTIONS["导入文档"])
    (asked,) = excel.asked
    (name, patterns), everything = kinds(asked["FileFilter"]).items()
    assert patterns == {"*.docx", "*.doc", "*.wps", "*.html", "*.htm", "*.txt"}
    assert all(pattern in name for pattern in patterns)
    assert everything[1] == {"*.*"}
    assert asked["Title"] == SOURCES.texts["import_title"]


def test_the_export_offers_every_kind_and_a_name_beside_the_workbook(excel: Excel, sheet: Path) -> None:
    excel.open(sheet)
    excel.press(ACTIONS["导出文本"])
    (asked,) = excel.asked
    assert list(kinds(asked["FileFilter"]).values()) == [{"*.docx"}, {"*.txt"}, {"*.xlsx"}]
    assert asked["InitialFilename"] == f"{sheet.parent}\\部门预算绩效文本.docx"


@pytest.mark.parametrize("folder", ["", "https://example.sharepoint.com/sites/预算"])
def test_a_workbook_that_is_not_on_the_disk_suggests_no_folder(excel: Excel, sheet: Path, folder: str) -> None:
    excel.open(sheet).path = folder
    excel.press(ACTIONS["导出文本"])
    assert excel.asked[0]["InitialFilename"] == "部门预算绩效文本.docx"


@pytest.mark.parametrize("label", ASKING)
def test_a_dialog_that_excel_refuses_is_told_in_chinese(excel: Excel, sheet: Path, label: str) -> None:
    excel.refuses_dialogs = "Method failed"
    excel.open(sheet)
    excel.press(ACTIONS[label])
    assert (excel.told, excel.commands) == ([SOURCES.texts["failed"].replace("{1}", "Method failed")], [])


@pytest.mark.parametrize("label", ASKING)
def test_nobody_is_asked_for_a_file_that_cannot_be_used(addin: Path, sheet: Path, label: str) -> None:
    excel = Excel(addin, disk=())
    excel.open(sheet)
    excel.press(ACTIONS[label])
    assert (len(excel.told), excel.asked) == (1, [])


# what a workbook must not be able to do


@pytest.mark.parametrize("name", ["xlwings", "myaddin", "jixiao", "绩效助手", "jixiao_7f3b"])
def test_a_workbook_with_settings_of_its_own_does_not_change_the_interpreter(
    excel: Excel, tmp_path: Path, name: str
) -> None:
    excel.open(hostile_workbook(tmp_path, f"{name}.conf"))
    assert excel.call("GetConfig", "INTERPRETER_WIN") == PYTHON
    assert excel.call("GetConfig", "PYTHONPATH") == FOLDER
    assert excel.call("GetConfig", "ADD_WORKBOOK_TO_PYTHONPATH") == "False"


def test_the_name_of_the_settings_is_all_that_keeps_a_workbook_out(excel: Excel, tmp_path: Path) -> None:
    """Which is why it is made anew for every installation: see test_build."""
    excel.open(hostile_workbook(tmp_path, f"{PROJECT_NAME}.conf"))
    assert excel.call("GetConfig", "INTERPRETER_WIN") == "C:\\evil.exe"


def hostile_workbook(folder: Path, sheet: str) -> Path:
    book = openpyxl.Workbook()
    own = book.create_sheet(sheet)
    for row in (("INTERPRETER_WIN", "C:\\evil.exe"), ("PYTHONPATH", "C:\\evil"), ("USE UDF SERVER", "False")):
        own.append(row)
    book.save(folder / "收到的.xlsx")
    return folder / "收到的.xlsx"


def test_settings_may_name_folders_by_variables(sheet: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlam"
    told = settings_for(r"%LOCALAPPDATA%\python.exe", r"%LOCALAPPDATA%\app")
    build_addin(path, settings=told)
    excel = Excel(path, disk={told["INTERPRETER_WIN"], rf"{told['PYTHONPATH']}\macros.py"})
    excel.on_command = lambda command: None
    excel.open(sheet)
    excel.press(ACTIONS["关于"])
    assert excel.commands == ["import macros; macros.about()"]


# worksheet functions


def test_the_help_of_every_function_is_registered_in_chinese_when_the_add_in_opens(excel: Excel) -> None:
    excel.start()
    functions = wrappers_of(shipped("udfs.py")).functions
    assert excel.registered == [
        {
            "macro": f"'{excel.book.vba_get('Name')}'!{function.name}",
            "description": function.description,
            "category": "绩效助手",
            "arguments": list(function.arguments),
        }
        for function in functions
    ]
    assert excel.book.vba_get("Saved") is True
    assert excel.later == []


def test_help_that_excel_refuses_at_first_is_registered_a_little_later_and_once_only(excel: Excel) -> None:
    excel.refuses_help = True
    excel.start()
    assert (excel.registered, excel.told) == ([], [])
    name = str(excel.book.vba_get("Name"))
    assert excel.later == [f"'{name}'!JXRegisterAgain"]
    excel.app.run("JXRegisterAgain")
    assert (len(excel.later), excel.told) == (1, [])
    excel.refuses_help = False
    excel.app.run("JXRegisterAgain")
    assert len(excel.registered) == len(wrappers_of(shipped("udfs.py")).functions)


def test_a_function_that_fails_shows_an_error_value_and_the_diagnosis_gets_the_reason(
    excel: Excel, sheet: Path
) -> None:
    reason = "“预算数”填的'x'\n不是 \\ 金额"

    def fails(module: str, function: str, arguments: list[object]) -> object:
        raise ValueError(reason)

    excel.open(sheet)
    excel.on_function = fails
    assert str(excel.call("JXVER")) == NOT_AVAILABLE
    diagnosed: list[tuple[str, str]] = []
    excel.on_command = lambda command: exec(
        command.replace("import macros; macros.diagnose", "told"), {"told": lambda *about: diagnosed.append(about)}
    )
    excel.press(ACTIONS["诊断"])
    assert diagnosed == [(str(excel.book.vba_get("FullName")), f"ValueError: {reason}")]
    excel.press(ACTIONS["重启"])
    excel.press(ACTIONS["诊断"])
    assert diagnosed[1][1] == ""


def test_what_goes_to_python_is_ascii(excel: Excel, sheet: Path) -> None:
    excel.open(sheet)
    for action in ACTIONS.values():
        excel.press(action)
    assert len(excel.commands) == len(ACTIONS) - 1
    assert all(command.isascii() for command in excel.commands)
