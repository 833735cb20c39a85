"""Installing, removing and telling how it stands; every bad state is one Chinese sentence and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao import __version__
from jixiao.cli import main
from jixiao.libreoffice import LibreOfficeProblem
from jixiao.libreoffice.build import functions_module
from jixiao.libreoffice.office import Suite, find_suite
from jixiao.libreoffice.profile import Profile, functions_are, put_functions, remove_functions
from tests.libreoffice_extension.hosts import blank_profile, program_folder

LISTING = f"""cat <<E
Identifier: org.jixiao.calc
  Version: {__version__}
  URL: vnd.sun.star.expand:x/jixiao.oxt
  is registered: yes
E"""
NOT_DEPLOYED = 'echo "ERROR: Exception occurred: There is no such extension deployed: org.jixiao.calc" ; exit 1'


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one sentence of a command that could not be carried out."""
    assert main(["libreoffice", *arguments]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0].removeprefix("jixiao：")


def fake(tmp_path: Path, unopkg: str, *, module: bool = False) -> list[str]:
    """The options that mean a LibreOffice whose unopkg answers so, and a profile without, or with, the functions."""
    folder = program_folder(tmp_path / "program", python="3.11.4", unopkg=unopkg)
    profile = blank_profile(tmp_path / "profile")
    if module:
        put_functions(Profile(profile, False), functions_module())
    return ["--soffice", str(folder / "soffice"), "--profile", str(profile)]


# which LibreOffice


def test_no_libreoffice_where_it_should_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("install", "uninstall", "status"):
        sentence = told(capsys, command, "--soffice", str(tmp_path))
        assert sentence.startswith(f"“{tmp_path}”里没有找到 LibreOffice；请先安装")


def test_no_libreoffice_at_all(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("jixiao.libreoffice.office._FOLDERS", ("/no-such-folder/program",))
    assert told(capsys, "install").startswith("本机没有找到 LibreOffice；请先安装")


def test_another_system_is_sent_to_the_excel_add_in() -> None:
    with pytest.raises(LibreOfficeProblem, match=r"只在 Linux 上试过.*jixiao addin install"):
        find_suite(system="win32")


@pytest.mark.parametrize(
    ("python", "reason"), [("3.8.16", "用的是 Python 3.8，绩效助手需要 3.11"), ("", "没有 Python 支持")]
)
def test_a_libreoffice_whose_python_does_not_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], python: str, reason: str
) -> None:
    folder = program_folder(tmp_path / "program", python=python)
    assert reason in told(capsys, "install", "--soffice", str(folder))


def test_the_python_of_a_distribution_is_read_from_the_library(tmp_path: Path) -> None:
    folder = program_folder(tmp_path / "program")
    (folder / "libpyuno.so").write_bytes(b"\x7fELF...libpython3.9.so.1.0...")
    assert Suite(folder).python == (3, 9)


def test_the_profile_is_the_one_that_libreoffice_names(tmp_path: Path) -> None:
    folder = program_folder(tmp_path / "program")
    assert Suite(folder).default_profile({"XDG_CONFIG_HOME": "/c"}) == Path("/c/libreoffice/4")
    (folder / "bootstraprc").write_text("[Bootstrap]\nUserInstallation=$SYSUSERCONFIG/office/9\n")
    assert Suite(folder).default_profile({"XDG_CONFIG_HOME": "/c"}) == Path("/c/office/9")
    assert Suite(folder).default_profile({}) == Path.home() / ".config/office/9"


# how it stands


def test_nothing_is_installed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = fake(tmp_path, NOT_DEPLOYED)
    assert told(capsys, "status", *options).startswith(
        "LibreOffice 里没有安装绩效助手；请运行 jixiao libreoffice install"
    )
    assert told(capsys, "uninstall", *options) == "LibreOffice 里没有安装绩效助手，不用卸载"


def test_a_profile_that_was_never_used_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = program_folder(tmp_path / "program", python="3.11.4")
    sentence = told(capsys, "status", "--soffice", str(folder), "--profile", str(tmp_path / "none"))
    assert "没有安装" in sentence and not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("before", "after", "module", "sentence"),
    [
        (
            __version__,
            "0.0.9",
            True,
            f"装的是绩效助手 0.0.9 版，本程序是 {__version__} 版；请运行 jixiao libreoffice install",
        ),
        ("registered: yes", "registered: no", True, "没有启用"),
        ("", "", False, "工作表函数不在 LibreOffice 的宏库里"),
    ],
)
def test_an_installation_that_is_not_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, module: bool, sentence: str
) -> None:
    options = fake(tmp_path, LISTING.replace(before, after) if before else LISTING, module=module)
    assert sentence in told(capsys, "status", *options)


