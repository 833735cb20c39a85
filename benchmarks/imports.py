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

PHASES = """
import sys, time
from pathlib import Path
times = [time.perf_counter()]
def done(what):
    times.append(time.perf_counter())
    print(f"  {what:12} {times[-1] - times[-2]:.3f} s")
from jixiao import exchange, exchange_cli
done("program")
from jixiao.documents.reading.source_file import read_source
from jixiao.documents.recognise import recognise
source = read_source(Path(sys.argv[1]))
done("read")
imported = recognise(source)
done("recognise")
exchange_cli.import_openpyxl_alone()
done("openpyxl")
book = exchange.built_workbook("x", imported)
done("build")
book.save(sys.argv[2])
done("save")
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


def one_document(folder: Path) -> None:
    document, book = folder / "text.txt", folder / "book.xlsx"
    document.write_bytes(resources.files("jixiao.sample").joinpath("yutian-2024.txt").read_bytes())
    command = [sys.executable, "-m", "jixiao.cli", "import", str(document), "-o", str(book)]
    whole = fastest(command, lambda: book.unlink(missing_ok=True))
    bare = fastest([sys.executable, "-c", "pass"], lambda: None)
    print(f"the published document: {whole:.3f} s, {whole - bare:.3f} s beyond the interpreter's start")
    subprocess.run([sys.executable, "-c", PHASES, str(document), str(book)], check=True)


def many_tables(folder: Path) -> None:
    from jixiao.documents.reading.source_file import read_source
    from jixiao.documents.recognise import recognise

    each: list[float] = []
    for count in TABLES:
        document = _text_of(count, folder)
        start = time.perf_counter()
        source = read_source(document)
        read = time.perf_counter()
        recognise(source)
        end = time.perf_counter()
        each.append((end - start) / count)
        phases = f"read {read - start:.3f} s, recognise {end - read:.3f} s"
        print(f"{count:5} tables: {phases}, {each[-1] * 1e3:.2f} ms each")
    print(f"a table of {TABLES[-1]} costs {each[-1] / each[0]:.2f} times one of {TABLES[0]}")


def _text_of(count: int, folder: Path) -> Path:
    from jixiao.documents.writing.text_out import write_text
    from jixiao.profiles import DEFAULT_PROFILE, load_profile
    from jixiao.sample import sample_department

    path = folder / f"{count}.txt"
    write_text(sample_department(count), load_profile(DEFAULT_PROFILE), path, today=date(2025, 1, 1))
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        one_document(Path(name))
        many_tables(Path(name))


if __name__ == "__main__":
    main()
