"""The built file: its package, its VBA, its sheets, and what is refused."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import xlwings
from pyopenvba import check_file
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.cfb import CFB
from python_calamine import CalamineWorkbook

from jixiao.addin.build import build_addin, vba_modules
from jixiao.addin.settings import settings_for
from jixiao.addin.sources import read_sources
from jixiao.addin.wrappers import wrappers_of
from jixiao.shipped import shipped
from tests.addin.conftest import PROJECT_NAME
from tests.addin.excel import FOLDER, PYTHON

UDFS = shipped("udfs.py")
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@pytest.fixture(scope="module")
def parts(addin: Path) -> dict[str, bytes]:
    with ZipFile(addin) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(set(names)) == len(names)
        return {name: package.read(name) for name in names}


# the package


def test_the_file_passes_the_checker_and_the_loader(addin: Path) -> None:
    report = check_file(addin)
    assert (report.complete, report.issues) == (True, ())
    names = [sheet.name for sheet in ExcelApplication.open(addin, with_vba=False).sheets()]
    assert names == [f"{PROJECT_NAME}.conf", "texts", "functions"]


def test_every_part_is_known_and_every_relationship_leads_to_a_part(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    reached = set()
    for name in [name for name in parts if name.endswith(".rels")]:
        folder = PurePosixPath(name).parent.parent
        elements = ElementTree.fromstring(parts[name]).findall(RELATIONSHIP)
        ids = [element.get("Id") for element in elements]
        assert len(set(ids)) == len(ids)
        reached |= {str(folder / str(element.get("Target"))) for element in elements}
    assert reached == {name for name in parts if not name.endswith(".rels") and name != "[Content_Types].xml"}


def test_both_ribbons_are_there_under_their_relationships(parts: dict[str, bytes]) -> None:
    root = parts["_rels/.rels"].decode()
    ribbon = read_sources().ribbon
    for part, year, text in (
        ("customUI/customUI14.xml", "2007", ribbon),
        ("customUI/customUI.xml", "2006", ribbon.replace("2009/07/customui", "2006/01/customui")),
    ):
        kind = f"http://schemas.microsoft.com/office/{year}/relationships/ui/extensibility"
        assert re.search(f'Type="{kind}" Target="{part}"', root)
        assert parts[part].decode() == text


def test_nothing_tells_where_the_blank_file_came_from(parts: dict[str, bytes]) -> None:
    core = parts["docProps/core.xml"].decode()
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", core) == ["绩效助手"]
    assert "lastModifiedBy" not in core
    assert "部门预算绩效目标：填报、校验、汇总" in core
    assert "Sheet1" not in parts["docProps/app.xml"].decode()


# the same and not the same


def test_the_same_arguments_give_the_same_bytes(addin: Path, tmp_path: Path) -> None:
    again = tmp_path / addin.name
    build_addin(again, project_name=PROJECT_NAME, settings=settings_for(PYTHON, FOLDER))
    assert again.read_bytes() == addin.read_bytes()


def test_without_a_name_every_build_gets_one_that_nobody_can_guess(tmp_path: Path) -> None:
    names = [build_addin(tmp_path / f"{number}.xlam") for number in (1, 2)]
    assert names[0] != names[1]
    assert all(re.fullmatch(r"jixiao_[0-9a-f]{12}", name) for name in names)

    def without_name(number: int) -> dict[str, object]:
        path = tmp_path / f"{number}.xlam"
        with ZipFile(path) as package:
            contents = {name: package.read(name) for name in package.namelist() if name != "xl/vbaProject.bin"}
        plain = {name: content.replace(names[number - 1].encode(), b"") for name, content in contents.items()}
        texts = {name: text.replace(names[number - 1], "") for name, text in vba_of(path).items()}
        return {**plain, **texts}

    assert without_name(1) == without_name(2)


# the VBA


def vba_of(path: Path) -> dict[str, str]:
    """The modules as olevba reads them, without the attributes Excel keeps in front of the code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it uses old names of its parser's library
        from oletools.olevba import VBA_Parser
    parser = VBA_Parser(str(path))
    try:
        found = {str(name).rpartition(".")[0]: str(text) for *_, name, text in parser.extract_macros()}
    finally:
        parser.close()
    return {name: text.replace("\r\n", "\n") for name, text in found.items()}


