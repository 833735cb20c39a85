"""Bad files at the command line: exit 2, one Chinese sentence, no file changed. Every command that takes a workbook."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from jixiao.cli import main
from jixiao.sample import real_department, sample_department
from jixiao.workbook.file_reader import read_grids
from tests import workbooks
from tests.bad_files import book_parts, filled_row, ole_file, pack, sheet_xml

FAILED = 2
COMMANDS: dict[str, Callable[[Path], list[str]]] = {
    "validate": lambda path: ["validate", str(path)],
    "mark": lambda path: ["validate", str(path), "--mark", "--in-place"],
    "summary": lambda path: ["summary", str(path), "--in-place"],
    "curve": lambda path: ["curve", str(path)],
    "normalise": lambda path: ["normalise", str(path), "--in-place"],
}


def nothing_there(folder: Path) -> Path:
    return folder / "没有.xlsx"


def a_folder(folder: Path) -> Path:
    (folder / "文件夹.xlsx").mkdir()
    return folder / "文件夹.xlsx"


def empty(folder: Path) -> Path:
    (folder / "空.xlsx").write_bytes(b"")
    return folder / "空.xlsx"


def text_file(folder: Path) -> Path:
    (folder / "文本.xlsx").write_text("项目编码,项目名称", "utf-8")
    return folder / "文本.xlsx"


def old_excel(folder: Path) -> Path:
    return ole_file(folder / "旧.xls", "Workbook")


def encrypted(folder: Path) -> Path:
    return ole_file(folder / "加密.xlsx", "EncryptedPackage", "EncryptionInfo")


def truncated(folder: Path) -> Path:
    whole = workbooks.written(folder, real_department(), "半.xlsx")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return whole


def bomb(folder: Path) -> Path:
    parts = book_parts(sheet_xml(filled_row(1)))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * 120_000_000
    return pack(folder / "炸弹.xlsx", parts)


def entities(folder: Path) -> Path:
    parts = book_parts(sheet_xml(filled_row(1)))
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = doctype + parts["xl/worksheets/sheet1.xml"]
    return pack(folder / "实体.xlsx", parts)


def two_far_corners(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    book.save(folder / "两角.xlsx")
    return folder / "两角.xlsx"


def no_project_sheet(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "工资"])
    book.save(folder / "工资.xlsx")
    return folder / "工资.xlsx"


def not_an_archive_of_a_workbook(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "压缩包.xlsx", "w") as archive:
        archive.writestr("说明.txt", "不是工作簿")
    return folder / "压缩包.xlsx"


BAD = [
    nothing_there, a_folder, empty, text_file, old_excel, encrypted, truncated, bomb, entities, two_far_corners,
    no_project_sheet, not_an_archive_of_a_workbook,
]  # fmt: skip


def contents(folder: Path) -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("build", BAD, ids=[build.__name__ for build in BAD])
def test_a_bad_file_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], build: Callable[[Path], Path], command: str
) -> None:
    path = build(tmp_path)
    before = contents(tmp_path)
    assert main(COMMANDS[command](path)) == FAILED
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("jixiao：")
    assert len(told.err.strip().splitlines()) == 1
    assert any("一" <= sign <= "鿿" for sign in told.err)
    assert contents(tmp_path) == before


def cli(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "jixiao.cli", *arguments]


def test_a_full_disk_leaves_the_workbook_as_it_was(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: writing fails in the middle all the same."""
    path = workbooks.written(tmp_path, real_department())
    before = contents(tmp_path)

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        cli("summary", str(path), "--in-place"), capture_output=True, text=True, preexec_fn=little_room, timeout=60
    )
    assert done.returncode == FAILED
    assert done.stderr.startswith("jixiao：")
    assert len(done.stderr.strip().splitlines()) == 1
    assert contents(tmp_path) == before


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.3, 0.6, 0.9, 1.2])
def test_a_kill_at_any_time_leaves_a_whole_workbook(tmp_path: Path, delay: float) -> None:
    path = workbooks.written(tmp_path, sample_department(40))
    child = subprocess.Popen(
        cli("summary", str(path), "--in-place"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(delay)
    child.kill()
    child.wait()
    assert len(read_grids(path)) == 50


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Root may read everything: for a while be nobody."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(own)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_without_permission_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    path = workbooks.written(tmp_path, real_department())
    main(["curve", str(path)])  # everything is imported: nobody may not read the interpreter's own files either
    main(["normalise", str(path), "-o", str(tmp_path / "other.xlsx")])
    capsys.readouterr()
    path.chmod(0)
    with as_somebody_else():
        assert main(COMMANDS[command](path)) == FAILED
    assert "权限" in capsys.readouterr().err
