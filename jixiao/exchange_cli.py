"""The commands `import` and `export` of the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_DONE, _UNREAD = 0, 1
AddCommand = Callable[[Any, str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_import(commands: Any, command: AddCommand) -> None:
    parser = command(commands, "import", _import, "把已有的绩效文本（Word、网页、文本）读入新工作簿")
    parser.add_argument("document", type=Path, metavar="文件", help=".docx、.doc、.html 或 .txt 文件")
    parser.add_argument("-o", dest="out", type=Path, metavar="工作簿", help="新工作簿，默认与文件同名；不覆盖任何文件")
    parser.add_argument("--profile", metavar="口径", help="规则口径：hebei 或 mof-2021；默认按表中的一级指标选用")
    parser.add_argument("--report", type=Path, metavar="文件", help="把没有读出、没有采用的内容逐条写入这个文件")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")


def add_export(commands: Any, command: AddCommand) -> None:
    parser = command(commands, "export", _export, "从工作簿生成可公开的绩效文本（Word 或文本）")
    parser.add_argument("book", type=Path, metavar="工作簿", help=".xlsx 或 .xlsm 文件")
    parser.add_argument("-o", dest="out", type=Path, metavar="文件", required=True, help=".docx 或 .txt；覆盖时留 .bak")
    parser.add_argument("--for-system", action="store_true", help="改为生成一体化系统导入用的 .xlsx，一行一个指标")


def _import(options: argparse.Namespace) -> int:
    from jixiao import importing
    from jixiao.documents.readings import Level
    from jixiao.report.imports import import_json, import_text, records_text
    from jixiao.reporting import write_report
    from jixiao.workbook.safe_write import spare

    import_openpyxl_alone()
    out = importing.workbook_for(options.document, options.out)
    if options.report is not None:
        for kept in (options.document, out):
            spare(kept, options.report)
    done = importing.import_document(options.document, out, options.profile)
    records = done.imported.records
    try:
        if options.report is not None:
            write_report(options.report, records_text(records).encode("utf-8-sig"))
    finally:  # the workbook is there, whatever becomes of the report
        if options.format == "json":
            sys.stdout.write(import_json(done.imported, done.document.name, done.workbook.name))
        else:
            sys.stdout.write(import_text(done.imported, done.workbook))
    return _UNREAD if any(record.level is Level.UNREAD for record in records) else _DONE


def import_openpyxl_alone() -> None:
    """openpyxl takes numpy and PIL along where they are installed, for values and pictures that no workbook here has.

    That is a third of its time. Only a process of the command line may decide so; later imports get them as ever.
    """
    absent = [name for name in ("numpy", "PIL") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: an import of it fails
    try:
        import openpyxl  # noqa: F401
    finally:
        for name in absent:
            del sys.modules[name]


def _export(options: argparse.Namespace) -> int:
    from jixiao import exporting

    remarks = exporting.export_file(options.book, options.out, for_system=options.for_system)
    for remark in remarks:
        print(remark)
    ending = f"；以上 {len(remarks)} 条请核对，需要改的改好后重新生成" if remarks else ""
    print(f"已写入 {options.out}{ending}")
    return _DONE
