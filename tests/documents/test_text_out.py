"""The text file: in the shape of published pages, for Windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.documents.writing.plain import lines_of
from jixiao.documents.writing.text_out import write_text
from jixiao.sample import real_department, sample_department
from tests.documents.departments import HEBEI, TODAY, department, project


def written(folder: Path, made) -> list[str]:  # type: ignore[no-untyped-def]
    path = folder / "text.txt"
    write_text(made, HEBEI, path, today=TODAY)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n")
    return raw.decode("utf-8-sig").split("\r\n")


def rows_of(lines: list[str]) -> list[list[str]]:
    """The tables read back: a tab begins a cell, a blank line ends a row; a covered cell is None."""
    rows: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("\t"):
            rows[-1].append("<covered>" if line == "\t" else line[1:].strip())
        elif not line.strip():
            rows.append([])
        elif rows[-1]:
            rows[-1][-1] += f"\n{line}"
    return [row for row in rows if row]


def test_part_2_has_the_lines_of_the_published_form(tmp_path: Path) -> None:
    lines = written(tmp_path, real_department())
    start = lines.index("1.代表之家联络站绩效目标表")
    assert lines[start : start + 24] == [
        "1.代表之家联络站绩效目标表", "\t101001玉田县人民代表大会常务委员会本级", "\t单位：元", "",
        "\t项目编码", "\t13022924P004R2810292F", "\t项目名称", "\t代表之家联络站", "",
        "\t预算规模及资金用途", "\t预算数", "\t40000.00", "\t其中：财政资金", "\t40000.00", "\t其他资金", "\t ", "",
        "\t", "\t主要为打造升级版的代表家（站）提供经费保障。", "",
        "\t资金支出计划（%）", "\t3月底", "\t6月底", "\t10月底",
    ]  # fmt: skip
    assert "\t产出指标" in lines and lines.count("\t一级指标") == 7


def test_both_parts_have_their_titles_below_the_cover(tmp_path: Path) -> None:
    lines = written(tmp_path, real_department())
    assert lines[:6] == [
        "玉田县人民代表大会常务委员会本级",
        "2024年部门预算绩效目标文本",
        " ",
        "第一部分",
        "部门整体绩效目标",
        " ",
    ]
    assert lines[lines.index("第二部分") + 1] == "预算项目绩效目标"


@pytest.mark.parametrize("count", [0, 1, 300])
def test_there_are_as_many_forms_as_projects(tmp_path: Path, count: int) -> None:
    lines = written(tmp_path, sample_department(count))
    assert sum(line.endswith("绩效目标表") and not line.startswith("\t") for line in lines) == count
    assert ("（无项目）" in lines) is (count == 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=60))
def test_any_text_of_a_cell_reads_back_line_by_line(tmp_path: Path, text: str) -> None:
    lines = written(tmp_path, department(project(purpose=text, goal="目标")))
    rows = rows_of(lines[lines.index("第二部分") :])
    assert rows[3] == ["<covered>", "\n".join(lines_of(text))]
    assert rows[6] == ["绩效目标", "目标"]
