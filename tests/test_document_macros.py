"""What the buttons 导入文档 and 导出文本 do, and what is told when something cannot be done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
import xlwings as xw

import macros
from jixiao import shipped
from jixiao.engine.file import engine, open_book
from jixiao.model.records import Department
from jixiao.sample import real_department
from jixiao.workbook.layout import Kind
from tests import workbooks

REAL = real_department()
PUBLISHED = Path(shipped.__file__).parent / "sample" / "yutian-2024.txt"
FORM = "人大专项工作经费"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "去年 的文本"
    folder.mkdir()
    return folder


@pytest.fixture
def document(folder: Path) -> Path:
    return Path(shutil.copy(PUBLISHED, folder / "绩效文本 2023.txt"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "用户"
    (home / "Documents").mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    return home


def called_from(path: Path) -> xw.Book:
    opened = open_book(path)
    opened.set_mock_caller()
    engine.app.alerts.clear()
    return opened


def book_of(folder: Path, department: Department) -> xw.Book:
    folder.mkdir(exist_ok=True)
    return called_from(workbooks.written(folder, department))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[xw.Book]:
    yield book_of(tmp_path / "单位", REAL)
    engine.app.quit()


@pytest.fixture(autouse=True)
def nothing_stays_open() -> Iterator[None]:
    yield
    engine.app.quit()


def only_alert() -> str:
    assert len(engine.app.alerts) == 1, engine.app.alerts
    return engine.app.alerts[0]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# 导入文档


def test_an_imported_document_is_a_new_workbook_beside_it_and_open(book: xw.Book, document: Path) -> None:
    macros.import_document(str(document))
    opened = book.app.books.active
    assert Path(opened.fullname) == document.with_suffix(".xlsx")
    assert opened.sheets[FORM]["C5"].value == 100000
    assert opened.sheets[Kind.NARRATIVE.value]["D6"].value == "部门整体绩效目标"
    assert only_alert().splitlines() == [
        "玉田县人民代表大会常务委员会本级（2024年）：7 个项目，58 个指标；第一部分 33 段，其中分项绩效目标 9 段",
        "未读出 0 处，未采用 0 处，说明 2 处",
        f"已新建并打开：{opened.fullname}",
        "请看一遍“导入记录”，再点“校验全部”。",
    ]


def test_an_imported_workbook_takes_no_name_that_is_on_the_disk_or_open(
    book: xw.Book, document: Path, tmp_path: Path
) -> None:
    document.with_suffix(".xlsx").write_text("去年的")
    open_book(shutil.copy(shipped.template(), tmp_path / "绩效文本 2023(2).xlsx"))
    macros.import_document(str(document))
    assert book.app.books.active.name == "绩效文本 2023(3).xlsx"
    assert document.with_suffix(".xlsx").read_text() == "去年的"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("扫描件.docx", b"%PDF-1.7\n", "这是 PDF 文件"),
        ("空.txt", b"", "文件是空的"),
        ("照片.html", b"\x89PNG\r\n\x1a\n", "这是图片"),
        ("通知.txt", "关于召开会议的通知\n请准时参加。\n".encode(), "项目编码"),
        ("坏.docx", b"PK\x03\x04" + bytes(60), "无法读取“坏.docx”"),
        ("去年.xlsx", None, "这是 Excel 工作簿"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_one_sentence(
    book: xw.Book, folder: Path, name: str, content: bytes | None, told: str
) -> None:
    (folder / name).write_bytes(shipped.template().read_bytes() if content is None else content)
    before = [other.name for other in book.app.books]
    macros.import_document(str(folder / name))
    assert told in only_alert() and "\n" not in only_alert()
    assert [other.name for other in book.app.books] == before
    assert names(folder) == {name}


def test_a_document_that_vanished_is_named(book: xw.Book, folder: Path) -> None:
    macros.import_document(str(folder / "没有.docx"))
    assert only_alert().startswith("无法读取“没有.docx”：文件不存在；")


def test_where_nothing_can_be_written_beside_the_document_the_documents_are_taken(
    book: xw.Book, document: Path, home: Path
) -> None:
    """The folder of the files that a process has open can be read and takes no other."""
    with document.open("rb") as file:
        macros.import_document(f"/proc/self/fd/{file.fileno()}")
        made = home / "Documents" / f"{file.fileno()}.xlsx"
    assert book.app.books.active.fullname == str(made)
    assert f"已新建并打开：{made}" in only_alert()


def test_where_an_import_can_be_written_nowhere_one_sentence_says_why(
    book: xw.Book, document: Path, home: Path
) -> None:
    shutil.rmtree(home)
    with document.open("rb") as file:
        macros.import_document(f"/proc/self/fd/{file.fileno()}")
    assert only_alert().startswith("没有新建工作簿：无法写入“")


def test_what_could_not_be_read_is_told_and_the_cell_left_empty(book: xw.Book, document: Path) -> None:
    text = document.read_text("utf-8-sig")
    document.write_text(text.replace("\t40000.00", "\t4万左右"), "utf-8")
    macros.import_document(str(document))
    assert "未读出 2 处" in only_alert()
    assert "4万左右" in only_alert() and "第 " in only_alert()
    assert book.app.books.active.sheets["代表之家联络站"]["C5"].value is None


# 导出文本


def test_an_export_replaces_an_older_document_and_keeps_it_as_a_backup(book: xw.Book, folder: Path) -> None:
    (folder / "文本.docx").write_bytes(b"older")
    macros.export_document(str(folder / "文本.docx"))
    assert only_alert() == f"已生成：{folder / '文本.docx'}"
    assert (folder / "文本.docx.bak").read_bytes() == b"older"
    assert len(docx.Document(str(folder / "文本.docx")).tables) >= 7


def test_what_the_document_leaves_blank_is_told(tmp_path: Path, folder: Path) -> None:
    first = replace(REAL.projects[0], purpose="", goal="")
    book_of(tmp_path / "单位", replace(REAL, measures="", projects=(first, *REAL.projects[1:])))
    macros.export_document(str(folder / "文本.docx"))
    assert only_alert().splitlines() == [
        f"已生成：{folder / '文本.docx'}",
        "以下 2 条请核对，需要改的改好后重新导出：",
        "部门信息没有填写：工作保障措施",
        "项目“代表之家联络站”没有填写：用途、绩效目标",
    ]


def test_of_many_blanks_the_first_fifteen_are_told_and_the_rest_counted(tmp_path: Path, folder: Path) -> None:
    few = replace(REAL.projects[0], purpose="", indicators=REAL.projects[0].indicators[:1])
    projects = tuple(replace(few, name=f"项目{number}") for number in range(1, 18))
    book_of(tmp_path / "单位", replace(REAL, projects=projects))
    macros.export_document(str(folder / "文本.txt"))
    lines = only_alert().splitlines()
    assert len(lines) == 2 + 15 + 1
    assert lines[-1] == "……另有 2 条"


def test_the_status_bar_of_a_large_workbook_is_left_as_it_was(tmp_path: Path, folder: Path) -> None:
    projects = tuple(replace(REAL.projects[0], name=f"项目{number}", indicators=()) for number in range(1, 18))
    book_of(tmp_path / "单位", replace(REAL, projects=projects))
    engine.app.statuses.clear()
    macros.export_document(str(folder / "文本.txt"))
    assert engine.app.statuses[0].startswith("绩效助手：正在读取 20/")
    assert engine.app.status_bar is False


def test_the_rows_for_the_integrated_system_come_with_their_own_blanks(tmp_path: Path, folder: Path) -> None:
    first = replace(REAL.projects[0], code="", purpose="")
    book_of(tmp_path / "单位", replace(REAL, projects=(first, *REAL.projects[1:])))
    macros.export_document(str(folder / "导入.xlsx"))
    assert "项目“代表之家联络站”没有填写：项目编码" in only_alert().splitlines()
    assert openpyxl.load_workbook(folder / "导入.xlsx").worksheets[0].max_row > 58


def test_a_workbook_without_filled_projects_is_not_exported(folder: Path) -> None:
    called_from(Path(shutil.copy(shipped.template(), folder)))
    before = names(folder)
    macros.export_document(str(folder / "文本.docx"))
    assert "都还没有填写" in only_alert() and "请先填写项目表" in only_alert()
    assert names(folder) == before


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("文本.pdf", "绩效文本的文件名应以 .docx 或 .txt 结尾，现在是 文本.pdf"),
        ("没有/文本.docx", "文件夹不存在"),
        ("是文件夹.docx", "这是一个文件夹"),
    ],
)
def test_a_place_that_takes_no_document_is_told(book: xw.Book, folder: Path, name: str, told: str) -> None:
    (folder / "是文件夹.docx").mkdir()
    macros.export_document(str(folder / name))
    assert told in only_alert()
    assert names(folder) == {"是文件夹.docx"}
