"""`jixiao import` and `jixiao export`: what is written, what is said, the exit code, and what is never overwritten."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from jixiao import shipped
from jixiao.documents.reading.source_file import read_source
from jixiao.model.records import Department
from jixiao.sample import real_department
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.layout import Kind
from jixiao.workbook.reader import read_workbook
from tests import workbooks
from tests.test_cli import DONE, FAILED, Capture, run

UNREAD = 1
REAL = real_department()
PUBLISHED = Path(shipped.__file__).parent / "sample" / "yutian-2024.txt"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return Path(shutil.copy(PUBLISHED, tmp_path / "去年.txt"))


@pytest.fixture
def doubtful(document: Path) -> Path:
    """One amount that nobody can read."""
    document.write_text(document.read_text("utf-8-sig").replace("\t40000.00", "\t4万左右"), "utf-8")
    return document


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def read(book: Path) -> Department:
    return read_workbook(read_grids(book)).department


# import


def test_an_import_makes_a_workbook_beside_the_document(document: Path, capsys: Capture) -> None:
    assert run("import", document) == DONE
    made = document.with_name("去年.xlsx")
    assert read(made).projects[0].name == REAL.projects[0].name
    said = capsys.readouterr().out
    assert "7 个项目" in said and f"jixiao validate {made}" in said


def test_a_second_import_takes_another_name(document: Path, capsys: Capture) -> None:
    assert [run("import", document), run("import", document)] == [DONE, DONE]
    assert len(names(document.parent)) == 3


@pytest.mark.parametrize(("out", "said"), [("有了.xlsx", "已经存在，没有覆盖"), ("新.docx", "应以 .xlsx 结尾")])
def test_an_import_overwrites_nothing(document: Path, capsys: Capture, out: str, said: str) -> None:
    target = document.with_name("有了.xlsx")
    target.write_bytes(b"kept")
    assert run("import", document, "-o", document.with_name(out)) == FAILED
    assert said in capsys.readouterr().err
    assert (target.read_bytes(), names(document.parent)) == (b"kept", {"去年.txt", "有了.xlsx"})


def test_an_unknown_profile_is_refused_before_anything_is_written(document: Path, capsys: Capture) -> None:
    assert run("import", document, "--profile", "henan") == FAILED
    assert "没有规则口径“henan”；可用：hebei、mof-2021" in capsys.readouterr().err
    assert names(document.parent) == {"去年.txt"}


def test_the_profile_asked_for_is_the_workbook_s(document: Path) -> None:
    assert run("import", document, "--profile", "mof-2021") == DONE
    assert read(document.with_name("去年.xlsx")).profile == "mof-2021"


def test_a_value_that_could_not_be_read_is_told_and_the_exit_code_is_one(doubtful: Path, capsys: Capture) -> None:
    assert run("import", doubtful) == UNREAD
    assert "4万左右" in capsys.readouterr().out


def test_the_outcome_as_json(doubtful: Path, capsys: Capture) -> None:
    assert run("import", doubtful, "--format", "json") == UNREAD
    told = json.loads(capsys.readouterr().out)
    assert (told["document"], told["workbook"]) == ("去年.txt", "去年.xlsx")
    assert told["department"]["unit_name"] == REAL.unit_name
    unread = [record for record in told["records"] if record["severity"] == "error"]
    assert told["counts"]["error"] == len(unread) > 0
    assert any(record["text"] == "4万左右" and record["where"] for record in unread)


def test_every_record_stands_in_the_report_and_in_the_workbook(doubtful: Path, capsys: Capture) -> None:
    report = doubtful.with_name("记录.tsv")
    assert run("import", doubtful, "--report", report) == UNREAD
    assert report.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = [line.split("\t") for line in report.read_text("utf-8-sig").splitlines()]
    assert lines[0] == ["类别", "来源位置", "原文", "说明"]
    assert all(len(line) == 4 and line[1] for line in lines)
    sheet = openpyxl.load_workbook(doubtful.with_name("去年.xlsx"))[Kind.IMPORT.value]
    cells = {tuple(row)[1:3] for row in sheet.values}
    assert {(line[0], line[1]) for line in lines[1:]} <= cells


@pytest.mark.parametrize("report", ["去年.txt", "去年.xlsx"])
def test_the_report_replaces_neither_the_document_nor_the_workbook(
    document: Path, capsys: Capture, report: str
) -> None:
    before = document.read_bytes()
    assert run("import", document, "--report", document.with_name(report)) == FAILED
    assert f"输出文件就是 {document.with_name(report)}，没有覆盖；请换一个文件名" in capsys.readouterr().err
    assert (document.read_bytes(), names(document.parent)) == (before, {"去年.txt"})


def test_a_report_that_cannot_be_written_hides_nothing_of_the_import(document: Path, capsys: Capture) -> None:
    assert run("import", document, "--report", document.parent / "没有" / "记录.tsv") == FAILED
    told = capsys.readouterr()
    assert "文件夹不存在" in told.err
    assert "7 个项目" in told.out and len(read(document.with_name("去年.xlsx")).projects) == 7


# export


def test_an_export_writes_the_text_and_keeps_the_older_one(tmp_path: Path, capsys: Capture) -> None:
    book, out = workbooks.written(tmp_path, REAL), tmp_path / "文本.txt"
    out.write_bytes(b"older")
    assert run("export", book, "-o", out) == DONE
    assert capsys.readouterr().out == f"已写入 {out}\n"
    assert (tmp_path / "文本.txt.bak").read_bytes() == b"older"
    assert any("代表之家联络站" in str(part) for part in read_source(out).parts)


def test_what_to_look_at_is_listed_before_the_end(tmp_path: Path, capsys: Capture) -> None:
    book = workbooks.written(tmp_path, replace(REAL, measures=""))
    assert run("export", book, "-o", tmp_path / "文本.docx") == DONE
    assert capsys.readouterr().out.splitlines() == [
        "部门信息没有填写：工作保障措施",
        f"已写入 {tmp_path / '文本.docx'}；以上 1 条请核对，需要改的改好后重新生成",
    ]


def test_the_system_s_rows_are_asked_for(tmp_path: Path) -> None:
    book, out = workbooks.written(tmp_path, REAL), tmp_path / "系统.xlsx"
    assert run("export", book, "-o", out, "--for-system") == DONE
    assert openpyxl.load_workbook(out).active.max_row == 1 + sum(len(one.indicators) for one in REAL.projects)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["文本.pdf"], "应以 .docx 或 .txt 结尾"),
        (["文本.docx", "--for-system"], "应以 .xlsx 结尾"),
        (["甲.xlsx"], "应以 .docx 或 .txt 结尾"),
    ],
)
def test_an_ending_that_names_no_such_document_is_refused(
    tmp_path: Path, capsys: Capture, arguments: list[str], said: str
) -> None:
    book = workbooks.written(tmp_path, REAL)
    assert run("export", book, "-o", tmp_path / arguments[0], *arguments[1:]) == FAILED
    assert said in capsys.readouterr().err
    assert names(tmp_path) == {book.name}


def test_an_export_never_replaces_the_workbook(tmp_path: Path, capsys: Capture) -> None:
    book = workbooks.written(tmp_path, REAL)
    before = book.read_bytes()
    assert run("export", book, "-o", book, "--for-system") == FAILED
    assert "没有覆盖；请换一个文件名" in capsys.readouterr().err
    assert book.read_bytes() == before
