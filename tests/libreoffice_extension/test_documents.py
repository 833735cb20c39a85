"""导入文档 and 导出文本 in a LibreOffice without a window that has lxml; what they say is seen in test_click.py."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from jixiao import exporting, importing, shipped
from jixiao.engine.libreoffice import Office, open_book
from jixiao.engine.libreoffice.access import properties
from jixiao.model.records import Department
from jixiao.sample import real_department
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.reader import read_workbook
from tests import workbooks
from tests.libreoffice_extension.commands import dispatch
from tests.libreoffice_extension.hosts import Place

pytestmark = pytest.mark.libreoffice

PUBLISHED = Path(shipped.__file__).parent / "sample" / "yutian-2024.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the documents are; the workbook lies elsewhere."""
    folder = tmp_path / "去年 的文本"
    folder.mkdir()
    return folder


@pytest.fixture
def unchanged(book: xw.Book, installed: Place) -> Iterator[xw.Book]:
    """The open workbook, which is the same in the end, with nothing to save."""
    document = model(book)
    before = contents(document)
    document.setModified(False)
    yield book
    assert contents(document) == before and not document.isModified()
    assert not installed.error_log.exists(), installed.error_log.read_text("utf-8")


def model(book: xw.Book) -> Any:
    return book.impl.document.model


def contents(document: Any) -> list[Any]:
    return [sheet.getCellRangeByName("A1:N60").getFormulaArray() for sheet in document.Sheets]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".~lock")}


def department(path: Path) -> Department:
    return read_workbook(read_grids(path)).department


def what_was_read(path: Path) -> list[Any]:
    """Without the places, which differ from one kind of document to the other."""
    projects = department(path).projects
    return [(each.name, each.budget, each.plan, each.goal, len(each.indicators)) for each in projects]


def imported_alone(document: Path) -> Path:
    """The workbook that the command line makes of it."""
    return importing.import_document(document, document.with_name("命令行.xlsx")).workbook


# 导入文档


def _word(folder: Path, office: Office) -> Path:
    exporting.export_file(workbooks.written(folder, real_department()), folder / "文本.docx")
    (folder / "book.xlsx").unlink()
    return folder / "文本.docx"


def _page(folder: Path, office: Office) -> Path:
    return _saved_by_writer(folder, office, "文本.html", "HTML (StarWriter)")


def _old_word(folder: Path, office: Office) -> Path:
    return _saved_by_writer(folder, office, "文本.doc", "MS Word 97")


def _text(folder: Path, office: Office) -> Path:
    return Path(shutil.copy(PUBLISHED, folder / "文本.txt"))


def _saved_by_writer(folder: Path, office: Office, name: str, kind: str) -> Path:
    word = _word(folder, office)
    document = office.desktop.loadComponentFromURL(word.as_uri(), "_blank", 0, properties(Hidden=True))
    document.storeToURL((folder / name).as_uri(), properties(FilterName=kind))
    document.close(True)
    word.unlink()
    return folder / name


@pytest.mark.parametrize("made", [_text, _word, _page, _old_word])
def test_a_document_becomes_a_new_workbook_beside_it_and_is_open(
    unchanged: xw.Book, office: Office, folder: Path, made: Callable[[Path, Office], Path]
) -> None:
    document = made(folder, office)
    expected = what_was_read(imported_alone(document))
    dispatch(model(unchanged), "import_document", document)
    assert names(folder) == {document.name, "文本.xlsx", "命令行.xlsx"}
    assert "文本.xlsx" in [other.name for other in unchanged.app.books]
    assert len(expected) == 7 and what_was_read(folder / "文本.xlsx") == expected


def test_an_import_takes_another_name_where_its_own_is_taken(unchanged: xw.Book, folder: Path, office: Office) -> None:
    document = _text(folder, office)
    (folder / "文本.xlsx").write_text("去年的")
    dispatch(model(unchanged), "import_document", document)
    assert (folder / "文本.xlsx").read_text() == "去年的"
    assert "文本(2).xlsx" in [other.name for other in unchanged.app.books]


