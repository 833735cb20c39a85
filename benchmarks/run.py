"""Measure the program beside what it is compared with, in one run, and write the figures.

    python benchmarks/run.py [--quick] [-o benchmarks/README.md]

Every figure is the best of several runs of a whole process, start of the interpreter included; what counts are the
ratios. Peak memory is that of the process, as the operating system counts it.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import imports

RUNS = 5

CALAMINE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python(skip_empty_area=False)
"""
OPENPYXL = """
import sys, openpyxl
openpyxl.load_workbook(sys.argv[1]).save(sys.argv[1])
"""
PANDAS = """
import sys, pandas
for name, frame in pandas.read_excel(sys.argv[1], sheet_name=None, header=None).items():
    rows = [index for index in range(len(frame)) if "一级指标" in [str(cell) for cell in frame.iloc[index]]]
    for index in range(rows[0] + 1, len(frame)) if rows else []:
        value = str(frame.iloc[index, 5])
        if value == "nan" or value.isdigit():
            print(name, index + 1, value)
"""
BUILD = """
import sys
from dataclasses import replace
from jixiao.sample import sample_department
from jixiao.workbook.template import build_workbook
path, projects, rows = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
department = sample_department(projects)
cut = tuple(replace(project, indicators=project.indicators[:rows]) for project in department.projects)
build_workbook(replace(department, projects=cut)).save(path)
"""
IMPORT = "import python_calamine"


class Run(NamedTuple):
    seconds: float
    megabytes: float


def measured(command: Sequence[str], prepare: Callable[[], object] = lambda: None, runs: int = RUNS) -> Run:
    """The fastest of several runs of a command, and its peak memory."""
    best = Run(float("inf"), 0.0)
    for _ in range(runs):
        prepare()
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        best = min(best, Run(seconds, usage.ru_maxrss / 1024))
    return best


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


def jixiao(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "jixiao.cli", *map(str, arguments)]


def workbook(folder: Path, projects: int, rows: int = 100, *, escaped: bool = True) -> Path:
    """Invented projects, each its own sheet, with at most `rows` indicators, as `jixiao new --sample` writes them.

    Built in a process of its own: a child's peak memory counts from that of the process that starts it. openpyxl with
    lxml writes each Chinese sign as a reference (&#20135;), which takes calamine longer; not `escaped`: without lxml.
    """
    path = folder / f"{projects}.xlsx"
    environment = os.environ | ({} if escaped else {"OPENPYXL_LXML": "False"})
    subprocess.run(python(BUILD, path, projects, rows), check=True, env=environment)
    return path


def validated(folder: Path, path: Path) -> tuple[Run, Run]:
    """The bare reading of a workbook, and its validation."""
    return measured(python(CALAMINE, path)), measured(jixiao("validate", path, "-o", folder / "out.txt"))


def ratio(run: Run, base: Run) -> str:
    return f"{run.seconds / base.seconds:.1f}×"


def verdict(value: float, limit: float) -> str:
    return f"目标不超过 {limit:g}：{'达到' if value <= limit else '未达到'}"


