"""What the extension carries, of ours and of others, and that it does without all else."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from jixiao import shipped as shipped_files
from jixiao.addin.sources import read_sources
from jixiao.libreoffice import LibreOfficeProblem, packages
from jixiao.libreoffice.build import extension_bytes, extension_parts
from jixiao.shipped import shipped
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.reader import read_workbook

CARRIED = {"xlwings", "rapidfuzz", "openpyxl", "et_xmlfile"}
# Imported only when such a document is read; without lxml that is refused in a sentence.
READS_MARKUP = re.compile(r"jixiao\.documents\.reading\.(?:word_|web_page$|web_walk$|old_word$)")

PUBLISHED = Path(shipped_files.__file__).parent / "sample" / "yutian-2024.txt"
NO_LXML = (
    "读取 Word 文档和网页要用组件 lxml，这里的 Python 没有；请管理员安装软件包 python3-lxml，再重新启动本程序；"
    "或用命令行 jixiao import；或改选纯文本（.txt）文件，其中表格各列之间须是制表符。"
)

Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def parts() -> Parts:
    return extension_parts(read_sources())


def test_nothing_compiled_and_nothing_that_is_not_free_is_carried(parts: Parts) -> None:
    assert not [name for name in parts if name.endswith(packages.COMPILED)]
    assert not [name for name in parts if "/pro/" in name or "LICENSE_PRO" in name]
    licences = [name for name in parts if "LICENSE" in name or "LICENCE" in name]
    assert {name.split("/")[1].split("-")[0] for name in licences} == CARRIED
    assert b"BSD 3-clause" in next(parts[name] for name in licences if "xlwings" in name)


def test_the_program_is_carried_without_its_other_hosts_and_their_packages(parts: Parts) -> None:
    own = [name for name in parts if name.startswith("pythonpath/jixiao/")]
    assert "pythonpath/jixiao/rules/pages.py" in own  # imported only when it is asked for
    assert "pythonpath/jixiao/documents/writing/word_out.py" in own
    assert "pythonpath/jixiao/profiles/common.toml" in own
    assert not [name for name in own if name.split("/")[2] in ("addin", "report", "sample", "cli.py", "files.py")]
    assert not [name for name in own if name.startswith("pythonpath/jixiao/engine/file")]


def test_at_the_start_only_what_is_carried_is_imported(parts: Parts) -> None:
    there = {"jixiao", "uno", "com", "unohelper"} | CARRIED
    for name, content in own_modules(parts).items():
        wanted = there | ({"lxml"} if READS_MARKUP.match(name) else set())
        assert {module.split(".")[0] for module in imported_at_start(content)} <= wanted, name


def test_only_what_reads_markup_needs_lxml_and_nothing_else_imports_it_at_the_start(parts: Parts) -> None:
    modules = {name: set(imported_at_start(content)) for name, content in own_modules(parts).items()}
    needing, found = {"lxml"}, {"lxml"}
    while found:
        found = {name for name, imported in modules.items() if imported & needing} - needing
        needing |= found
    assert needing - {"lxml"} == {name for name in modules if READS_MARKUP.match(name)}


def own_modules(parts: Parts) -> dict[str, bytes]:
    """The modules of the program by the names they are imported by."""
    top, end = "pythonpath/", ".py"
    names = [name for name in parts if name.startswith(f"{top}jixiao/") and name.endswith(end)]
    return {name[len(top) : -len(end)].replace("/", ".").removesuffix(".__init__"): parts[name] for name in names}


def imported_at_start(source: bytes) -> list[str]:
    """The modules that are not Python's own, by the imports that stand at the beginning of a line."""
    names: list[str] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    known = {"lxml.etree": "lxml"}
    return [known.get(name, name) for name in names if name.split(".")[0] not in sys.stdlib_module_names]


ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from datetime import date
from pathlib import Path
from jixiao import importing
from jixiao.documents.source import CannotImport
from jixiao.documents.writing.system_columns import write_system_rows
from jixiao.documents.writing.text_out import write_text
from jixiao.documents.writing.word_out import write_word
from jixiao.rules.runner import profile_of

folder = Path(sys.argv[2])
department = importing.import_document(folder / "文本.txt").imported.department
for write, name in ((write_word, "新.docx"), (write_text, "新.txt"), (write_system_rows, "系统.xlsx")):
    write(department, profile_of(department), folder / name, today=date(2024, 1, 1))
for name in ("新.docx", "网页.html", "旧.doc"):
    try:
        importing.import_document(folder / name)
    except CannotImport as problem:
        print(problem)
"""


def test_without_any_other_package_a_text_is_read_and_everything_written(parts: Parts, tmp_path: Path) -> None:
    with ZipFile(io.BytesIO(extension_bytes())) as package:
        package.extractall(tmp_path / "extension")
    (tmp_path / "文本.txt").write_bytes(PUBLISHED.read_bytes())
    (tmp_path / "网页.html").write_text("<html><table><tr><td>项目编码</td></tr></table></html>", "utf-8")
    (tmp_path / "旧.doc").write_bytes(b"{\\rtf1 text}")
    command = [
        sys.executable,
        "-I",
        "-S",
        "-X",
        "utf8",
        "-c",
        ALONE,
        str(tmp_path / "extension/pythonpath"),
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [f"无法读取“{name}”：{NO_LXML}" for name in ("新.docx", "网页.html", "旧.doc")]
    assert read_workbook(read_grids(tmp_path / "文本.xlsx")).department.projects[0].name == "代表之家联络站"
    assert {path.name for path in tmp_path.iterdir()} == {
        "extension", "文本.txt", "文本.xlsx", "新.docx", "新.txt", "系统.xlsx", "网页.html", "旧.doc"
    }  # fmt: skip


def test_a_component_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_OTHERS", {"no-such-package-anywhere": ("none", None)})
    with pytest.raises(LibreOfficeProblem, match="没有组件 no-such-package-anywhere"):
        packages.carried_files()


def test_the_macros_of_the_file_are_those_of_the_program(parts: Parts) -> None:
    for name in ("macros.py", "udfs.py"):
        assert parts[f"pythonpath/jixiao/_shipped/{name}"] == shipped(name).read_bytes()


def test_the_texts_of_the_dialogs_are_those_of_excel(parts: Parts) -> None:
    assert parts["pythonpath/jixiao/_shipped/addin/texts.toml"] == shipped("addin/texts.toml").read_bytes()
