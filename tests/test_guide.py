"""The user guide: what it names exists, what exists it names, and its pictures are there and small."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from jixiao.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "guide.md").read_text("utf-8")
CHECKLIST = (DOCS / "windows-checklist.md").read_text("utf-8")
LIBREOFFICE = (DOCS / "libreoffice.md").read_text("utf-8")
LARGEST_PICTURE = 150_000


def buttons() -> list[ElementTree.Element]:
    root = ElementTree.parse(ROOT / "addin" / "customUI14.xml").getroot()
    return [element for element in root.iter() if element.tag.endswith("}button")]


def functions() -> list[ast.FunctionDef]:
    tree = ast.parse((ROOT / "udfs.py").read_text("utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.isupper()]


def test_every_button_is_explained() -> None:
    table = {cell.strip("* ") for line in GUIDE.splitlines() if line.startswith("|") for cell in line.split("|")[1:2]}
    assert {button.get("label") for button in buttons()} <= table
    assert f"{len(buttons())} 个按钮" in CHECKLIST


def test_every_function_is_explained_with_all_its_arguments() -> None:
    for function in functions():
        written = re.search(rf"`{function.name}\((.*?)\)`", GUIDE)
        assert written is not None, function.name
        assert len([name for name in written[1].split(", ") if name]) == len(function.args.args), function.name
    assert f"{len(functions())} 个函数" in CHECKLIST


def test_every_command_it_tells_exists() -> None:
    commands = set(re.findall(r"jixiao ((?:addin |libreoffice )?[a-z]+)", GUIDE + CHECKLIST + LIBREOFFICE))
    assert {"addin install", "addin bundle", "libreoffice install", "validate"} <= commands
    for command in commands:
        with pytest.raises(SystemExit) as left:
            main([*command.split(), "--help"])
        assert left.value.code == 0, command


def test_every_picture_is_there_and_small_and_shown() -> None:
    shown = set(re.findall(r"\]\(pictures/([\w-]+\.png)\)", GUIDE + LIBREOFFICE))
    there = {path.name: path.stat().st_size for path in (DOCS / "pictures").iterdir()}
    assert shown == set(there)
    assert max(there.values()) <= LARGEST_PICTURE


def test_every_icon_of_the_ribbon_has_its_drawing() -> None:
    drawing = (DOCS / "make_ribbon_picture.py").read_text("utf-8")
    assert [button.get("imageMso") for button in buttons() if f'"{button.get("imageMso")}": ' not in drawing] == []


def test_every_link_leads_somewhere() -> None:
    for text in (GUIDE, CHECKLIST, LIBREOFFICE):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (DOCS / target).exists(), target


def test_it_says_what_has_not_been_tried() -> None:
    assert "没有在真实环境里运行过" in GUIDE
    assert "不是 Excel 的截图" in GUIDE