def validate_lines(folder: Path, sizes: Sequence[int]) -> list[str]:
    lines = [
        "| 项目表 | calamine 裸读（秒） | `jixiao validate`（秒） | 倍数 | 每表（毫秒） | 内存（MB） |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for size in sizes:
        path = workbook(folder, size)
        bare, own = validated(folder, path)
        figures = (f"{bare.seconds:.3f}", f"{own.seconds:.3f}", ratio(own, bare), f"{own.seconds / size * 1000:.2f}")
        lines.append(f"| {size} | {' | '.join(figures)} | {own.megabytes:.0f} |")
    last = f"最大的一个：倍数{verdict(own.seconds / bare.seconds, 5)}；内存（MB）{verdict(own.megabytes, 300)}。"
    bare, own = validated(folder, workbook(folder, sizes[-1], escaped=False))
    plain = (
        f"同样的 {sizes[-1]} 张表，文字不转义（如 Excel 保存的）：裸读 {bare.seconds:.3f} 秒，"
        f"`jixiao validate` {own.seconds:.3f} 秒，{ratio(own, bare)}（{verdict(own.seconds / bare.seconds, 5)}）。"
    )
    return [*lines, "", last, "", plain]


def peer_lines(folder: Path) -> list[str]:
    path = workbook(folder, 200, rows=8)
    bare, own = validated(folder, path)
    pandas = measured(python(PANDAS, path), runs=1)
    return [
        f"- calamine 裸读 {bare.seconds:.3f} 秒；`jixiao validate` {own.seconds:.3f} 秒，{ratio(own, bare)}，"
        f"内存 {own.megabytes:.0f} MB",
        f"- pandas.read_excel 读全部工作表再逐行循环（只查两种问题）{pandas.seconds:.2f} 秒，{ratio(pandas, bare)}；"
        f"是 `jixiao validate` 的 {pandas.seconds / own.seconds:.1f} 倍",
    ]


def write_lines(folder: Path, size: int) -> list[str]:
    path = workbook(folder, size)
    copy = folder / "copy.xlsx"

    def fresh() -> None:
        shutil.copy(path, copy)

    openpyxl = measured(python(OPENPYXL, copy), fresh, runs=1)
    summary = measured(jixiao("summary", copy, "--in-place"), fresh, runs=3)
    mark = measured(jixiao("validate", copy, "--mark", "--in-place"), fresh, runs=3)
    share = summary.seconds / openpyxl.seconds
    return [
        f"- openpyxl 打开并保存 {openpyxl.seconds:.2f} 秒",
        f"- `jixiao summary --in-place` {summary.seconds:.2f} 秒，是它的 {share:.2f}，内存 {summary.megabytes:.0f} MB",
        f"- `jixiao validate --mark --in-place` {mark.seconds:.2f} 秒，是它的 {mark.seconds / openpyxl.seconds:.2f}，"
        f"内存 {mark.megabytes:.0f} MB",
        f"- 汇总与 openpyxl 之比{verdict(share, 0.2)}",
    ]


def cold_lines(folder: Path) -> list[str]:
    subprocess.run(jixiao("demo", "-o", folder), check=True, stdout=subprocess.DEVNULL)
    bare = measured(python(IMPORT), runs=10)
    own = measured(jixiao("validate", folder / "绩效目标示例.xlsx"), runs=10)
    allowed = 4 * bare.seconds + 0.2
    return [
        f'- `python -c "import python_calamine"` {bare.seconds:.3f} 秒；'
        f"`jixiao validate` 演示工作簿 {own.seconds:.3f} 秒（目标：4 倍加 0.2 秒，即 {allowed:.3f} 秒）"
    ]


def in_libreoffice() -> list[str]:
    """In a process of its own: what it loads would count as the memory of every child of this one."""
    script = Path(__file__).with_name("libreoffice.py")
    return subprocess.run([sys.executable, script], check=True, capture_output=True, text=True).stdout.splitlines()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smaller workbooks")
    parser.add_argument("-o", type=Path, help="write here instead of printing")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as on a user's machine, modules are compiled once
    sizes, large = ((10, 100), 100) if options.quick else ((10, 100, 300, 1000), 1000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = "\n".join([
            "# 性能", "", "命令：`python benchmarks/run.py -o benchmarks/README.md`", "",
            "每个数字是整个进程多次运行中最快的一次，含解释器启动；看的是倍数。"
            f"{platform.system()}，{os.cpu_count()} 核，Python {platform.python_version()}。", "",
            "## 校验", "", *validate_lines(folder, sizes), "",
            "## 200 张表，每表 8 行指标", "", *peer_lines(folder), "",
            f"## 写入：{large} 张项目表", "", *write_lines(folder, large), "",
            "## 冷启动", "", *cold_lines(folder), "",
            "## 导入", "", *imports.one_document(folder), *imports.many_tables(folder), "",
            "## LibreOffice 里点按钮", "", *in_libreoffice(), "",
        ])  # fmt: skip
    if options.o:
        options.o.write_text(text, "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