# 导出文本


def _equal(one: Path, other: Path) -> bool:
    if one.suffix == ".xlsx":
        return _rows(one) == _rows(other)
    return one.read_bytes() == other.read_bytes()


def _rows(path: Path) -> list[Any]:
    return [list(sheet.values) for sheet in openpyxl.load_workbook(path).worksheets]


@pytest.mark.parametrize("name", ["绩效 文本.docx", "绩效 文本.txt", "导入 系统.xlsx"])
def test_an_export_is_the_one_of_the_command_line(unchanged: xw.Book, folder: Path, name: str) -> None:
    alone = folder / f"命令行{Path(name).suffix}"
    exporting.export_file(Path(unchanged.fullname), alone, for_system=alone.suffix == ".xlsx")
    dispatch(model(unchanged), "export_document", folder / name)
    assert _equal(folder / name, alone)
    assert names(folder) == {name, alone.name}


def test_a_read_only_workbook_can_be_exported(unchanged: xw.Book, office: Office, folder: Path) -> None:
    copy = Path(shutil.copy(unchanged.fullname, folder / "只读.xlsx"))
    other = open_book(copy, office.context, read_only=True)
    dispatch(model(other), "export_document", folder / "文本.txt")
    other.close()
    exporting.export_file(copy, folder / "命令行.txt")
    assert _equal(folder / "文本.txt", folder / "命令行.txt")


def test_an_export_leaves_what_can_be_undone(book: xw.Book, folder: Path) -> None:
    book.sheets["人大专项工作经费"].range("F17").value = "≥90%"
    dispatch(model(book), "export_document", folder / "文本.txt")
    assert model(book).UndoManager.isUndoPossible()


def test_an_older_export_is_kept_as_a_backup(unchanged: xw.Book, folder: Path) -> None:
    (folder / "文本.docx").write_bytes(b"older")
    dispatch(model(unchanged), "export_document", folder / "文本.docx")
    assert (folder / "文本.docx.bak").read_bytes() == b"older"


# what cannot be done


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("扫描件.docx", b"%PDF-1.7\n"),
        ("通知.txt", "关于召开会议的通知\n请准时参加。\n".encode()),
        ("坏.docx", b"PK\x03\x04" + bytes(60)),
        ("坏.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_a_refused_document_changes_nothing(unchanged: xw.Book, folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    before = [other.name for other in unchanged.app.books]
    dispatch(model(unchanged), "import_document", folder / name)
    assert names(folder) == {name}
    assert [other.name for other in unchanged.app.books] == before


@pytest.mark.parametrize("place", ["没有/文本.docx", "文本.pdf", "https://example.org/文本.docx"])
def test_a_place_that_takes_no_document_changes_nothing(unchanged: xw.Book, folder: Path, place: str) -> None:
    dispatch(model(unchanged), "export_document", place if "://" in place else folder / place)
    assert names(folder) == set()


def test_an_open_workbook_is_not_written_over(unchanged: xw.Book, office: Office, folder: Path) -> None:
    other = open_book(shutil.copy(shipped.template(), folder / "系统.xlsx"), office.context)
    before = (folder / "系统.xlsx").read_bytes()
    dispatch(model(unchanged), "export_document", folder / "系统.xlsx")
    dispatch(model(unchanged), "export_document", Path(unchanged.fullname))
    other.close()
    assert (folder / "系统.xlsx").read_bytes() == before and names(folder) == {"系统.xlsx"}
    assert names(folder.parent) == {folder.name, "book.xlsx"}


@pytest.mark.parametrize("macro", ["import_document", "export_document"])
def test_a_dialog_that_is_cancelled_changes_nothing(unchanged: xw.Book, folder: Path, macro: str) -> None:
    """Without a window every dialog is cancelled at once."""
    before = names(folder.parent)
    dispatch(model(unchanged), macro)
    assert names(folder.parent) == before and names(folder) == set()