def test_root_is_told_to_use_another_account(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = 'echo "ERROR: Cannot run unopkg as root without --shared or --bundled option." ; exit 1'
    options = fake(tmp_path, said)
    for command in ("install", "status"):
        assert "不能用 root 帐户" in told(capsys, command, *options)


def test_the_lock_of_a_libreoffice_that_crashed_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = 'echo "ERROR: unopkg cannot be started. The lock file is at:"; echo /home/a/.lock; exit 1'
    assert "没有正常结束，或者还在运行，留下了 /home/a/.lock" in told(capsys, "install", *fake(tmp_path, said))


def test_what_libreoffice_refuses_is_passed_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = 'case "$1" in list) echo "no such extension deployed";; *) echo "ERROR: the disk is full";; esac; exit 1'
    sentence = told(capsys, "install", *fake(tmp_path, said))
    assert sentence == "没有完成安装：LibreOffice 报告“the disk is full”；请关闭 LibreOffice 后再试"
    assert not (tmp_path / "profile/user/basic/Standard/JXFunctions.xba").exists()


def test_an_extension_without_its_functions_is_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log"
    options = fake(tmp_path, f'echo "$1" >> {log}; {LISTING}')
    (tmp_path / "profile/user/basic/Standard/script.xlb").write_text("<broken")
    assert told(capsys, "install", *options).startswith("读不了 LibreOffice 的宏库列表")
    assert log.read_text().split() == ["list", "add", "remove"]


# in use


def process(folder: Path, number: int, *arguments: str) -> None:
    (folder / str(number)).mkdir(parents=True)
    (folder / str(number) / "cmdline").write_bytes(b"\0".join(each.encode() for each in arguments) + b"\0")


def test_a_profile_is_in_use_while_its_libreoffice_runs(tmp_path: Path) -> None:
    own, usual = Profile(tmp_path / "用户 1", False), Profile(tmp_path / "usual", True)
    chosen = f"-env:UserInstallation={own.folder.as_uri()}"
    for number, arguments, used in (
        (1, ("/usr/lib/libreoffice/program/soffice.bin", "--calc"), usual),
        (2, ("/usr/lib/libreoffice/program/soffice.bin", chosen, "--headless"), own),
        (3, ("/bin/cat", "soffice.bin", chosen), None),
    ):
        folder = tmp_path / f"proc{number}"
        process(folder, number, *arguments)
        assert [each for each in (own, usual) if each.in_use(folder)] == ([used] if used else [])


def test_while_it_runs_nothing_is_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Profile, "in_use", lambda self: True)
    options = fake(tmp_path, LISTING)
    for command in ("install", "uninstall"):
        assert told(capsys, command, *options) == "LibreOffice 正在运行；请保存并关闭它的所有窗口，再试一次"


# the functions in the user's own library


def test_the_user_s_own_modules_stay_as_they_are(tmp_path: Path) -> None:
    profile = Profile(blank_profile(tmp_path / "profile", "Module1"), False)
    before = profile.index.read_text()
    put_functions(profile, "REM one\n")
    put_functions(profile, "REM two\n")
    assert functions_are(profile, "REM two\n") and not functions_are(profile, "REM one\n")
    assert profile.index.read_text().count("JXFunctions") == 1
    assert '"Module1"' in profile.index.read_text() and (profile.library / "Module1.xba").exists()
    remove_functions(profile)
    assert profile.index.read_text() == before and not profile.module.exists()


def test_a_library_without_modules_gets_its_first(tmp_path: Path) -> None:
    profile = Profile(blank_profile(tmp_path / "profile"), False)
    assert profile.index.read_text().rstrip().endswith("/>")
    put_functions(profile, "REM one\n")
    assert functions_are(profile, "REM one\n")
    remove_functions(profile)
    assert not functions_are(profile, "REM one\n")


def test_a_library_that_cannot_be_written(tmp_path: Path) -> None:
    profile = Profile(blank_profile(tmp_path / "profile"), False)
    profile.module.mkdir()
    with pytest.raises(LibreOfficeProblem, match="工作表函数没有装上：无法写入"):
        put_functions(profile, "REM one\n")
