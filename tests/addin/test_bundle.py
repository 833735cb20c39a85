"""The folder for a machine without internet: the right packages, complete, each file where it is looked for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.utils import canonicalize_name

from jixiao.addin.bundle_check import MODULES, check_bundle
from jixiao.addin.bundle_files import scripts
from jixiao.addin.bundle_make import SHIPPED, lay_out_program, make_bundle
from jixiao.addin.wheels import (
    CannotBundle,
    Target,
    applicable,
    fetch,
    lay_out,
    misfits,
    own_requirements,
    unmet,
)
from jixiao.cli import main

ROOT = Path(__file__).parents[2]
TARGET = Target(12)
Capture = pytest.CaptureFixture[str]


def wheel(folder: Path, name: str, files: dict[str, bytes], requires: Sequence[str] = ()) -> Path:
    """A wheel as small as can be."""
    path = folder / name
    info = "-".join(name.split("-")[:2]) + ".dist-info"
    metadata = "\n".join(["Metadata-Version: 2.1", *(f"Requires-Dist: {each}" for each in requires), "", "text"])
    with ZipFile(path, "w") as package:
        for place, content in {**files, f"{info}/METADATA": metadata.encode()}.items():
            package.writestr(place, content)
    return path


def program(machine: int) -> bytes:
    """The beginning of a Windows program for the machine."""
    return (
        b"MZ".ljust(0x3C, b"\0")
        + (0x80).to_bytes(4, "little")
        + bytes(0x40)
        + b"PE\0\0"
        + machine.to_bytes(2, "little")
    )


@pytest.fixture
def wheels(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "wheels"
    folder.mkdir()
    library = "xlwings-0.37.8.data/data/xlwings64-0.37.8.dll"
    return [
        wheel(folder, "xlwings-0.37.8-cp312-cp312-win_amd64.whl", {"xlwings/__init__.py": b"", library: b"dll"}),
        wheel(folder, "excelize-0.1.0-py3-none-any.whl", {"excelize.py": b"", "libexcelize.amd64.linux.so": b"so"}),
    ]


@pytest.fixture
def python_zip(tmp_path: Path) -> Path:
    path = tmp_path / "python-3.12.9-embed-amd64.zip"
    with ZipFile(path, "w") as package:
        for name in ("python312.dll", "python312.zip", "python312._pth"):
            package.writestr(name, name)
        package.writestr("python.exe", program(0x8664))
    return path


@pytest.fixture
def bundle(tmp_path: Path, wheels: list[Path], python_zip: Path) -> Path:
    make_bundle(tmp_path / "安装盘", TARGET, wheels, python_zip)
    return tmp_path / "安装盘"


# Which wheels


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("a-1-cp312-cp312-win_amd64.whl", True),
        ("a-1-cp310-abi3-win_amd64.whl", True),
        ("a-1-py2.py3-none-any.whl", True),
        ("a-1-cp313-cp313-win_amd64.whl", False),
        ("a-1-cp313-abi3-win_amd64.whl", False),
        ("a-1-cp312-cp312-win32.whl", False),
        ("a-1-cp312-cp312-win_arm64.whl", False),
        ("a-1-cp312-cp312-manylinux_2_17_x86_64.whl", False),
    ],
)
def test_a_wheel_must_match_version_and_platform(name: str, fits: bool) -> None:
    assert misfits([Path(name)], TARGET) == ([] if fits else [name])


def test_conditions_are_judged_by_windows_not_by_this_machine() -> None:
    asked = [
        "pywin32>=224; platform_system == 'Windows'", "appscript; sys_platform == 'darwin'", "pytest; extra == 'test'",
        "old; python_version < '3.12'", "plain>=1",
    ]  # fmt: skip
    assert [str(each) for each in applicable(asked, TARGET)] == ["pywin32>=224", "plain>=1"]


def test_what_a_wheel_asks_for_must_be_there_in_a_version_it_accepts(tmp_path: Path) -> None:
    one = wheel(tmp_path, "one-1.0-py3-none-any.whl", {}, ["Two_B>=2", "never; sys_platform == 'linux'", "three==3.*"])
    two = wheel(tmp_path, "two_b-1.9-py3-none-any.whl", {})
    assert [str(each) for each in unmet([], [one, two], TARGET)] == ["Two_B>=2", "three==3.*"]
    newer = wheel(tmp_path, "two_b-2.1-py3-none-any.whl", {})
    three = wheel(tmp_path, "three-3.4-py3-none-any.whl", {})
    assert unmet([], [one, newer, three], TARGET) == []


@pytest.mark.parametrize("text", ["3.10", "2.7", "3", "3.12.1", "最新"])
def test_a_python_that_will_not_do_is_refused(text: str) -> None:
    with pytest.raises(CannotBundle, match=re.escape(text)):
        Target.of(text)


def test_every_declared_package_is_tried_by_the_check() -> None:
    from importlib.metadata import packages_distributions

    found = packages_distributions()
    tried = {canonicalize_name(name) for module in MODULES for name in found.get(module.split(".")[0], [])}
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {canonicalize_name(each.name) for each in applicable(declared, TARGET)} <= tried


# The folder


def test_each_file_lies_where_it_is_looked_for(bundle: Path) -> None:
    site_packages = bundle / "python/Lib/site-packages"
    assert (bundle / "python/xlwings64-0.37.8.dll").read_bytes() == b"dll"
    assert not list(site_packages.rglob("*.dll"))
    assert (site_packages / "xlwings/__init__.py").is_file()
    assert (site_packages / "excelize.py").is_file()
    assert not (site_packages / "libexcelize.amd64.linux.so").exists()
    assert (bundle / "python/python.exe").is_file()
    names = {path.name for path in bundle.iterdir()}
    assert names == {"安装.bat", "卸载.bat", "自检.bat", "说明.txt", "files.json", "python"}


def test_a_complete_folder_passes_the_check(bundle: Path, capsys: Capture) -> None:
    assert check_bundle(bundle) == []
    assert main(["addin", "bundle", "--check", str(bundle)]) == 0
    assert "完整" in capsys.readouterr().out


def test_without_python_the_check_says_what_to_put_where(tmp_path: Path, wheels: list[Path]) -> None:
    make_bundle(tmp_path / "盘", TARGET, wheels)
    problems = check_bundle(tmp_path / "盘")
    assert len(problems) == 1
    assert "python.exe、python312.dll、python312.zip" in problems[0]
    assert "说明.txt" in problems[0]


def test_files_that_are_missing_or_cut_off_are_named(bundle: Path, capsys: Capture) -> None:
    (bundle / "python/xlwings64-0.37.8.dll").unlink()
    (bundle / "python/Lib/site-packages/jixiao/cli.py").write_text("")
    missing, changed = check_bundle(bundle)
    assert "缺少 1 个文件：python/xlwings64-0.37.8.dll" in missing
    assert "jixiao/cli.py" in changed
    assert main(["addin", "bundle", "--check", str(bundle)]) == 1
    (bundle / "files.json").write_text("{")
    assert "不是离线安装文件夹" in check_bundle(bundle)[0]


def test_another_folder_is_never_overwritten(tmp_path: Path, wheels: list[Path]) -> None:
    (tmp_path / "文件.txt").write_text("x")
    for taken in (tmp_path, tmp_path / "文件.txt"):
        with pytest.raises(CannotBundle, match="已经存在"):
            make_bundle(taken, TARGET, wheels)


def test_a_failure_leaves_no_half_folder(tmp_path: Path, wheels: list[Path]) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    for python in (tmp_path / "没有.zip", wheels[0]):
        with pytest.raises(CannotBundle, match=re.escape(str(python))):
            make_bundle(tmp_path / "盘", TARGET, wheels, python)
    assert {path.name for path in tmp_path.iterdir()} == before
    with pytest.raises(CannotBundle, match="无法写入"):
        make_bundle(wheels[0] / "盘", TARGET, wheels)


def test_a_python_for_another_machine_is_refused(tmp_path: Path, wheels: list[Path], python_zip: Path) -> None:
    with pytest.raises(CannotBundle, match=r"Python 3\.13"):
        make_bundle(tmp_path / "盘", Target(13), wheels, python_zip)
    with ZipFile(python_zip, "w") as package:
        for name in ("python312.dll", "python312.zip", "python312._pth"):
            package.writestr(name, name)
        package.writestr("python.exe", program(0x014C))
    with pytest.raises(CannotBundle, match="64-bit"):
        make_bundle(tmp_path / "盘", TARGET, wheels, python_zip)


# What the user starts


def test_scripts_mean_the_same_in_every_code_page() -> None:
    for name, content in scripts(TARGET).items():
        if name.endswith(".bat"):
            lines = content.split(b"\r\n")
            assert b"\n" not in b"".join(lines)
            assert lines[0] == b"@echo off"
            foreign = [pair for pair in re.findall(rb"[\x80-\xff]+", content) if len(pair) % 2]
            assert foreign == []
            assert content.decode("gbk") == content.decode("gb2312")


def test_scripts_start_what_is_there(bundle: Path) -> None:
    """Every quoted path of a script lies in the folder; every command is one of the program's."""
    for path in bundle.glob("*.bat"):
        text = path.read_bytes().decode("gbk")
        for quoted in re.findall(r'"(python\\[^"]+)"', text):
            assert (bundle / quoted.replace("\\", "/")).is_file()
        for arguments in re.findall(r"start\.py\" (addin \w+)", text):
            with pytest.raises(SystemExit) as left:
                main([*arguments.split(), "--help"])
            assert left.value.code == 0
        labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
        assert set(re.findall(r"goto (\w+)", text)) <= labels


