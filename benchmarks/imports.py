"""Measure the import of documents: the published document phase by phase, and how the time grows with the tables.

    python benchmarks/imports.py

The whole command is the best of several runs of a process, beside an interpreter that does nothing; the phases are
those of one process that has done nothing before.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path

RUNS = 7
TABLES = (100, 300, 1000)
LIMIT = 0.3

PHASES = """
import sys, time
from pathlib import Path
times = [time.perf_counter()]
def done(what):
    times.append(time.perf_counter())
    print(f"{what} {times[-1] - times[-2]:.3f}")
from jixiao import exchange_cli, importing
done("载入程序")
from jixiao.documents.reading.source_file import read_source
from jixiao.documents.recognise import recognise
source = read_source(Path(sys.argv[1]))
done("读出")
imported = recognise(source)
done("识别")
exchange_cli.import_openpyxl_alone()
done("载入 openpyxl")
book = importing.built_workbook("x", imported)
done("建工作簿")
book.save(sys.argv[2])
done("保存")
"""


def fastest(command: list[str], prepare: Callable[[], object]) -> float:
    """Seconds of the whole process."""
    best = float("inf")
    for _ in range(RUNS):
        prepare()
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def one_document(folder: Path) -> list[str]:
    document, book = folder / "text.txt", folder / "book.xlsx"
    document.write_bytes(resources.files("jixiao.sample").joinpath("yutian-2024.txt").read_bytes())
    command = [sys.executable, "-m", "jixiao.cli", "import", str(document), "-o", str(book)]
    whole = fastest(command, lambda: book.unlink(missing_ok=True))
    bare = fastest([sys.executable, "-c", "pass"], lambda: None)
    own = whole - bare
    phases = subprocess.run(
        [sys.executable, "-c", PHASES, str(document), str(book)], check=True, capture_output=True, text=True
    ).stdout.split("\n")
    reached = "达到" if own <= LIMIT else "未达到"
    return [
        f"- 公开的那份文本：`jixiao import` 整个命令 {whole:.3f} 秒，"
        f"除解释器启动外 {own:.3f} 秒（目标 {LIMIT:g} 秒：{reached}）",
        f"- 其中：{'，'.join(' '.join(phase.split()) for phase in phases if phase)}",
    ]


def many_tables(folder: Path) -> list[str]:
    from jixiao.documents.reading.source_file import read_source
    from jixiao.documents.recognise import recognise

    each: list[float] = []
    lines: list[str] = []
    for count in TABLES:
        document = _text_of(count, folder)
        start = time.perf_counter()
        source = read_source(document)
        read = time.perf_counter()
        recognise(source)
        end = time.perf_counter()
        each.append((end - start) / count)
        phases = f"读出 {read - start:.2f} 秒，识别 {end - read:.2f} 秒"
        lines.append(f"- 一个文本里 {count} 张表：{phases}，每张 {each[-1] * 1e3:.2f} 毫秒")
    return [*lines, f"- {TABLES[-1]} 张表时每张用时是 {TABLES[0]} 张表时的 {each[-1] / each[0]:.2f} 倍"]


def _text_of(count: int, folder: Path) -> Path:
    from jixiao.documents.writing.text_out import write_text
    from jixiao.profiles import DEFAULT_PROFILE, load_profile
    from jixiao.sample import sample_department

    path = folder / f"{count}.txt"
    write_text(sample_department(count), load_profile(DEFAULT_PROFILE), path, today=date(2025, 1, 1))
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        print(*one_document(Path(name)), *many_tables(Path(name)), sep="\n")


if __name__ == "__main__":
    main()
