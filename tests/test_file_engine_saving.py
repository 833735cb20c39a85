"""Saving replaces a file as a whole; whatever goes wrong, the old one is there as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from jixiao.engine.file import CannotOpen, CannotSave, CannotWrite, open_book
from tests.engine_files import plain_book

_WRITE = """
import resource, signal, sys
from jixiao.engine.file import CannotOpen, CannotSave, open_book

book = open_book(sys.argv[1])
for sheet in book.sheets:
    sheet["A1"].value = [[f"{row}行{column}列" for column in range(20)] for row in range(100)]
"""
_ON_A_FULL_DISK = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
try:
    book.save()
except CannotSave as problem:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    sys.stdout.buffer.write(str(problem).encode())
"""
_FOR_EVER = """
print("saving", flush=True)
while True:
    book.sheets[0]["A1"].value = "anders"
    book.save()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return plain_book(tmp_path / "账.xlsx", {f"表{number}": [["原文"]] for number in range(4)})


def test_permissions_stay_as_they_were(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    book = open_book(path)
    book.sheets[0]["A1"].value = 1
    book.save()
    book.sheets[0]["A1"].value = 2
    book.save(tmp_path / "另存.xlsx")
    book.close()
    assert [file.stat().st_mode & 0o777 for file in (path, tmp_path / "另存.xlsx")] == [0o640, 0o640]


def test_nothing_but_the_file_is_left_in_the_folder(path: Path) -> None:
    book = open_book(path)
    book.sheets[0]["A1"].value = 1
    book.save()
    book.close()
    assert [file.name for file in path.parent.iterdir()] == ["账.xlsx"]


def test_a_link_to_a_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.xlsx").symlink_to(path)
    book = open_book(tmp_path / "link.xlsx")
    book.sheets[0]["A1"].value = "neu"
    book.save()
    book.close()
    assert (tmp_path / "link.xlsx").is_symlink()
    assert openpyxl.load_workbook(path)["表0"]["A1"].value == "neu"


def test_a_full_disk_leaves_the_old_file(path: Path) -> None:
    before = path.read_bytes()
    done = subprocess.run([sys.executable, "-c", _WRITE + _ON_A_FULL_DISK, str(path)], capture_output=True, check=False)
    assert "原文件未改动：磁盘空间不足" in done.stdout.decode(), done.stderr.decode()
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["账.xlsx"]


def test_a_program_killed_while_saving_leaves_a_whole_file(path: Path) -> None:
    for wait in (0.0, 0.03):
        process = subprocess.Popen([sys.executable, "-c", _WRITE + _FOR_EVER, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert openpyxl.load_workbook(path)["表0"]["A1"].value in ("原文", "anders")


def test_a_folder_that_is_gone_is_told(path: Path, tmp_path: Path) -> None:
    book = open_book(path)
    with pytest.raises(CannotSave, match=r"“新.xlsx”没有保存，原文件未改动：文件夹“.*不存在”不存在"):
        book.save(tmp_path / "不存在" / "新.xlsx")
    book.close()


def test_a_file_changed_by_somebody_else_is_not_overwritten(path: Path) -> None:
    book = open_book(path)
    book.sheets[0]["A1"].value = "我的"
    other = openpyxl.load_workbook(path)
    other["表1"]["A1"] = "别人的"
    other.save(path)
    with pytest.raises(CannotSave, match="已被其他程序改动"):
        book.save()
    book.close()
    assert openpyxl.load_workbook(path)["表1"]["A1"].value == "别人的"


def test_a_file_changed_after_reading_is_not_written_into(path: Path) -> None:
    book = open_book(path)
    assert book.sheets[0]["A1"].value == "原文"
    os.utime(path, (1, 1))
    with pytest.raises(CannotWrite, match="请重新打开"):
        book.sheets[0]["A1"].value = 1
    book.close()


def test_the_kind_of_a_file_does_not_change(path: Path, tmp_path: Path) -> None:
    book = open_book(path)
    with pytest.raises(CannotSave, match=r"不能另存为 \.xlsm"):
        book.save(tmp_path / "x.xlsm")
    book.close()


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(CannotOpen, match=r"“坏\.xlsx”不是完好的工作簿"):
        open_book(tmp_path / "坏.xlsx")