def test_the_page_tells_where_python_comes_from_without_an_address() -> None:
    page = scripts(Target(13))["说明.txt"].decode("utf-8-sig")
    assert "embeddable package (64-bit)" in page
    assert "python-3.13.x-embed-amd64.zip" in page
    assert "http" not in page
    assert "尚未在真实的 Windows 上试装" in page


def test_the_program_runs_from_the_folder_alone(tmp_path: Path) -> None:
    """Its code, templates and sources come from the folder; only the packages are those of this machine."""
    python = tmp_path / "python"
    lay_out_program(python / "Lib/site-packages")
    (python / "start.py").write_bytes(scripts(TARGET)["python/start.py"])
    (tmp_path / "profile").mkdir()
    code = (
        "import sys, os; sys.path[:] = [path for path in sys.path if not os.path.isfile(path + '/jixiao/cli.py')];"
        "sys.meta_path = [finder for finder in sys.meta_path if 'editable' not in repr(finder)];"
        "start = sys.argv[1]; sys.argv = sys.argv[1:];"
        "import runpy; runpy.run_path(start, run_name='__main__')"
    )
    command = [sys.executable, "-I", "-c", code, str(python / "start.py"), "addin", "install"]
    done = subprocess.run([*command, "--appdata", str(tmp_path / "profile")], capture_output=True, text=True, cwd="/")
    assert (done.returncode, done.stderr) == (0, "")
    installed = tmp_path / "profile/AppData/Local/JiXiao/app/macros.py"
    assert installed.read_bytes() == (ROOT / "macros.py").read_bytes()


