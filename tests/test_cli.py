"""The command line, as a user runs it: real files in, text and exit codes out."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from jixiao import __version__
from jixiao.cli import main
from jixiao.engine.file import open_book
from jixiao.model.value import parse_value
from jixiao.sample import real_department
from jixiao.workbook.file_reader import read_grids
from jixiao.workbook.layout import Kind
from jixiao.workbook.reader import read_workbook
from tests import workbooks

DONE, ERRORS_FOUND, FAILED = 0, 1, 2
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbooks.written(tmp_path, real_department())


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_validate_reports_in_chinese_and_exits_with_one(book: Path, capsys: Capture) -> None:
    assert run("validate", book) == ERRORS_FOUND
    out = capsys.readouterr().out
    assert "JX202" in out
    assert "市县人大代表人大干部履职培训经费" in out
    assert "F14" in out


def test_validate_without_errors_exits_with_zero(book: Path) -> None:
    assert run("validate", book, "--select", "JX1", "JX3") == DONE


def test_validate_changes_no_file(book: Path) -> None:
    before = book.read_bytes()
    run("validate", book)
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_json_has_the_promised_shape(book: Path, capsys: Capture) -> None:
    assert run("validate", book, "--format", "json") == ERRORS_FOUND
    told = json.loads(capsys.readouterr().out)
    assert {"workbook", "department", "counts", "findings", "unchecked"} <= set(told)
    assert told["workbook"] == "book.xlsx"
    assert told["counts"]["error"] == sum(finding["severity"] == "error" for finding in told["findings"])
    assert {
        "code", "name", "severity", "sheet", "cell", "project_code", "project", "indicator", "field", "value",
        "message", "advice", "authority",
    } == set(told["findings"][0])  # fmt: skip
    ceiling = next(finding for finding in told["findings"] if finding["code"] == "JX202")
    assert (ceiling["indicator"], ceiling["cell"], ceiling["project_code"]) == (
        "成本控制",
        "F14",
        "13022924P00JXC4169799",
    )
    assert any(finding["indicator"] is None for finding in told["findings"])


def test_select_and_ignore_narrow_the_rules(book: Path, capsys: Capture) -> None:
    run("validate", book, "--select", "JX5", "--ignore", "JX51", "--format", "json")
    codes = {finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert codes
    assert all(code.startswith(("JX50", "JX52")) for code in codes)


def test_an_unknown_code_is_refused(book: Path, capsys: Capture) -> None:
    assert run("validate", book, "--select", "ZZ") == FAILED
    assert "没有代码以“ZZ”开头的规则" in capsys.readouterr().err


def test_html_goes_to_a_file(book: Path, tmp_path: Path) -> None:
    assert run("validate", book, "--format", "html", "-o", tmp_path / "report.html") == ERRORS_FOUND
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_mark_writes_another_file_and_leaves_the_book(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    assert run("validate", book, "--mark", "-o", tmp_path / "marked.xlsx") == ERRORS_FOUND
    assert book.read_bytes() == before
    marked = {grid.name: grid for grid in read_grids(tmp_path / "marked.xlsx")}
    assert any("JX202" in str(row) for row in marked[Kind.FINDINGS.value].rows)


def test_mark_in_place_keeps_a_backup(book: Path) -> None:
    before = book.read_bytes()
    run("validate", book, "--mark", "--in-place")
    assert book.with_name("book.xlsx.bak").read_bytes() == before
    assert book.read_bytes() != before


def test_mark_without_a_target_says_what_to_add(book: Path, capsys: Capture) -> None:
    assert run("validate", book, "--mark") == FAILED
    assert "--in-place" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["validate"], ["validate", "--format", "html"], ["curve", "--format", "png"]])
def test_a_report_never_replaces_the_book_it_is_about(book: Path, capsys: Capture, command: list[str]) -> None:
    before = book.read_bytes()
    assert run(command[0], book, *command[1:], "-o", book) == FAILED
    assert f"输出文件就是 {book}，没有覆盖；请换一个文件名" in capsys.readouterr().err
    assert book.read_bytes() == before


def test_a_report_that_cannot_be_written_is_told_in_a_sentence(book: Path, capsys: Capture) -> None:
    assert run("validate", book, "-o", book.with_name("长" * 120 + ".txt")) == FAILED
    assert "文件名过长" in capsys.readouterr().err


def test_a_report_replaces_a_link_that_leads_nowhere(book: Path) -> None:
    link = book.with_name("圈.txt")
    link.symlink_to(link)
    assert run("validate", book, "-o", link) == ERRORS_FOUND
    assert "JX503" in link.read_text("utf-8")


def test_summary_never_overwrites_the_book_by_chance(book: Path, capsys: Capture) -> None:
    before = book.read_bytes()
    assert run("summary", book, "-o", book) == FAILED
    assert book.read_bytes() == before
    assert "--in-place" in capsys.readouterr().err


def test_summary_writes_the_summary(book: Path, tmp_path: Path) -> None:
    assert run("summary", book, "-o", tmp_path / "sum.xlsx") == DONE
    rows = next(grid.rows for grid in read_grids(tmp_path / "sum.xlsx") if grid.name == Kind.SUMMARY.value)
    assert rows[-1][14] == 7015904.46


def test_curve_as_json_is_exact(book: Path, capsys: Capture) -> None:
    assert run("curve", book, "--format", "json") == DONE
    told = json.loads(capsys.readouterr().out)
    assert [node["amount"] for node in told["department"]["nodes"]] == [
        "1711126.12", "3581925.23", "5298858.35", "7015904.46",
    ]  # fmt: skip
    assert [node["amount"] for node in told["projects_total"]["nodes"]] == [
        "237800.00", "591300.00", "878880.00", "1122600.00",
    ]  # fmt: skip
    assert len(told["projects"]) == 7
    assert len(told["department"]["monthly"]) == 12


def test_curve_of_one_project_as_text(book: Path, capsys: Capture) -> None:
    assert run("curve", book, "--project", "13022924P004R2810292F") == DONE
    out = capsys.readouterr().out
    assert "8,000.00" in out
    assert "32,000.00" in out


def test_curve_of_an_unknown_project_is_refused(book: Path, capsys: Capture) -> None:
    assert run("curve", book, "--project", "X") == FAILED
    assert "X" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "beginning"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_curve_as_a_picture(book: Path, tmp_path: Path, form: str, beginning: bytes) -> None:
    out = tmp_path / f"curve.{form}"
    assert run("curve", book, "--format", form, "-o", out) == DONE
    assert out.read_bytes().startswith(beginning)


def test_normalise_previews_then_changes(book: Path, tmp_path: Path, capsys: Capture) -> None:
    before = book.read_bytes()
    assert run("normalise", book, "--dry-run") == DONE
    assert "289份 → ＝289份" in capsys.readouterr().out
    assert book.read_bytes() == before
    assert run("normalise", book, "-o", tmp_path / "mended.xlsx") == DONE
    opened = open_book(tmp_path / "mended.xlsx")
    assert opened.sheets["人大代表订刊"].range("F11").value == "＝289份"
    opened.close()


def test_rules_lists_and_explains(capsys: Capture) -> None:
    assert run("rules") == DONE
    assert "JX202" in capsys.readouterr().out
    assert run("rules", "jx202") == DONE
    assert "cost-ceiling-above-budget" in capsys.readouterr().out
    assert run("rules", "JX999") == FAILED


@pytest.mark.parametrize("profile", ["hebei", "mof-2021"])
def test_new_makes_a_workbook_that_waits_to_be_filled(tmp_path: Path, capsys: Capture, profile: str) -> None:
    assert run("new", tmp_path / "新.xlsx", "--projects", "3", "--profile", profile) == DONE
    assert run("validate", tmp_path / "新.xlsx") == FAILED
    assert "还没有填写" in capsys.readouterr().err
    assert run("new", tmp_path / "新.xlsx") == FAILED
    assert "已经存在" in capsys.readouterr().err


def test_new_with_sample_fills_the_forms(tmp_path: Path) -> None:
    assert run("new", tmp_path / "例.xlsx", "--projects", "4", "--sample") == DONE
    assert len(read_workbook(read_grids(tmp_path / "例.xlsx")).department.projects) == 4


def test_demo_says_what_it_found_and_which_file_to_open(tmp_path: Path, capsys: Capture) -> None:
    assert run("demo", "-o", tmp_path) == DONE
    out = capsys.readouterr().out
    assert "JX202" in out
    assert "7,015,904.46" in out
    assert "绩效目标示例.xlsx" in out
    assert run("demo", "-o", tmp_path) == DONE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["绩效目标示例(2).xlsx", "绩效目标示例.xlsx"]


def test_help_and_version_are_in_chinese(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        run("--help")
    assert left.value.code == DONE
    out = capsys.readouterr().out
    assert "用法：" in out
    assert "usage" not in out
    with pytest.raises(SystemExit):
        run("--version")
    assert __version__ in capsys.readouterr().out


def test_wrong_arguments_are_told_in_chinese(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        run("validate")
    assert left.value.code == FAILED
    assert "缺少参数" in capsys.readouterr().err


def test_validate_loads_no_spreadsheet_program_s_library(book: Path) -> None:
    script = f"""
