"""The command line: arguments, printing, exit codes. 0 nothing wrong, 1 errors found, 2 it could not be done."""

from __future__ import annotations

import argparse
import codecs
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao import __version__
from jixiao.addin.cli import add_addin
from jixiao.exchange_cli import add_export, add_import
from jixiao.libreoffice.cli import add_libreoffice
from jixiao.refusal import Refusal, UserError

DONE, ERRORS_FOUND, FAILED = 0, 1, 2


def run() -> int:
    """`main` in a process of its own: a short one, which makes hardly any cycles and need not look for them."""
    gc.disable()
    codecs.register_error("escape", _escape)
    sys.stdout.reconfigure(errors="escape")  # type: ignore[union-attr]  # a console or a file of another encoding
    code = main()
    gc.freeze()  # or they would be looked for at its end all the same
    return code


def _escape(problem: UnicodeError) -> tuple[str, int]:
    """m³ in GBK: nothing is lost, and JSON stays JSON."""
    assert isinstance(problem, UnicodeEncodeError)
    units = problem.object[problem.start : problem.end].encode("utf-16-be").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4)), problem.end


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code; every failure of the user's making is one Chinese sentence on standard error."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except Refusal as problem:
        print(f"jixiao：{problem}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        _give_up_output()
        return DONE
    except OSError as problem:  # what commands do with files is worded there; this is what is printed, into a full disk
        _give_up_output()
        what = f"“{problem.filename}”无法读写" if problem.filename else "结果没有输出完"
        advice = "请换一个磁盘或文件夹，或用 -o 写到文件"
        print(f"jixiao：{what}（系统报告“{problem.strerror}”）；{advice}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("jixiao：已中断，没有保存任何改动", file=sys.stderr)
        return FAILED
    return code


def _give_up_output() -> None:
    """What is left unprinted is not tried again when the process ends."""
    with suppress(OSError, ValueError):  # what tests put in its place is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _Parser(argparse.ArgumentParser):
    """argparse, in Chinese."""

    def format_help(self) -> str:
        return _in_chinese(super().format_help())

    def format_usage(self) -> str:
        return _in_chinese(super().format_usage())

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(FAILED, f"{self.format_usage()}jixiao：参数有误（{_in_chinese(message)}）；用 -h 查看帮助\n")


_CHINESE = (
    ("usage:", "用法："), ("positional arguments:", "参数："), ("options:", "选项："),
    ("show this help message and exit", "显示帮助"), ("the following arguments are required:", "缺少参数："),
    ("unrecognized arguments:", "不认识的参数："), ("invalid choice:", "没有这个选项："),
    ("expected one argument", "后面要跟一个值"), ("expected at least one argument", "后面至少要跟一个值"),
    ("not allowed with argument", "不能同时使用"), ("(choose from", "（可用"), ("invalid int value:", "应为整数："),
    ("argument ", "参数 "),
)  # fmt: skip


def _in_chinese(text: str) -> str:
    for english, chinese in _CHINESE:
        text = text.replace(english, chinese)
    return text


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="jixiao", description="绩效助手：部门预算绩效目标的编制、校验和汇总")
    parser.add_argument("--version", action="version", version=f"绩效助手 {__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for add in (_add_new, _add_demo, _add_validate, _add_summary, _add_curve, _add_normalise):
        add(commands)
    add_import(commands, _command)
    add_export(commands, _command)
    _add_rules(commands)
    add_addin(commands)
    add_libreoffice(commands)
    return parser


if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction["_Parser"]


def _command(
    commands: _Commands, name: str, run: Callable[[argparse.Namespace], int], help_text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(run=run)
    return parser


def _add_new(commands: _Commands) -> None:
    parser = _command(commands, "new", _new, "新建一个部门的工作簿")
    parser.add_argument("out", type=Path, metavar="新文件", help="要新建的 .xlsx 文件")
    parser.add_argument("--projects", type=int, default=1, metavar="N", help="项目表的张数，默认 1")
    parser.add_argument("--profile", default="hebei", metavar="口径", help="规则口径：hebei（默认）或 mof-2021")
    parser.add_argument("--sample", action="store_true", help="填入虚构的示例数据，供试用")


def _add_demo(commands: _Commands) -> None:
    parser = _command(commands, "demo", _demo, "用一份真实公开文本的数据演示：建表、校验、汇总")
    parser.add_argument(
        "-o", dest="folder", type=Path, default=Path(), metavar="文件夹", help="放在哪里，默认当前文件夹"
    )


def _add_validate(commands: _Commands) -> None:
    parser = _command(commands, "validate", _validate, "校验工作簿，列出全部问题")
    _book(parser)
    parser.add_argument("--select", nargs="+", default=[], metavar="代码", help="只用这些规则，可写开头，如 JX2")
    parser.add_argument("--ignore", nargs="+", default=[], metavar="代码", help="不用这些规则")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text", help="输出格式")
    parser.add_argument("--mark", action="store_true", help="把结果写进工作簿（校验结果表和单元格标记）")
    _out(parser, "输出文件；与 --mark 同用时为标记后的工作簿")


def _add_summary(commands: _Commands) -> None:
    parser = _command(commands, "summary", _summary, "生成部门汇总、指标汇总和支出曲线")
    _book(parser)
    _out(parser, "另存为")


def _add_curve(commands: _Commands) -> None:
    parser = _command(commands, "curve", _curve, "计算支出曲线")
    _book(parser)
    parser.add_argument("--project", metavar="项目编码", help="只要这一个项目")
    parser.add_argument("--format", choices=("text", "json", "png", "svg"), default="text", help="输出格式")
    parser.add_argument("-o", dest="out", type=Path, metavar="文件", help="输出文件（png 必填）")


def _add_normalise(commands: _Commands) -> None:
    parser = _command(commands, "normalise", _normalise, "规范指标值的符号和中文标点，并列出改动")
    _book(parser)
    parser.add_argument("--dry-run", action="store_true", help="只列出要改什么，不改文件")
    _out(parser, "另存为")


def _add_rules(commands: _Commands) -> None:
    parser = _command(commands, "rules", _rules, "查看规则")
    parser.add_argument("code", nargs="?", metavar="代码", help="规则代码，如 JX202；不写则列出全部")


def _book(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", type=Path, metavar="工作簿", help=".xlsx 或 .xlsm 文件")


def _out(parser: argparse.ArgumentParser, help_text: str) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-o", dest="out", type=Path, metavar="文件", help=help_text)
    where.add_argument("--in-place", action="store_true", help="直接改原文件（原文件备份为 .bak）")


def _new(options: argparse.Namespace) -> int:
    from jixiao import files

    files.new_file(options.out, options.projects, profile=options.profile, sample=options.sample)
    print(f"已新建 {options.out}；先填“部门信息”，再逐个项目填表")
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from jixiao import files

    for line in files.demo(options.folder):
        print(line)
    return DONE


def _validate(options: argparse.Namespace) -> int:
    from jixiao.judging import judge_file, rule_codes
    from jixiao.reporting import rendered
    from jixiao.rules.core import Severity

    codes = rule_codes(options.select, options.ignore)
    if options.mark:
        from jixiao import files

        outcome = files.mark_file(options.book, files.target(options.book, options.out, options.in_place), codes)
        if unmarked := files.unmarked(outcome):
            told = f"{'、'.join(unmarked)} 没有“校验”“标记”两列，没有写标记；问题都在“校验结果”里"
            print(f"jixiao：{told}", file=sys.stderr)
    else:
        if options.in_place:
            raise UserError("--in-place 要和 --mark 同用：只校验不会改动文件")
        _spare_book(options)
        outcome = judge_file(options.book, codes=codes)
    text = rendered(outcome, options.book.name, options.format, terminal=_is_terminal(options))
    _deliver(text, None if options.mark else options.out)
    return ERRORS_FOUND if outcome.report.count(Severity.ERROR) else DONE


def _is_terminal(options: argparse.Namespace) -> bool:
    return options.out is None and sys.stdout.isatty()


def _summary(options: argparse.Namespace) -> int:
    from jixiao import files

    target = files.target(options.book, options.out, options.in_place)
    outcome = files.summary_file(options.book, target)
    print(f"已生成汇总：{target}（{len(outcome.reading.department.projects)} 个项目）")
    return DONE


def _curve(options: argparse.Namespace) -> int:
    from jixiao.reporting import curve_of, write_report

    _spare_book(options)
    content = curve_of(options.book, options.project, options.format)
    if isinstance(content, bytes):
        if options.out is None:
            raise UserError("图片要写到文件：请加 -o 文件名.png")
        write_report(options.out, content)
        print(f"已写入 {options.out}")
    else:
        _deliver(content, options.out)
    return DONE


def _normalise(options: argparse.Namespace) -> int:
    from jixiao import commands, files

    if options.dry_run:
        made, ending = commands.planned_changes(options.book), "以上为预览，没有改动文件"
    else:
        target = files.target(options.book, options.out, options.in_place)
        made, ending = files.normalise_file(options.book, target), f"已写入 {target}"
    for change in made:
        print(f"{change.place.sheet}\t{change.place.a1}\t{change.before} → {change.after}")
    print(f"共 {len(made)} 处；{ending}")
    return DONE


def _rules(options: argparse.Namespace) -> int:
    from jixiao.rules.catalogue import RULES
    from jixiao.rules.pages import index, page

    if not options.code:
        print(index())
        return DONE
    rule = RULES.get(options.code.upper())
    if rule is None:
        raise UserError(f"没有规则 {options.code}；用 jixiao rules 查看全部规则")
    print(page(rule))
    return DONE


def _spare_book(options: argparse.Namespace) -> None:
    """A report never replaces the workbook it is about."""
    if options.out is not None:
        from jixiao.workbook.safe_write import spare

        spare(options.book, options.out)


def _deliver(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
    else:
        from jixiao.reporting import write_report

        write_report(out, text.encode("utf-8"))
        print(f"已写入 {out}")


if __name__ == "__main__":
    sys.exit(run())
