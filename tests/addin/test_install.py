"""Installing the add-in into a folder that stands for a user's profile: all of it, none of it, and away again."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.addin.installation import install, plan_installation, plan_removal
from jixiao.addin.places import ADDIN_NAME, CannotInstall, Places, places_in
from jixiao.addin.plan import Ingredients
from jixiao.addin.record import read_record
from jixiao.addin.status import status
from tests.addin.installing import installed, refusal, tree, uninstalled

ROOT = Path(__file__).parents[2]


def failing_build(path: Path, name: str, settings: Mapping[str, str]) -> None:
    path.write_bytes(b"half")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


# What is installed


def test_the_addin_lies_in_excel_s_start_folder(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    assert places.addin == places.profile / "AppData/Roaming/Microsoft/Excel/XLSTART/绩效助手.xlam"
    assert places.addin.is_file()
    assert (places.app / "udfs.py").read_text() == "# udfs.py\n"
    assert (places.app / "macros.py").read_text() == "# macros.py\n"


def test_the_addin_and_the_configuration_file_say_the_same(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    record = read_record(places)
    assert record is not None
    name, *values = places.addin.read_text("utf-8").split("\n")
    assert name == record.project_name
    lines = places.conf(name).read_bytes().decode("gbk").split("\r\n")
    assert lines[0] == f'"INTERPRETER_WIN","{sys.executable}"'
    assert lines[1] == r'"PYTHONPATH","%LOCALAPPDATA%\JiXiao\app"'
    assert '"ADD_WORKBOOK_TO_PYTHONPATH","False"' in lines
    assert [line.split('","')[1].rstrip('"') for line in lines if line] == values


def test_the_configuration_is_written_in_the_code_page_of_the_machine(tmp_path: Path, ingredients: Ingredients) -> None:
    places = places_in(tmp_path / "profile", encoding="gbk")
    installed(places, replace(ingredients, interpreter=Path("D:/会计/python.exe")))
    record = read_record(places)
    assert record is not None
    assert "会计".encode("gbk") in places.conf(record.project_name).read_bytes()


def test_the_name_of_the_settings_cannot_be_guessed_and_stays(places: Places, ingredients: Ingredients) -> None:
    names = []
    for _ in range(2):
        installed(places, ingredients)
        record = read_record(places)
        assert record is not None
        names.append(record.project_name)
    assert names[0] == names[1]
    other = places_in(places.profile / "another")
    installed(other, ingredients)
    record = read_record(other)
    assert record is not None
    assert record.project_name.isascii()
    assert record.project_name != names[0]


def test_an_interpreter_is_taken_along_without_what_python_generates(places: Places, with_python: Ingredients) -> None:
    installed(places, with_python)
    assert sorted(tree(places.python)) == ["Lib", "Lib/module.py", "python.exe", "python312._pth"]
    assert r"Lib\site-packages" in (places.python / "python312._pth").read_text().splitlines()
    assert r"%LOCALAPPDATA%\JiXiao\python\python.exe" in places.addin.read_text("utf-8")


def test_what_is_said_beforehand_is_what_happens(places: Places, with_python: Ingredients) -> None:
    before = set(tree(places.profile))
    plan = plan_installation(places, with_python)
    lines = plan.lines()
    assert set(tree(places.profile)) == before
    install(plan)
    new = set(tree(places.profile)) - before
    said = {Path(line.split("　")[1]).relative_to(places.profile).as_posix() for line in lines}
    below_python = {path for path in new if path.startswith(places.python.relative_to(places.profile).as_posix() + "/")}
    assert said == new - below_python
    assert sum(line.startswith("新建文件夹") for line in lines) == 3


def test_a_missing_start_folder_is_made(tmp_path: Path, ingredients: Ingredients) -> None:
    places = places_in(tmp_path / "new")
    installed(places, ingredients)
    assert places.addin.is_file()
    uninstalled(places)
    assert not (tmp_path / "new").exists()


# Repeating and removing


def test_installing_again_replaces_and_leaves_nothing_old(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    first = set(tree(places.profile))
    ingredients.files["macros.py"].write_text("# new\n")
    lines = installed(places, ingredients)
    assert set(tree(places.profile)) == first
    assert (places.app / "macros.py").read_text() == "# new\n"
    assert all(line.startswith("替换") for line in lines)


def test_an_interpreter_that_is_no_longer_used_is_removed(
    places: Places, with_python: Ingredients, ingredients: Ingredients
) -> None:
    installed(places, with_python)
    lines = installed(places, ingredients)
    assert not places.python.exists()
    assert any(line.startswith("删除不再需要的Python") for line in lines)


def test_installing_again_by_the_installed_interpreter_keeps_it(places: Places, with_python: Ingredients) -> None:
    installed(places, with_python)
    again = replace(with_python, interpreter=places.python / "python.exe", python=None)
    installed(places, again)
    assert (places.python / "python.exe").is_file()
    uninstalled(places)
    assert not places.home.exists()


def test_uninstalling_leaves_the_profile_as_it_was(places: Places, with_python: Ingredients) -> None:
    before = tree(places.profile)
    installed(places, with_python)
    installed(places, with_python)
    (places.app / "__pycache__").mkdir()
    lines = uninstalled(places)
    assert tree(places.profile) == before
    assert f"删除安装记录　{places.record}" in lines
    assert plan_removal(places, program=Path(sys.executable)) is None


def test_uninstalling_leaves_what_others_put_beside_it(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    (places.home / "我的笔记.txt").write_text("x")
    places.addin.write_bytes(b"another add-in of this name")
    lines = uninstalled(places)
    assert (places.home / "我的笔记.txt").exists()
    assert places.addin.read_bytes() == b"another add-in of this name"
    assert any(line.startswith("保留加载项") and str(places.addin) in line for line in lines)


def test_the_installed_interpreter_does_not_try_to_remove_itself(places: Places, with_python: Ingredients) -> None:
    installed(places, with_python)
    before = tree(places.profile)
    with pytest.raises(CannotInstall, match=r"卸载\.bat"):
        plan_removal(replace(places, excel=True), program=places.python / "python.exe", running=lambda: False)
    assert tree(places.profile) == before


# All or nothing


def test_another_addin_of_the_same_name_is_left_alone(places: Places, ingredients: Ingredients) -> None:
    places.addin.write_bytes(b"foreign")
    assert f"{places.addin} 是同名的加载项，不是本程序装的；没有动它" in refusal(places, ingredients)
    places.addin.unlink()
    places.addin_elsewhere.parent.mkdir()
    places.addin_elsewhere.write_bytes(b"foreign")
    assert str(places.addin_elsewhere) in refusal(places, ingredients)


def test_an_addin_changed_after_the_installation_is_not_replaced(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    places.addin.write_bytes(b"edited")
    assert "改动过" in refusal(places, ingredients)


def test_a_running_excel_is_named_and_nothing_done(places: Places, ingredients: Ingredients) -> None:
    used = replace(places, excel=True)
    with pytest.raises(CannotInstall, match="Excel 正在运行"):
        plan_installation(used, ingredients, running=lambda: True)
    installed(places, ingredients)
    with pytest.raises(CannotInstall, match="Excel 正在运行"):
        plan_removal(used, program=Path(sys.executable), running=lambda: True)


def test_a_builder_that_fails_leaves_nothing_behind(tmp_path: Path, places: Places, ingredients: Ingredients) -> None:
    assert "磁盘已满" in refusal(places, replace(ingredients, build=failing_build))
    fresh = places_in(tmp_path / "new")
    with pytest.raises(CannotInstall):
        install(plan_installation(fresh, replace(ingredients, build=failing_build)))
    assert not (tmp_path / "new").exists()


def test_a_failed_upgrade_leaves_the_old_version_working(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    refusal(places, replace(ingredients, build=failing_build))
    assert status(places)[1] == []


def test_an_upgrade_that_fails_half_way_brings_every_old_file_back(places: Places, with_python: Ingredients) -> None:
    installed(places, with_python)
    with_python.files["macros.py"].write_text("# new\n")
    plan = plan_installation(places, with_python)
    aside = places.xlstart.rename(places.xlstart.with_name("aside"))
    places.xlstart.write_bytes(b"")
    before = tree(places.profile)
    with pytest.raises(CannotInstall, match="没有改变任何东西"):
        install(plan)
    assert tree(places.profile) == before
    places.xlstart.unlink()
    aside.rename(places.xlstart)
    assert status(places)[1] == []


def test_a_program_file_that_vanished_meanwhile_stops_everything(places: Places, ingredients: Ingredients) -> None:
    ingredients.files["udfs.py"].unlink()
    assert str(ingredients.files["udfs.py"]) in refusal(places, ingredients)


def test_a_start_folder_that_is_a_file_is_named(places: Places, ingredients: Ingredients) -> None:
    (places.xlstart / "个人宏.xlsb").unlink()
    places.xlstart.rmdir()
    places.xlstart.write_bytes(b"")
    message = refusal(places, ingredients)
    assert "应该是文件夹，却有一个同名的文件" in message
    assert "没有改变任何东西" in message


@pytest.mark.parametrize(("folder", "mode"), [("xlstart", 0o500), ("xlstart.parent", 0o000)])
def test_a_start_folder_without_permission_is_named_and_all_is_taken_back(folder: str, mode: int) -> None:
    """Run as another user where this one may write everywhere."""
    code = (
        "import os, sys, tempfile; from pathlib import Path\n"
        "from jixiao.addin.installation import install, plan_installation\n"
        "from jixiao.addin.places import CannotInstall, places_in\n"
        "from jixiao.addin.plan import Ingredients\n"
        "'字'.encode('gbk')  # read from the disk before it may no longer be read\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    places = places_in(Path(folder)); source = Path(folder, 'udfs.py'); source.touch()\n"
        f"    places.xlstart.mkdir(parents=True); places.{folder}.chmod({mode})\n"
        "    made = Ingredients({'udfs.py': source}, Path('python.exe'), lambda path, *_: path.write_bytes(b'x'))\n"
        "    before = set(Path(folder).rglob('*'))\n"
        "    try: install(plan_installation(places, made))\n"
        "    except CannotInstall as refusal: sys.stdout.buffer.write(str(refusal).encode())\n"
        f"    places.{folder}.chmod(0o700)\n"
        "    if set(Path(folder).rglob('*')) - before - {places.xlstart}: sys.exit('left behind')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert "没有写入权限" in done.stdout.decode()
    assert ADDIN_NAME in done.stdout.decode()
    assert "没有改变任何东西" in done.stdout.decode()


def test_what_a_killed_installation_left_is_removed_by_the_next(places: Places, ingredients: Ingredients) -> None:
    old, young = places.local / ".~jixiao-old", places.local / ".~jixiao-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "half.xlam").write_bytes(b"")
    os.utime(old, (time.time() - 7200,) * 2)
    installed(places, ingredients)
    assert not old.exists()
    assert young.exists()


def test_a_damaged_record_is_named(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    places.record.write_text("{")
    assert f"安装记录 {places.record} 已损坏" in refusal(places, ingredients)
    places.record.unlink()
    places.record.mkdir()
    assert f"安装记录 {places.record} 已损坏" in refusal(places, ingredients)