def test_another_reader_finds_exactly_the_sources(addin: Path) -> None:
    sources = read_sources()
    expected = vba_modules(PROJECT_NAME, sources, wrappers_of(UDFS))
    found = vba_of(addin)
    assert found.keys() == {*expected, "ThisWorkbook", "Sheet1"}
    for name, text in expected.items():
        assert found[name].rstrip("\n") == text.rstrip("\n"), name
    code = [line for line in found["ThisWorkbook"].splitlines() if not line.startswith("Attribute ")]
    assert code == sources.book.splitlines()
    assert all(line.startswith("Attribute ") for line in found["Sheet1"].splitlines())


def test_all_vba_is_ascii(addin: Path) -> None:
    assert all(text.isascii() for text in vba_of(addin).values())


def test_excel_is_told_to_compile_the_text(parts: dict[str, bytes]) -> None:
    project = CFB.from_bytes(parts["xl/vbaProject.bin"])
    assert project.get_stream_in_storage("VBA", "_VBA_PROJECT") == bytes.fromhex("cc61ffff000000")
    declared = project.get_stream("PROJECT").decode().splitlines()
    assert "Document=ThisWorkbook/&H00000000" in declared
    modules = [line.removeprefix("Module=") for line in declared if line.startswith("Module=")]
    assert sorted(modules) == ["JXHelp", "JXRibbon", "xlwings", "xlwings_udfs"]


def test_xlwings_module_is_the_installed_one_but_for_the_name() -> None:
    original = (Path(xlwings.__file__).parent / "xlwings_custom_addin.bas").read_text("utf-8").splitlines()
    ours = vba_modules("jixiao_1", read_sources(), wrappers_of(UDFS))["xlwings"].splitlines()
    assert len(ours) == len(original)
    changed = [(old, new) for old, new in zip(original, ours, strict=True) if old != new]
    assert changed == [
        ('Public Const PROJECT_NAME As String = "myaddin"', 'Public Const PROJECT_NAME As String = "jixiao_1"')
    ]


def test_wrappers_are_xlwings_own_but_for_the_failing_line_of_each_function() -> None:
    wrappers = wrappers_of(UDFS)
    pairs = list(zip(wrappers.generated.splitlines(), wrappers.text.splitlines(), strict=True))
    changed = [(old.strip(), new.strip()) for old, new in pairs if old != new]
    names = [function.name for function in wrappers.functions]
    assert changed == [(f"{name} = Err.Description", f"{name} = JXFailed(Err.Description)") for name in names]


# the sheets


def rows(addin: Path, name: str) -> list[list[object]]:
    sheets = {sheet.name: sheet for sheet in ExcelApplication.open(addin, with_vba=False).sheets()}
    return sheets[name].rows()


def test_another_reader_of_workbooks_sees_the_same_cells(addin: Path) -> None:
    book = CalamineWorkbook.from_path(str(addin))
    for name in book.sheet_names:
        ours = [[cell or "" for cell in row] for row in rows(addin, name)]
        assert book.get_sheet_by_name(name).to_python() == ours


def test_the_settings_are_those_given_and_no_workbook_adds_to_the_path(addin: Path) -> None:
    told = dict(rows(addin, f"{PROJECT_NAME}.conf"))
    assert told == settings_for(PYTHON, FOLDER)
    assert (told["ADD_WORKBOOK_TO_PYTHONPATH"], told["USE UDF SERVER"]) == ("False", "True")


def test_the_texts_are_the_chinese_ones_of_the_sources(addin: Path) -> None:
    assert {str(row[0]): row[1] for row in rows(addin, "texts")} == read_sources().texts


def test_every_function_is_listed_with_help_for_each_argument(addin: Path) -> None:
    listed = {row[0]: [cell for cell in row[1:] if cell] for row in rows(addin, "functions")}
    for function in wrappers_of(UDFS).functions:
        assert listed[function.name] == [function.description, function.category, *function.arguments]
        assert function.category == "绩效助手"
        assert all(re.search("[一-鿿]", text) for text in (function.description, *function.arguments))


def test_columns_beyond_z_have_two_letters(tmp_path: Path) -> None:
    arguments = [f"a{number}" for number in range(30)]
    decorators = "".join(f'@xw.arg("{name}", doc="参数 {name}")\n' for name in arguments)
    code = f'import xlwings as xw\n\n@xw.func\n{decorators}def F({", ".join(arguments)}):\n    """说明。"""\n'
    own = tmp_path / "own.py"
    own.write_text(code, "utf-8")
    out = tmp_path / "a.xlam"
    build_addin(out, udfs=own)
    assert rows(out, "functions")[0][3:] == [f"参数 {name}" for name in arguments]
    assert ZipFile(io.BytesIO(out.read_bytes())).testzip() is None