def test_the_folder_carries_what_the_wheel_carries() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    included = tools["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {name: f"jixiao/_shipped/{name}" for name in SHIPPED}


@pytest.mark.slow
def test_the_real_packages_are_complete_and_fit(tmp_path: Path) -> None:
    """Downloads them: the only test that needs the package index."""
    (tmp_path / "wheels").mkdir()
    fetched = fetch(own_requirements(), tmp_path / "wheels", TARGET)
    assert misfits(fetched, TARGET) == []
    assert unmet(applicable(own_requirements(), TARGET), fetched, TARGET) == []
    for each in fetched:
        lay_out(each, tmp_path / "python")
    site_packages = tmp_path / "python/Lib/site-packages"
    for module in MODULES:
        path = site_packages / module.replace(".", "/")
        assert (
            path.with_suffix(".py").is_file()
            or (path / "__init__.py").is_file()
            or list(path.parent.glob(f"{path.name}*.pyd"))
        )
    (version,) = [each.name.split("-")[1] for each in fetched if each.name.startswith("xlwings-")]
    for bits in (32, 64):
        assert (tmp_path / f"python/xlwings{bits}-{version}.dll").is_file()
    strangers = [path.name for path in site_packages.rglob("*") if path.suffix in (".so", ".dylib")]
    assert strangers == []


@pytest.mark.slow
def test_a_package_that_does_not_exist_for_windows_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotBundle, match="下载组件失败"):
        fetch(["jixiao==0.0.0"], tmp_path, TARGET)


def test_the_manifest_names_every_file(bundle: Path) -> None:
    named = set(json.loads((bundle / "files.json").read_text("utf-8"))["files"])
    there = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert there - named == {"files.json"}
