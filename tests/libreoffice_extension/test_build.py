"""The extension's file: what is in it, and that the builder refuses what would not work."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from jixiao import __version__
from jixiao.addin import AddinProblem
from jixiao.addin.buttons import EXCEL_ALONE, button_groups
from jixiao.addin.ribbon import read_ribbon
from jixiao.addin.sources import Sources, read_sources
from jixiao.cli import main
from jixiao.libreoffice import LibreOfficeProblem, choosing
from jixiao.libreoffice.build import build_extension, extension_bytes, extension_parts
from jixiao.libreoffice.checks import problems
from jixiao.libreoffice.configuration import PROTOCOL

OOR = "{http://openoffice.org/2001/registry}"
Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def parts() -> Parts:
    return extension_parts(read_sources())


def shown(parts: Parts, place: str) -> list[tuple[str, str]]:
    """The title and command of every button or menu item, in the order of the screen."""
    root = ElementTree.fromstring(parts["Addons.xcu"])
    top = next(node for node in root.iter("node") if node.get(f"{OOR}name") == place)
    items = [node for node in top.iter("node") if (node.get(f"{OOR}name") or "").startswith("m0")]
    return [(prop(item, "Title"), prop(item, "URL")) for item in items]


def prop(node: ElementTree.Element, name: str) -> str:
    found = (own for own in node.findall("prop") if own.get(f"{OOR}name") == name)
    return next((own.findtext("value") or "" for own in found), "")


@pytest.mark.parametrize("place", ["OfficeToolBar", "OfficeMenuBar"])
def test_toolbar_and_menu_show_the_buttons_of_the_ribbon_in_its_order(parts: Parts, place: str) -> None:
    labels = [button.label for button in read_ribbon(read_sources().ribbon).buttons]
    items = [title for title, url in shown(parts, place) if url != "private:separator"]
    assert items == [label for label in labels if label not in EXCEL_ALONE]
    assert EXCEL_ALONE.keys() <= set(labels) and all(EXCEL_ALONE.values())


def test_a_line_stands_between_two_groups(parts: Parts) -> None:
    texts = "|".join(title or "—" for title, _ in shown(parts, "OfficeToolBar"))
    assert texts == (
        "新建部门工作簿|导入文档|新增项目|—|校验全部|校验当前表|规范指标值|清除标记|—|生成汇总|支出曲线|—|导出文本|—|"
        "规则说明|设置|诊断|关于"
    )


def test_a_button_starts_the_macro_that_its_twin_in_excel_starts(parts: Parts) -> None:
    commands = dict(shown(parts, "OfficeToolBar"))
    assert commands["校验全部"] == f"{PROTOCOL}validate"
    assert commands["生成汇总"] == f"{PROTOCOL}build_summary"
    assert commands["诊断"] == f"{PROTOCOL}diagnose"
    assert commands["导入文档"] == f"{PROTOCOL}import_document"
    assert commands["导出文本"] == f"{PROTOCOL}export_document"


def with_ribbon_code(before: str, after: str) -> Sources:
    sources = read_sources()
    assert before in sources.modules["JXRibbon"]
    code = sources.modules["JXRibbon"].replace(before, after)
    return replace(sources, modules={**sources.modules, "JXRibbon": code})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    If Not Ready() Then Exit Sub\n    #If Mac", "    Dim other As String\n    #If Mac"),
        ("    If VarType(chosen)", '    \' was: "save("\n    If VarType(chosen)'),
    ],
)
def test_a_macro_is_found_wherever_its_procedure_names_it(before: str, after: str) -> None:
    assert button_groups(with_ribbon_code(before, after)) == button_groups(read_sources())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('RunAnywhere "about()"', "AboutIt", "按钮“关于”的过程 JXRibbon.About 应写明一个 Python 宏，现在一个也没有"),
        ('"validate()"', '"validate(); macros.about()": RunMacro "about()"', "现在写了 about、validate"),
        ("Public Sub ClearMarks(", "Public Sub ClearAll(", "按钮“清除标记”的过程 JXRibbon.ClearMarks"),
    ],
)
def test_a_button_whose_macro_cannot_be_told_stops_the_builder(before: str, after: str, told: str) -> None:
    with pytest.raises(AddinProblem, match=told):
        extension_parts(with_ribbon_code(before, after))


def test_the_dialogs_offer_the_types_of_those_in_excel() -> None:
    texts = read_sources().texts
    assert dict(choosing.filters(texts["export_filter"])) == {
        "Word 文档 (*.docx)": "*.docx", "文本文件 (*.txt)": "*.txt", "一体化系统导入表 (*.xlsx)": "*.xlsx"
    }  # fmt: skip
    assert [endings for _, endings in choosing.filters(texts["import_filter"])] == [
        "*.docx;*.doc;*.wps;*.html;*.htm;*.txt", "*.*"
    ]  # fmt: skip


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.oxt", "b.oxt"):
        build_extension(tmp_path / name)
    assert (tmp_path / "a.oxt").read_bytes() == (tmp_path / "b.oxt").read_bytes()


def test_the_file_holds_exactly_the_parts_and_says_its_version(parts: Parts) -> None:
    with ZipFile(io.BytesIO(extension_bytes())) as package:
        assert {name: package.read(name) for name in package.namelist()} == parts
    assert f'<version value="{__version__}" />'.encode() in parts["description.xml"]


def test_nothing_is_wrong_with_the_extension(parts: Parts) -> None:
    assert problems(parts) == []


def changed(name: str, before: str, after: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        assert before in parts[name].decode()
        return {**parts, name: parts[name].decode().replace(before, after).encode()}

    return change


MACROS = "pythonpath/jixiao/_shipped/macros.py"


@pytest.fixture(scope="module")
def own_parts(parts: Parts) -> Parts:
    """Without the hundreds of modules that come along, which take long to check."""
    return {name: content for name, content in parts.items() if name == MACROS or not name.startswith("pythonpath/")}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (changed("Addons.xcu", "run:validate<", "run:verify<"), "按钮要运行的 verify 在 macros.py 里没有"),
        (changed("Addons.xcu", "org.jixiao.run", "org.jixiao.walk"), "没有按钮"),
        (changed(MACROS, "def about()", "def about(what)"), "按钮要运行的 about 在 macros.py 里没有"),
        (changed(MACROS, "def about()", "def about("), "macros.py 不是有效的 Python"),
        (changed("CalcWindowState.xcu", "xs:int", "xs:short"), "DockingArea 有不认识的类型 xs:short"),
        (changed("CalcWindowState.xcu", "true", "yes"), "Visible 的值不符合类型 xs:boolean"),
        (changed("ProtocolHandler.xcu", ".run:*", ".run"), "没有登记按钮的命令"),
        (
            changed("component.py", '"org.jixiao.Handler"', '"org.jixiao.Other"'),
            "component.py 里没有 org.jixiao.Handler",
        ),
        (changed("META-INF/manifest.xml", "Addons.xcu", "Adons.xcu"), "清单里的 Adons.xcu 不在扩展里"),
        (changed("META-INF/manifest.xml", "Addons.xcu", "Adons.xcu"), "Addons.xcu 不在清单里"),
        (changed("description.xml", "</description>", ""), "description.xml 不是有效的 XML"),
        (lambda parts: {**parts, "pythonpath/a.so": b""}, "pythonpath/a.so 是编译过的文件"),
        (lambda parts: {**parts, "pythonpath/a": b"\x7fELF..."}, "pythonpath/a 是编译过的文件"),
        (lambda parts: {name: parts[name] for name in parts if name != "Addons.xcu"}, "缺少文件 Addons.xcu"),
    ],
)
def test_what_would_not_work_is_told(own_parts: Parts, change: Callable[[Parts], Parts], told: str) -> None:
    assert problems(own_parts) == []
    assert told in "；".join(problems(change(own_parts)))


def test_the_builder_refuses_a_button_whose_macro_is_gone() -> None:
    sources = read_sources()
    ribbon = sources.modules["JXRibbon"].replace('"validate()"', '"verify()"')
    broken = type(sources)(sources.ribbon, {**sources.modules, "JXRibbon": ribbon}, sources.book, sources.texts)
    with pytest.raises(LibreOfficeProblem, match=r"扩展有 \d 处错误：.*verify"):
        extension_bytes(broken)


def test_the_command_line_builds_and_refuses_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["libreoffice", "build", "-o", str(tmp_path / "jixiao.oxt")]) == 0
    assert (tmp_path / "jixiao.oxt").stat().st_size < 1_500_000
    assert main(["libreoffice", "build", "-o", str(tmp_path / "jixiao.zip")]) == 2
    assert main(["libreoffice", "build", "-o", str(tmp_path / "none" / "jixiao.oxt")]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "jixiao：扩展的文件名应以 .oxt 结尾，现在是 jixiao.zip"
    assert len(told) == 2 and "文件夹不存在" in told[1]
