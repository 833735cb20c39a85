"""What the installer asks of the machine, and what it tells of an installation later."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jixiao.addin.host import need_interpreter, need_libraries, need_movable
from jixiao.addin.places import CannotInstall, Places, places_of_user
from jixiao.addin.plan import Ingredients
from jixiao.addin.record import read_record
from jixiao.addin.status import status
from tests.addin.installing import installed

# The machine


def test_a_path_beyond_the_code_page_is_refused() -> None:
    need_interpreter(Path("C:/用户/python.exe"), "gbk")
    with pytest.raises(CannotInstall, match="本机代码页不能表示的字“𠮷”"):
        need_interpreter(Path("C:/𠮷/python.exe"), "gbk")


def test_an_interpreter_without_its_libraries_is_refused(tmp_path: Path) -> None:
    from importlib.metadata import version

    python = tmp_path / "venv" / "Scripts"
    python.mkdir(parents=True)
    with pytest.raises(CannotInstall, match=rf"xlwings64-{version('xlwings')}\.dll"):
        need_libraries(python)
    for bits in (32, 64):
        (python.parent / f"xlwings{bits}-{version('xlwings')}.dll").write_bytes(b"")
    need_libraries(python)


def test_only_an_interpreter_that_can_be_moved_is_copied(tmp_path: Path) -> None:
    with pytest.raises(CannotInstall, match="不能整个复制"):
        need_movable(tmp_path)
    (tmp_path / "python312._pth").write_text(".")
    need_movable(tmp_path)


def test_the_folders_of_windows_come_from_its_variables() -> None:
    variables = {"APPDATA": "/u/Roaming", "LOCALAPPDATA": "/u/Local", "USERPROFILE": "/u"}
    places = places_of_user("Windows", variables)
    assert (places.xlstart, places.home) == (Path("/u/Roaming/Microsoft/Excel/XLSTART"), Path("/u/Local/JiXiao"))
    assert (places.encoding, places.excel) == ("mbcs", True)
    assert places.conf("jixiao_1") == Path("/u/.jixiao_1/jixiao_1.conf")
    with pytest.raises(CannotInstall, match="LOCALAPPDATA"):
        places_of_user("Windows", {"APPDATA": "x", "USERPROFILE": "y"})


@pytest.mark.parametrize(("system", "words"), [("Linux", "本系统没有 Excel"), ("Darwin", "macOS 上不安装加载项")])
def test_systems_without_excel_for_windows_are_told_about_the_commands(system: str, words: str) -> None:
    with pytest.raises(CannotInstall, match=words) as refused:
        places_of_user(system, {})
    assert "jixiao validate" in str(refused.value)


# Status


def test_a_sound_installation_has_no_problems(places: Places, with_python: Ingredients) -> None:
    installed(places, with_python)
    told, problems = status(places)
    assert problems == []
    assert any(line.startswith("加载项：正常") for line in told)


def test_an_interpreter_that_vanished_is_named_with_what_to_do(places: Places, with_python: Ingredients) -> None:
    installed(places, with_python)
    (places.python / "python.exe").unlink()
    problems = status(places)[1]
    assert len(problems) == 1
    assert f"找不到 Python：{places.python / 'python.exe'}" in problems[0]
    assert "请重新安装" in problems[0]


def test_missing_and_changed_parts_are_named(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    (places.app / "udfs.py").unlink()
    (places.app / "macros.py").write_text("changed")
    places.addin.write_bytes(b"changed")
    problems = status(places)[1]
    assert [str(places.app / "udfs.py") in problems[0], "找不到" in problems[0]] == [True, True]
    assert str(places.app / "macros.py") in problems[1]
    assert "先把它移走" in problems[2]


def test_an_installation_of_another_version_is_told(places: Places, ingredients: Ingredients) -> None:
    installed(places, ingredients)
    record = read_record(places)
    assert record is not None
    places.record.write_bytes(replace(record, version="0.0.1").as_bytes())
    assert "加载项是 0.0.1 版" in status(places)[1][0]


def test_without_an_installation_a_foreign_addin_is_named(places: Places) -> None:
    assert status(places) == ([], ["没有安装加载项；安装请运行 安装.bat，或 jixiao addin install"])
    places.addin.write_bytes(b"foreign")
    assert str(places.addin) in status(places)[0][0]