import sys
from jixiao.cli import main
main(["validate", {str(book)!r}])
heavy = {{"xlwings", "pandas", "numpy", "openpyxl", "excelize"}} & set(sys.modules)
print(sorted(heavy), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stderr.strip() == "[]"


def test_a_failure_is_one_sentence_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jixiao.cli", "validate", str(tmp_path / "没有.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == FAILED
    assert done.stderr.startswith("jixiao：")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_sign_that_the_output_cannot_show_is_escaped(tmp_path: Path) -> None:
    first = real_department().projects[0]
    odd = replace(first.indicators[0], value=parse_value("400m³"))
    department = replace(real_department(), projects=(replace(first, indicators=(odd, *first.indicators[1:])),))
    book = workbooks.written(tmp_path, department)
    command = [sys.executable, "-m", "jixiao.cli", "validate", str(book)]
    environment = os.environ | {"PYTHONIOENCODING": "gbk"}
    told = subprocess.run([*command, "--format", "json"], capture_output=True, env=environment)
    assert (told.returncode, told.stderr) == (ERRORS_FOUND, b"")
    values = [one["value"] for one in json.loads(told.stdout.decode("gbk"))["findings"]]
    assert "400m³" in values
    assert b"400m\\u00b3" in subprocess.run(command, capture_output=True, env=environment).stdout


@pytest.mark.parametrize("command", ["validate", "curve"])  # more than is kept back at first, and less
def test_output_that_the_disk_does_not_take_is_told_in_a_sentence(book: Path, tmp_path: Path, command: str) -> None:
    # Unbuffered, Python itself does not notice that a part was not taken.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with (tmp_path / "结果.txt").open("wb") as out:
        told = subprocess.run(
            [sys.executable, "-m", "jixiao.cli", command, str(book)], stdout=out, stderr=subprocess.PIPE, text=True,
            env=environment, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
        )  # fmt: skip
    assert told.returncode == FAILED
    assert told.stderr.startswith("jixiao：结果没有输出完") and told.stderr.count("\n") == 1
