"""A file is replaced as a whole or not at all, and the user is told in one sentence why not."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import excelize
import openpyxl
import pytest

from jixiao.workbook.safe_write import PREFIX, CannotWrite, replace_file
from tests.bad_files import ROOT


def in_child(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    """Python code in another process, with `target` and the functions under test at hand."""
    head = (
        "import os, resource, signal, sys, time; from pathlib import Path\n"
        "from jixiao.workbook.safe_write import CannotWrite, replace_file\n"
        "target = Path(sys.argv[1])\n"
        "def tell(write, **more):\n"
        "    try: replace_file(target, write, **more)\n"
        "    except CannotWrite as problem: sys.stdout.buffer.write(str(problem).encode())\n"
        "    else: print('written')\n"
    )
    command = [sys.executable, "-c", head + code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def said_by(code: str, target: Path) -> str:
    output, _ = in_child(code, target).communicate()
    return output.decode()


def writing(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(text)

    return write


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "项目.xlsx"
    path.write_text("旧")
    return path


def test_the_new_content_takes_the_place_of_the_old_and_nothing_else_is_left(target: Path) -> None:
    replace_file(target, writing("新"))
    assert (target.read_text(), files(target.parent)) == ("新", {"项目.xlsx"})


def test_a_file_that_was_not_there_is_made(tmp_path: Path) -> None:
    replace_file(tmp_path / "新.xlsx", writing("新"), backup=True)
    assert files(tmp_path) == {"新.xlsx"}


def test_the_writer_gets_a_path_beside_the_target_with_its_suffix(target: Path) -> None:
    seen: list[Path] = []

    def write(temporary: Path) -> None:
        seen.append(temporary)
        openpyxl.Workbook().save(temporary)

    replace_file(target, write)
    assert seen[0].parent == target.parent and seen[0].suffix == ".xlsx" and seen[0].name.startswith(PREFIX)


def test_the_old_content_is_kept_on_request_and_only_the_latest(target: Path) -> None:
    for content in ("一", "二"):
        replace_file(target, writing(content), backup=True)
    assert ((target.parent / "项目.xlsx.bak").read_text(), target.read_text()) == ("一", "二")
    assert files(target.parent) == {"项目.xlsx", "项目.xlsx.bak"}


def test_access_rights_stay_as_they_were(target: Path) -> None:
    target.chmod(0o640)
    replace_file(target, writing("新"))
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_the_file_behind_it_is_replaced(target: Path) -> None:
    link = target.parent / "链接.xlsx"
    link.symlink_to(target)
    replace_file(link, writing("新"))
    assert link.is_symlink() and target.read_text() == "新"


def test_an_error_of_the_writer_itself_goes_through_and_changes_nothing(target: Path) -> None:
    def write(temporary: Path) -> None:
        temporary.write_text("半")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replace_file(target, write)
    assert (target.read_text(), files(target.parent)) == ("旧", {"项目.xlsx"})


FULL = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"


@pytest.mark.parametrize("backup", [False, True])
def test_a_disk_that_takes_no_more_leaves_the_old_file_and_no_other(target: Path, backup: bool) -> None:
    target.write_text("旧" * 500)
    said = said_by(FULL + f"tell(lambda path: path.write_bytes(bytes(9000)), backup={backup})", target)
    assert "项目.xlsx" in said and "文件超过了允许的大小" in said and "原文件没有改动" in said
    assert (target.read_text(), files(target.parent)) == ("旧" * 500, {"项目.xlsx"})


def test_a_backup_that_does_not_fit_stops_the_writing(target: Path) -> None:
    target.write_text("旧" * 2000)
    said = said_by(FULL + "tell(lambda path: path.write_bytes(b'new'), backup=True)", target)
    assert "文件超过了允许的大小" in said
    assert (target.read_text(), files(target.parent)) == ("旧" * 2000, {"项目.xlsx"})


def test_the_library_that_says_it_in_words_only_is_understood(target: Path) -> None:
    excelize.new_file().save_as(str(target))
    old = target.read_bytes()
    code = (
        "import excelize; book = excelize.open_file(str(target))\n"
        "for row in range(1, 300): book.set_sheet_row('Sheet1', f'A{row}', [str(row * 7919 ** 3)] * 9)\n"
    )
    said = said_by(code + FULL + "tell(lambda path: book.save_as(str(path)))", target)
    assert "文件超过了允许的大小" in said
    assert (target.read_bytes(), files(target.parent)) == (old, {"项目.xlsx"})


def test_a_full_device_is_called_a_full_disk(target: Path) -> None:
    def write(temporary: Path) -> None:
        temporary.write_text("半")
        with Path("/dev/full").open("w") as full:
            full.write("x" * 100_000)

    with pytest.raises(CannotWrite, match="磁盘已满；原文件没有改动，请清理磁盘后重试。"):
        replace_file(target, write)
    assert (target.read_text(), files(target.parent)) == ("旧", {"项目.xlsx"})


AS_ANOTHER = (
    "import tempfile\n"
    "if os.geteuid() == 0: os.setuid(65534)\n"
    "folder = Path(tempfile.mkdtemp()); target = folder / '项目.xlsx'; target.write_text('old')\n"
    "{}.chmod({})\n"
    "tell(lambda path: path.write_text('new'))\n"
    "sys.stdout.flush(); print(target.read_text(), sorted(path.name for path in folder.iterdir()))\n"
    "folder.chmod(0o700); target.unlink(); folder.rmdir()\n"
)


@pytest.mark.parametrize(("place", "mode"), [("folder", "0o500"), ("target", "0o400")])
def test_a_folder_or_file_that_is_read_only_is_respected(target: Path, place: str, mode: str) -> None:
    said = said_by(AS_ANOTHER.format(place, mode), target)
    assert "没有写入权限" in said and said.endswith("old ['项目.xlsx']\n")


def test_a_folder_that_is_missing_or_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="文件夹不存在；请检查路径"):
        replace_file(tmp_path / "没有" / "表.xlsx", lambda temporary: None)
    with pytest.raises(CannotWrite, match="这是一个文件夹"):
        replace_file(tmp_path, lambda temporary: None)


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="文件名过长"):
        replace_file(tmp_path / ("长" * 100 + ".xlsx"), writing("新"))


def killed_while_writing(target: Path) -> None:
    code = "replace_file(target, lambda path: (path.write_text('half'), print('now', flush=True), time.sleep(60)))"
    child = in_child(code, target)
    assert child.stdout is not None
    child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate()


def test_a_process_killed_while_writing_leaves_the_old_file_and_the_next_one_clears_up(target: Path) -> None:
    killed_while_writing(target)
    assert target.read_text() == "旧"
    [left] = [name for name in files(target.parent) if name.startswith(PREFIX)]
    replace_file(target.parent / "另一个.xlsx", writing("他"))
    assert left in files(target.parent)
    replace_file(target, writing("新"))
    assert (target.read_text(), files(target.parent)) == ("新", {"项目.xlsx", "另一个.xlsx"})


def test_what_another_process_is_still_writing_is_left_alone(target: Path) -> None:
    def write(temporary: Path) -> None:
        temporary.write_text("外")
        assert said_by("tell(lambda path: path.write_text('inner'))", target) == "written\n"
        assert temporary.exists() and target.read_text() == "inner"

    replace_file(target, write)
    assert (target.read_text(), files(target.parent)) == ("外", {"项目.xlsx"})
