"""Breaking one thing at a time: the lint or the walk along the chain reports every one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.addin.build import addin_bytes, vba_modules
from jixiao.addin.ribbon import problems
from jixiao.addin.settings import settings_for
from jixiao.addin.sources import Sources, read_sources
from jixiao.addin.wrappers import Wrappers, wrappers_of
from jixiao.shipped import shipped
from tests.addin.chain import button_faults, function_faults
from tests.addin.excel import FOLDER, PYTHON

SOURCES, WRAPPERS = read_sources(), wrappers_of(shipped("udfs.py"))


def built(folder: Path, sources: Sources = SOURCES, wrappers: Wrappers = WRAPPERS) -> Path:
    path = folder / "broken.xlam"
    path.write_bytes(addin_bytes(settings_for(PYTHON, FOLDER), "jixiao_x", sources, wrappers))
    return path


def replaced(text: str, before: str, after: str) -> str:
    assert text.count(before) == 1, before
    return text.replace(before, after)


def with_module(name: str, before: str, after: str) -> Sources:
    modules: Mapping[str, str] = SOURCES.modules
    return replace(SOURCES, modules={**modules, name: replaced(modules[name], before, after)})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('onAction="JXRibbon.Validate"', 'onAction="JXRibbon.Validates"'),
        ('onAction="JXRibbon.Validate"', 'onAction="JXHelp.Validate"'),
    ],
)
def test_a_callback_name_broken_in_the_ribbon_is_reported(before: str, after: str) -> None:
    ribbon = replaced(SOURCES.ribbon, before, after)
    assert len(problems(ribbon, vba_modules("x", SOURCES, WRAPPERS))) == 1


def test_a_callback_renamed_in_vba_is_reported() -> None:
    broken = with_module("JXRibbon", "Public Sub Validate(", "Public Sub ValidateAll(")
    assert len(problems(broken.ribbon, vba_modules("x", broken, WRAPPERS))) == 1


@pytest.mark.parametrize(
    ("label", "module", "before", "after"),
    [
        ("清除标记", "JXRibbon", 'ChangeBook "clear_marks()"', 'ChangeBook "clear_mark()"'),
        ("清除标记", "JXRibbon", 'ChangeBook "clear_marks()"', 'ChangeBook "validate()"'),
        ("设置", "JXRibbon", 'RunMacro "show_settings()"', 'RunMacro "show_settings("'),
        ("关于", "JXRibbon", 'RunPython "import macros; macros."', 'RunPython "import macro; macro."'),
        ("关于", "JXRibbon", 'GetConfig("PYTHONPATH") & "\\macros.py"', 'GetConfig("PYTHONPATH") & "\\macro.py"'),
        ("重启", "JXRibbon", "    KillPy\n", ""),
        ("重启", "JXHelp", 'Worksheets("texts")', 'Worksheets("text")'),
        ("导入文档", "JXRibbon", 'RunAnywhere "import_document("', 'RunAnywhere "export_document("'),
        ("导入文档", "JXRibbon", "= vbString Then RunAnywhere", "= vbBoolean Then RunAnywhere"),
        ("导入文档", "JXRibbon", "Application.GetOpenFilename(FileFilter", "Application.GetSaveAsFilename(FileFilters"),
        ("导出文本", "JXRibbon", 'RunMacro "export_document("', 'RunMacro "import_document("'),
        ("导出文本", "JXRibbon", "= vbString Then RunMacro", "= vbBoolean Then RunMacro"),
        ("导出文本", "JXRibbon", "position = 1 To Len(text)", "position = 2 To Len(text)"),
        ("诊断", "JXRibbon", 'PythonText = "\'"\n', 'PythonText = ""\n'),
    ],
)
def test_a_button_that_does_something_else_is_reported(
    tmp_path: Path, workbook: Path, label: str, module: str, before: str, after: str
) -> None:
    addin = built(tmp_path, with_module(module, before, after))
    assert len(button_faults(addin, workbook, tmp_path, only=[label])) == 1


def test_two_callbacks_changed_for_each_other_are_reported(tmp_path: Path, workbook: Path) -> None:
    text = SOURCES.ribbon.replace("JXRibbon.ShowSettings", "@@").replace("JXRibbon.About", "JXRibbon.ShowSettings")
    addin = built(tmp_path, replace(SOURCES, ribbon=text.replace("@@", "JXRibbon.About")))
    assert len(button_faults(addin, workbook, tmp_path, only=["设置", "关于"])) == 2


def changed(before: str, after: str) -> Callable[[str], str]:
    return lambda text: text.replace(before, after)


@pytest.mark.parametrize(
    ("function", "change"),
    [
        ("JXPLAN", changed("Array(budget, shares, node)", "Array(shares, budget, node)")),
        ("JXPLAN", changed("Function JXPLAN(budget, shares, node)", "Function JXPLAN(node, shares, budget)")),
        ("JXCODE", changed('"udfs", "JXCODE"', '"udfs", "JXNORM"')),
        ("JXVER", changed('"udfs", "JXVER"', '"udf", "JXVER"')),
        ("JXNORM", changed("Function JXNORM(", "Function JXNORMAL(")),
        ("JXCURVE", changed("JXCURVE = JXFailed(Err.Description)", "JXCURVE = Err.Description")),
        ("JXCHECK", changed("Array(level1, level2,", "Array(level2, level1,")),
        ("JXVALUE", changed("Array(text, part)", "Array(part, text)")),
        ("JXPLAN", changed("On Error GoTo failed", "On Error Resume Next")),
    ],
)
def test_a_broken_wrapper_is_reported(tmp_path: Path, sheet: Path, function: str, change: Callable[[str], str]) -> None:
    text = change(WRAPPERS.text)
    assert text != WRAPPERS.text
    faults = function_faults(built(tmp_path, wrappers=replace(WRAPPERS, text=text)), sheet)
    assert any(fault.startswith(function) for fault in faults), faults


def test_a_function_with_its_arguments_in_another_order_is_reported(
    tmp_path: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shipped("udfs.py").read_text("utf-8")
    (tmp_path / "udfs.py").write_text(
        replaced(text, "functions.node_amount(budget, shares, node)", "functions.node_amount(node, shares, budget)"),
        "utf-8",
    )
    monkeypatch.setattr("tests.addin.chain.ROOT", tmp_path)
    faults = function_faults(built(tmp_path), sheet)
    assert [fault.partition("(")[0] for fault in faults] == ["JXPLAN", "JXPLAN"]
