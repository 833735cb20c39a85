"""What is not built, and that each refusal is one Chinese sentence that leaves nothing behind."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import xlwings
from pyopenvba.apps.excel import ExcelApplication

from jixiao import cli
from jixiao import shipped as places
from jixiao.addin import AddinProblem
from jixiao.addin.build import addin_bytes, build_addin
from jixiao.addin.sources import read_sources
from jixiao.addin.wrappers import wrappers_of
from jixiao.shipped import shipped

UDFS = shipped("udfs.py")


@pytest.mark.parametrize("name", ["7up", "绩效", "a b", "x" * 25, "a.b"])
def test_a_name_that_is_no_name_of_a_sheet_and_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(AddinProblem, match="项目名"):
        build_addin(tmp_path / "a.xlam", project_name=name)
    assert list(tmp_path.iterdir()) == []


def test_a_ribbon_with_a_fault_is_not_built() -> None:
    sources = read_sources()
    broken = replace(sources, ribbon=sources.ribbon.replace("JXRibbon.Validate", "JXRibbon.Valdate"))
    with pytest.raises(AddinProblem, match="Valdate"):
        addin_bytes({}, "a", broken, wrappers_of(UDFS))


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("JXHelp.bas", 'Attribute VB_Name = "JXHelp"\n\' 注释\n', "JXHelp.bas 第 2 行有非 ASCII 字符"),
        ("JXHelp.bas", "Option Explicit\n", 'JXHelp.bas 的第一行应为 Attribute VB_Name = "JXHelp"'),
        ("ThisWorkbook.cls", "MsgBox “”\n", "ThisWorkbook.cls 第 1 行有非 ASCII 字符"),
        ("texts.toml", None, "读不了加载项源文件"),
    ],
)
def test_a_source_that_cannot_be_built_is_named(tmp_path: Path, file: str, text: str | None, told: str) -> None:
    for path in shipped("addin").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    if text is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(AddinProblem, match=told):
        read_sources(tmp_path)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('def F(a):\n    """说明。"""\n', "函数 F 缺少中文说明（a）"),
        ("def F():\n    pass\n", "函数 F 缺少中文说明（函数本身）"),
        (f'def F():\n    """{"长" * 256}"""\n', "函数 F 的说明超过 255 个字符"),
        ('def 函数():\n    """说明。"""\n', "与预期不符"),
    ],
)
def test_a_function_without_proper_help_is_named(tmp_path: Path, code: str, told: str) -> None:
    path = tmp_path / "own.py"
    path.write_text(f"import xlwings as xw\n\n@xw.func\n{code}", "utf-8")
    with pytest.raises(AddinProblem, match=re.escape(told)):
        wrappers_of(path)


def test_generating_leaves_xlwings_and_the_modules_as_they_were() -> None:
    before = (xlwings.func, xlwings.arg, sys.modules.get("xlwings.udfs"), sys.modules.get("pythoncom"))
    wrappers_of(UDFS)
    assert (xlwings.func, xlwings.arg, sys.modules.get("xlwings.udfs"), sys.modules.get("pythoncom")) == before


def test_the_command_builds_a_file_for_the_python_that_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "绩效助手.xlam"
    assert cli.main(["addin", "build", "-o", str(out), "--project-name", "jixiao_cli"]) == 0
    settings = ExcelApplication.open(out, with_vba=False).sheet("jixiao_cli.conf")
    told = {str(key): value for key, value in settings.rows()}
    assert Path(str(told["INTERPRETER_WIN"])).is_file()
    assert (Path(str(told["PYTHONPATH"])) / "macros.py").is_file()
    assert f"已生成 {out}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("out", "told"),
    [("没有/绩效助手.xlam", "无法写入"), ("绩效助手.xlsm", "应以 .xlam 结尾"), ("file/绩效助手.xlam", "无法写入")],
)
def test_a_place_that_does_not_do_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, told: str
) -> None:
    (tmp_path / "file").write_text("")
    assert cli.main(["addin", "build", "-o", str(tmp_path / out)]) == 2
    assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "a.xlam"
    folder.mkdir()
    (folder / "keep").write_text("")
    with pytest.raises(AddinProblem, match="无法写入"):
        build_addin(folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["a.xlam", "keep"]


def test_an_installation_without_the_sources_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(places, "_FOLDERS", (tmp_path, tmp_path))
    assert cli.main(["addin", "build", "-o", str(tmp_path / "a.xlam")]) == 2
    assert "安装不完整，缺少“macros.py”" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
